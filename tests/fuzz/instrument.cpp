// Bytes as an instrument, or as an overlay over the shipped ones.
#include <algorithm>
#include <set>

#include "claims.h"
#include "gcp2/scoring.h"
#include "mutation.h"

namespace {

using namespace gcp2;

constexpr std::string_view vocabulary = R"([
  null, true, 0, 1, 2, 3, 4, 5, 6, -1, 2.5, 24, 60, 216, 2147483647, 2147483648, "", "A", "A1", "A1a", "A1b", "B", "B1",
  "Z", "S", "R", "O", "majority", "majority-override", "worst", "better", "worse", "lower_is_better", "gcp", "1.0.0",
  "medical", "nutritional", "physical", "long_term_health_condition", "behavioural_difficulty", "é", "a\nb", [], {},
  {"neglect_types": ["medical", "physical"], "condition": "behavioural_difficulty", "age_band": {"from": 0, "to": 24}},
  {"age_band": {"from": 24, "to": 60}, "note": "n", "label": "l", "source": "O", "code": "c", "title": "t"},
  {"descriptors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}},
  {"descriptors_by_age": [{"age_band": {"from": 0, "to": 24}, "descriptors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}},
    {"age_band": {"from": 24, "to": 216}, "descriptors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}}]},
  {"rules": [{"name": "majority-override", "override_above": 3, "tie": "worse", "source": "R"}, {"name": "worst", "source": "O"}]},
  {"exceptions": [{"node": "A1", "takes_from": "A2", "condition": "behavioural_difficulty", "source": "S"}]},
  {"format": "gcp2/overlay/1", "instrument": {"id": "gcp2", "version": "1.0.0", "digest": ""}, "default_rule": "majority"},
  {"wording": [{"node": "A1a", "label": "l", "note": "n"}], "licence": {"state": "licensed", "note": "n"}},
  {"sub_areas": [{"code": "A2", "label": "l", "source": "O", "items": []}], "items": []},
  {"grades": [{"grade": 1, "level_of_care": "l", "commitment": "c", "quality": "q"}], "direction": "x"}
])";

/// What scoring and explaining rest on.
void claim_tree(const Instrument& instrument) {
  constexpr int childhood = 18 * 12;
  std::set<std::string_view> codes;
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    const Node& node = instrument.node(i);
    fuzz::claim(codes.insert(node.code).second, "a code stands once");
    fuzz::claim(node.end > i && node.end <= instrument.nodes.size(), "a node ends behind itself");
    fuzz::claim(!node.parent || (*node.parent < i && node.end <= instrument.node(*node.parent).end),
                "a node lies within its parent");
    if (!instrument.is_leaf(i)) continue;
    const AgeBand ages = node.band.value_or(AgeBand{0, childhood});
    for (int months = ages.from; months < std::min(ages.to, childhood); ++months) {
      const Wording* wording = instrument.wording(i, months);
      fuzz::claim(wording != nullptr && (!wording->band || wording->band->holds(months)),
                  "a leaf has wording for every age at which it applies");
      fuzz::claim(std::ranges::none_of(wording->descriptors, &std::string::empty),
                  "a wording has all grades");
    }
  }
  for (const Node& node : instrument.nodes)
    fuzz::claim(std::set(node.neglect_types.begin(), node.neglect_types.end()).size() ==
                    node.neglect_types.size(),
                "a neglect type stands once");
}

/// Where every leaf has the same grade, so has every node that applies.
void claim_scores(const Instrument& instrument) {
  for (const Rule& rule : instrument.rules)
    for (const int months : {0, 24, 100})
      for (const unsigned long conditions : {0UL, 3UL})
        for (const int number : {Grade::best, 4}) {
          Sheet sheet;
          sheet.clear(instrument.nodes.size());
          sheet.age_months = months;
          sheet.conditions = Conditions{conditions};
          for (Mark& mark : sheet.marks) mark.grade = Grade::from(number);
          const Scorecard card = score(instrument, rule, sheet);
          fuzz::claim(card.missing == 0, "nothing is missing where every leaf has a grade");
          for (const NodeScore& node : card.nodes)
            fuzz::claim(node.status == Status::not_applicable || node.grade == Grade::from(number),
                        "from the same grades comes that grade");
        }
}

void read_overlay(const Value& document) {
  for (const Instrument& instrument : shipped_instruments().list) {
    Findings findings;
    const Instrument laid = overlay(instrument, document, findings);
    locate(findings, document);
    fuzz::claim_findings(findings, true);
    if (!findings.empty()) continue;
    claim_tree(laid);
    fuzz::claim(digest_of(laid) == instrument.digest, "an overlay leaves the tree as it is");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  Findings findings;
  const Instrument instrument = read_instrument_json(text, findings);
  fuzz::claim_findings(findings, true);
  Findings unread;
  const Value document = read_json(text, unread);
  if (unread.empty() && document.text_at("format") == "gcp2/overlay/1") read_overlay(document);
  if (!findings.empty()) return 0;
  claim_tree(instrument);
  claim_scores(instrument);
  fuzz::claim(read_instrument_json(write_json(document), findings).digest == instrument.digest,
              "an instrument that was written has the same digest");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const fuzz::Vocabulary words{vocabulary};
  return fuzz::mutate_json(data, size, most, seed, words);
}
