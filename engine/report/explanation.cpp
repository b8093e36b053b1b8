#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/words.h"

namespace gcp2 {
namespace {

class Explainer {
 public:
  Explainer(const ScoredRecord& record, std::size_t width) : r_{record}, width_{width} {}

  std::string text() {
    for (NodeIndex area = 0; area < r_.instrument.nodes.size();
         area = r_.instrument.node(area).end) {
      heading(area);
      const NodeScore& score = r_.card.nodes[area];
      if (score.status == Status::not_applicable) continue;
      say("Why: " + because(area), 2);
      if (score.judged) judged(area, 2);
      missing(area, "area", 2);
      for (auto sub = static_cast<NodeIndex>(area + 1); sub < r_.instrument.node(area).end;
           sub = r_.instrument.node(sub).end)
        sub_area(sub);
      tipping(area);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  void say(const std::string& sentence, std::size_t indent) {
    out_ += wrapped(sentence, width_, std::string(indent, ' '), indent + 2);
  }

  void heading(NodeIndex area) {
    const auto& grade = r_.card.nodes[area].grade;
    out_ += fmt::format("{}: {}\n", words::node(r_.instrument, area),
                        grade ? "grade " + words::grade(r_.instrument, *grade) : "no grade");
  }

  std::vector<std::string> decider_names(const NodeScore& score) const {
    std::vector<std::string> names;
    for (const NodeIndex decider : r_.card.decided_by(score))
      names.push_back(words::node(r_.instrument, decider));
    return names;
  }

  std::string because(NodeIndex index) const {
    const NodeScore& score = r_.card.nodes[index];
    if (!score.reason || (*score.reason == Reason::exception && !score.grade))
      return "nothing is graded here yet.";
    const std::vector<std::string> deciders = decider_names(score);
    const std::string names = words::list(deciders);
    const int grade = score.grade->number();
    switch (*score.reason) {
      case Reason::direct: return "graded directly.";
      case Reason::majority:
        return score.counted == 1
                   ? fmt::format("only {} is graded.", names)
                   : fmt::format("{} is the most frequent grade ({} of {} graded: {}).", grade,
                                 deciders.size(), score.counted, names);
      case Reason::override_above:
        return fmt::format(
            "a grade worse than {} takes over, however good the rest is. The worst here is {}: {}.",
            r_.rule.override_above->number(), grade, names);
      case Reason::tie:
        return fmt::format(
            "several grades are equally frequent, and the {} of them counts: {} ({}).",
            r_.rule.tie == Tie::worse ? "worst" : "best", grade, names);
      case Reason::worst: return fmt::format("the worst grade counts: {} ({}).", grade, names);
      case Reason::practitioner: return "the practitioner's judgement.";
      case Reason::exception: break;
    }
    const Exception& exception = *r_.instrument.exception_on(index);
    return fmt::format(
        "taken from {}, because the child has a {} (printed exception, {}); its own items do not "
        "count and are to be read with the comment.",
        names, spaced(name_of(exception.condition)), words::provenance(exception.source));
  }

  static std::string spaced(std::string_view name) {
    std::string text{name};
    std::ranges::replace(text, '_', ' ');
    return text;
  }

  void judged(NodeIndex index, std::size_t indent) {
    const NodeScore& score = r_.card.nodes[index];
    const auto& all = r_.assessment.judgements;
    const auto judgement = std::ranges::find(all, r_.instrument.node(index).code, &Judgement::node);
    say(fmt::format(
            "The rule alone would give {}{}. Reason given: {}",
            score.computed ? words::grade(r_.instrument, *score.computed) : "no grade",
            score.computed_possible.single()
                ? std::string{}
                : ", with " + words::grades(score.computed_possible) + " possible",
            judgement == all.end() || judgement->reason.empty() ? "none" : judgement->reason),
        indent);
  }

  /// What is missing below a node, and what it could still make of the grade.
  void missing(NodeIndex index, std::string_view what, std::size_t indent) {
    const NodeScore& score = r_.card.nodes[index];
    std::vector<std::string> names;
    for (const LeftOut& left : r_.card.left_out(score))
      if (r_.card.nodes[left.node].status == Status::ungraded && left.why != LeftOutWhy::exception)
        names.push_back(
            fmt::format("{} ({})", words::node(r_.instrument, left.node), words::why(left.why)));
    std::string sentence;
    if (!names.empty())
      sentence = fmt::format("{} of {} graded. Missing: {}. ", score.counted, score.applicable,
                             words::list(names));
    if (score.status == Status::provisional)
      sentence += score.possible.single()
                      ? fmt::format("Whatever is missing, the {} keeps this grade.", what)
                      : fmt::format("Not settled: the {} could turn out {}.", what,
                                    words::grades(score.possible));
    if (!sentence.empty()) say(sentence, indent);
  }

  void sub_area(NodeIndex index) {
    const NodeScore& score = r_.card.nodes[index];
    const std::string name = words::node(r_.instrument, index);
    if (score.status == Status::not_applicable) return say(name + ": does not apply.", 2);
    if (r_.instrument.is_leaf(index)) {
      if (score.grade)
        say(fmt::format("{}: {}, graded directly.", name,
                        words::grade(r_.instrument, *score.grade)),
            2);
      else
        say(fmt::format("{}: no grade ({}). It could be any from 1 to 5.", name,
                        missing_why(index)),
            2);
      return;
    }
    say(fmt::format("{}: {}; {}", name,
                    score.grade ? words::grade(r_.instrument, *score.grade) : "no grade",
                    because(index)),
        2);
    if (score.judged) judged(index, 4);
    missing(index, "sub-area", 4);
    not_counted(index, score);
  }

  /// Grades that stand on leaves that do not apply: shown, so that nobody takes them for counted.
  void not_counted(NodeIndex index, const NodeScore& score) {
    for (auto item = static_cast<NodeIndex>(index + 1); item < r_.instrument.node(index).end;
         ++item) {
      const Mark& mark = r_.sheet.marks[item];
      const bool by_exception = score.by_exception && r_.card.nodes[item].grade;
      if (!mark.grade || (r_.card.nodes[item].applies && !by_exception)) continue;
      say(fmt::format(
              "{} was graded {} and is not counted: {}.", words::node(r_.instrument, item),
              mark.grade->number(),
              by_exception ? "left out by the exception" : "it does not apply to this child"),
          4);
    }
  }

  std::string missing_why(NodeIndex leaf) const {
    switch (r_.sheet.marks[leaf].not_graded) {
      case NotGraded::not_observed: return "not observed";
      case NotGraded::declined: return "declined";
      case NotGraded::not_applicable: return "does not apply";
      case NotGraded::not_yet: break;
    }
    return "not graded yet";
  }

  void tipping(NodeIndex area) {
    if (!r_.card.nodes[area].grade) return;
    const bool any =
        std::ranges::any_of(r_.card.tipping, [area](const Tipping& t) { return t.area == area; });
    if (!any)
      return say(r_.card.nodes[area].judged
                     ? "The practitioner's judgement stands, whatever the grades below it are."
                     : "No single grade that is one better or worse would change this area.",
                 2);
    say("A single grade that is one better or worse could change this area:", 2);
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
      leaves.push_back(words::node(r_.instrument, t.leaf));
      area_worse = t.area_to.worse_than(t.area_from);
    }
    if (leaves.empty()) return;
    std::string sentence =
        fmt::format("{} if {} were one grade {}.", words::grade(r_.instrument, to),
                    words::list(leaves, "or"), leaf_worse ? "worse" : "better");
    if (leaf_worse != area_worse)
      sentence += fmt::format(
          " Paradox: the rule counts how often each grade occurs, so {} care would give the {} "
          "grade. Do not read that as {}.",
          leaf_worse ? "worse" : "better", leaf_worse ? "better" : "worse",
          leaf_worse ? "improvement" : "decline");
    say(sentence, 4);
  }

  const ScoredRecord& r_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string explanation_text(const ScoredRecord& record, std::size_t width) {
  std::string out = profile_text(record, width);
  const std::string closing = words::closing(record.instrument, width);
  out.resize(out.size() - closing.size());
  out += "How each grade came about\n\n";
  return out + Explainer{record, width}.text() + closing;
}

}  // namespace gcp2
