#include <algorithm>
#include <thread>

#include "../output.h"
#include "../phrase.h"
#include "folder.h"
#include "gcp2/report.h"
#include "gcp2/training_csv.h"
#include "gcp2/training_files.h"
#include "gcp2/training_report.h"
#include "training.h"

namespace gcp2::cli {
namespace {

std::string kind_of(const Options& options) {
  if (!options.has("to")) return options.json() ? "json" : "text";
  const std::string kind = options.text("to");
  constexpr std::array kinds{"text", "html", "csv", "json"};
  if (std::ranges::find(kinds, kind) == kinds.end())
    options.refuse(phrase("train.to") + did_you_mean(kind, {kinds.begin(), kinds.end()}));
  return kind;
}

std::string written(const std::string& kind, const SessionReport& report) {
  if (kind == "csv") return session_csv(report.rooms);
  if (kind == "json") {
    Value document = session_document(report.rooms, report.earlier);
    document.set("anonymous", Value::boolean(report.anonymous));
    document.set("findings", *findings_document(report.left_aside).find("findings"));
    return write_json(document);
  }
  const View view = session_view(report);
  return kind == "html" ? view_html(view) : view_text(view, terminal_width(), false);
}

void write_study(const std::string& file, const std::vector<Room>& rooms, const Options& options) {
  for (const Room& room : rooms)
    if (room.of.told->instrument->digest != rooms.front().of.told->instrument->digest)
      options.refuse(phrase("train.several_instruments"));
  write_output(file, record_text(study_document(rooms), Layout::pretty, file, options));
}

}  // namespace

int train_session(const Command& command, const Arguments& arguments) {
  Options options{command};
  options.value("to", "KIND", "option.session_to")
      .flag("anonymous", "option.anonymous")
      .value("before", "DIR", "option.before")
      .value("study", "FILE", "option.study");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  if (options.operands().empty()) options.refuse(phrase("train.which_folder"));
  const std::string kind = kind_of(options);
  const bool anonymous = options.has("anonymous");
  const Instruments instruments = instruments_at_hand(options);
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  const auto rooms_in = [&](const std::string& folder, Findings& left_aside) {
    return rooms_of(trainees_in(folder, {anonymous}, options, instruments, left_aside), threads);
  };
  Findings left_aside;
  const std::vector<Room> rooms = rooms_in(options.operands().front(), left_aside);
  std::vector<Room> earlier;
  if (options.has("before")) earlier = rooms_in(options.text("before"), left_aside);
  const std::string out = written(kind, {rooms, earlier, left_aside, anonymous});
  if (options.has("study")) write_study(options.text("study"), rooms, options);
  write_output(options.text("output"), out);
  if (kind != "text" && kind != "json" && !left_aside.empty())
    write_standard_error(findings_text(left_aside));
  return Exit::done;
}

}  // namespace gcp2::cli
