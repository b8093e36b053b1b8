#include "gcp2/training_report.h"
#include "report/figures.h"
#include "report/training_words.h"
#include "report/words.h"

namespace gcp2 {
namespace {

class MarksReport {
 public:
  MarksReport(const Trainee& trainee, const Language& language)
      : m_{trainee.marking}, instrument_{*m_.of.told->instrument}, language_{language} {
    view_.language = std::string{language.tag()};
    view_.title = say("marks.title", {{"case", m_.of.told->title}, {"trainee", trainee.name}});
    view_.identity = training_words::identity(language, m_.of);
  }

  View view() && {
    add(Paragraph{say("marks.no_measure")});
    figures();
    section("marks.differ", {LeafOutcome::worse, LeafOutcome::better});
    section("marks.without_grounds", {LeafOutcome::without_grounds});
    section("marks.not_graded", {LeafOutcome::not_graded});
    beyond();
    section("marks.rightly_open", {LeafOutcome::rightly_open});
    section("marks.same", {LeafOutcome::same});
    add(Paragraph{say("training.one_expert")});
    return std::move(view_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view key,
                                std::initializer_list<Filling> fillings = {}) const {
    return language_.say(key, fillings);
  }
  void add(Block block) { view_.blocks.push_back(std::move(block)); }

  /// "12 of 19", with how sure the share is.
  [[nodiscard]] std::string share(std::size_t count, const Statistic& statistic) const {
    if (m_.compared == 0) return say("marks.nothing_shared");
    return say("marks.share", {{"count", std::to_string(count)},
                               {"compared", std::to_string(m_.compared)},
                               {"estimate", figures::estimate(language_, statistic)}});
  }

  void figures() {
    std::size_t within_one = 0;
    for (const LeafMark& leaf : m_.leaves)
      if (leaf.own.grade && leaf.key->grade && leaf.apart >= -1 && leaf.apart <= 1) ++within_one;
    add(Heading{2, say("marks.figures")});
    add(Facts{{{say("marks.exact"), share(m_.count(LeafOutcome::same), m_.exact)},
               {say("marks.within_one"), share(within_one, m_.within_one)},
               {say("marks.kappa"), figures::estimate(language_, m_.kappa)},
               {say("marks.bias"), language_.say("marks.lean." + figures::lean_word(m_.bias),
                                                 figures::lean_fillings(m_.bias, {}))}}});
    add(Paragraph{say("marks.figures_mean")});
  }

  void section(std::string_view heading, std::initializer_list<LeafOutcome> outcomes) {
    Items items;
    for (const LeafMark& leaf : m_.leaves)
      for (const LeafOutcome outcome : outcomes)
        if (leaf.outcome == outcome) items.items.push_back(item(leaf));
    if (items.items.empty()) return;
    add(Heading{2, say(heading)});
    add(std::move(items));
  }

  [[nodiscard]] std::string item(const LeafMark& leaf) const {
    std::string text = beside(leaf);
    for (const std::string& line : training_words::reasons(language_, *leaf.key))
      text += "\n" + line;
    return text;
  }

  [[nodiscard]] std::string beside(const LeafMark& leaf) const {
    const Filling node{"node", words::node(instrument_, leaf.key->node)};
    const Filling own{"own", words::grade_or_none(language_, instrument_, leaf.own.grade)};
    const Filling key{"key", words::grade_or_none(language_, instrument_, leaf.key->grade)};
    const Filling why{"why",
                      language_.say("left_out." + std::string{name_of(leaf.own.not_graded)})};
    const std::string which{name_of(leaf.outcome)};
    if (leaf.apart > 1 || leaf.apart < -1)
      return say("marks.leaf_far." + which,
                 {node, own, key, {"grades", std::to_string(std::abs(leaf.apart))}});
    return say("marks.leaf." + which, {node, own, key, why});
  }

  void beyond() {
    if (m_.beyond.empty()) return;
    Items items;
    for (const NodeIndex node : m_.beyond) items.items.push_back(words::node(instrument_, node));
    add(Heading{2, say("marks.beyond")});
    add(Paragraph{
        say("marks.beyond_why", {{"age", words::age(language_, m_.of.profile->age_months)}})});
    add(std::move(items));
  }

  const Marking& m_;
  const Instrument& instrument_;
  const Language& language_;
  View view_;
};

}  // namespace

View marking_view(const Trainee& trainee, const Language& language) {
  return MarksReport{trainee, language}.view();
}

}  // namespace gcp2
