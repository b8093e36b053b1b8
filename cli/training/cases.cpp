#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <filesystem>

#include "../options.h"
#include "../output.h"
#include "../phrase.h"
#include "../records.h"
#include "gcp2/case_files.h"
#include "gcp2/training_csv.h"
#include "gcp2/training_files.h"
#include "gcp2/training_report.h"
#include "training.h"

namespace gcp2::cli {
namespace {

constexpr std::initializer_list<Untaken> no_records{{"as-of", "train.no_day"},
                                                    {"instrument", "train.no_instrument"}};

const Case& case_for(const Options& options) {
  if (options.operands().empty()) options.refuse(phrase("train.which_case"));
  const std::string& id = options.operands().front();
  const auto& cases = shipped_cases();
  const auto found = std::ranges::find(cases, id, &Case::id);
  if (found != cases.end()) return *found;
  std::vector<std::string_view> known;
  for (const Case& each : cases) known.emplace_back(each.id);
  options.refuse(phrase("train.no_case", {{"case", id}}) + did_you_mean(id, known) + " " +
                 phrase("train.all_cases"));
}

/// The one of --profile, or the only one.
const CaseProfile& profile_for(const Case& told, const Options& options) {
  std::vector<std::string_view> known;
  for (const CaseProfile& each : told.profiles) known.emplace_back(each.id);
  const Filling all{"known", fmt::to_string(fmt::join(known, ", "))};
  if (!options.has("profile")) {
    if (told.profiles.size() == 1) return told.profiles.front();
    options.refuse(phrase("train.which_profile", {{"case", told.id}, all}));
  }
  const std::string wanted = options.text("profile");
  if (const CaseProfile* found = told.profile(wanted)) return *found;
  options.refuse(phrase("train.no_profile", {{"case", told.id}, {"profile", wanted}, all}) +
                 did_you_mean(wanted, known));
}

std::string told_text(const Case& told, const CaseProfile* only, bool with_key) {
  return view_text(case_view(told, only, with_key), terminal_width(), false);
}

/// A file that is there could hold a trainee's grades.
void refuse_existing(const std::string& name, const Options& options) {
  std::error_code ignored;
  if (name != "-" && std::filesystem::exists(std::filesystem::symlink_status(name, ignored)))
    options.refuse(phrase("train.is_there", {{"file", name}}));
}

}  // namespace

int train_list(const Command& command, const Arguments& arguments) {
  Options options{command, no_records};
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  write_output(options.text("output"),
               options.json()
                   ? write_json(case_list_document(shipped_cases()))
                   : view_text(case_list_view(shipped_cases()), terminal_width(), false));
  return Exit::done;
}

int train_show(const Command& command, const Arguments& arguments) {
  Options options{command, no_records};
  options.flag("key", "option.key").value("profile", "ID", "option.profile");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const Case& told = case_for(options);
  const CaseProfile* only = options.has("profile") ? &profile_for(told, options) : nullptr;
  const bool with_key = options.has("key");
  write_output(options.text("output"), options.json()
                                           ? write_json(told_case_document(told, only, with_key))
                                           : told_text(told, only, with_key));
  return Exit::done;
}

int train_start(const Command& command, const Arguments& arguments) {
  Options options{command, no_records};
  options.value("as", "NAME", "option.as")
      .value("profile", "ID", "option.profile")
      .value("sheet", "CSV", "option.sheet");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const Case& told = case_for(options);
  const CaseProfile& profile = profile_for(told, options);
  const std::string name = options.text("as");
  if (name.find_first_not_of(" \t\r\n") == std::string::npos)
    options.refuse(phrase("train.no_name"));
  if (!is_utf8(name)) options.refuse(phrase("train.name_not_utf8"));
  const std::string target = options.text("output");
  if (target.empty()) options.refuse(phrase("train.no_output"));
  refuse_existing(target, options);
  const std::string sheet = options.text("sheet");
  if (!sheet.empty()) refuse_existing(sheet, options);

  const ToldCase of{&told, &profile};
  const std::string id = boost::uuids::to_string(boost::uuids::random_generator{}());
  write_output(target, record_text(training_draft(of, id, name), Layout::pretty, target, options));
  if (!sheet.empty()) write_output(sheet, grades_to_fill_in(of));
  receipt(options, "train", target, id,
          phrase("train.started", {{"file", target}, {"case", told.id}, {"profile", profile.id}}));
  return Exit::done;
}

}  // namespace gcp2::cli
