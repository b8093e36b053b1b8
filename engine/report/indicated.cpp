#include "report/indicated.h"

#include <algorithm>

#include "report/words.h"

namespace gcp2 {
namespace {

using Of = IndicationStep::Of;

struct Sayer {
  const IndicationReport& report;
  const Language& language;

  [[nodiscard]] const Instrument& instrument() const {
    return report.comparison.points.back().instrument;
  }
  [[nodiscard]] std::string day(std::size_t point) const {
    const auto& to = report.comparison.points[point].assessment.window_to;
    return to ? to->text() : "?";
  }
  [[nodiscard]] std::string grade(const IndicationStep& step) const {
    return words::grade(language, instrument(), *step.grade);
  }

  [[nodiscard]] std::string grade_said(const IndicationStep& step) const {
    const std::string on = day(step.point);
    if (step.possible.empty() && !step.grade)
      return language.say("indications.step.not_applicable", {{"on", on}});
    if (!step.grade)
      return language.say("indications.step.none",
                          {{"on", on}, {"possible", words::grades(language, step.possible)}});
    if (step.of == Of::grade && step.status == Status::provisional && !step.possible.single())
      return language.say("indications.step.provisional",
                          {{"grade", grade(step)},
                           {"on", on},
                           {"possible", words::grades(language, step.possible)}});
    return language.say(step.of == Of::computed   ? "indications.step.computed"
                        : step.of == Of::recorded ? "indications.step.recorded"
                                                  : "indications.step.grade",
                        {{"grade", grade(step)}, {"on", on}});
  }

  [[nodiscard]] std::string said(const IndicationStep& step) const {
    const std::string count = std::to_string(step.count);
    switch (step.of) {
      case Of::grade:
      case Of::computed:
      case Of::recorded: return grade_said(step);
      case Of::evidence:
        return language.say("indications.step.evidence", {{"on", day(step.point)}});
      case Of::target:
        return language.say(
            "indications.step.target",
            {{"grade", grade(step)}, {"due", step.due->text()}, {"on", day(step.point)}});
      case Of::missing:
        return language.say("indications.step.missing",
                            {{"count", count}, {"total", std::to_string(step.total)}});
      case Of::age:
        return language.say("indications.step.age", {{"age", words::age(language, step.count)}});
      case Of::consent: return language.say("indications.consent." + step.word);
      case Of::profile:
        if (step.word.empty()) return language.say("indications.step.profile_withheld");
        return language.say("indications.step.profile", {{"id", step.word}});
      case Of::comparability: break;
    }
    const Instrument& other = report.comparison.points[step.point].instrument;
    return language.say(
        "indications.step.comparability",
        {{"on", day(step.point)}, {"instrument", other.id + " " + other.version}});
  }

  [[nodiscard]] std::string name(const std::string& code) const {
    const auto index = instrument().find(code);
    return index ? words::node(instrument(), *index) : code;
  }

  /// Of a long row of grades the first and the last two, and which ones lie between.
  [[nodiscard]] std::string course(const std::vector<const IndicationStep*>& steps) const {
    constexpr std::size_t said_at_the_end = 2;
    std::vector<std::string> parts;
    const bool long_row = steps.size() > 3 + said_at_the_end &&
                          std::ranges::all_of(steps, [](const IndicationStep* s) {
                            return s->of == Of::grade && s->grade && s->possible.single();
                          });
    for (std::size_t i = 0; i < steps.size(); ++i) {
      parts.push_back(said(*steps[i]));
      if (!long_row || i != 0) continue;
      GradeSet between;
      for (++i; i + said_at_the_end < steps.size(); ++i) between.insert(*steps[i]->grade);
      parts.push_back(
          language.say("indications.step.between",
                       {{"grades", words::grades(language, between)},
                        {"count", std::to_string(steps.size() - 1 - said_at_the_end)}}));
      --i;
    }
    return words::joined(parts, "; ");
  }

  /// A line for each node; nodes of which the same is to be said share one.
  [[nodiscard]] std::vector<std::string> why(const std::vector<IndicationStep>& steps) const {
    struct Line {
      std::vector<std::string> names;
      std::string said;
    };
    std::vector<Line> lines;
    for (std::size_t i = 0; i < steps.size();) {
      const std::string& node = steps[i].node;
      std::vector<const IndicationStep*> here;
      for (; i < steps.size() && steps[i].node == node; ++i) here.push_back(&steps[i]);
      const std::string all = course(here);
      const auto same = std::ranges::find_if(
          lines, [&](const Line& l) { return !node.empty() && !l.names.empty() && l.said == all; });
      if (same != lines.end())
        same->names.push_back(name(node));
      else if (node.empty())
        lines.push_back({{}, all});
      else
        lines.push_back({{name(node)}, all});
    }
    std::vector<std::string> out;
    for (const Line& line : lines)
      out.push_back(line.names.empty()
                        ? line.said
                        : language.say("indications.why_node",
                                       {{"node", words::list(language, line.names)},
                                        {"said", line.said}}));
    return out;
  }

  [[nodiscard]] std::string dismissed(const Dismissal& dismissal) const {
    const Assessment& latest = report.comparison.points.back().assessment;
    const auto who = std::ranges::find(latest.assessors, dismissal.by, &Assessor::ref);
    std::string by = dismissal.by;
    if (by.empty()) by = language.say("indications.nobody");
    if (who != latest.assessors.end() && !dismissal.by.empty()) {
      // Whoever has no role there is told by their name.
      if (who->role.empty() && !who->name.empty()) by = who->name;
      if (!who->role.empty()) by += ", " + who->role;
    }
    return language.say("indications.dismissed", {{"by", by}, {"reason", dismissal.reason}});
  }
};

}  // namespace

std::string level_word(IndicationLevel level, const Language& language) {
  return language.say("indications.level." + std::string{name_of(level)});
}

std::vector<SaidIndication> said_indications(const IndicationReport& report,
                                             const Language& language) {
  const Sayer sayer{report, language};
  std::vector<SaidIndication> all;
  for (const Indication& each : report.indications) {
    std::vector<std::string> types;
    for (const NeglectType type : each.types)
      types.push_back(language.say("indications.type." + std::string{name_of(type)}));
    all.push_back(
        {.of = &each,
         .sentence = language.say(
             "indications.sentence",
             {{"level", level_word(each.rule->level, language)}, {"says", each.rule->says}}),
         .why = sayer.why(each.steps),
         .types = words::list(language, types),
         .dismissed = each.dismissed != nullptr ? sayer.dismissed(*each.dismissed) : ""});
  }
  return all;
}

std::string contact_line(const Contact& contact, const Language& language) {
  std::string ways = contact.telephone;
  if (!contact.email.empty()) ways += (ways.empty() ? "" : ", ") + contact.email;
  return contact.hours.empty()
             ? language.say("indications.contact", {{"name", contact.name}, {"ways", ways}})
             : language.say("indications.contact_hours", {{"name", contact.name},
                                                          {"ways", ways},
                                                          {"hours", contact.hours}});
}

}  // namespace gcp2
