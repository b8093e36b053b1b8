#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {
namespace {

enum class Target { json, lines, csv, archive };

Target target_of(const Options& options, const std::string& name) {
  std::string wanted = options.text("to");
  if (wanted.empty()) {
    const std::string extension = std::filesystem::path{name}.extension().string();
    wanted = extension.empty() ? "" : extension.substr(1);
  }
  if (wanted == "json") return Target::json;
  if (wanted == "ndjson" || wanted == "jsonl") return Target::lines;
  if (wanted == "csv") return Target::csv;
  if (wanted == "gcp2" || wanted == "archive") return Target::archive;
  if (wanted == "ods" || wanted == "xlsx") options.refuse(phrase("usage.no_spreadsheet"));
  options.refuse(phrase("usage.convert_to"));
}

ArchiveKind archive_kind(const Options& options) {
  if (!options.has("archive")) return ArchiveKind::text;
  const auto kind = archive_kind_from(options.text("archive"));
  if (!kind) options.refuse(phrase("usage.archive"));
  return *kind;
}

/// The observations; what no column can hold ends the command.
std::string csv_of(const Value& document, const Options& options) {
  Findings findings;
  std::string csv = write_grades_csv(document, findings);
  if (!findings.empty()) {
    locate(findings, document);
    refuse_invalid(findings, options);
  }
  return csv;
}

/// Everything else goes into a header file, if one is asked for.
void write_header(const Value& document, const Options& options) {
  if (!options.has("header-out"))
    return write_standard_error(fmt::format("gcp2: {}\n", phrase("convert.no_header")));
  Value header = document;
  header.set("observations", Value::list());
  const std::string name = options.text("header-out");
  write_output(name, record_text(header, Layout::pretty, name, options));
}

}  // namespace

int convert(const Command& command, const Arguments& arguments) {
  Options options{command, {{"output", "usage.last_is_output"}}};
  add_reading_options(options);
  options.value("to", "json|ndjson|csv|archive", "option.convert_to")
      .value("archive", "text|xml|binary", "option.archive")
      .value("header-out", "FILE", "option.header_out");
  if (!options.parse(arguments, 2, SIZE_MAX)) return Exit::done;
  std::vector<std::string> inputs = options.operands();
  const std::string output = inputs.back();
  inputs.pop_back();
  const Target target = target_of(options, output);
  const ArchiveKind kind = archive_kind(options);

  const Instruments instruments = instruments_at_hand(options);
  std::vector<Value> documents;
  std::string ids;
  for (const std::string& name : inputs) {
    const ReadFile file = read_file(name, options, instruments);
    require_valid(file, options);
    for (const Record& record : file.records) documents.push_back(record.document);
    if (file.records.size() == 1 && inputs.size() == 1) ids = file.records.front().assessment.id;
  }
  const bool one_only = target == Target::json || target == Target::csv;
  if (one_only && documents.size() != 1)
    options.refuse(phrase("usage.many_records", {{"count", std::to_string(documents.size())}}));
  std::string bytes;
  switch (target) {
    case Target::json:
      bytes = record_text(documents.front(), Layout::pretty, output, options);
      break;
    case Target::lines:
      for (const Value& document : documents)
        bytes += record_text(document, Layout::line, output, options) + "\n";
      break;
    case Target::csv: bytes = csv_of(documents.front(), options); break;
    case Target::archive:
      bytes = write_archive(documents, kind);
      if (bytes.size() > largest_archive)
        refuse_invalid(
            {{.code = "archive_too_large", .severity = Severity::invalid, .file = output}},
            options);
      break;
  }
  write_output(output, bytes);
  // Behind the CSV: whatever fails, no observation has gone from where it was.
  if (target == Target::csv) write_header(documents.front(), options);
  receipt(options, "convert", output, ids,
          phrase(documents.size() == 1 ? "convert.done_one" : "convert.done",
                 {{"file", output}, {"count", std::to_string(documents.size())}}),
          documents.size());
  return Exit::done;
}

}  // namespace gcp2::cli
