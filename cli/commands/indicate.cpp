#include <algorithm>
#include <filesystem>
#include <limits>

#include "gcp2/indication_files.h"
#include "gcp2/indication_report.h"
#include "gcp2/report.h"
#include "input.h"
#include "locality.h"
#include "output.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

int check(const Options& options, const Instruments& instruments) {
  const SourceFile file = read_source(options.text("check"));
  Findings findings;
  const Value document = read_json(file.bytes, findings);
  std::string well;
  if (const std::string_view format = document.text_at("format");
      format.starts_with("gcp2/indication-rules/")) {
    const IndicationRules rules = read_rules(document, instruments, findings);
    well = phrase(rules.extends.empty() ? "indicate.rules_whole" : "indicate.rules_whole_with",
                  {{"file", file.name},
                   {"id", rules.id},
                   {"version", rules.version},
                   {"count", std::to_string(rules.rules.size())},
                   {"others", rules.extends}});
  } else if (format.starts_with("gcp2/locality/")) {
    const Locality locality = read_locality(document, findings);
    well = phrase("indicate.locality_whole", {{"file", file.name},
                                              {"id", locality.id},
                                              {"count", std::to_string(locality.contacts.size())}});
  } else if (findings.empty()) {
    findings.push_back({.code = "not_rules_or_locality", .severity = Severity::invalid});
  }
  locate(findings, document);
  for (Finding& finding : findings) finding.file = file.name;
  sort_by_place(findings);
  write_output(options.text("output"), options.json()     ? write_json(findings_document(findings))
                                       : findings.empty() ? well + "\n"
                                                          : findings_text(findings));
  return findings.empty() ? Exit::done : Exit::invalid;
}

}  // namespace

int indicate(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  add_local_options(options);
  options.value("check", "FILE", "option.check");
  if (!options.parse(arguments, 0, std::numeric_limits<std::size_t>::max())) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  if (options.has("check")) {
    if (!options.operands().empty()) options.refuse(phrase("usage.check_alone"));
    return check(options, instruments);
  }
  if (options.operands().empty()) options.refuse(phrase("usage.no_file"));
  const IndicationRules rules = rules_for(options, instruments);
  const Locality locality = locality_for(options);

  const ScoredFiles scored = read_scored(options.operands(), options, instruments);
  if (scored.records.empty()) options.refuse(phrase("usage.no_record"));
  Findings notes;
  std::vector<ScoredRecord> series = series_of(scored.records, notes);
  if (any(notes, Severity::invalid)) {
    locate_in_files(notes, scored);
    refuse_invalid(notes, options);
  }

  const IndicationContext context = context_for(options, instruments, scored);
  const Comparison comparison = compare(std::move(series));
  const ScoredRecord& latest = comparison.points.back();
  const std::vector<Indication> indicated = indications(rules, comparison, context);
  const std::size_t said = notes.size();
  check_dismissals(rules, indicated, latest.assessment, notes);
  for (std::size_t i = said; i < notes.size(); ++i) notes[i].file = std::string{latest.file};
  locate_in_files(notes, scored);

  const IndicationReport report{indicated, comparison, rules, locality, notes, context.as_of};
  const Language& language = Language::english();
  write_output(options.text("output"), options.json()
                                           ? write_json(indications_document(report, language))
                                           : indications_text(report, language, terminal_width()));
  if (!options.json()) write_standard_error(findings_text(notes));
  return Exit::done;
}

}  // namespace gcp2::cli
