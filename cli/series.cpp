#include "series.h"

#include <fmt/format.h>

#include <algorithm>

#include "input.h"

namespace gcp2::cli {

ScoredFiles read_scored(const std::vector<std::string>& names, const Options& options,
                        const Instruments& instruments) {
  std::deque<ReadFile> files;
  for (const std::string& name : names) files.push_back(read_file(name, options, instruments));
  return scored(std::move(files), options);
}

ScoredFiles scored(std::deque<ReadFile> files, const Options& options) {
  ScoredFiles scored;
  scored.files = std::move(files);
  Findings invalid;
  for (const ReadFile& file : scored.files)
    std::ranges::copy_if(file.findings, std::back_inserter(invalid),
                         [](const Finding& f) { return f.severity == Severity::invalid; });
  if (!invalid.empty()) refuse_invalid(invalid, options);
  for (const ReadFile& file : scored.files)
    for (std::size_t i = 0; i < file.records.size(); ++i) {
      const Record& record = file.records[i];
      const Instrument& instrument = *record.instrument;
      const Rule& rule = rule_for(instrument, options);
      const std::string& name = scored.names.emplace_back(
          file.records.size() == 1 ? file.name : fmt::format("{}#{}", file.name, i + 1));
      const Scorecard& card = scored.cards.emplace_back(score(instrument, rule, record.sheet));
      scored.records.push_back({instrument, rule, record.assessment, record.sheet, card, name});
    }
  return scored;
}

void locate_in_files(Findings& findings, const ScoredFiles& scored) {
  for (Finding& finding : findings)
    for (const ReadFile& file : scored.files)
      for (std::size_t i = 0; i < file.records.size(); ++i)
        if (finding.position.line == 0 &&
            finding.file ==
                (file.records.size() == 1 ? file.name : fmt::format("{}#{}", file.name, i + 1)))
          finding.position = at(file.records[i].document, finding.pointer, true)->position();
}

Value read_beside(const std::string& name, const Options& options) {
  const SourceFile file = read_source(name);
  Findings findings;
  Value document = read_json(file.bytes, findings);
  require_whole(std::move(findings), document, file.name, options);
  return document;
}

void require_whole(Findings findings, const Value& document, const std::string& name,
                   const Options& options) {
  if (!any(findings, Severity::invalid)) return;
  locate(findings, document);
  for (Finding& finding : findings) finding.file = shown_name(name);
  sort_by_place(findings);
  refuse_invalid(findings, options);
}

std::optional<RaterNoise> noise_of(const Options& options, const Instruments& instruments) {
  if (!options.has("noise")) return std::nullopt;
  const std::string name = options.text("noise");
  const Value document = read_beside(name, options);
  Findings findings;
  RaterNoise noise = read_rater_noise(document, instruments, findings);
  require_whole(std::move(findings), document, name, options);
  return noise;
}

std::vector<NodeMapping> mappings_of(const Options& options, const Instruments& instruments) {
  std::vector<NodeMapping> mappings;
  for (const std::string& name : options.texts("mapping")) {
    const Value document = read_beside(name, options);
    Findings findings;
    mappings.push_back(read_node_mapping(document, instruments, findings));
    const NodeMapping& mapping = mappings.back();
    if (std::ranges::any_of(mappings.begin(), mappings.end() - 1, [&mapping](const NodeMapping& m) {
          return m.from_digest == mapping.from_digest && m.to_digest == mapping.to_digest;
        }))
      findings.push_back({.code = "mapping_twice", .severity = Severity::invalid});
    require_whole(std::move(findings), document, name, options);
  }
  return mappings;
}

}  // namespace gcp2::cli
