#include "records.h"

#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "input.h"
#include "output.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

void say_invalid(Findings findings, const std::string& file) {
  for (Finding& finding : findings) finding.file = file;
  sort_by_place(findings);
  write_standard_error(findings_text(findings));
}

void lay_overlay(Instruments& instruments, const std::string& name) {
  const SourceFile file = read_source(name);
  Findings findings;
  const Value document = read_json(file.bytes, findings);
  const Value* named = document.find("instrument");
  const auto found =
      named == nullptr
          ? instruments.list.end()
          : std::ranges::find_if(instruments.list, [named](const Instrument& i) {
              return i.id == named->text_at("id") && i.version == named->text_at("version");
            });
  if (findings.empty()) {
    // What names none of them is refused by whichever it is laid over.
    Instrument& of = found == instruments.list.end() ? instruments.list.front() : *found;
    Instrument laid = overlay(of, document, findings);
    if (findings.empty()) {
      of = std::move(laid);
      return;
    }
    locate(findings, document);
  }
  say_invalid(std::move(findings), file.name);
  throw Stop{Exit::invalid, {}};
}

}  // namespace

void add_reading_options(Options& options) {
  options.value("header", "FILE", "option.header");
  options.value("by", "REF", "option.by");
  options.value("overlay", "FILE", "option.overlay");
}

Instruments instruments_at_hand(const Options& options) {
  Instruments instruments = shipped_instruments();
  for (const std::string& name : options.texts("instrument")) {
    const SourceFile file = read_source(name);
    Findings findings;
    Instrument instrument = read_instrument_json(file.bytes, findings);
    if (!findings.empty()) {
      say_invalid(std::move(findings), file.name);
      throw Stop{Exit::invalid, {}};
    }
    // Given by hand goes before shipped: its digest tells which one a record means.
    instruments.list.insert(instruments.list.begin(), std::move(instrument));
  }
  if (options.has("overlay")) lay_overlay(instruments, options.text("overlay"));
  return instruments;
}

ReadFile read_file(const std::string& name, const Options& options,
                   const Instruments& instruments) {
  const SourceFile file = read_source(name);
  ReadingOptions reading;
  std::optional<SourceFile> header;
  if (options.has("header")) header = read_source(options.text("header"));
  if (header) reading.header = &*header;
  reading.by = options.text("by");
  std::vector<std::string> names{file.name};
  if (header) names.push_back(header->name);

  ReadFile read{file.name, content_of(file.bytes), {}, {}, {}};
  Findings found;
  std::vector<Value> documents = read_documents(file, reading, found);
  const bool only = documents.size() == 1;
  for (Finding& finding : found)
    if (finding.file.empty())
      finding.file = names[std::min<std::size_t>(finding.position.source, names.size() - 1)];
  read.of_reading = found;
  if (!only) read.findings = found;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    // Of many records in a file, each is named by its number.
    if (!only) names.front() = fmt::format("{}#{}", file.name, i + 1);
    read.records.push_back(judge(std::move(documents[i]), instruments, options.as_of(),
                                 only ? std::move(found) : Findings{}, names));
    const Findings& findings = read.records.back().findings;
    read.findings.insert(read.findings.end(), findings.begin(), findings.end());
  }
  return read;
}

void refuse_invalid(const Findings& findings, const Options& options) {
  if (options.json())
    write_standard_output(write_json(findings_document(findings)));
  else
    write_standard_error(findings_text(findings));
  throw Stop{Exit::invalid, {}};
}

void require_valid(const ReadFile& file, const Options& options) {
  if (!any(file.findings, Severity::invalid)) return;
  Findings invalid;
  std::ranges::copy_if(file.findings, std::back_inserter(invalid),
                       [](const Finding& f) { return f.severity == Severity::invalid; });
  refuse_invalid(invalid, options);
}

const Record& only_record(const ReadFile& file, const Options& options) {
  if (file.records.size() != 1)
    options.refuse(phrase("usage.one_record_only",
                          {{"file", file.name}, {"count", std::to_string(file.records.size())}}));
  return file.records.front();
}

const Rule& rule_for(const Instrument& instrument, const Options& options) {
  const std::string wanted = options.has("rule") ? options.text("rule") : instrument.default_rule;
  const Rule* rule = instrument.rule(wanted);
  if (rule != nullptr) return *rule;
  std::string known;
  for (const Rule& each : instrument.rules) known += (known.empty() ? "" : ", ") + each.name;
  options.refuse(phrase("usage.no_rule", {{"instrument", instrument.id},
                                          {"version", instrument.version},
                                          {"rule", wanted},
                                          {"known", known}}));
}

void mention_findings(const ReadFile& file) {
  const auto count = [&file](Severity severity) {
    return std::ranges::count(file.findings, severity, &Finding::severity);
  };
  const auto errors = count(Severity::error);
  const auto queries = count(Severity::query);
  if (errors + queries == 0) return;
  const std::string key = std::string{errors == 0   ? "no_error"
                                      : errors == 1 ? "one_error"
                                                    : "errors"} +
                          (queries == 1 ? "_one_query" : "_queries");
  const std::string said = phrase("mention." + key, {{"file", file.name},
                                                     {"errors", std::to_string(errors)},
                                                     {"queries", std::to_string(queries)}});
  write_standard_error(fmt::format("{} {}\n", said, phrase("mention.more")));
}

std::string record_text(const Value& document, Layout layout, const std::string& file,
                        const Options& options) {
  std::string text = write_json(document, layout);
  // Indenting can make much more of a deeply nested record than was read.
  if (text.size() > largest_document) text = write_json(document, Layout::line);
  if (text.size() > largest_document)
    refuse_invalid({{.code = "too_large", .severity = Severity::invalid, .file = file}}, options);
  return text;
}

void receipt(const Options& options, std::string_view command, const std::string& file,
             const std::string& assessment, const std::string& said, std::size_t records) {
  const bool result_on_standard_output = file.empty() || file == "-";
  if (result_on_standard_output) return;
  if (!options.json()) return write_standard_output(said + "\n");
  Value document = Value::object();
  document.set("format", Value::text("gcp2/receipt/1"));
  document.set("command", Value::text(std::string{command}));
  document.set("file", Value::text(file));
  document.set("assessment", assessment.empty() ? Value{} : Value::text(assessment));
  document.set("records", Value::number(static_cast<std::int64_t>(records)));
  write_standard_output(write_json(document, Layout::line) + "\n");
}

}  // namespace gcp2::cli
