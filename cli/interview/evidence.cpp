#include "evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gcp2::cli {
namespace {

struct Kind {
  std::string_view name, asked, said;
};
constexpr std::array kinds{
    Kind{"observed", "I saw it myself", "seen"},
    Kind{"child_said", "The child said it", "the child said"},
    Kind{"carer_said", "A carer said it", "a carer said"},
    Kind{"professional_said", "Another professional said it", "another professional said"},
    Kind{"record", "It is in a record or letter", "from a record"},
};

std::string evidence_of(const Session& session, const std::string& node) {
  const std::string entry = find_entry(session.document(), "observations", node);
  return entry.empty() ? entry : entry + "/evidence";
}

std::optional<Move> ask_kind(Session& session, const std::string& piece) {
  ChoiceQuestion question{.help = "What kind of evidence is that? Enter leaves it open.",
                          .prompt = "Number: ",
                          .choices = {},
                          .now = {},
                          .keep = {}};
  for (const Kind& kind : kinds) question.choices.emplace_back(kind.asked);
  question.keep = [&](std::size_t chosen, const std::string& said) {
    session.keep(said, [&](Value& document) {
      put_text(document, piece + "/kind", std::string{kinds[chosen].name});
    });
  };
  const Move move = ask_choice(session, question);
  return move.kind == Move::Kind::next ? std::nullopt : std::optional{move};
}

bool is_in_window(const Session& session, Date date) {
  const auto& from = session.facts().window_from;
  const auto& to = session.facts().window_to;
  return (!from || *from <= date) && (!to || date <= *to);
}

/// The day that Enter stands for: the one typed last, as many answers rest on one visit; before
/// that today, where it is in the window. Never a day that nobody has typed or lives in.
std::optional<Date> usual_day(const Session& session) {
  if (session.last_day) return session.last_day;
  return is_in_window(session, session.today()) ? std::optional{session.today()} : std::nullopt;
}

std::string remark_on_day(const Session& session, Date date) {
  if (is_in_window(session, date)) return {};
  return "That day is outside the time this profile looks at. It is kept, and somebody will ask "
         "why.";
}

std::optional<Move> ask_day(Session& session, const std::string& piece) {
  const auto usual = usual_day(session);
  session.say(usual ? fmt::format("On which day? Enter: {}.", in_words(*usual))
                    : "On which day? Enter leaves it open.");
  while (true) {
    const Heard heard = session.hear("Date: ");
    if (heard.move) return heard.move;
    if (heard.text.empty() && !usual) return std::nullopt;
    const auto date = heard.text.empty() ? usual : date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    if (session.today() < *date) {
      session.say(fmt::format("{} is still to come. When was it seen or said?", in_words(*date)));
      continue;
    }
    session.last_day = date;
    session.keep(echoed(*date) + ".",
                 [&](Value& document) { put_text(document, piece + "/on", date->text()); });
    if (const std::string remark = remark_on_day(session, *date); !remark.empty())
      session.say(remark);
    return std::nullopt;
  }
}

std::string shortened(const std::string& text) {
  constexpr std::size_t most = 160;  // bytes; the whole stays in the file
  if (text.size() <= most) return text;
  std::size_t end = text.rfind(' ', most);
  if (end == std::string::npos) end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + " ... (the rest is in the file)";
}

}  // namespace

std::string observation_for(const Session& session, Value& document, const std::string& node) {
  std::string entry = entry_for(document, session.instrument(), "observations", node);
  if (!session.answering.empty() && text_at(document, entry + "/by").empty())
    put_text(document, entry + "/by", session.answering);
  return entry;
}

std::optional<Move> ask_evidence(Session& session, const std::string& node,
                                 const std::string& first_words) {
  session.say(first_words);
  constexpr std::size_t too_short = 3;  // a slip of the finger, or the next question's answer
  std::string piece;
  while (piece.empty()) {
    Heard heard = session.hear("Evidence: ");
    if (heard.move) return heard.move;
    if (heard.text.empty()) return std::nullopt;
    if (characters(heard.text) < too_short) {
      session.say("Evidence is a few words at least. Please type them, or Enter alone for none.");
      continue;
    }
    session.keep({}, [&](Value& document) {
      const std::string list = observation_for(session, document, node) + "/evidence";
      piece = fmt::format("{}/{}", list, size_at(document, list));
      put_text(document, piece + "/text", std::move(heard.text));
    });
  }
  if (auto move = ask_kind(session, piece)) return move;
  return ask_day(session, piece);
}

std::optional<Move> remove_evidence(Session& session, const std::string& node) {
  const std::string list = evidence_of(session, node);
  const std::size_t count = list.empty() ? 0 : size_at(session.document(), list);
  if (count == 0) {
    session.say("There is no evidence here to remove.");
    return std::nullopt;
  }
  say_evidence(session, node);
  while (true) {
    const Heard heard = session.hear("Number of the piece to remove (Enter: none): ");
    if (heard.move) return heard.move;
    if (heard.text.empty()) return std::nullopt;
    if (const auto chosen = choice(heard.text, count)) {
      session.keep("Removed.", [&](Value& document) {
        take_away(document, fmt::format("{}/{}", list, *chosen - 1));
        if (size_at(document, list) == 0) take_away(document, list);
      });
      return std::nullopt;
    }
    session.say(fmt::format("Please type {}, or Enter alone.", number_up_to(count)));
  }
}

void say_evidence(Session& session, const std::string& node) {
  const std::string list = evidence_of(session, node);
  const std::size_t count = list.empty() ? 0 : size_at(session.document(), list);
  for (std::size_t i = 0; i < count; ++i) {
    const Value& piece = at(session.document(), list)->items()[i];
    const auto kind = std::ranges::find(kinds, piece.text_at("kind"), &Kind::name);
    const auto on = Date::parse(piece.text_at("on"));
    std::string origin = kind == kinds.end() ? "" : std::string{kind->said};
    if (on) origin += (origin.empty() ? "" : ", ") + in_words(*on);
    session.say(
        fmt::format("  Evidence {}: {}{}", i + 1, shortened(std::string{piece.text_at("text")}),
                    origin.empty() ? "" : " (" + origin + ")"),
        4);
  }
}

}  // namespace gcp2::cli
