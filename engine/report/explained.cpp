#include "report/explained.h"

#include <algorithm>

#include "report/words.h"

namespace gcp2 {
namespace {

class Explainer {
 public:
  Explainer(const ScoredRecord& record, const Language& language)
      : r_{record}, language_{language} {}

  ExplainedArea area(NodeIndex area) {
    const NodeScore& score = r_.card.nodes[area];
    out_ = {area,
            language_.say("explain.area",
                          {{"area", node(area)},
                           {"grade", score.grade ? language_.say("grade.named",
                                                                 {{"grade", grade(*score.grade)}})
                                                 : language_.say("grade.none")}}),
            {}};
    if (score.status == Status::not_applicable) return std::move(out_);
    say(0, language_.say("explain.why", {{"because", because(area)}}));
    if (score.judged) judged(area, 0);
    missing(area, "explain.area_keeps", "explain.area_open", 0);
    for (auto sub = static_cast<NodeIndex>(area + 1); sub < r_.instrument.node(area).end;
         sub = r_.instrument.node(sub).end)
      sub_area(sub);
    tipping(area);
    return std::move(out_);
  }

 private:
  void say(int depth, std::string text) { out_.lines.push_back({depth, std::move(text)}); }
  std::string node(NodeIndex index) const { return words::node(r_.instrument, index); }
  std::string grade(Grade grade) const { return words::grade(language_, r_.instrument, grade); }
  std::string list(const std::vector<std::string>& parts) const {
    return words::list(language_, parts);
  }

  std::string because(NodeIndex index) const {
    const NodeScore& score = r_.card.nodes[index];
    if (!score.reason || (*score.reason == Reason::exception && !score.grade))
      return language_.say("because.nothing");
    std::vector<std::string> deciders;
    for (const NodeIndex decider : r_.card.decided_by(score)) deciders.push_back(node(decider));
    const std::string names = list(deciders);
    const std::string number = std::to_string(score.grade->number());
    switch (*score.reason) {
      case Reason::direct: return language_.say("because.direct");
      case Reason::majority:
        if (score.counted == 1) return language_.say("because.only_one", {{"names", names}});
        return language_.say("because.majority", {{"grade", number},
                                                  {"deciders", std::to_string(deciders.size())},
                                                  {"counted", std::to_string(score.counted)},
                                                  {"names", names}});
      case Reason::override_above:
        return language_.say("because.override",
                             {{"limit", std::to_string(r_.rule.override_above->number())},
                              {"grade", number},
                              {"names", names}});
      case Reason::tie:
        return language_.say(
            r_.rule.tie == Tie::worse ? "because.tie_worse" : "because.tie_better",
            {{"grade", number}, {"names", names}});
      case Reason::worst:
        return language_.say("because.worst", {{"grade", number}, {"names", names}});
      case Reason::practitioner: return language_.say("because.practitioner");
      case Reason::exception: break;
    }
    const Exception& exception = *r_.instrument.exception_on(index);
    return language_.say(
        "because.exception",
        {{"names", names},
         {"condition", language_.say("condition." + std::string{name_of(exception.condition)})},
         {"source", words::provenance(language_, exception.source)}});
  }

  void judged(NodeIndex index, int depth) {
    const NodeScore& score = r_.card.nodes[index];
    const auto& all = r_.assessment.judgements;
    const auto judgement = std::ranges::find(all, r_.instrument.node(index).code, &Judgement::node);
    const std::string reason = judgement == all.end() || judgement->reason.empty()
                                   ? language_.say("explain.no_reason")
                                   : judgement->reason;
    const std::string computed = words::grade_or_none(language_, r_.instrument, score.computed);
    say(depth,
        score.computed_possible.single()
            ? language_.say("explain.judged", {{"computed", computed}, {"reason", reason}})
            : language_.say("explain.judged_open",
                            {{"computed", computed},
                             {"possible", words::grades(language_, score.computed_possible)},
                             {"reason", reason}}));
  }

  /// What is missing below a node, and what it could still make of the grade.
  void missing(NodeIndex index, std::string_view keeps, std::string_view open, int depth) {
    const NodeScore& score = r_.card.nodes[index];
    std::vector<std::string> names;
    for (const LeftOut& left : r_.card.left_out(score))
      if (r_.card.nodes[left.node].status == Status::ungraded && left.why != LeftOutWhy::exception)
        names.push_back(language_.say(
            "explain.missing_name",
            {{"node", node(left.node)}, {"why", words::why(language_, left.why)}}));
    std::string sentence;
    if (!names.empty())
      sentence = language_.say("explain.missing", {{"counted", std::to_string(score.counted)},
                                                   {"applicable", std::to_string(score.applicable)},
                                                   {"names", list(names)}});
    if (score.status == Status::provisional) {
      if (!sentence.empty()) sentence += ' ';
      sentence +=
          score.possible.single()
              ? language_.say(keeps)
              : language_.say(open, {{"possible", words::grades(language_, score.possible)}});
    }
    if (!sentence.empty()) say(depth, sentence);
  }

  void sub_area(NodeIndex index) {
    const NodeScore& score = r_.card.nodes[index];
    if (score.status == Status::not_applicable)
      return say(0, language_.say("explain.not_applicable", {{"node", node(index)}}));
    if (r_.instrument.is_leaf(index)) return leaf(index);
    say(0, language_.say(
               "explain.sub_area",
               {{"node", node(index)},
                {"grade", words::grade_or_none(language_, r_.instrument, score.grade)},
                {"because", because(index)}}));
    if (score.judged) judged(index, 1);
    missing(index, "explain.sub_area_keeps", "explain.sub_area_open", 1);
    not_counted(index, score);
  }

  void leaf(NodeIndex index) {
    if (const auto& graded = r_.card.nodes[index].grade)
      return say(0, language_.say("explain.leaf",
                                  {{"node", node(index)}, {"grade", grade(*graded)}}));
    const std::string why = std::string{name_of(r_.sheet.marks[index].not_graded)};
    say(0, language_.say("explain.leaf_missing",
                         {{"node", node(index)}, {"why", language_.say("left_out." + why)}}));
  }

  /// Grades that stand on leaves that do not apply: shown, so that nobody takes them for counted.
  void not_counted(NodeIndex index, const NodeScore& score) {
    for (auto item = static_cast<NodeIndex>(index + 1); item < r_.instrument.node(index).end;
         ++item) {
      const Mark& mark = r_.sheet.marks[item];
      const bool by_exception = score.by_exception && r_.card.nodes[item].grade;
      if (!mark.grade || (r_.card.nodes[item].applies && !by_exception)) continue;
      say(1, language_.say(
                 by_exception ? "explain.not_counted_exception" : "explain.not_counted",
                 {{"node", node(item)}, {"grade", std::to_string(mark.grade->number())}}));
    }
  }

  void tipping(NodeIndex area) {
    if (!r_.card.nodes[area].grade) return;
    const bool any =
        std::ranges::any_of(r_.card.tipping, [area](const Tipping& t) { return t.area == area; });
    if (!any)
      return say(
          0, language_.say(r_.card.nodes[area].judged ? "tipping.judged" : "tipping.none"));
    say(0, language_.say("tipping.some"));
    for (int number = Grade::best; number <= Grade::worst; ++number)
      for (const bool leaf_worse : {false, true})
        tipping_to(area, *Grade::from(number), leaf_worse);
  }

  /// All changes in one direction that lead to the same grade of the area, as one sentence.
  void tipping_to(NodeIndex area, Grade to, bool leaf_worse) {
    std::vector<std::string> leaves;
    bool area_worse = false;
    for (const Tipping& t : r_.card.tipping) {
      if (t.area != area || t.area_to != to || t.to.worse_than(t.from) != leaf_worse) continue;
      leaves.push_back(node(t.leaf));
      area_worse = t.area_to.worse_than(t.area_from);
    }
    if (leaves.empty()) return;
    std::string sentence =
        language_.say(leaf_worse ? "tipping.worse" : "tipping.better",
                      {{"grade", grade(to)}, {"leaves", words::list(language_, leaves, "word.or")}});
    if (leaf_worse != area_worse)
      sentence += " " + language_.say(leaf_worse ? "tipping.paradox_worse" : "tipping.paradox_better");
    say(1, sentence);
  }

  const ScoredRecord& r_;
  const Language& language_;
  ExplainedArea out_;
};

}  // namespace

std::vector<ExplainedArea> explained(const ScoredRecord& record, const Language& language) {
  std::vector<ExplainedArea> areas;
  Explainer explainer{record, language};
  for (NodeIndex area = 0; area < record.instrument.nodes.size();
       area = record.instrument.node(area).end)
    areas.push_back(explainer.area(area));
  return areas;
}

}  // namespace gcp2
