#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "output.h"
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
  if (wanted == "ods" || wanted == "xlsx")
    options.refuse("spreadsheets are written as CSV, which they open: name the file .csv.");
  options.refuse(
      "the output's name ends in .json, .ndjson, .csv or .gcp2 (archive), or --to says which.");
}

ArchiveKind archive_kind(const Options& options) {
  if (!options.has("archive")) return ArchiveKind::text;
  const auto kind = archive_kind_from(options.text("archive"));
  if (!kind) options.refuse("--archive is text, xml or binary.");
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
    return write_standard_error(
        "gcp2: a CSV holds the grades only. Child, window, views and targets stay behind in the "
        "input; --header-out FILE keeps them beside the CSV.\n");
  Value header = document;
  header.set("observations", Value::list());
  const std::string name = options.text("header-out");
  write_output(name, record_text(header, Layout::pretty, name, options));
}

}  // namespace

int convert(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  options.value("to", "json|ndjson|csv|archive", "option.convert_to")
      .value("archive", "text|xml|binary", "option.archive")
      .value("header-out", "FILE", "option.header_out");
  if (!options.parse(arguments, 2, SIZE_MAX)) return Exit::done;
  std::vector<std::string> inputs = options.operands();
  const std::string output = inputs.back();
  inputs.pop_back();
  if (options.has("output")) options.refuse("the last file named is the output.");
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
    options.refuse(
        fmt::format("there are {} records: write them to one .gcp2 or .ndjson.", documents.size()));
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
          fmt::format("{}: {} record{} written.", output, documents.size(),
                      documents.size() == 1 ? "" : "s"),
          documents.size());
  return Exit::done;
}

}  // namespace gcp2::cli
