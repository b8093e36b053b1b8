#include <algorithm>
#include <array>
#include <vector>

#include "scoring/rolled.h"
#include "scoring/walk.h"

namespace gcp2 {
namespace {

struct Grader {
  Scorecard& card;
  const Instrument& instrument;
  const Rule& rule;
  const Sheet& sheet;
  Rolling rolling{rule};

  void grade() {
    const auto end = static_cast<NodeIndex>(instrument.nodes.size());
    for (NodeIndex index = 0; index < end; ++index) open(index);
    // Every node stands before those below it: from the end, children come before their parent.
    for (NodeIndex index = end; index-- > 0;)
      if (!instrument.is_leaf(index)) close(index);
  }

  void open(NodeIndex index) {
    const Node& n = instrument.nodes[index];
    NodeScore& score = card.nodes[index];
    score = NodeScore{};
    score.applies = (!n.parent || card.nodes[*n.parent].applies) &&
                    (!n.band || n.band->holds(sheet.age_months)) &&
                    (!n.condition || sheet.conditions.test(static_cast<std::size_t>(*n.condition)));
    if (score.applies && instrument.is_leaf(index)) leaf(score, sheet.marks[index]);
  }

  static void leaf(NodeScore& score, const Mark& mark) {
    if (mark.grade) {
      set_grade(score, *mark.grade, Reason::direct);
      score.status = Status::complete;
      score.possible = GradeSet{*mark.grade};
      score.counted = score.applicable = 1;
    } else if (mark.not_graded != NotGraded::not_applicable) {
      score.status = Status::ungraded;
      score.possible = GradeSet::all();
      score.applicable = 1;
    }
  }

  static void set_grade(NodeScore& score, Grade grade, Reason reason) {
    score.grade = grade;
    score.computed = grade;
    score.reason = reason;
  }

  void close(NodeIndex index) {
    NodeScore& score = card.nodes[index];
    if (instrument.nodes[index].level == Level::area && !instrument.exceptions.empty())
      exceptions(index);
    if (!score.applies) return;
    parent(index, score);
    judgement(index, score);
  }

  void parent(NodeIndex index, NodeScore& score) {
    Tally tally;
    unsigned applicable = 0, complete = 0, counted = 0;
    for_each_child(instrument, index, [&](NodeIndex child) {
      const NodeScore& c = card.nodes[child];
      applicable += c.status != Status::not_applicable ? 1 : 0;
      complete += c.status == Status::complete ? 1 : 0;
      if (!c.grade) return;
      ++counted;
      tally.add(*c.grade);
    });
    if (applicable == 0) return;
    score.applicable = static_cast<std::uint16_t>(applicable);
    score.counted = static_cast<std::uint16_t>(counted);
    const auto rolled = rolling.of(tally);
    if (const auto grade = Grade::from(rolled.grade)) set_grade(score, *grade, rolled.reason);
    if (complete == applicable) {
      score.status = Status::complete;
      score.possible = GradeSet{*score.grade};
      return;
    }
    score.status = counted == 0 ? Status::ungraded : Status::provisional;
    score.possible = possible(index);
  }

  GradeSet possible(NodeIndex index) const {
    constexpr std::size_t usual = 32;
    std::array<GradeSet, usual> few;
    std::vector<GradeSet> many;
    std::size_t count = 0;
    for_each_child(instrument, index, [&](NodeIndex child) {
      const GradeSet set = card.nodes[child].possible;
      if (set.empty()) return;
      if (count < usual) few[count] = set;
      if (count == usual) many.assign(few.begin(), few.end());
      if (count >= usual) many.push_back(set);
      ++count;
    });
    return many.empty() ? possible_grades(rule, {few.data(), count}) : possible_grades(rule, many);
  }

  void judgement(NodeIndex index, NodeScore& score) const {
    if (!sheet.has_judgements || !sheet.judgements[index] || score.status == Status::not_applicable)
      return;
    score.computed_possible = score.possible;
    score.grade = sheet.judgements[index];
    score.reason = Reason::practitioner;
    score.status = Status::complete;
    score.possible = GradeSet{*score.grade};
    score.judged = true;
  }

  /// Semantics 3: grade, status and possible set come from the sibling; own leaves do not count.
  void exceptions(NodeIndex area) const {
    const auto holds = [&](const Exception& e) {
      return instrument.nodes[e.node].parent == area && card.nodes[e.node].applies &&
             sheet.conditions.test(static_cast<std::size_t>(e.condition));
    };
    for (const Exception& e : instrument.exceptions)
      if (holds(e)) card.nodes[e.node].by_exception = true;
    // A chain is settled from its end: after as many passes as there are exceptions, all are.
    for (std::size_t pass = 0; pass < instrument.exceptions.size(); ++pass)
      for (const Exception& e : instrument.exceptions)
        if (holds(e)) take(e);
  }

  void take(const Exception& e) const {
    const NodeScore& source = card.nodes[e.takes_from];
    NodeScore& score = card.nodes[e.node];
    score = NodeScore{};
    score.applies = score.by_exception = true;
    score.grade = score.computed = source.grade;
    score.reason = Reason::exception;
    score.status = source.status;
    score.possible = source.possible;
    judgement(e.node, score);
  }
};

}  // namespace

void grade_into(Scorecard& card, const Instrument& instrument, const Rule& rule,
                const Sheet& sheet) {
  card.nodes.resize(instrument.nodes.size());
  Grader{card, instrument, rule, sheet}.grade();
}

}  // namespace gcp2
