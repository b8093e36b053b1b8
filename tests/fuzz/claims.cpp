#include "claims.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "gcp2/indication_files.h"
#include "gcp2/report.h"
#include "gcp2/scoring.h"

namespace gcp2::fuzz {
namespace {

Value read_again(std::string_view text, std::string_view what) {
  Findings findings;
  Value document = read_json(text, findings);
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", message(finding).c_str());
  claim(findings.empty(), what);
  return document;
}

void claim_node(const NodeScore& score) {
  const bool complete = score.status == Status::complete;
  claim(!score.grade || score.possible.contains(*score.grade),
        "a grade is one of its possible set");
  claim(score.possible.empty() == (score.status == Status::not_applicable),
        "nothing is possible only where nothing applies");
  claim(!complete || (score.grade && score.possible.single()), "a complete node has its one grade");
  claim(complete || score.status == Status::provisional || !score.grade,
        "only what is complete or provisional has a grade");
  claim(score.counted <= score.applicable, "no more is counted than applies");
}

void claim_card(const Scorecard& card, const Rule& rule, const Record& record) {
  claim(card.nodes.size() == record.instrument->nodes.size(), "a score for every node");
  for (const NodeScore& score : card.nodes) claim_node(score);
  for (const Tipping& tipping : card.tipping) {
    if (rule.name != record.instrument->default_rule) break;
    claim(tipping.area_from == card.nodes[tipping.area].grade,
          "tipping starts at the area's grade");
    claim(tipping.area_from != tipping.area_to, "tipping changes the area's grade");
    Sheet changed = record.sheet;
    changed.marks[tipping.leaf].grade = tipping.to;
    claim(score(*record.instrument, rule, changed).nodes[tipping.area].grade == tipping.area_to,
          "tipping says what the changed leaf does");
  }
}

/// The writer of full cards; making one takes longer than scoring.
const CardWriter& writer_of(const Instrument& instrument, const Rule& rule) {
  static std::map<const Rule*, CardWriter> writers;
  return writers.try_emplace(&rule, instrument, rule, Card::full).first->second;
}

/// The shipped rules, asked about this one record.
void claim_indicated(const ScoredRecord& scored) {
  const IndicationRules& rules = shipped_indication_rules();
  const Comparison alone = compare({scored});
  const std::vector<Indication> found =
      indications(rules, alone, {.as_of = *Date::from(2026, 6, 30)});
  for (const Indication& indication : found)
    claim(!indication.steps.empty(), "an indication rests on something");
  Findings notes;
  check_dismissals(rules, found, scored.assessment, notes);
  claim_findings(notes, false);
}

void claim_rule(const Record& record, const Rule& rule) {
  const Instrument& instrument = *record.instrument;
  const Scorecard card = score(instrument, rule, record.sheet);
  claim_card(card, rule, record);
  if (rule.name != instrument.default_rule) return;
  const ScoredRecord scored{instrument, rule, record.assessment, record.sheet, card};
  claim_indicated(scored);
  claim_printable(profile_text(scored), "the profile");
  claim_printable(explanation_text(scored, 40), "the explanation");
  std::string text;
  writer_of(instrument, rule).append(text, record.assessment.id, card);
  claim(read_again(text, "a scorecard is JSON").text_at("format") == "gcp2/scorecard/1",
        "a scorecard has its format");
}

/// An observation as CSV can give it back: in any order of keys.
Value in_order(Value value) {
  for (Value& item : value.items()) item = in_order(std::move(item));
  for (Member& member : value.members()) member.value = in_order(std::move(member.value));
  std::ranges::sort(value.members(), {}, &Member::key);
  return value;
}

Value observations_in_order(const Value& observations) {
  Value list = Value::list();
  for (const Value& observation : observations.items()) {
    const bool names_its_node_only =
        observation.members().size() == 1 && observation.find("node") != nullptr;
    if (!names_its_node_only) list.items().push_back(in_order(observation));
  }
  return list;
}

}  // namespace

void claim(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "This does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void claim_printable(std::string_view text, std::string_view what) {
  claim(!text.empty() && text.back() == '\n', what);
  claim(std::ranges::none_of(text,
                             [](char c) {
                               const auto byte = static_cast<unsigned char>(c);
                               return (byte < 0x20 && c != '\n') || byte == 0x7F;
                             }),
        what);
}

void claim_findings(const Findings& findings, bool placed) {
  for (const Finding& finding : findings)
    claim(!placed || (finding.position.line != 0 && finding.position.column != 0),
          "every finding has a place");
  if (findings.empty()) return;
  // The rest would only say the same again, and take its time.
  const Findings some(findings.begin(),
                      findings.begin() + std::min<std::ptrdiff_t>(12, std::ssize(findings)));
  for (const Finding& finding : some) {
    const std::string said = message(finding);
    claim(said != finding.code, "every finding has a sentence");
    for (const std::string_view hole : {"  ", " . ", " : ", "\"\"", "{"})
      claim((said + " ").find(hole) == said.npos, "a sentence has no holes: " + said);
  }
  claim_printable(findings_text(some), "the findings as text");
  const Value document = findings_document(some);
  claim(read_again(write_json(document), "findings are JSON") == document, "findings are written");
}

void claim_written(const Value& document) {
  for (const Layout layout : {Layout::pretty, Layout::line})
    claim(read_again(write_json(document, layout), "what is written is JSON") == document,
          "what is written is read again");
}

void claim_csv(const Value& document) {
  Findings refused;
  const std::string csv = write_grades_csv(document, refused);
  const Value* observations = document.find("observations");
  if (!refused.empty() || observations == nullptr) return;
  Findings findings;
  const Value again = read_grades_csv(csv, "", findings);
  claim(!any(findings, Severity::invalid), "a CSV that was written is read");
  claim(observations_in_order(again) == observations_in_order(*observations),
        "a CSV gives back what was written");
}

void claim_record(Value document, Findings found, bool placed) {
  static const Date as_of = *Date::from(2026, 6, 30);
  const bool unread = document.is_null();
  claim(!unread || any(found, Severity::invalid), "a refusal is never silent");
  if (unread) return claim_findings(found, placed);
  const std::size_t found_in_reading = found.size();
  const Record record =
      judge(std::move(document), shipped_instruments(), as_of, std::move(found), {"file"});
  claim_findings(record.findings, placed);
  if (!record.can_be_scored()) return;
  for (const Rule& rule : record.instrument->rules) claim_rule(record, rule);
  claim_written(record.document);
  claim_csv(record.document);
  const Record again = judge(read_again(write_json(record.document), "a record is JSON"),
                             shipped_instruments(), as_of, {}, {"file"});
  claim(again.findings.size() + found_in_reading == record.findings.size() && again.can_be_scored(),
        "a record that was written is judged the same");
}

}  // namespace gcp2::fuzz
