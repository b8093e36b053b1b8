#include "evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../phrase.h"

namespace gcp2::cli {
namespace {

constexpr auto kinds = std::to_array<std::string_view>(
    {"observed", "child_said", "carer_said", "professional_said", "record"});

std::string evidence_of(const Session& session, const std::string& node) {
  const std::string entry = find_entry(session.document(), "observations", node);
  return entry.empty() ? entry : entry + "/evidence";
}

std::optional<Move> ask_kind(Session& session, const std::string& piece) {
  ChoiceQuestion question{.help = phrase("ask.evidence.which_kind"),
                          .prompt = phrase("ask.number_prompt"),
                          .choices = {},
                          .now = {},
                          .keep = {}};
  for (const std::string_view kind : kinds)
    question.choices.push_back(phrase("ask.evidence.kind." + std::string{kind}));
  question.keep = [&](std::size_t chosen, const std::string& said) {
    session.keep(said, [&](Value& document) {
      put_text(document, piece + "/kind", std::string{kinds[chosen]});
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
  return phrase("ask.evidence.outside");
}

std::optional<Move> ask_day(Session& session, const std::string& piece) {
  const auto usual = usual_day(session);
  session.say(usual ? phrase("ask.evidence.day_usual", {{"date", in_words(*usual)}})
                    : phrase("ask.evidence.day"));
  while (true) {
    const Heard heard = session.hear(phrase("ask.date_prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty() && !usual) return std::nullopt;
    const auto date = heard.text.empty() ? usual : date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    if (session.today() < *date) {
      session.say(phrase("ask.evidence.to_come", {{"date", in_words(*date)}}));
      continue;
    }
    session.last_day = date;
    session.keep(phrase("ask.kept", {{"answer", echoed(*date)}}),
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
  return phrase("ask.evidence.shortened", {{"text", text.substr(0, end)}});
}

/// Who said it and when, as far as it is known.
std::string origin(const Value& piece) {
  const auto kind = std::ranges::find(kinds, piece.text_at("kind"));
  const auto on = Date::parse(piece.text_at("on"));
  const std::string said =
      kind == kinds.end() ? "" : phrase("ask.evidence.origin." + std::string{*kind});
  if (!on) return said;
  return said.empty() ? in_words(*on)
                      : phrase("ask.evidence.on", {{"origin", said}, {"date", in_words(*on)}});
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
    Heard heard = session.hear(phrase("ask.evidence.prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty()) return std::nullopt;
    if (characters(heard.text) < too_short) {
      session.say(phrase("ask.evidence.too_short"));
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
    session.say(phrase("ask.evidence.none_to_remove"));
    return std::nullopt;
  }
  say_evidence(session, node);
  while (true) {
    const Heard heard = session.hear(phrase("ask.evidence.remove_prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty()) return std::nullopt;
    if (const auto chosen = choice(heard.text, count)) {
      session.keep(phrase("ask.removed"), [&](Value& document) {
        take_away(document, fmt::format("{}/{}", list, *chosen - 1));
        if (size_at(document, list) == 0) take_away(document, list);
      });
      return std::nullopt;
    }
    session.say(phrase("ask.please_type_or_enter", {{"number", number_up_to(count)}}));
  }
}

void say_evidence(Session& session, const std::string& node) {
  const std::string list = evidence_of(session, node);
  const std::size_t count = list.empty() ? 0 : size_at(session.document(), list);
  for (std::size_t i = 0; i < count; ++i) {
    const Value& piece = at(session.document(), list)->items()[i];
    const std::string said = origin(piece);
    session.say("  " + phrase(said.empty() ? "ask.evidence.piece" : "ask.evidence.piece_from",
                              {{"number", std::to_string(i + 1)},
                               {"text", shortened(std::string{piece.text_at("text")})},
                               {"origin", said}}),
                4);
  }
}

}  // namespace gcp2::cli
