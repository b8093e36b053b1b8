#include <algorithm>
#include <optional>

#include "gcp2/comparison.h"
#include "gcp2/report.h"
#include "output.h"
#include "phrase.h"
#include "series.h"

namespace gcp2::cli {
namespace {

/// What was given and could not be used is said, never passed over.
void mention_unused(const Comparison& comparison, const std::optional<RaterNoise>& noise,
                    const std::vector<NodeMapping>& mappings, const Options& options,
                    Findings& findings) {
  const std::string& latest = comparison.points.back().instrument.digest;
  if (noise && noise->digest != latest)
    findings.push_back({.code = "study_of_another_instrument",
                        .severity = Severity::query,
                        .file = options.text("noise")});
  for (std::size_t i = 0; i < mappings.size(); ++i)
    if (mappings[i].to_digest != latest ||
        std::ranges::none_of(comparison.points, [&](const ScoredRecord& point) {
          return point.instrument.digest == mappings[i].from_digest;
        }))
      findings.push_back({.code = "mapping_not_used",
                          .severity = Severity::query,
                          .file = options.texts("mapping")[i]});
}

/// With the findings as their own document lists them.
std::string with_findings(Value document, const Findings& findings) {
  document.set("findings", *findings_document(findings).find("findings"));
  return write_json(document);
}

void refuse_if_invalid(Findings& findings, const ScoredFiles& scored, const Options& options) {
  locate_in_files(findings, scored);
  Findings invalid;
  std::ranges::copy_if(findings, std::back_inserter(invalid),
                       [](const Finding& f) { return f.severity == Severity::invalid; });
  if (!invalid.empty()) refuse_invalid(invalid, options);
}

std::string over_time(const ScoredFiles& scored, const Options& options,
                      const Instruments& instruments) {
  const auto noise = noise_of(options, instruments);
  const auto mappings = mappings_of(options, instruments);
  Findings findings;
  std::vector<ScoredRecord> series = series_of(scored.records, findings);
  refuse_if_invalid(findings, scored, options);
  const Comparison comparison = compare(std::move(series), noise ? &*noise : nullptr, mappings);
  mention_unused(comparison, noise, mappings, options, findings);
  return options.json() ? with_findings(comparison_document(comparison), findings)
                        : comparison_text(comparison, findings, terminal_width());
}

std::string side_by_side(const ScoredFiles& scored, const Options& options) {
  Findings findings;
  const Siblings siblings = siblings_of(scored.records, findings);
  refuse_if_invalid(findings, scored, options);
  return options.json() ? with_findings(siblings_document(siblings), findings)
                        : siblings_text(siblings, findings, terminal_width());
}

}  // namespace

int compare(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  options.value("rule", "NAME", "option.rule_for_all")
      .value("noise", "FILE", "option.noise")
      .values("mapping", "FILE", "option.mapping")
      .flag("siblings", "option.siblings");
  if (!options.parse(arguments, 1, 10'000)) return Exit::done;
  if (options.has("siblings") && (options.has("noise") || options.has("mapping")))
    options.refuse(phrase("usage.one_child_only"));
  const Instruments instruments = instruments_at_hand(options);
  const ScoredFiles scored = read_scored(options.operands(), options, instruments);
  if (scored.records.size() < 2) options.refuse(phrase("usage.two_records"));
  write_output(options.text("output"), options.has("siblings")
                                           ? side_by_side(scored, options)
                                           : over_time(scored, options, instruments));
  if (!options.json())
    for (const ReadFile& file : scored.files) mention_findings(file);
  return Exit::done;
}

}  // namespace gcp2::cli
