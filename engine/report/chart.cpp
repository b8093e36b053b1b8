#include "report/chart.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "gcp2/report.h"
#include "report/words.h"

namespace gcp2 {
namespace {

// Points of 1/72 inch; as wide as the text of an A4 page.
constexpr double page = 500, gap = 12;
constexpr int no_grade_row = Grade::worst + 1;

struct Sizes {
  std::size_t columns, most_panels;  ///< panels side by side, and in one picture
  double panel_width, panel_height, words_width, title_height, row_height, dot;
  double title, words, small, mark;  ///< letters
  std::size_t most_dates, legend_letters;
};
constexpr Sizes usual{.columns = 2, .most_panels = 100, .panel_width = (page - gap) / 2,
                      .panel_height = 122, .words_width = 58, .title_height = 30, .row_height = 12.5,
                      .dot = 3, .title = 9, .words = 7, .small = 6.5, .mark = 8, .most_dates = 4,
                      .legend_letters = 140};
/// A picture of two panels, because they are not made smaller where a page ends.
constexpr Sizes large{.columns = 1, .most_panels = 2, .panel_width = page,
                      .panel_height = 238, .words_width = 136, .title_height = 56, .row_height = 23,
                      .dot = 6, .title = 20, .words = 18, .small = 18, .mark = 18, .most_dates = 3,
                      .legend_letters = 48};

class Panel {
 public:
  Panel(Picture& picture, const Sizes& sizes, const Comparison& comparison,
        const Language& language, double x, double y)
      : picture_{picture}, s_{sizes}, c_{comparison}, language_{language}, x_{x}, y_{y} {
    first_ = *c_.points.front().assessment.window_to;
    days_ = days_between(first_, *c_.points.back().assessment.window_to);
  }

  void draw(const NodeChange& node, const std::vector<ChartEvent>& events) {
    const Instrument& instrument = c_.points.back().instrument;
    text(x_, y_ + s_.title, words::node(instrument, node.node), s_.title, PictureText::Anchor::start, true);
    axis(instrument);
    for (const ChartEvent& event : events) {
      const double at = x_of(event.on);
      add(PictureLine{at, row(1) - 6, at, row(no_grade_row) + 4, 0.75, Ink::quiet, true});
      // Above the letter of a dot in the first row.
      text(at, row(1) - s_.dot - 2 - s_.words, std::to_string(event.number), s_.small,
           PictureText::Anchor::middle);
    }
    steps(node);
    for (std::size_t point = 0; point < c_.points.size(); ++point) mark(node, point);
  }

 private:
  template <class Shape>
  void add(Shape shape) {
    picture_.shapes.emplace_back(std::move(shape));
  }
  void text(double x, double y, std::string words, double size, PictureText::Anchor anchor,
            bool bold = false, Ink ink = Ink::text) {
    add(PictureText{x, y, size, std::move(words), anchor, ink, bold});
  }
  [[nodiscard]] double row(int number) const {
    return y_ + s_.title_height + (number - 0.5) * s_.row_height;
  }
  [[nodiscard]] double left() const { return x_ + s_.words_width; }
  [[nodiscard]] double right() const { return x_ + s_.panel_width - 8; }
  [[nodiscard]] double x_of(const Date& day) const {
    if (days_ == 0) return (left() + right()) / 2;
    return left() + 6 + (right() - left() - 12) * days_between(first_, day) / days_;
  }
  [[nodiscard]] double x_of(std::size_t point) const {
    return x_of(*c_.points[point].assessment.window_to);
  }

  void axis(const Instrument& instrument) {
    text(left() - 4, row(1) - s_.row_height + s_.small * 0.3, language_.say("chart.better"), s_.small,
         PictureText::Anchor::end, false, Ink::quiet);
    const double arrow = left() - 1;
    add(PictureLine{arrow, row(Grade::worst), arrow, row(1) - 8, 0.75, Ink::quiet});
    add(PictureLine{arrow - 2, row(1) - 5, arrow, row(1) - 8, 0.75, Ink::quiet});
    add(PictureLine{arrow + 2, row(1) - 5, arrow, row(1) - 8, 0.75, Ink::quiet});
    for (int number = Grade::best; number <= no_grade_row; ++number) {
      const auto grade = Grade::from(number);
      add(PictureLine{left(), row(number), right(), row(number), 0.5, Ink::shade});
      text(left() - 4, row(number) + s_.words * 0.36,
           grade ? std::to_string(number) + " " + words::quality(instrument, *grade)
                 : language_.say("chart.no_grade"),
           s_.words, PictureText::Anchor::end, false, grade ? Ink::text : Ink::quiet);
    }
    dates();
  }

  /// As many dates as can be read; always the first and the last.
  void dates() {
    const std::size_t count = c_.points.size();
    const std::size_t labels = std::min(count, s_.most_dates);
    for (std::size_t i = 0; i < labels; ++i) {
      const std::size_t point = labels == 1 ? 0 : i * (count - 1) / (labels - 1);
      const double at = x_of(point);
      const auto anchor = labels == 1      ? PictureText::Anchor::middle
                          : i == 0         ? PictureText::Anchor::start
                          : i == labels - 1 ? PictureText::Anchor::end
                                            : PictureText::Anchor::middle;
      const double y = row(no_grade_row) + 9;
      add(PictureLine{at, y - 5, at, y - 2, 0.75, Ink::quiet});
      const double shift = anchor == PictureText::Anchor::start ? -4
                           : anchor == PictureText::Anchor::end ? 4
                                                                : 0;
      text(at + shift, y + s_.small * 0.8, c_.points[point].assessment.window_to->text().substr(0, 7),
           s_.small, anchor, false, Ink::quiet);
    }
  }

  /// A grade holds until the next one is given; across a missing one the line is dashed.
  void steps(const NodeChange& node) {
    std::optional<std::size_t> before;
    for (std::size_t point = 0; point < c_.points.size(); ++point) {
      if (!node.grades[point]) continue;
      if (before) {
        const bool dashed = point != *before + 1;
        const double from = row(node.grades[*before]->number());
        const double to = row(node.grades[point]->number());
        add(PictureLine{x_of(*before), from, x_of(point), from, 1.25, Ink::accent, dashed});
        if (from != to) add(PictureLine{x_of(point), from, x_of(point), to, 1.25, Ink::accent, dashed});
      }
      before = point;
    }
  }

  void mark(const NodeChange& node, std::size_t point) {
    const double x = x_of(point);
    const GradeSet possible = node.possible[point];
    if (!node.grades[point]) {
      if (!possible.empty())
        text(x, row(no_grade_row) + s_.mark * 0.38, "?", s_.mark, PictureText::Anchor::middle, true);
      return;
    }
    const double y = row(node.grades[point]->number());
    const bool settled = possible.single();
    if (!settled) {
      int best = Grade::worst;
      int worst = Grade::best;
      for (int number = Grade::best; number <= Grade::worst; ++number)
        if (possible.contains(*Grade::from(number))) {
          best = std::min(best, number);
          worst = number;
        }
      add(PictureLine{x, row(best), x, row(worst), 0.75, Ink::line});
    }
    add(PictureCircle{x, y, s_.dot, Ink::accent, settled ? Ink::accent : Ink::paper, 1.25});
    if (point > 0 && other_assessors(c_, node.node, point))
      text(x, y - s_.dot - 2, "a", s_.words, PictureText::Anchor::middle, true);
  }

  Picture& picture_;
  const Sizes& s_;
  const Comparison& c_;
  const Language& language_;
  double x_, y_;
  Date first_ = *Date::from(1, 1, 1);
  int days_ = 0;
};

/// "goes from 3 (borderline) on ... to 2 (adequate) on ...".
std::string course(const Comparison& c, const NodeChange& node, const Language& language) {
  const Instrument& instrument = c.points.back().instrument;
  std::optional<std::size_t> first, last, worst;
  for (std::size_t point = 0; point < c.points.size(); ++point) {
    if (!node.grades[point]) continue;
    if (!first) first = point;
    last = point;
    if (!worst || node.grades[point]->worse_than(*node.grades[*worst])) worst = point;
  }
  if (!first) return language.say("chart.course_none");
  const auto on = [&](std::size_t p) { return words::date(language, c.points[p].assessment.window_to); };
  const auto grade = [&](std::size_t p) { return words::grade(language, instrument, *node.grades[p]); };
  if (*first == *last)
    return language.say("chart.course_once", {{"grade", grade(*first)}, {"on", on(*first)}});
  std::string text =
      node.grades[*first] == node.grades[*last]
          ? language.say("chart.course_same",
                         {{"last", grade(*last)}, {"from", on(*first)}, {"to", on(*last)}})
          : language.say("chart.course", {{"first", grade(*first)},
                                          {"from", on(*first)},
                                          {"last", grade(*last)},
                                          {"to", on(*last)}});
  if (node.grades[*worst]->worse_than(*node.grades[*first]) &&
      node.grades[*worst]->worse_than(*node.grades[*last]))
    text = language.say("chart.course_worst",
                        {{"course", text}, {"worst", grade(*worst)}, {"on", on(*worst)}});
  return text;
}

void add_legend(Picture& picture, const Sizes& sizes, const Language& language) {
  std::string lines = wrapped(language.say("chart.legend"), sizes.legend_letters);
  for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n')) {
    picture.height += sizes.words * 1.25;
    picture.shapes.emplace_back(PictureText{0, picture.height, sizes.words, lines.substr(0, end),
                                            PictureText::Anchor::start, Ink::quiet});
    lines.erase(0, end + 1);
  }
  picture.height += sizes.words * 0.5;
}

}  // namespace

bool other_assessors(const Comparison& comparison, NodeIndex node, std::size_t point) {
  const auto people = [&](std::size_t at) {
    const ScoredRecord& r = comparison.points[at];
    std::set<std::string> names;
    for (const Observation& o : r.assessment.observations) {
      const auto leaf = r.instrument.find(o.node);
      if (!leaf || !o.grade || *leaf < node || *leaf >= r.instrument.node(node).end) continue;
      const auto who = std::ranges::find(r.assessment.assessors, o.by, &Assessor::ref);
      names.insert(who == r.assessment.assessors.end() || who->name.empty() ? o.by : who->name);
    }
    return names;
  };
  if (!comparison.comparable[point] || !comparison.comparable[point - 1]) return false;
  const auto now = people(point);
  const auto before = people(point - 1);
  return !now.empty() && !before.empty() && now != before;
}

std::vector<ChartEvent> chart_events(const Comparison& comparison) {
  const Date first = *comparison.points.front().assessment.window_to;
  const Date last = *comparison.points.back().assessment.window_to;
  std::vector<ChartEvent> events;
  for (const ScoredRecord& point : comparison.points)
    for (const Event& event : point.assessment.events) {
      if (!event.on || *event.on < first || last < *event.on) continue;
      const auto same = [&](const ChartEvent& e) { return e.on == *event.on && e.text == event.text; };
      if (std::ranges::none_of(events, same)) events.push_back({0, *event.on, event.text});
    }
  std::ranges::sort(events, {}, [](const ChartEvent& e) { return std::tie(e.on, e.text); });
  for (std::size_t i = 0; i < events.size(); ++i) events[i].number = static_cast<int>(i + 1);
  return events;
}

std::vector<Picture> area_charts(const Comparison& comparison, NodeIndex area,
                                 const std::vector<ChartEvent>& events, const Language& language,
                                 bool large_print) {
  const Instrument& instrument = comparison.points.back().instrument;
  const Sizes& sizes = large_print ? large : usual;
  std::vector<Picture> pictures;
  std::size_t panels = sizes.most_panels;
  for (NodeIndex i = area; i < instrument.node(area).end; ++i) {
    if (instrument.node(i).level == Level::item) continue;
    if (panels == sizes.most_panels) {
      Picture& next = pictures.emplace_back();
      next.width = page;
      next.title = language.say("chart.title", {{"area", words::node(instrument, area)}});
      panels = 0;
    }
    Picture& picture = pictures.back();
    const NodeChange& node = comparison.nodes[i];
    const double y = static_cast<double>(panels / sizes.columns) * sizes.panel_height;
    Panel{picture, sizes, comparison, language,
          static_cast<double>(panels % sizes.columns) * (sizes.panel_width + gap), y}
        .draw(node, events);
    ++panels;
    picture.height = y + sizes.panel_height;
    if (!picture.description.empty()) picture.description += ' ';
    picture.description +=
        language.say("chart.sub_area", {{"name", words::node(instrument, i)},
                                        {"course", course(comparison, node, language)}});
  }
  for (Picture& picture : pictures) add_legend(picture, sizes, language);
  return pictures;
}

}  // namespace gcp2
