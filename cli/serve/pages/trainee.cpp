// A trainee's way: joining by the code, grading page by page beside what is told, and their marks
// once the facilitator has closed the grading. Nothing of the key is in any page before that.
#include <algorithm>
#include <charconv>

#include "../../phrase.h"
#include "../answers.h"
#include "../document.h"
#include "gcp2/training_report.h"
#include "gcp2/view.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404, conflict = 409;

Answer join_form(const Visit& visit, const std::vector<Slip>& slips) {
  return page(visit, "train_join", phrase("serve.train_join"),
              shown({{"code", std::string{visit.form.text("code")}},
                     {"name", std::string{visit.form.text("name")}},
                     {"back", std::string{visit.form.text("back")}}}),
              slips);
}

std::vector<NodeIndex> items_of(const ToldCase& of, NodeIndex node) {
  std::vector<NodeIndex> out;
  for (const KeyEntry& entry : of.profile->key)
    if (node <= entry.node && entry.node < of.told->instrument->node(node).end)
      out.push_back(entry.node);
  return out;
}

/// The pages of a case: the nodes that have items to grade.
std::vector<NodeIndex> pages_with_items(const ToldCase& of) {
  std::vector<NodeIndex> out = pages_of(*of.told->instrument);
  std::erase_if(out, [&](NodeIndex node) { return items_of(of, node).empty(); });
  return out;
}

/// The case of the route's first part.
std::optional<std::size_t> which_case(const Visit& visit) {
  const std::string& text = visit.parts.front();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1 ||
      number > visit.place->cases.size())
    return std::nullopt;
  return number - 1;
}

/// The page of the route's parts.
struct Asked {
  std::size_t which = 0;
  ToldCase of;
  NodeIndex node = 0;
};
std::optional<Asked> asked(const Visit& visit) {
  const auto which = which_case(visit);
  if (!which) return std::nullopt;
  const ToldCase of = visit.place->cases[*which];
  const auto node = of.told->instrument->find(visit.parts[1]);
  const auto pages = pages_with_items(of);
  if (!node || std::ranges::find(pages, *node) == pages.end()) return std::nullopt;
  return Asked{*which, of, *node};
}

std::string way_to(std::size_t which, std::string_view code) {
  return "/train/room/" + std::to_string(which + 1) + "/" + std::string{code};
}

Shown shown_pages(const ToldCase& of, std::size_t which, const Sheet& sheet) {
  Shown list{Shown::type::list};
  for (const NodeIndex node : pages_with_items(of)) {
    const auto items = items_of(of, node);
    const auto done = static_cast<std::size_t>(std::ranges::count_if(items, [&](NodeIndex item) {
      return sheet.marks[item].grade || sheet.marks[item].not_graded != NotGraded::not_yet;
    }));
    const Node& what = of.told->instrument->node(node);
    const std::string place = std::to_string(which + 1) + "-" + what.code;
    Shown one = shown({{"id", place},
                       {"to", way_to(which, what.code)},
                       {"label", what.label},
                       {"state", done == 0 ? phrase("serve.task.none")
                                           : phrase("serve.task.some",
                                                    {{"count", std::to_string(done)},
                                                     {"all", std::to_string(items.size())}})}});
    one.set("complete", done == items.size());
    list << one;
  }
  return list;
}

Shown shown_item(const ToldCase& of, NodeIndex item, const Sheet& sheet, const std::string& lines) {
  const Instrument& instrument = *of.told->instrument;
  const Node& node = instrument.node(item);
  const Mark& now = sheet.marks[item];
  Shown out =
      shown({{"code", node.code}, {"label", node.label}, {"note", node.note}, {"lines", lines}});
  const Wording* wording = instrument.wording(item, of.profile->age_months);
  Shown choices{Shown::type::list};
  const auto add = [&](const std::string& value, const std::string& grade, const std::string& text,
                       bool chosen) {
    Shown choice = shown({{"value", value},
                          {"id", node.code + (value.empty() ? "-open" : "-" + value)},
                          {"grade", grade},
                          {"text", text}});
    choice.set("chosen", chosen);
    choices << choice;
  };
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    const auto index = static_cast<std::size_t>(number - Grade::best);
    const std::string text = std::to_string(number);
    add(text, text,
        wording == nullptr ? instrument.scale[index].level_of_care : wording->descriptors[index],
        now.grade && now.grade->number() == number);
  }
  const std::string none{name_of(NotGraded::not_observed)};
  add(none, "", phrase("serve.train_not_observed"),
      !now.grade && now.not_graded == NotGraded::not_observed);
  add("", "", phrase("serve.not_graded.not_yet"),
      !now.grade && now.not_graded == NotGraded::not_yet);
  out.set("choices", choices);
  return out;
}

/// What a form says of an item.
TrainingSessions::Answered answered_in(const Form& form, const ToldCase& of, NodeIndex item) {
  const std::string& code = of.told->instrument->node(item).code;
  const std::string_view chosen = form.text("grade." + code);
  TrainingSessions::Answered out{.node = item};
  if (chosen.size() == 1) out.mark.grade = Grade::from(chosen[0] - '0');
  if (chosen == name_of(NotGraded::not_observed)) out.mark.not_graded = NotGraded::not_observed;
  // Cut where a letter begins.
  std::string_view lines = form.text("lines." + code);
  std::size_t size = std::min(lines.size(), TrainingSessions::longest_lines);
  while (size < lines.size() && size > 0 &&
         (static_cast<unsigned char>(lines[size]) & 0xC0) == 0x80)
    --size;
  out.lines = lines.substr(0, size);
  return out;
}

}  // namespace

Answer join_page(Visit& visit) {
  if (visit.site.trainings.place(visit.visitor.cookie)) return see("/train/room");
  return join_form(visit, {});
}

Answer join(Visit& visit) {
  const std::string_view code = visit.form.text("code"), name = visit.form.text("name");
  std::vector<Slip> slips;
  if (code.empty()) slips.push_back({"code", phrase("serve.train_no_code")});
  if (name.find_first_not_of(" \t\n") == std::string_view::npos)
    slips.push_back({"name", phrase("serve.train_no_name")});
  else if (name.size() > TrainingSessions::longest_name)
    slips.push_back({"name", phrase("serve.train_long_name")});
  if (!slips.empty()) return join_form(visit, slips);
  // A cookie that somebody planted before is not the one that this trainee goes by. One of somebody
  // who is logged in was given out then.
  const std::string cookie =
      visit.visitor.person ? visit.visitor.cookie : visit.site.sessions.visitor({}).cookie;
  using Joined = TrainingSessions::Joined;
  switch (visit.site.trainings.join(cookie, code, name, visit.form.text("back"))) {
    case Joined::in: break;
    case Joined::no_such_code:
      return join_form(visit, {{"code", phrase("serve.train_no_session")}});
    case Joined::slow_down: return join_form(visit, {{"code", phrase("serve.train_slow_down")}});
    case Joined::full: return join_form(visit, {{"code", phrase("serve.train_full")}});
    case Joined::closed: return join_form(visit, {{"code", phrase("serve.train_closed")}});
    case Joined::name_taken: return join_form(visit, {{"name", phrase("serve.train_name_taken")}});
    case Joined::not_theirs: return join_form(visit, {{"back", phrase("serve.train_not_theirs")}});
    case Joined::barred: return join_form(visit, {{"name", phrase("serve.train_barred")}});
  }
  Answer answer = see("/train/room");
  give_cookie(visit, answer, cookie);
  return answer;
}

Answer leave_training(Visit& visit) {
  visit.site.trainings.leave(visit.visitor.cookie);
  return see("/train");
}

Answer trainee_page(Visit& visit) {
  const auto& [cases, closed, seat] = *visit.place;
  Shown list{Shown::type::list};
  std::size_t done = 0, all = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    done += items_answered(cases[i], seat.sheets[i]);
    all += cases[i].profile->key.size();
    Shown one = shown({{"title", cases[i].told->title},
                       {"profile", cases[i].profile->title},
                       {"marks", "/train/room/" + std::to_string(i + 1)}});
    one.set("pages", shown_pages(cases[i], i, seat.sheets[i]));
    list << one;
  }
  Shown content = shown({{"name", seat.name},
                         {"back", seat.back},
                         {"count", std::to_string(done)},
                         {"total", std::to_string(all)}});
  content.set("closed", closed);
  content.set("done", done == all);
  content.set("cases", list);
  return page(visit, "train_room", phrase("serve.train_room"), content);
}

Answer marks_page(Visit& visit) {
  const auto which = which_case(visit);
  if (!which) return problem(visit, not_found, phrase("serve.no_page"));
  const auto& [cases, closed, seat] = *visit.place;
  if (!closed) return problem(visit, conflict, phrase("serve.train_not_closed"));
  return document(
      view_html(marking_view({seat.name, {}, mark(cases[*which], seat.sheets[*which])})));
}

Answer grading_page(Visit& visit) {
  const auto where = asked(visit);
  if (!where) return problem(visit, not_found, phrase("serve.no_page"));
  if (visit.place->closed) return see("/train/room");
  const Seat& seat = visit.place->seat;
  const Node& what = where->of.told->instrument->node(where->node);
  Shown lines{Shown::type::list}, items{Shown::type::list};
  for (const std::string& line : where->of.profile->vignette) lines << shown({{"text", line}});
  for (const NodeIndex item : items_of(where->of, where->node)) {
    const auto& noted = seat.lines[where->which];
    const auto own = noted.find(item);
    items << shown_item(where->of, item, seat.sheets[where->which],
                        own == noted.end() ? "" : own->second);
  }
  Shown content =
      shown({{"action", way_to(where->which, what.code)},
             {"profile", where->of.profile->title},
             {"note", where->of.told->instrument->is_leaf(where->node) ? "" : what.note}});
  content.set("told", lines);
  content.set("items", items);
  return page(visit, "train_grades", what.label, content);
}

Answer save_grades(Visit& visit) {
  const auto where = asked(visit);
  if (!where) return problem(visit, not_found, phrase("serve.no_page"));
  std::vector<TrainingSessions::Answered> answers;
  for (const NodeIndex item : items_of(where->of, where->node))
    answers.push_back(answered_in(visit.form, where->of, item));
  if (!visit.site.trainings.answer(visit.visitor.cookie, where->which, answers))
    return problem(visit, conflict, phrase("serve.train_too_late"));
  const auto pages = pages_with_items(where->of);
  const auto next = std::ranges::upper_bound(pages, where->node);
  if (visit.form.text("then") == "list" || next == pages.end()) return see("/train/room");
  return see(way_to(where->which, where->of.told->instrument->node(*next).code));
}

}  // namespace gcp2::cli::web
