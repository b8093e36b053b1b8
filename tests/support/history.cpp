#include "support/history.h"

#include <algorithm>
#include <stdexcept>

#include "gcp2/indication_files.h"
#include "gcp2/json.h"

namespace gcp2::test {
namespace {

std::vector<Indication> by_default(const Comparison& comparison, std::string_view as_of,
                                   const std::vector<std::string>& known = {}) {
  return indications(shipped_indication_rules(), comparison,
                     {.as_of = day(as_of), .known = known, .opened = {}});
}

}  // namespace

History& History::record(std::string_view on, int base, const std::vector<Marked>& marks) {
  Entry& entry = entries_.emplace_back();
  entry.instrument = instrument_;
  entry.sheet = base == 0 ? sheet_with(*instrument_, age_, {})
                          : sheet_of_all(*instrument_, age_, base);
  for (const Marked& m : marks) mark(entry.sheet, *instrument_, m.code, m.grade);
  const std::size_t number = entries_.size();
  entry.assessment.id = "00000000-0000-4000-8000-00000000000" + std::to_string(number);
  entry.assessment.child.ref = "C-1";
  entry.assessment.window_from = entry.assessment.window_to = day(on);
  return *this;
}

History& History::evidence_but(const std::vector<std::string>& codes) {
  const Instrument& instrument = *entries_.back().instrument;
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    const std::string& code = instrument.node(i).code;
    if (!instrument.is_leaf(i) || std::ranges::find(codes, code) != codes.end()) continue;
    Observation observation;
    observation.node = code;
    observation.evidence.push_back({"observed", std::nullopt, "seen"});
    assessment().observations.push_back(std::move(observation));
  }
  return *this;
}

History& History::target(std::string_view node, int to, std::string_view review_by) {
  Target target;
  target.node = node;
  target.to = grade(to);
  target.review_by = day(review_by);
  assessment().targets.push_back(std::move(target));
  return *this;
}

Comparison History::comparison() {
  std::vector<ScoredRecord> records;
  for (Entry& entry : entries_) {
    const Rule& rule = default_rule(*entry.instrument);
    entry.card = score(*entry.instrument, rule, entry.sheet);
    records.push_back({*entry.instrument, rule, entry.assessment, entry.sheet, entry.card, {}});
  }
  return compare(std::move(records));
}

std::vector<std::string> indicated(History& history, std::string_view as_of,
                                   const std::vector<std::string>& known) {
  const Comparison comparison = history.comparison();
  std::vector<std::string> ids;
  for (const Indication& each : by_default(comparison, as_of, known)) ids.push_back(each.rule->id);
  return ids;
}

std::vector<std::string> nodes_of(History& history, std::string_view rule, std::string_view as_of) {
  const Comparison comparison = history.comparison();
  for (const Indication& each : by_default(comparison, as_of))
    if (each.rule->id == rule) return each.nodes;
  return {"-"};
}

bool is_indicated(History& history, std::string_view rule, std::string_view as_of) {
  const auto ids = indicated(history, as_of);
  return std::ranges::find(ids, rule) != ids.end();
}

Value rules_document(std::string_view condition) {
  Value document = parsed(R"({"format": "gcp2/indication-rules/1", "id": "test", "version": "1",
    "rules": [{"id": "r", "level": "watch", "says": "A sentence.", "basis": "local"}]})");
  document.find("rules")->items().front().set("when", parsed(condition));
  return document;
}

bool holds(std::string_view condition, History& history, const IndicationContext& context) {
  Findings findings;
  const IndicationRules rules = read_indication_rules(rules_document(condition), findings);
  if (!findings.empty()) throw std::runtime_error{"no condition: " + std::string{condition}};
  const Comparison comparison = history.comparison();
  return !indications(rules, comparison, context).empty();
}

bool holds(std::string_view condition, History& history) {
  return holds(condition, history, {.as_of = day("2026-12-31"), .known = {}, .opened = {}});
}

}  // namespace gcp2::test
