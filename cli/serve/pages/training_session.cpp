// One session as its facilitator follows it: who joined, how far they are, how alike they grade;
// and what is made of it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "../../phrase.h"
#include "../document.h"
#include "gcp2/json.h"
#include "gcp2/training_csv.h"
#include "gcp2/training_files.h"
#include "gcp2/training_report.h"
#include "gcp2/view.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404, conflict = 409;

std::optional<TrainingSession> session_of(const Visit& visit) {
  return visit.site.trainings.session(visit.id(), visit.desk().account().id);
}

Answer gone(const Visit& visit) { return problem(visit, not_found, phrase("serve.training_gone")); }

/// From 1 to `most`.
std::optional<std::size_t> number_in(std::string_view text, std::size_t most) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > most)
    return std::nullopt;
  return number;
}

/// The case of the route's second part.
const ToldCase* case_of(const Visit& visit, const TrainingSession& session) {
  const auto number = number_in(visit.parts[1], session.cases.size());
  return number ? &session.cases[*number - 1] : nullptr;
}

const Room* room_of(const std::vector<Room>& rooms, const ToldCase& of) {
  const auto found =
      std::ranges::find_if(rooms, [&](const Room& each) { return each.of.profile == of.profile; });
  return found == rooms.end() ? nullptr : &*found;
}

std::string figure(const Statistic& statistic) {
  return statistic.estimate ? fmt::format("{:.2f}", *statistic.estimate)
                            : phrase("serve.training_undefined");
}

/// Fast, as it is asked for every few seconds: without a bootstrap.
std::vector<Room> rooms_now(const TrainingSession& session) {
  return rooms_of(trainees_of(session, false), 1, 0);
}

Shown shown_rooms(const TrainingSession& session) {
  const auto rooms = rooms_now(session);
  Shown list{Shown::type::list};
  for (std::size_t i = 0; i < session.cases.size(); ++i) {
    const ToldCase& of = session.cases[i];
    const Room* room = room_of(rooms, of);
    Shown figures{Shown::type::list};
    if (room != nullptr)
      for (const Statistic& each : room->statistics)
        figures << shown({{"name", phrase("room.name." + std::string{name_of(each.measure)})},
                          {"value", figure(each)}});
    Shown one = shown({{"number", std::to_string(i + 1)},
                       {"title", of.told->title},
                       {"profile", of.profile->title},
                       {"graded", std::to_string(room == nullptr ? 0 : room->trainees.size())}});
    one.set("figures", figures);
    one.set("any", room != nullptr);
    list << one;
  }
  return list;
}

std::size_t answered(const TrainingSession& session, const Seat& seat) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < session.cases.size(); ++i)
    done += items_answered(session.cases[i], seat.sheets[i]);
  return done;
}

std::size_t items_in(const TrainingSession& session) {
  std::size_t all = 0;
  for (const ToldCase& of : session.cases) all += of.profile->key.size();
  return all;
}

/// So many trainees stand on a page.
constexpr std::size_t most_shown = 50;

/// By name, from the number `first` on.
Shown shown_trainees(const TrainingSession& session, std::size_t first) {
  std::vector<const Seat*> seats;
  for (const Seat& seat : session.seats) seats.push_back(&seat);
  std::ranges::sort(seats, {}, [](const Seat* seat) -> const std::string& { return seat->name; });
  const std::string all = std::to_string(items_in(session));
  Shown list{Shown::type::list};
  for (std::size_t i = first; i < std::min(first + most_shown, seats.size()); ++i) {
    const std::string done = std::to_string(answered(session, *seats[i]));
    list << shown({{"name", seats[i]->name},
                   {"state", phrase("serve.task.some", {{"count", done}, {"all", all}})}});
  }
  return list;
}

/// How many are how far.
std::string state_of(const TrainingSession& session) {
  std::size_t finished = 0, begun = 0, waiting = 0;
  for (const Seat& seat : session.seats) {
    const std::size_t done = answered(session, seat);
    ++(done == 0 ? waiting : done == items_in(session) ? finished : begun);
  }
  return phrase("serve.training_state", {{"finished", std::to_string(finished)},
                                         {"begun", std::to_string(begun)},
                                         {"waiting", std::to_string(waiting)}});
}

/// As `gcp2 train session` writes it; nothing is ever left aside here.
std::string session_json(const std::vector<Room>& rooms, bool numbered) {
  Value document = session_document(rooms, {});
  document.set("anonymous", Value::boolean(numbered));
  document.set("findings", Value::list());
  return write_json(document);
}

struct Kind {
  std::string_view ending, type;
};
constexpr Kind kinds[] = {
    {"html", ""}, {"csv", "text/csv; charset=utf-8"}, {"json", "application/json"}};

}  // namespace

Answer training_page(Visit& visit) {
  const auto session = session_of(visit);
  if (!session) return gone(visit);
  Shown content = shown({{"id", session->id.text()},
                         {"code", session->code},
                         {"host", std::string{visit.request.header("host")}},
                         {"scheme", visit.site.door.encrypted ? "https" : "http"},
                         {"count", std::to_string(session->seats.size())}});
  content.set("closed", session->closed);
  content.set("any", !session->seats.empty());
  content.set("trainees", shown_trainees(*session, 0));
  content.set("state", state_of(*session));
  if (session->seats.size() > most_shown)
    content.set("more",
                phrase("serve.training_all", {{"count", std::to_string(session->seats.size())}}));
  content.set("rooms", shown_rooms(*session));
  return page(visit, "training_session", phrase("serve.training_session"), content);
}

Answer trainees_page(Visit& visit) {
  const auto session = session_of(visit);
  if (!session) return gone(visit);
  const std::size_t count = session->seats.size();
  const auto number = number_in(visit.parts[1], (count + most_shown - 1) / most_shown);
  if (!number) return problem(visit, not_found, phrase("serve.no_page"));
  const std::size_t first = (*number - 1) * most_shown, last = std::min(first + most_shown, count);
  Shown content = shown({{"id", session->id.text()},
                         {"before", *number > 1 ? std::to_string(*number - 1) : ""},
                         {"after", last < count ? std::to_string(*number + 1) : ""}});
  content.set("trainees", shown_trainees(*session, first));
  return page(visit, "training_trainees",
              phrase("serve.training_trainees", {{"first", std::to_string(first + 1)},
                                                 {"last", std::to_string(last)},
                                                 {"count", std::to_string(count)}}),
              content);
}

Answer close_training(Visit& visit) {
  if (!session_of(visit)) return gone(visit);
  visit.site.trainings.close(visit.id(), visit.desk().account().id);
  return see("/training/" + visit.id().text());
}

Answer end_training(Visit& visit) {
  visit.site.trainings.end(visit.id(), visit.desk().account().id);
  return see("/training");
}

Answer items_page(Visit& visit) {
  const auto session = session_of(visit);
  if (!session) return gone(visit);
  const ToldCase* of = case_of(visit, *session);
  if (of == nullptr) return problem(visit, not_found, phrase("serve.no_page"));
  const auto rooms = rooms_now(*session);
  const Room* room = room_of(rooms, *of);
  Shown rows{Shown::type::list};
  if (room != nullptr)
    for (const RoomLeaf& leaf : room->leaves) {
      const Node& node = of->told->instrument->node(leaf.key->node);
      Shown cells{Shown::type::list};
      for (const std::size_t gave : leaf.gave) cells << shown({{"count", std::to_string(gave)}});
      Shown row = shown(
          {{"code", node.code},
           {"label", node.label},
           {"none", std::to_string(leaf.missing)},
           {"alike", leaf.alike ? fmt::format("{:.2f}", *leaf.alike) : phrase("room.no_pair")}});
      row.set("cells", cells);
      rows << row;
    }
  Shown content = shown({{"id", session->id.text()},
                         {"profile", of->profile->title},
                         {"count", std::to_string(room == nullptr ? 0 : room->trainees.size())}});
  content.set("any", room != nullptr);
  content.set("rows", rows);
  return page(visit, "training_items", phrase("serve.training_items"), content);
}

Answer key_page(Visit& visit) {
  const auto session = session_of(visit);
  if (!session) return gone(visit);
  const ToldCase* of = case_of(visit, *session);
  if (of == nullptr) return problem(visit, not_found, phrase("serve.no_page"));
  return document(view_html(case_view(*of->told, of->profile, true)));
}

Answer room_report(Visit& visit) {
  const auto session = session_of(visit);
  if (!session) return gone(visit);
  if (!session->closed) return problem(visit, conflict, phrase("serve.training_open"));
  const std::string& name = visit.parts[1];
  const bool numbered = name.starts_with("numbers.");
  const std::string_view ending = std::string_view{name}.substr(name.find('.') + 1);
  const auto kind = std::ranges::find(kinds, ending, &Kind::ending);
  if (kind == std::end(kinds) || (!numbered && !name.starts_with("names.")))
    return problem(visit, not_found, phrase("serve.no_page"));
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  const auto rooms = rooms_of(trainees_of(*session, numbered), threads);
  if (rooms.empty()) return problem(visit, conflict, phrase("serve.training_nothing"));
  if (ending == "html") return document(view_html(session_view({rooms, {}, {}, numbered})));
  return download(kind->type, "training-" + name,
                  ending == "csv" ? session_csv(rooms) : session_json(rooms, numbered));
}

}  // namespace gcp2::cli::web
