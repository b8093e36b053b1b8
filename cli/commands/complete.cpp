#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "../input.h"
#include "../interview/interview.h"
#include "../interview/summary.h"
#include "../output.h"
#include "../phrase.h"
#include "../records.h"
#include "gcp2/json.h"
#include "gcp2/keys.h"

namespace gcp2::cli {
namespace {

namespace fs = std::filesystem;

Value new_record(const Instrument& instrument) {
  Value document = Value::object();
  document.set("format", Value::text(std::string{assessment_format}));
  document.set("id", Value::text(Id::random().text()));
  Value& named = document.set("instrument", Value::object());
  named.set("id", Value::text(instrument.id));
  named.set("version", Value::text(instrument.version));
  named.set("digest", Value::text(instrument.digest));
  document.set("status", Value::text("draft"));
  for (const char* key : {"child", "window"}) document.set(key, Value::object());
  return document;
}

/// What keeps a record from being completed. An age that nobody has given yet does not.
Findings obstacles(const Record& record, const std::string& name) {
  Findings found;
  for (const Finding& finding : record.findings)
    if (finding.severity == Severity::invalid && finding.code != "age_unknown")
      found.push_back(finding);
  if (record.assessment.is_signed)
    found.push_back({.code = "record_is_signed",
                     .severity = Severity::invalid,
                     .pointer = "/status",
                     .file = name});
  return found;
}

/// The record in a file, refused where it cannot be completed; nullopt where there is no file.
std::optional<std::pair<std::string, Value>> read_record(const std::string& name,
                                                         const Options& options,
                                                         const Instruments& instruments) {
  std::error_code error;
  const bool is_there = fs::exists(name, error);
  if (!is_there) return std::nullopt;
  if (!fs::is_regular_file(name, error))
    throw Stop{Exit::usage, phrase("complete.not_a_file", {{"file", name}})};
  SourceFile source = read_source(name);
  const Content content = content_of(source.bytes);
  Findings found;
  if (content == Content::csv || content == Content::archive)
    throw Stop{Exit::usage, phrase("complete.not_json", {{"file", name}})};
  std::vector<Value> documents = read_documents(source, {}, found);
  if (documents.empty()) {
    for (Finding& finding : found) finding.file = name;
    refuse_invalid(found, options);
  }
  Record record =
      judge(std::move(documents.front()), instruments, options.as_of(), std::move(found), {name});
  if (const Findings in_the_way = obstacles(record, name); !in_the_way.empty())
    refuse_invalid(in_the_way, options);
  if (::access(name.c_str(), W_OK) != 0)
    throw Stop{Exit::outside, phrase("complete.read_only", {{"file", name}})};
  return std::pair{std::move(source.bytes), std::move(record.document)};
}

}  // namespace

int complete(const Command& command, const Arguments& arguments) {
  Options options{command, {{"output", "complete.no_output"}}};
  options.value("overlay", "FILE", "option.overlay").flag("plain", "option.plain_asking");
  if (!options.parse(arguments, 1, 1)) return Exit::done;
  const std::string& name = options.operands().front();
  if (name == "-") options.refuse(phrase("complete.no_name"));
  const Instruments instruments = instruments_at_hand(options);
  // Once to refuse without leaving a trace, and once more when it is ours alone.
  (void)read_record(name, options, instruments);
  // Before the lock, so that a second hang-up (of a shell, after the terminal's own) cannot end the
  // program while it gives the lock back.
  Terminal terminal{options.json() ? stderr : stdout,
                    options.has("plain") ? Terminal::Style::plain : Terminal::Style::edited};
  const FileLock lock{name};
  remove_leftovers(name);
  auto record = read_record(name, options, instruments);

  const bool is_new = !record;
  SavedFile file{name, is_new ? std::nullopt : std::optional{std::move(record->first)}};
  Session session{
      terminal, file,
      is_new ? new_record(shipped_instruments().list.front()) : std::move(record->second),
      instruments, options.as_of()};
  int code = Exit::done;
  try {
    Interview{session}.run(is_new);
  } catch (const Unsaved&) {
    code = Exit::outside;
  }
  session.blank_line();
  if (!file.exists()) {
    session.say(phrase("complete.nothing", {{"file", name}}));
    return code;
  }
  session.say(code == Exit::done ? phrase("complete.saved", {{"file", name}})
                                 : phrase("complete.not_saved"));
  session.say(phrase("complete.go_on", {{"file", shell_quoted(name)}}));
  if (options.json())
    receipt(options, "complete", name, std::string{session.document().text_at("id")}, {});
  return code;
}

}  // namespace gcp2::cli
