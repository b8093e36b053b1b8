#include <fmt/format.h>

#include "../phrase.h"
#include "questions.h"

namespace gcp2::cli {
namespace {

/// Takes away an optional answer; false where that cannot be.
bool removed(Session& session, const std::string& pointer, const std::string& now,
             const std::string& must) {
  if (now.empty() || !must.empty()) {
    session.say(now.empty() ? phrase("ask.nothing_to_remove")
                            : phrase("ask.only_changed") + " " + must);
    return false;
  }
  session.keep(phrase("ask.removed"), [&](Value& document) { take_away(document, pointer); });
  return true;
}

void say_now(Session& session, const std::string& now, const std::string& must) {
  if (now.empty()) return;
  session.say(phrase("ask.now", {{"answer", now}}), 5);
  session.say(phrase(must.empty() ? "ask.enter_keeps_or_remove" : "ask.enter_keeps"));
}

}  // namespace

Move ask_text(Session& session, const TextQuestion& question) {
  if (!question.help.empty()) session.say(question.help);
  const std::string now = text_at(session.document(), question.pointer);
  const bool is_kept = question.removes.empty() && !question.must.empty();
  say_now(session, now, is_kept ? question.must : "");
  while (true) {
    Heard heard =
        question.in_words ? hear_words(session, question.prompt) : session.hear(question.prompt);
    if (heard.move) return *heard.move;
    if (heard.text.empty() && now.empty() && !question.must.empty()) {
      session.say(question.must);
      continue;
    }
    if (heard.text.empty()) return {};
    if (heard.text == "-") {
      const std::string& what = question.removes.empty() ? question.pointer : question.removes;
      if (removed(session, what, now, is_kept ? question.must : "")) return {};
      continue;
    }
    session.keep({}, [&](Value& document) {
      if (question.also) question.also(document);
      put_text(document, question.pointer, std::move(heard.text));
    });
    return {};
  }
}

Heard hear_words(Session& session, std::string_view prompt) {
  while (true) {
    Heard heard = session.hear(prompt);
    const bool is_words = heard.text.size() > 1 && has_letter(heard.text);
    if (heard.move || heard.text.empty() || heard.text == "-" || is_words) return heard;
    session.say(phrase("ask.no_word"));
  }
}

void say_no_date(Session& session) { session.say(phrase("ask.no_date")); }

Move ask_date(Session& session, const DateQuestion& question) {
  if (!question.help.empty()) session.say(question.help);
  const auto now = Date::parse(text_at(session.document(), question.pointer));
  say_now(session, now ? echoed(*now) : std::string{}, question.must);
  while (true) {
    const Heard heard = session.hear(question.prompt);
    if (heard.move) return *heard.move;
    if (heard.text.empty() && !now && !question.must.empty()) {
      session.say(question.must);
      continue;
    }
    if (heard.text.empty()) return {};
    if (heard.text == "-") {
      if (removed(session, question.pointer, now ? now->text() : "", question.must)) return {};
      continue;
    }
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    if (const std::string why = question.refuse ? question.refuse(session, *date) : "";
        !why.empty()) {
      session.say(phrase("ask.cannot_be", {{"date", in_words(*date)}, {"why", why}}));
      continue;
    }
    const std::string remark = question.remark ? question.remark(session, *date) : "";
    session.keep(phrase("ask.kept", {{"answer", echoed(*date)}}),
                 [&](Value& document) { put_text(document, question.pointer, date->text()); });
    if (!remark.empty()) session.say(remark);
    return {};
  }
}

Move ask_choice(Session& session, const ChoiceQuestion& question) {
  if (!question.help.empty()) session.say(question.help);
  for (std::size_t i = 0; i < question.choices.size(); ++i)
    session.say(fmt::format("  {} {}", i + 1, question.choices[i]), 4);
  if (question.now)
    session.say(phrase("ask.now_number", {{"answer", std::to_string(*question.now + 1)}}));
  while (true) {
    const Heard heard = session.hear(question.prompt);
    if (heard.move) return *heard.move;
    if (heard.text.empty() && (question.now || question.must.empty())) return {};
    if (heard.text.empty()) {
      session.say(question.must);
      continue;
    }
    if (const auto chosen = choice(heard.text, question.choices.size())) {
      question.keep(*chosen - 1, phrase("ask.kept", {{"answer", question.choices[*chosen - 1]}}));
      return {};
    }
    const bool may_stay = question.now || question.must.empty();
    session.say(phrase(may_stay ? "ask.please_type_or_enter" : "ask.please_type",
                       {{"number", number_up_to(question.choices.size())}}));
  }
}

}  // namespace gcp2::cli
