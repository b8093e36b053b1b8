#include "locality.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "gcp2/indication_files.h"
#include "input.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

/// A profile is known by its id, or, where it has none, by its file.
std::string known_by(const Assessment& assessment, const std::string& file) {
  return assessment.id.empty() ? file : assessment.id;
}

/// Ids of a text file, one a line; empty lines and what follows # are passed over.
void add_listed(const SourceFile& file, const Options& options, std::vector<std::string>& known) {
  Findings findings;
  std::string_view rest = file.bytes;
  for (std::uint32_t line = 1; !rest.empty(); ++line) {
    std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    text = text.substr(0, text.find('#'));
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t'))
      text.remove_suffix(1);
    if (text.empty()) continue;
    if (is_uuid(text))
      known.emplace_back(text);
    else
      findings.push_back(
          {.code = "not_a_uuid", .severity = Severity::invalid, .position = {0, line, 1}});
  }
  for (Finding& finding : findings) finding.file = file.name;
  if (!findings.empty()) refuse_invalid(findings, options);
}

/// Ends the command where a record is known to be of another child than the one that was opened.
void require_same_child(const Record& record, const std::string& file, const ScoredRecord& opened,
                        const Options& options) {
  if (!record.can_be_scored()) return;
  const Instrument& instrument = *record.instrument;
  const Rule& rule = *instrument.rule(instrument.default_rule);
  const Scorecard card = score(instrument, rule, record.sheet);
  Findings found;
  (void)series_of({opened, {instrument, rule, record.assessment, record.sheet, card, file}}, found);
  std::erase_if(found, [](const Finding& f) {
    return f.code != "another_child" && f.code != "child_contradicted";
  });
  if (!found.empty()) refuse_invalid(found, options);
}

/// What --known names: records that are known to exist, or lists of their ids.
std::vector<std::string> known_profiles(const Options& options, const Instruments& instruments,
                                        const ScoredRecord& opened) {
  std::vector<std::string> known;
  for (const std::string& name : options.texts("known")) {
    if (name == "-") options.refuse(phrase("usage.known_needs_file"));
    const SourceFile source = read_source(name);
    const Content content = content_of(source.bytes);
    if (content != Content::json && content != Content::archive) {
      add_listed(source, options, known);
      continue;
    }
    const ReadFile file = read_file(name, options, instruments);
    if (file.records.empty()) require_valid(file, options);
    for (const Record& record : file.records) {
      require_same_child(record, file.name, opened, options);
      known.push_back(known_by(record.assessment, file.name));
    }
  }
  return known;
}

}  // namespace

void add_local_options(Options& options) {
  options.value("locality", "NAME|FILE", "option.locality")
      .value("rules", "FILE", "option.rules")
      .values("known", "FILE", "option.known");
}

/// Every fault of a rules document, in the nodes that its rules name too; the rules with those that
/// they extend.
IndicationRules read_rules(const Value& document, const Instruments& instruments,
                           Findings& findings) {
  IndicationRules rules = read_indication_rules(document, findings);
  const IndicationRules& shipped = shipped_indication_rules();
  check_rule_nodes(rules, instruments, findings);
  if (rules.extends.empty()) return rules;
  if (rules.extends == shipped.id) return extended(shipped, std::move(rules));
  findings.push_back(
      {.code = "unknown_base_rules", .severity = Severity::invalid, .pointer = "/extends"});
  return rules;
}

IndicationRules rules_for(const Options& options, const Instruments& instruments) {
  if (!options.has("rules")) return shipped_indication_rules();
  const Value document = read_beside(options.text("rules"), options);
  Findings findings;
  IndicationRules rules = read_rules(document, instruments, findings);
  require_whole(std::move(findings), document, options.text("rules"), options);
  return rules;
}

Locality locality_for(const Options& options) {
  const std::string wanted = options.has("locality") ? options.text("locality") : "default";
  std::vector<std::string_view> known;
  for (const Locality& each : shipped_localities()) {
    if (each.id == wanted) return each;
    known.push_back(each.id);
  }
  std::error_code unreadable;
  if (wanted != "-" && !std::filesystem::exists(wanted, unreadable)) {
    options.refuse(
        phrase("usage.no_locality",
               {{"locality", wanted}, {"known", fmt::to_string(fmt::join(known, ", "))}}) +
        did_you_mean(wanted, known));
  }
  const Value document = read_beside(wanted, options);
  Findings findings;
  Locality locality = read_locality(document, findings);
  require_whole(std::move(findings), document, wanted, options);
  return locality;
}

IndicationContext context_for(const Options& options, const Instruments& instruments,
                              const ScoredFiles& scored) {
  IndicationContext context{.as_of = options.as_of(),
                            .known = known_profiles(options, instruments, scored.records.front())};
  for (const ScoredRecord& record : scored.records) {
    const Assessment& a = record.assessment;
    context.opened.push_back(known_by(a, std::string{record.file}));
    context.known.push_back(a.supersedes);
    context.known.insert(context.known.end(), a.earlier.begin(), a.earlier.end());
  }
  return context;
}

}  // namespace gcp2::cli
