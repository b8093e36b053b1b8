// What holds for every record sheet.
#include "support/generators.h"

#include <algorithm>
#include <numeric>

namespace gcp2 {
namespace {

using test::any_trial;
using test::expect_always;
using test::Trial;

Scorecard card_of(const Trial& trial) { return score(*trial.instrument, trial.rule, trial.sheet); }

std::optional<int> number(const std::optional<Grade>& grade) {
  return grade ? std::optional{grade->number()} : std::nullopt;
}

std::set<int> set_of(GradeSet set) {
  const auto all = test::numbers(set);
  return {all.begin(), all.end()};
}

TEST(AnySheet, IsScoredAsTheSlowReferenceDoes) {
  expect_always("engine and reference agree", [] {
    const Trial trial = *any_trial();
    const Instrument& instrument = *trial.instrument;
    const Scorecard card = card_of(trial);
    const test::ReferenceCard expected =
        test::reference_score(instrument, trial.rule, trial.sheet);
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
      const NodeScore& node = card.nodes[i];
      const test::ReferenceNode& other = expected.nodes[i];
      RC_LOG() << instrument.node(i).code << '\n';
      RC_ASSERT(number(node.grade) == other.grade);
      RC_ASSERT(number(node.computed) == other.computed);
      RC_ASSERT((node.reason ? std::string{name_of(*node.reason)} : std::string{}) == other.reason);
      RC_ASSERT(name_of(node.status) == other.status);
      RC_ASSERT(set_of(node.possible) == other.possible);
      RC_ASSERT(set_of(node.computed_possible) == other.computed_possible);
      if (instrument.is_leaf(i)) continue;
      RC_ASSERT(node.counted == other.counted);
      RC_ASSERT(node.applicable == other.applicable);
      std::set<std::string> deciders;
      for (const NodeIndex d : card.decided_by(node)) deciders.insert(instrument.node(d).code);
      RC_ASSERT(deciders == other.decided_by);
      std::vector<std::pair<std::string, std::string>> left_out;
      for (const LeftOut& l : card.left_out(node))
        left_out.emplace_back(instrument.node(l.node).code, name_of(l.why));
      RC_ASSERT(left_out == other.left_out);
    }
    for (std::size_t g = 0; g < 5; ++g) RC_ASSERT(card.counts[g] == expected.counts[g + 1]);
    RC_ASSERT(card.missing == expected.counts[0]);
    std::vector<std::string> worst;
    for (const NodeIndex leaf : card.worst) worst.push_back(instrument.node(leaf).code);
    RC_ASSERT(worst == expected.worst);
  });
}

TEST(AnySheet, GivesTheSameGradesWithAndWithoutItsTrace) {
  Scorecard reused, graded;  // keep what earlier records left in them
  expect_always("grade_into and score_into agree", [&] {
    const Trial trial = *any_trial();
    const Scorecard fresh = card_of(trial);
    score_into(reused, *trial.instrument, trial.rule, trial.sheet);
    grade_into(graded, *trial.instrument, trial.rule, trial.sheet);
    RC_ASSERT(reused.counts == fresh.counts);
    RC_ASSERT(reused.missing == fresh.missing);
    RC_ASSERT(reused.worst == fresh.worst);
    RC_ASSERT(reused.deciders == fresh.deciders);
    RC_ASSERT(reused.omissions.size() == fresh.omissions.size());
    RC_ASSERT(reused.tipping.size() == fresh.tipping.size());
    RC_ASSERT(graded.nodes.size() == fresh.nodes.size());
    for (std::size_t i = 0; i < fresh.nodes.size(); ++i)
      for (const Scorecard* other : {&reused, &graded}) {
        RC_ASSERT(other->nodes[i].grade == fresh.nodes[i].grade);
        RC_ASSERT(other->nodes[i].computed == fresh.nodes[i].computed);
        RC_ASSERT(other->nodes[i].reason == fresh.nodes[i].reason);
        RC_ASSERT(other->nodes[i].status == fresh.nodes[i].status);
        RC_ASSERT(other->nodes[i].possible == fresh.nodes[i].possible);
        RC_ASSERT(other->nodes[i].computed_possible == fresh.nodes[i].computed_possible);
      }
  });
}

/// Fills every leaf that counts and has no grade.
Sheet completed(const Trial& trial) {
  Sheet sheet = trial.sheet;
  for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i)
    if (trial.instrument->is_leaf(i) && !sheet.marks[i].grade &&
        sheet.marks[i].not_graded != NotGraded::not_applicable)
      sheet.marks[i].grade = test::grade(*rc::gen::inRange(1, 6));
  return sheet;
}

TEST(AnyCompletion, EndsInsideThePossibleGrades) {
  expect_always("a completion's grade was possible before", [] {
    const Trial trial = *any_trial();
    const Scorecard before = card_of(trial);
    const Scorecard after = score(*trial.instrument, trial.rule, completed(trial));
    for (NodeIndex i = 0; i < before.nodes.size(); ++i) {
      RC_LOG() << trial.instrument->node(i).code << '\n';
      RC_ASSERT(after.nodes[i].status == Status::complete ||
                after.nodes[i].status == Status::not_applicable);
      RC_ASSERT(before.nodes[i].possible.empty() == after.nodes[i].possible.empty());
      if (after.nodes[i].grade) RC_ASSERT(before.nodes[i].possible.contains(*after.nodes[i].grade));
      if (before.nodes[i].status == Status::complete)
        RC_ASSERT(after.nodes[i].grade == before.nodes[i].grade);
    }
  });
}

/// The grades that a node reaches when the missing leaves below it are tried one after another.
std::set<int> reached(const Trial& trial, Sheet& sheet, NodeIndex node, NodeIndex leaf) {
  const Instrument& instrument = *trial.instrument;
  while (leaf < instrument.node(node).end &&
         (!instrument.is_leaf(leaf) || sheet.marks[leaf].grade ||
          sheet.marks[leaf].not_graded == NotGraded::not_applicable ||
          !applies(instrument, leaf, sheet.age_months, sheet.conditions)))
    ++leaf;
  if (leaf == instrument.node(node).end) {
    Scorecard card;
    grade_into(card, instrument, trial.rule, sheet);
    return card.nodes[node].grade ? std::set{card.nodes[node].grade->number()} : std::set<int>{};
  }
  std::set<int> all;
  const Mark mark = sheet.marks[leaf];
  for (int g = 1; g <= 5; ++g) {
    sheet.marks[leaf].grade = test::grade(g);
    all.merge(reached(trial, sheet, node, static_cast<NodeIndex>(leaf + 1)));
  }
  sheet.marks[leaf] = mark;
  return all;
}

TEST(EveryPossibleGrade, IsReachedByACompletion) {
  expect_always("possible grades of a sub-area are reached", [] {
    const Trial trial = *any_trial();
    const Scorecard card = card_of(trial);
    for (NodeIndex i = 0; i < card.nodes.size(); ++i) {
      const NodeScore& node = card.nodes[i];
      const bool own = trial.instrument->node(i).level == Level::sub_area && !node.by_exception;
      if (!own || node.judged || node.applicable - node.counted > 3) continue;
      Sheet sheet = trial.sheet;
      RC_LOG() << trial.instrument->node(i).code << '\n';
      RC_ASSERT(reached(trial, sheet, i, i) == set_of(node.possible));
    }
  });
}

using Tip = std::array<int, 6>;

TEST(Tipping, IsWhatScoringEveryNeighbourGives) {
  expect_always("tipping equals brute force", [] {
    const Trial trial = *any_trial();
    const Instrument& instrument = *trial.instrument;
    const Scorecard card = card_of(trial);
    std::vector<Tip> expected, found;
    for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end)
      for (NodeIndex leaf = area; leaf < instrument.node(area).end; ++leaf) {
        const auto from = trial.sheet.marks[leaf].grade;
        if (!instrument.is_leaf(leaf) || !from) continue;
        for (const int to : {from->number() - 1, from->number() + 1}) {
          if (!Grade::from(to)) continue;
          Sheet other = trial.sheet;
          other.marks[leaf].grade = Grade::from(to);
          const auto before = card.nodes[area].grade;
          const auto after = score(instrument, trial.rule, other).nodes[area].grade;
          RC_ASSERT(before.has_value() == after.has_value());
          if (before != after)
            expected.push_back({area, leaf, from->number(), to, before->number(), after->number()});
        }
      }
    for (const Tipping& t : card.tipping) {
      found.push_back({t.area, t.leaf, t.from.number(), t.to.number(), t.area_from.number(),
                       t.area_to.number()});
      RC_ASSERT(t.paradox() == (t.to.number() > t.from.number() &&
                                t.area_to.number() < t.area_from.number()));
    }
    RC_ASSERT(found == expected);
  });
}

TEST(AnySheet, HasCountsThatAddUp) {
  expect_always("counts add up", [] {
    const Trial trial = *any_trial();
    const Instrument& instrument = *trial.instrument;
    const Scorecard card = card_of(trial);
    int leaves = 0;
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
      const NodeScore& node = card.nodes[i];
      const auto parent = instrument.node(i).parent;
      if (instrument.is_leaf(i) && node.status != Status::not_applicable &&
          !(parent && card.nodes[*parent].by_exception))
        ++leaves;
      if (!instrument.is_leaf(i) && !node.by_exception && node.applies) {
        int children = 0;
        for (NodeIndex c = static_cast<NodeIndex>(i + 1); c < instrument.node(i).end;
             c = instrument.node(c).end)
          ++children;
        RC_ASSERT(node.counted + static_cast<int>(card.left_out(node).size()) == children);
        RC_ASSERT(node.counted <= node.applicable);
      }
      RC_ASSERT(node.grade.has_value() == (node.status == Status::complete ||
                                           node.status == Status::provisional));
      if (node.grade) RC_ASSERT(node.possible.contains(*node.grade) ||
                                node.status == Status::provisional);
      if (node.status == Status::complete) RC_ASSERT(node.possible == GradeSet{*node.grade});
      RC_ASSERT(node.possible.empty() == (node.status == Status::not_applicable));
    }
    RC_ASSERT(std::accumulate(card.counts.begin(), card.counts.end(), 0) + card.missing == leaves);
  });
}

TEST(AnyRecord, IsScoredTheSameInAnyOrder) {
  const Value base = test::case_document("toddler");
  const Sheet expected = test::judged(base).sheet;
  expect_always("order of observations never matters", [&] {
    Value document = base;
    auto& observations = document.find("observations")->items();
    for (std::size_t i = observations.size(); i > 1; --i)
      std::swap(observations[i - 1], observations[*rc::gen::inRange<std::size_t>(0, i)]);
    const Sheet sheet = test::judged(document).sheet;
    for (std::size_t i = 0; i < sheet.marks.size(); ++i) {
      RC_ASSERT(sheet.marks[i].grade == expected.marks[i].grade);
      RC_ASSERT(sheet.marks[i].not_graded == expected.marks[i].not_graded);
    }
    RC_ASSERT(sheet.age_months == expected.age_months);
    RC_ASSERT(sheet.conditions == expected.conditions);
  });
}

}  // namespace
}  // namespace gcp2
