#include <algorithm>

#include "report/over_time.h"
#include "report/sections.h"
#include "report/words.h"

namespace gcp2 {
namespace {

/// A report for a family: no codes, strengths first, one plain name for each part.
class FamilyReport {
 public:
  explicit FamilyReport(const ReportInput& input)
      : in_{input}, say_{input.language}, r_{sections::latest(input)} {}

  View view() {
    const Child& child = r_.assessment.child;
    const std::string name = in_.redacted ? std::string{} : child.name;
    const std::string from = words::date(say_, r_.assessment.window_from);
    const std::string to = words::date(say_, r_.assessment.window_to);
    view_.language = std::string{say_.tag()};
    view_.large_print = in_.large_print;
    view_.title = name.empty() ? say_.say("family.title_unnamed")
                               : say_.say("family.title", {{"child", name}});
    view_.identity =
        say_.say("family.identity",
                 {{"child", name.empty() ? view_.title : name}, {"from", from}, {"to", to}});
    urgent();
    notice("family.translated_title", "family.translated");
    if (sections::is_superseded(in_, in_.indicated.comparison.points.size() - 1))
      notice("family.superseded_title", "family.superseded");
    if (in_.left_out != 0) notice("family.left_out_title", "family.left_out");
    if (!r_.assessment.is_signed) notice("family.draft_title", "family.draft");
    if (r_.rule.name != r_.instrument.default_rule)
      notice("family.teaching_title", "family.teaching");
    paragraph("family.intro");
    view_.blocks.emplace_back(Paragraph{say_.say("family.when", {{"from", from}, {"to", to}})});
    strengths();
    needs();
    unseen();
    changes();
    plan();
    said();
    steps();
    help();
    heading("family.about");
    paragraph("family.about_text");
    sections::log_state(view_, in_);
    return std::move(view_);
  }

 private:
  void heading(std::string_view key) { view_.blocks.emplace_back(Heading{2, say_.say(key)}); }
  void paragraph(std::string_view key) { view_.blocks.emplace_back(Paragraph{say_.say(key)}); }
  void notice(std::string_view title, std::string_view line) {
    if (!say_.has(title)) return;  // a translation that was reviewed needs none
    view_.blocks.emplace_back(Notice{Notice::Kind::warning, say_.say(title), {say_.say(line)}});
  }

  void urgent() {
    const std::string first = urgent_line(in_.indicated, say_);
    if (first.empty()) return;
    view_.blocks.emplace_back(Notice{Notice::Kind::urgent, say_.say("family.help"), {first}});
  }

  std::string name(NodeIndex node) const {
    const Node& n = r_.instrument.node(node);
    const std::string key = "family.node." + r_.instrument.id + "." + n.code;
    return say_.has(key) || Language::english().has(key) ? say_.say(key) : n.label;
  }
  std::string meaning(Grade grade) const {
    return say_.say("family.grade." + std::to_string(grade.number()));
  }

  /// What is missing at either end of a change makes it less sure.
  std::string name_as_seen(const NodeChange& change) const {
    const bool before = change.possible[*change.changed_from].single();
    const bool now = change.possible[*change.changed_to].single();
    if (before && now) return name(change.node);
    return say_.say(now ? "family.name_not_all_seen_before" : "family.name_not_all_seen",
                    {{"name", name(change.node)}});
  }

  int number(NodeIndex node) const { return r_.card.nodes[node].grade->number(); }

  /// The parts that a family reads about: sub-areas that apply.
  template <class Test>
  std::vector<NodeIndex> parts(Test test) const {
    std::vector<NodeIndex> found;
    for (NodeIndex i = 0; i < r_.instrument.nodes.size(); ++i)
      if (r_.instrument.node(i).level == Level::sub_area &&
          r_.card.nodes[i].status != Status::not_applicable && test(r_.card.nodes[i]))
        found.push_back(i);
    return found;
  }

  void graded(std::string_view title, std::string_view none, std::vector<NodeIndex> nodes) {
    heading(title);
    if (nodes.empty()) {
      const bool anything = !parts([](const NodeScore& s) { return s.grade.has_value(); }).empty();
      return paragraph(anything ? none : "family.nothing_seen");
    }
    Items items;
    for (const NodeIndex node : nodes) {
      const NodeScore& score = r_.card.nodes[node];
      items.items.push_back(
          say_.say(score.possible.single() ? "family.strength" : "family.strength_in_part",
                   {{"name", name(node)}, {"meaning", meaning(*score.grade)}}));
    }
    view_.blocks.emplace_back(std::move(items));
  }

  /// Good, and whatever is missing cannot make it otherwise.
  static bool is_strength(const NodeScore& s) {
    return s.grade && s.grade->number() <= 2 && !s.possible.contains(*Grade::from(3)) &&
           !s.possible.contains(*Grade::from(4)) && !s.possible.contains(*Grade::from(5));
  }
  void strengths() {
    auto nodes = parts(is_strength);
    std::ranges::sort(nodes, {}, [this](NodeIndex n) { return std::pair{number(n), n}; });
    graded("family.strengths", "family.no_strengths", std::move(nodes));
  }

  void needs() {
    auto nodes = parts([](const NodeScore& s) { return s.grade && s.grade->number() >= 3; });
    std::ranges::sort(nodes, {}, [this](NodeIndex n) { return std::pair{-number(n), n}; });
    graded("family.needs", "family.no_needs", std::move(nodes));
  }

  void unseen() {
    const auto nodes = parts(
        [](const NodeScore& s) { return !s.grade || (s.grade->number() <= 2 && !is_strength(s)); });
    if (nodes.empty()) return;
    heading("family.unseen");
    Items items;
    for (const NodeIndex node : nodes) {
      const auto& grade = r_.card.nodes[node].grade;
      items.items.push_back(grade ? say_.say("family.seen_in_part",
                                             {{"name", name(node)}, {"meaning", meaning(*grade)}})
                                  : name(node));
    }
    view_.blocks.emplace_back(std::move(items));
    paragraph("family.unseen_means");
  }

  void changes() {
    const Comparison& c = in_.indicated.comparison;
    if (c.points.size() < 2) return;
    Items items;
    const auto add = [&](Direction direction, std::string_view key) {
      std::vector<std::string> names;
      for (const NodeIndex node : parts([](const NodeScore& s) { return s.grade.has_value(); }))
        if (c.nodes[node].direction == direction) names.push_back(name_as_seen(c.nodes[node]));
      if (!names.empty())
        items.items.push_back(say_.say(key, {{"names", words::list(say_, names)}}));
    };
    add(Direction::improved, "family.better");
    add(Direction::unchanged, "family.same");
    add(Direction::worsened, "family.worse");
    if (items.items.empty()) return;
    heading("family.changes");
    view_.blocks.emplace_back(std::move(items));
    const bool new_people = std::ranges::any_of(c.nodes, [](const NodeChange& node) {
      return std::ranges::find(node.notes, ChangeNote::assessor_changed) != node.notes.end();
    });
    if (new_people) paragraph("family.new_people");
  }

  std::string part_of(std::string_view code) const {
    const auto node = r_.instrument.find(code);
    if (!node) return std::string{code};
    NodeIndex part = *node;
    while (r_.instrument.node(part).level == Level::item && r_.instrument.node(part).parent)
      part = *r_.instrument.node(part).parent;
    return part == *node ? name(part) : say_.say("family.name_in_part", {{"name", name(part)}});
  }

  /// What was reached and still holds, and what was and no longer does; each once.
  void reached(Items& items) const {
    const auto add = [&items](std::string line) {
      if (std::ranges::find(items.items, line) == items.items.end())
        items.items.push_back(std::move(line));
    };
    const Comparison& c = in_.indicated.comparison;
    for (const NodeChange& node : c.nodes) {
      const std::string part = part_of(r_.instrument.node(node.node).code);
      const auto last = std::find_if(
          node.targets.rbegin(), node.targets.rend(),
          [&](const auto& t) { return t.reached() == true && !over_time::uncertain(node, t); });
      if (last == node.targets.rend()) continue;
      if (over_time::lost_at(node, *last))
        add(say_.say(
            "family.target_lost",
            {{"name", part},
             {"on", words::date(say_, c.points[*last->reviewed_at].assessment.window_to)}}));
      else
        add(say_.say("family.target_reached", {{"name", part}}));
    }
  }

  void plan() {
    heading("family.plan");
    Items items;
    reached(items);
    for (const Target& target : r_.assessment.targets) {
      if (!target.to) continue;
      const bool with_help = !target.support.empty();
      items.items.push_back(say_.say(with_help ? "family.target" : "family.target_no_help",
                                     {{"name", part_of(target.node)},
                                      {"to", meaning(*target.to)},
                                      {"by", words::date(say_, target.review_by)},
                                      {"support", target.support}}));
    }
    if (items.items.empty())
      paragraph("family.no_plan");
    else
      view_.blocks.emplace_back(std::move(items));
    if (r_.assessment.review_on)
      view_.blocks.emplace_back(Paragraph{
          say_.say("family.review", {{"on", words::date(say_, r_.assessment.review_on)}})});
  }

  void said() {
    heading("family.said");
    const auto words = [this](const std::string& text) {
      return text.empty() ? say_.say("family.not_said") : text;
    };
    view_.blocks.emplace_back(
        Facts{{{say_.say("family.child_said"), words(r_.assessment.views.child)},
               {say_.say("family.you_said"), words(r_.assessment.views.carers)}}});
    paragraph("family.questions");
  }

  void steps() {
    heading("family.picture");
    Table scale{say_.say("family.scale_caption"),
                {say_.say("family.step"), say_.say("family.meaning")},
                {}};
    for (int number = Grade::best; number <= Grade::worst; ++number)
      scale.rows.push_back(
          {{std::to_string(number), Grade::from(number)}, {meaning(*Grade::from(number))}});
    view_.blocks.emplace_back(std::move(scale));
    Table all{
        say_.say("family.all_caption"), {say_.say("family.part"), say_.say("family.how")}, {}};
    for (const NodeIndex node : parts([](const NodeScore&) { return true; })) {
      const auto& grade = r_.card.nodes[node].grade;
      std::string how = say_.say("family.no_grade");
      if (grade)
        how = say_.say("family.grade_cell",
                       {{"number", std::to_string(grade->number())}, {"meaning", meaning(*grade)}});
      if (grade && !r_.card.nodes[node].possible.single())
        how += " (" + say_.say("family.in_part") + ")";
      all.rows.push_back({{name(node)}, {std::move(how), grade}});
    }
    view_.blocks.emplace_back(std::move(all));
  }

  void help() {
    heading("family.help");
    sections::contacts(view_, in_);
  }

  const ReportInput& in_;
  const Language& say_;
  const ScoredRecord& r_;
  View view_;
};

}  // namespace

View family_view(const ReportInput& input) { return FamilyReport{input}.view(); }

}  // namespace gcp2
