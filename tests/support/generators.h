// Random record sheets for property tests.
#pragma once

#include <vector>

#include "gcp2/scoring.h"
#include "support/always.h"
#include "support/records.h"
#include "support/reference.h"

namespace gcp2::test {

/// Instruments with every feature: the shipped ones, chains of exceptions, parents of one child,
/// many children.
inline const std::vector<Instrument>& instruments_to_try() {
  static const std::vector<Instrument> all{
      gcp_instrument(), gcp_instrument(), gcp2_instrument(),
      small_instrument("A(A1:2 A2:3 A3:1 A4)", {"A1<A2", "A2<A3"}),
      small_instrument("A(A1:1) B(B1 B2 B3 B4 B5 B6)"),
      small_instrument("A(A1:7 A2) B(B1:2 B2:2 B3:3)", {"B1<B2", "B3<B2"})};
  return all;
}

struct Trial {
  const Instrument* instrument;
  Rule rule;
  Sheet sheet;
};

inline void showValue(const Trial& trial, std::ostream& out) {
  out << trial.instrument->id << ", " << name_of(trial.rule) << ", " << trial.sheet.age_months
      << " months, conditions " << trial.sheet.conditions << ":";
  for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i) {
    if (const auto grade = trial.sheet.marks[i].grade)
      out << ' ' << trial.instrument->node(i).code << '=' << grade->number();
    else if (trial.sheet.marks[i].not_graded != NotGraded::not_yet)
      out << ' ' << trial.instrument->node(i).code << '='
          << gcp2::name_of(trial.sheet.marks[i].not_graded);
    if (const auto judged = trial.sheet.judgements[i])
      out << ' ' << trial.instrument->node(i).code << "!" << judged->number();
  }
}

/// Any sheet: grades also where they do not apply, judgements now and then.
inline rc::Gen<Trial> any_trial(bool judgements = true) {
  // Not growing with the number of trials: every sheet may be a full one.
  return rc::gen::resize(rc::kNominalSize, rc::gen::exec([judgements] {
    const auto& instruments = instruments_to_try();
    const auto rules = every_rule();
    Trial trial;
    trial.instrument = &instruments[*rc::gen::inRange<std::size_t>(0, instruments.size())];
    trial.rule = *rc::gen::weightedOneOf<Rule>(
        {{2, rc::gen::just(default_rule(gcp_instrument()))},
         {1, rc::gen::map(rc::gen::inRange<std::size_t>(0, rules.size()),
                          [rules](std::size_t i) { return rules[i]; })}});
    trial.sheet.clear(trial.instrument->nodes.size());
    trial.sheet.age_months =
        *rc::gen::oneOf(rc::gen::element(0, 23, 24, 59, 60, 215), rc::gen::inRange(0, 216));
    trial.sheet.conditions = Conditions{*rc::gen::inRange(0U, 4U)};
    const int missing = *rc::gen::element(0, 2, 5);    // of ten leaves
    const int worst = *rc::gen::element(2, 3, 4, 6);  // exclusive
    for (NodeIndex i = 0; i < trial.instrument->nodes.size(); ++i) {
      const int chance = *rc::gen::inRange(0, 10);
      if (trial.instrument->is_leaf(i)) {
        if (chance < missing)
          trial.sheet.marks[i].not_graded = static_cast<NotGraded>(*rc::gen::inRange(0, 4));
        else
          trial.sheet.marks[i].grade = grade(*rc::gen::inRange(1, worst));
      } else if (judgements && chance == 0) {
        trial.sheet.judgements[i] = grade(*rc::gen::inRange(1, 6));
        trial.sheet.has_judgements = true;
      }
    }
    return trial;
  }));
}

}  // namespace gcp2::test
