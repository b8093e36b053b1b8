#include "folder.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "../output.h"
#include "../phrase.h"
#include "gcp2/report.h"

namespace gcp2::cli {
namespace {

namespace fs = std::filesystem;

/// By name, without what other programs hide.
std::vector<fs::path> entries_of(const std::string& folder, const Options& options) {
  std::error_code error;
  if (!fs::exists(folder, error))
    throw Stop{
        Exit::outside,
        phrase("train.cannot_list",
               {{"folder", folder},
                {"why", (error ? error : std::make_error_code(std::errc::no_such_file_or_directory))
                            .message()}})};
  if (!fs::is_directory(folder, error))
    options.refuse(phrase("train.no_folder", {{"folder", folder}}));
  std::vector<fs::path> paths;
  fs::directory_iterator entry{folder, error};
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error))
    if (!entry->path().filename().string().starts_with('.')) paths.push_back(entry->path());
  if (error)
    throw Stop{Exit::outside,
               phrase("train.cannot_list", {{"folder", folder}, {"why", error.message()}})};
  std::ranges::sort(paths);
  return paths;
}

/// A record that is a trainee's, beside what is needed to tell it from the others.
struct Found {
  Trainee trainee;
  std::string file, supersedes;
};

class Folder {
 public:
  Folder(const Options& options, const Instruments& instruments, bool anonymous,
         Findings& left_aside)
      : options_{options},
        instruments_{instruments},
        anonymous_{anonymous},
        left_aside_{left_aside} {}

  void read(const fs::path& path) {
    ++number_;
    file_ = anonymous_ ? phrase("train.file_number", {{"number", std::to_string(number_)}})
                       : path.string();
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return leave("training_folder");
    // A pipe or a device could keep the session waiting for ever.
    if (!fs::is_regular_file(path, ignored)) return leave("training_not_a_file");
    const auto read = readable(path);
    if (!read) return leave("training_unreadable");
    const ReadFile& file = *read;
    if (file.content == Content::csv) return leave("training_csv");
    if (file.records.empty()) return leave(first_invalid(file.findings));
    for (const Record& record : file.records) take(record);
  }

  std::vector<Trainee> trainees() && {
    drop_superseded();
    std::vector<Trainee> all;
    std::set<std::string> ids;
    for (Found& each : found_) {
      file_ = each.file;
      if (!each.trainee.assessment.empty() && !ids.insert(each.trainee.assessment).second) {
        leave("training_record_twice");
        continue;
      }
      all.push_back(std::move(each.trainee));
      files_.push_back(each.file);
    }
    tell_apart(all);
    if (anonymous_) number(all);
    return all;
  }

 private:
  /// One file that cannot be read is no reason to go without the others.
  std::optional<ReadFile> readable(const fs::path& path) const {
    try {
      return read_file(path.string(), options_, instruments_);
    } catch (const Stop& stop) {
      if (stop.code != Exit::outside) throw;
      return std::nullopt;
    }
  }

  void leave(std::string_view code) { leave({.code = code, .severity = Severity::query}); }
  void leave(Finding finding) {
    finding.file = file_;
    left_aside_.push_back(std::move(finding));
  }
  static Finding first_invalid(const Findings& findings) {
    return *std::ranges::find(findings, Severity::invalid, &Finding::severity);
  }

  void take(const Record& record) {
    Findings findings;
    auto trainee = trainee_of(record, file_, findings);
    if (!trainee) return leave(first_invalid(findings));
    const bool blank = std::ranges::all_of(trainee->marking.leaves, [](const LeafMark& leaf) {
      return !leaf.own.grade && leaf.own.not_graded == NotGraded::not_yet;
    });
    if (blank) return leave("training_nothing_graded");
    found_.push_back({std::move(*trainee), file_, record.assessment.supersedes});
  }

  void drop_superseded() {
    std::set<std::string> old;
    for (const Found& each : found_) old.insert(each.supersedes);
    old.erase("");
    std::erase_if(found_, [&](const Found& each) {
      if (!old.contains(each.trainee.assessment)) return false;
      file_ = each.file;
      leave("training_superseded");
      return true;
    });
  }

  static void number(std::vector<Trainee>& all) {
    std::ranges::sort(all, {}, &Trainee::assessment);
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].name = phrase("train.number", {{"number", std::to_string(i + 1)}});
      all[i].assessment.clear();
    }
  }

  /// Names stay as they are where they stand once among those who graded a case.
  void tell_apart(std::vector<Trainee>& all) {
    std::map<std::pair<const CaseProfile*, std::string>, std::size_t> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t times = ++seen[{all[i].marking.of.profile, all[i].name}];
      if (times == 1) continue;
      file_ = files_[i];
      leave("trainee_name_twice");
      all[i].name =
          phrase("train.twice", {{"name", all[i].name}, {"number", std::to_string(times)}});
    }
    std::ranges::sort(all, {},
                      [](const Trainee& each) { return std::tie(each.name, each.assessment); });
  }

  const Options& options_;
  const Instruments& instruments_;
  bool anonymous_;
  Findings& left_aside_;
  std::size_t number_ = 0;
  std::string file_;
  std::vector<Found> found_;
  std::vector<std::string> files_;  ///< of the trainees, by their number
};

}  // namespace

std::vector<Trainee> trainees_in(const std::string& folder, FolderOptions how,
                                 const Options& options, const Instruments& instruments,
                                 Findings& left_aside) {
  Folder reading{options, instruments, how.anonymous, left_aside};
  for (const fs::path& path : entries_of(folder, options)) reading.read(path);
  std::vector<Trainee> trainees = std::move(reading).trainees();
  if (trainees.empty()) {
    if (!left_aside.empty()) write_standard_error(findings_text(left_aside));
    throw Stop{Exit::invalid, phrase("train.no_trainee", {{"folder", folder}})};
  }
  return trainees;
}

}  // namespace gcp2::cli
