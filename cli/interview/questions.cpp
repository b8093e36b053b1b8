#include "questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../phrase.h"
#include "child.h"
#include "people.h"

namespace gcp2::cli {
namespace {

std::string not_future(const Session& session, Date date) {
  return session.today() < date ? phrase("ask.in_future") : "";
}

Move ask_instrument(Session& session) {
  const auto& list = session.instruments().list;
  ChoiceQuestion question{.help = phrase("ask.form"),
                          .prompt = phrase("ask.number_prompt"),
                          .choices = {},
                          .now = {},
                          .keep = {}};
  for (std::size_t i = 0; i < list.size(); ++i) {
    question.choices.push_back(
        fmt::format("{} {}: {}", list[i].id, list[i].version, list[i].title));
    if (list[i].digest == session.instrument().digest && list[i].id == session.instrument().id)
      question.now = i;
  }
  question.keep = [&](std::size_t chosen, const std::string& said) {
    if (chosen == question.now) return;
    for (const std::string_view key : {"/observations", "/judgements", "/comments", "/targets"})
      if (size_at(session.document(), key) != 0) return session.say(phrase("ask.form_belongs"));
    session.keep(said, [&](Value& document) {
      put_text(document, "/instrument/id", list[chosen].id);
      put_text(document, "/instrument/version", list[chosen].version);
      put_text(document, "/instrument/digest", list[chosen].digest);
    });
  };
  return ask_choice(session, question);
}

Move ask_consent(Session& session) {
  static constexpr std::array<std::string_view, 5> states{"given", "refused", "withdrawn",
                                                          "not_sought", "absent"};
  const std::string state = text_at(session.document(), "/consent/state");
  const auto found = std::ranges::find(states, state);
  std::optional<std::size_t> now;
  if (found != states.end()) now = static_cast<std::size_t>(found - states.begin());
  return ask_choice(session,
                    {.help = phrase("ask.consent"),
                     .prompt = phrase("ask.number_prompt"),
                     .choices = {phrase("ask.consent_given"), phrase("ask.consent_refused"),
                                 phrase("ask.consent_withdrawn"), phrase("ask.consent_not_sought"),
                                 phrase("ask.consent_absent")},
                     .now = now,
                     .keep = [&](std::size_t chosen, const std::string& said) {
                       session.keep(said, [&](Value& document) {
                         put_text(document, "/consent/state", std::string{states[chosen]});
                       });
                     }});
}

Question consent_detail(const Session& session) {
  if (text_at(session.document(), "/consent/state") == "given")
    return {code_in("consent", "on"),
            phrase("ask.consent_title"),
            phrase("ask.consent_on_title"),
            false,
            session.has_text("/consent/on"),
            [](Session& s) {
              return ask_date(s, {.pointer = "/consent/on",
                                  .help = phrase("ask.consent_on"),
                                  .prompt = phrase("ask.date_prompt"),
                                  .refuse = not_future});
            }};
  return {code_in("consent", "reason"),
          phrase("ask.consent_title"),
          phrase("ask.reason_title"),
          true,
          session.has_text("/consent/reason"),
          [](Session& s) {
            return ask_text(s, {.pointer = "/consent/reason",
                                .help = phrase("ask.consent_reason"),
                                .prompt = phrase("ask.reason_prompt"),
                                .in_words = true});
          }};
}

}  // namespace

std::string code_in(std::string_view thing, std::string_view part) {
  return fmt::format("{}.{}", thing, part);
}

std::vector<Question> header_questions(const Session& session) {
  const Value& document = session.document();
  std::vector<Question> list = child_questions(session);
  // A new record has an instrument before anybody was asked.
  const bool was_asked = size_at(document, "/assessors") + size_at(document, "/observations") != 0;
  list.push_back({"instrument", phrase("ask.section.form"), phrase("ask.form_title"), false,
                  was_asked, ask_instrument});
  for (Question& question : people_questions(session)) list.push_back(std::move(question));
  const bool has_consent = session.has_text("/consent/state");
  list.push_back({"consent", phrase("ask.consent_title"), phrase("ask.consent_title"), true,
                  has_consent, ask_consent});
  list.push_back(consent_detail(session));
  return list;
}

}  // namespace gcp2::cli
