// Bytes as the files that a place brings with it: indication rules, a locality, a study of raters,
// a mapping of nodes, a case for training.
#include <algorithm>
#include <set>

#include "claims.h"
#include "gcp2/comparison.h"
#include "gcp2/indication_files.h"
#include "gcp2/training.h"
#include "mutation.h"

namespace {

using namespace gcp2;

constexpr std::string_view vocabulary = R"([
  null, true, false, 0, 1, 2, 3, 5, 6, -1, 24, 216, 2.5, "", "x", "A", "A1", "A1a", "C2", "Z9", "urgent", "watch",
  "medical", "physical", "area", "sub_area", "leaf", "any", "given", "refused", "complete", "first", "previous", [], {},
  {"format": "gcp2/indication-rules/1", "id": "r", "version": "1", "note": "n", "extends": "default"},
  {"rules": [{"id": "x", "level": "concern", "types": ["medical"], "says": "s", "basis": "local", "when": {"age": {"from": 0, "to": 24}}}]},
  {"all": [{"age": {"from": 0}}]}, {"any": [{"consent": "given"}]}, {"not": {"age": {"to": 24}}}, {"open": {"consent": "absent"}},
  {"node": {"code": "A1", "is": {"grade": {"at_least": 3, "at_most": 5}}}}, {"some": {"level": "any", "under": "A", "type": "medical", "is": {"recorded": {"at_least": 4}}}},
  {"every": {"level": "leaf", "is": {"status": "complete"}}}, {"count": {"level": "leaf", "at_least": 2, "is": {"possible": {"at_least": 4}}}},
  {"types": {"level": "any", "at_least": 2, "is": {"computed": {"at_least": 3}}}}, {"previous": {"at_least": 3}}, {"earlier": {"at_least": 3}},
  {"change": {"since": "first", "worsened": 1}}, {"change": {"since": "previous", "improved": 1}}, {"run": {"at_least": 3, "assessments": 2}},
  {"run": {"at_least": 3, "days": 30}}, {"evidence_missing": {"assessments": 2}}, {"missing": {"under": "B", "percent": 50}},
  {"target_overdue": {"days": 1}}, {"earlier_not_opened": true}, {"not_comparable": true},
  {"format": "gcp2/locality/1", "name": "n", "actions": {"strength": ["a"], "watch": ["a"], "concern": ["a"], "urgent": ["a"]}},
  {"contacts": [{"name": "n", "telephone": "999", "email": "e", "hours": "h"}]},
  {"format": "gcp2/study/1", "instrument": {"id": "gcp", "version": "1.0.0"}, "ratings": [{"subject": "s", "rater": "r", "node": "A1a", "grade": 2}]},
  {"format": "gcp2/mapping/1", "from": "x", "to": "y", "nodes": {"A1a": "A1"}},
  {"node": "A1a", "grade": 2, "rationale": "r", "lines": [1], "quotes": ["x"]}, {"node": "A5d", "cannot": "c"}, {"node": "D1b", "cannot": "c"},
  {"conditions": ["behavioural_difficulty", "long_term_health_condition"]}, {"expected_date": "2026-12-01"}, {"early_indicators": true}
])";

/// Two records of one child, months apart, with something for most conditions.
constexpr std::string_view records = R"([
  {"format": "gcp2/assessment/1", "id": "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11", "instrument": {"id": "gcp", "version": "1.0.0"},
   "child": {"ref": "C-0001", "date_of_birth": "2019-03-14"}, "window": {"from": "2026-01-05", "to": "2026-01-23"},
   "observations": [{"node": "A1a", "grade": 3}, {"node": "B2", "grade": 5}, {"node": "C1a", "grade": 2}, {"node": "D2", "grade": 4}],
   "targets": [{"node": "A1a", "to": 2, "review_by": "2026-02-01"}], "consent": {"state": "refused"}},
  {"format": "gcp2/assessment/1", "id": "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e12", "instrument": {"id": "gcp", "version": "1.0.0"},
   "child": {"ref": "C-0001", "date_of_birth": "2019-03-14"}, "window": {"from": "2026-04-05", "to": "2026-04-23"},
   "observations": [{"node": "A1a", "grade": 4, "evidence": [{"text": "t"}]}, {"node": "B2", "not_graded": "declined"}, {"node": "D2", "grade": 1}],
   "judgements": [{"node": "A", "grade": 2, "reason": "r"}], "consent": {"state": "given"}}])";

const Date as_of = *Date::from(2026, 6, 30);

const Comparison& comparison() {
  static const std::vector<Record> judged = [] {
    Findings findings;
    std::vector<Record> all;
    const Value list = read_json(records, findings);
    for (const Value& document : list.items())
      all.push_back(judge(document, shipped_instruments(), as_of, {}, {}));
    return all;
  }();
  static const std::vector<Scorecard> cards = [] {
    std::vector<Scorecard> all;
    for (const Record& r : judged)
      all.push_back(score(*r.instrument, *r.instrument->rule(r.instrument->default_rule), r.sheet));
    return all;
  }();
  static const Comparison compared = [] {
    std::vector<ScoredRecord> points;
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const Instrument& instrument = *judged[i].instrument;
      points.push_back({instrument,
                        *instrument.rule(instrument.default_rule),
                        judged[i].assessment,
                        judged[i].sheet,
                        cards[i],
                        {}});
    }
    Findings findings;
    return compare(series_of(points, findings));
  }();
  return compared;
}

void claim_rules(const IndicationRules& rules) {
  std::set<std::string_view> ids;
  for (const IndicationRule& rule : rules.rules) {
    fuzz::claim(ids.insert(rule.id).second, "a rule stands once");
    fuzz::claim(rule.when != nullptr && !rule.says.empty(),
                "a rule has a condition and a sentence");
  }
  const IndicationRules all = extended(shipped_indication_rules(), rules);
  const std::vector<Indication> found = indications(all, comparison(), {.as_of = as_of});
  for (std::size_t i = 0; i < found.size(); ++i) {
    fuzz::claim(
        found[i].rule >= all.rules.data() && found[i].rule < all.rules.data() + all.rules.size(),
        "an indication is one of its rules");
    fuzz::claim(i == 0 || found[i - 1].rule->level >= found[i].rule->level, "urgent comes first");
  }
}

void claim_case(const Case& sample) {
  for (const CaseProfile& profile : sample.profiles) {
    std::vector<NodeIndex> graded;
    for (const KeyEntry& entry : profile.key) {
      graded.push_back(entry.node);
      fuzz::claim(entry.grade.has_value() == entry.cannot.empty(), "a grade or a reason for none");
      for (std::size_t i = 0; i < entry.lines.size(); ++i)
        fuzz::claim(
            profile.vignette.at(entry.lines[i] - 1).find(entry.quotes.at(i)) != std::string::npos,
            "a quote stands in its line");
    }
    fuzz::claim(graded == key_leaves(*sample.instrument, profile.age_months, profile.conditions),
                "the key covers what applies, once and in order");
    (void)key_sheet(*sample.instrument, profile);
  }
}

template <class Read>
bool reads_well(const Value& document, Read read) {
  Findings findings;
  read(findings);
  locate(findings, document);
  fuzz::claim_findings(findings, true);
  return findings.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Findings unread;
  const Value document = read_json({reinterpret_cast<const char*>(data), size}, unread);
  if (!unread.empty()) return 0;
  IndicationRules rules;
  const bool are_rules = reads_well(document, [&](Findings& findings) {
    rules = read_indication_rules(document, findings);
    check_rule_nodes(rules, shipped_instruments(), findings);
  });
  if (are_rules) claim_rules(rules);
  Locality locality;
  if (reads_well(document,
                 [&](Findings& findings) { locality = read_locality(document, findings); }))
    fuzz::claim(!locality.contacts.empty() && !locality.contacts.front().telephone.empty(),
                "there is a number to call");
  RaterNoise noise;
  (void)reads_well(document, [&](Findings& findings) {
    noise = read_rater_noise(document, shipped_instruments(), findings);
  });
  for (const RaterNoise::Area& area : noise.areas) {
    std::size_t pairs = 0;
    for (const std::size_t differed : area.differed) pairs += differed;
    fuzz::claim(pairs == area.pairs, "every pair differs by something");
  }
  NodeMapping mapping;
  const bool maps = reads_well(document, [&](Findings& findings) {
    mapping = read_node_mapping(document, shipped_instruments(), findings);
  });
  Case sample;
  if (reads_well(document, [&](Findings& findings) {
        sample = read_case(document, shipped_instruments(), findings);
      }))
    claim_case(sample);
  if (maps) (void)compare(comparison().points, &noise, {mapping});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const fuzz::Vocabulary words{vocabulary};
  return fuzz::mutate_json(data, size, most, seed, words);
}
