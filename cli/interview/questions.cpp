#include "questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "people.h"

namespace gcp2::cli {
namespace {

constexpr int adult = 18 * 12;  // months

bool has(const Session& session, std::string_view pointer) {
  return !text_at(session.document(), pointer).empty();
}

std::string not_future(const Session& session, Date date) {
  return session.today() < date ? "it is in the future." : "";
}

Move ask_expected(Session& session) {
  session.say("An unborn child: when is it expected?");
  while (true) {
    const Heard heard = session.hear("Expected date: ");
    if (heard.move) return *heard.move;
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      continue;
    }
    session.keep(fmt::format("Unborn, expected on {}.", echoed(*date)), [&](Value& document) {
      put_text(document, "/child/expected_date", date->text());
      take_away(document, "/child/date_of_birth");
    });
    return {};
  }
}

std::string refuse_birth(const Session& session, Date date) {
  constexpr int longest_ago = 25 * 12;  // months
  if (session.today() < date) return "it is in the future. For an unborn child, type: unborn";
  if (completed_months(date, session.today()) > longest_ago)
    return "that would be " + age_in_words(completed_months(date, session.today())) +
           " ago, and a profile is about a child. Check the year.";
  return {};
}

Move ask_born(Session& session) {
  session.say(
      "The child's age decides which questions are asked. Type the day first, like 14/03/2019. For "
      "an unborn child, type: unborn");
  const auto expected = session.facts().child.expected_date;
  const auto born = session.facts().child.date_of_birth;
  if (born) session.say(fmt::format("Now: {}. Enter keeps it.", echoed(*born)));
  if (expected)
    session.say(fmt::format("Now: unborn, expected on {}. Enter keeps it.", echoed(*expected)));
  while (true) {
    const Heard heard = session.hear("Date of birth: ");
    if (heard.move) return *heard.move;
    if (heard.text.empty() && (born || expected)) return {};
    if (lower(heard.text) == "unborn") return ask_expected(session);
    const auto date = date_from(heard.text, session.today());
    if (!date) {
      say_no_date(session);
      if (heard.text.empty())
        session.say("Without it nobody can tell what applies to this child; q leaves for now.");
      continue;
    }
    if (const std::string why = refuse_birth(session, *date); !why.empty()) {
      session.say(fmt::format("{} cannot be: {}", in_words(*date), why));
      continue;
    }
    session.keep(echoed(*date) + ".", [&](Value& document) {
      put_text(document, "/child/date_of_birth", date->text());
      take_away(document, "/child/expected_date");
    });
    return {};
  }
}

Move ask_from(Session& session) {
  return ask_date(
      session,
      {.pointer = "/window/from",
       .help = "The first day of the time this profile looks at, for example the first visit.",
       .prompt = "First day: ",
       .must = "It is needed to tell which evidence belongs to this profile.",
       .refuse = [](const Session& s, Date date) -> std::string {
         const auto born = s.facts().child.date_of_birth;
         if (born && date < *born) return "the child was born on " + in_words(*born) + ".";
         const auto to = s.facts().window_to;
         return to && *to < date ? "the last day is " + in_words(*to) + "; go there with: g to"
                                 : "";
       }});
}

std::string remark_on_end(const Session& session, Date end) {
  std::string remark;
  if (session.today() < end) remark = "That is still to come; it can be changed later with: g to. ";
  constexpr int longest = 28;  // days
  const auto from = session.facts().window_from;
  if (from && days_between(*from, end) > longest)
    remark += fmt::format(
        "These are {} days; up to 28 give one picture. Say why in your view at the end. ",
        days_between(*from, end));
  const auto born = session.facts().child.date_of_birth;
  if (!born) return remark;
  const int age = completed_months(*born, end);
  remark += fmt::format("The child is {} old on that day", age_in_words(age));
  return remark + (age < adult ? "." : ": too old for a profile, which could not be signed.");
}

Move ask_to(Session& session) {
  return ask_date(session,
                  {.pointer = "/window/to",
                   .help = "The last day of that time. The child's age is taken on this day.",
                   .prompt = "Last day: ",
                   .must = "It is needed to tell the child's age, and with it what applies.",
                   .refuse = [](const Session& s, Date date) -> std::string {
                     const auto from = s.facts().window_from;
                     const auto born = s.facts().child.date_of_birth;
                     if (from && date < *from)
                       return "the first day is " + in_words(*from) + "; go there with: g from";
                     return born && date < *born ? "the child was born later." : "";
                   },
                   .remark = remark_on_end});
}

Move ask_conditions(Session& session) {
  constexpr std::string_view health = "long_term_health_condition";
  constexpr std::string_view behaviour = "behavioural_difficulty";
  const Value* child = session.document().find("child");
  const Value* list = child == nullptr ? nullptr : child->find("conditions");
  std::optional<std::size_t> now;
  if (list != nullptr) {
    const auto holds = [list](std::string_view name) {
      return std::ranges::any_of(list->items(),
                                 [name](const Value& v) { return v.text() == name; });
    };
    now = (holds(health) ? 1U : 0U) + (holds(behaviour) ? 2U : 0U);
  }
  return ask_choice(session,
                    {.help = "Does the child have one of these? It decides what is asked.",
                     .prompt = "Number: ",
                     .choices = {"Neither", "A disability or long-term health condition",
                                 "A temperamental or behavioural difficulty", "Both"},
                     .now = now,
                     .must = "Please type 1, 2, 3 or 4; it can be changed later.",
                     .keep = [&](std::size_t chosen) {
                       session.keep({}, [&](Value& document) {
                         Value conditions = Value::list();
                         // What this question does not know stays.
                         if (list != nullptr)
                           for (const Value& old : list->items())
                             if (old.text() != health && old.text() != behaviour)
                               conditions.items().push_back(old);
                         if ((chosen & 1U) != 0)
                           conditions.items().push_back(Value::text(std::string{health}));
                         if ((chosen & 2U) != 0)
                           conditions.items().push_back(Value::text(std::string{behaviour}));
                         put(document, "/child/conditions", std::move(conditions));
                       });
                     }});
}

Move ask_instrument(Session& session) {
  const auto& list = session.instruments().list;
  ChoiceQuestion question{.help = "Which form? If nobody told you otherwise, keep the one there.",
                          .prompt = "Number: ",
                          .choices = {},
                          .now = {},
                          .keep = {}};
  for (std::size_t i = 0; i < list.size(); ++i) {
    question.choices.push_back(
        fmt::format("{} {}: {}", list[i].id, list[i].version, list[i].title));
    if (list[i].digest == session.instrument().digest && list[i].id == session.instrument().id)
      question.now = i;
  }
  question.keep = [&](std::size_t chosen) {
    if (chosen == question.now) return;
    for (const std::string_view key : {"/observations", "/judgements", "/comments", "/targets"})
      if (size_at(session.document(), key) != 0)
        return session.say(
            "Grades, comments and targets belong to the form they were made with, and this record "
            "already has some. Start a new file for the other form. Nothing was changed.");
    session.keep({}, [&](Value& document) {
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
  return ask_choice(
      session,
      {.help = "Have the carers agreed to this profile? A referral never waits for consent.",
       .prompt = "Number: ",
       .choices = {"Yes, given", "Refused", "Given and then withdrawn", "Not asked yet",
                   "Nobody there to ask"},
       .now = now,
       .keep = [&](std::size_t chosen) {
         session.keep({}, [&](Value& document) {
           put_text(document, "/consent/state", std::string{states[chosen]});
         });
       }});
}

Question consent_detail(const Session& session) {
  if (text_at(session.document(), "/consent/state") == "given")
    return {"consent.on",
            "Consent",
            "Date of consent",
            false,
            has(session, "/consent/on"),
            [](Session& s) {
              return ask_date(s, {.pointer = "/consent/on",
                                  .help = "When was it given? Enter leaves it open.",
                                  .prompt = "Date: ",
                                  .refuse = not_future});
            }};
  return {
      "consent.reason", "Consent", "Reason", true, has(session, "/consent/reason"), [](Session& s) {
        return ask_text(s, {.pointer = "/consent/reason",
                            .help = "Why is a profile made without consent? Enter leaves it "
                                    "open; it will be asked for again.",
                            .prompt = "Reason: "});
      }};
}

}  // namespace

std::vector<Question> header_questions(const Session& session) {
  const Value& document = session.document();
  const Child& child = session.facts().child;
  const std::string about = "The child";
  const std::string window = "The time looked at";
  std::vector<Question> list;
  list.push_back({"child", about, "Reference", true, has(session, "/child/ref"), [](Session& s) {
                    return ask_text(
                        s, {.pointer = "/child/ref",
                            .help = "How your school or service refers to the child, for example "
                                    "C-0001. Not the name.",
                            .prompt = "Reference: ",
                            .must = "A reference is needed to tell records apart; make one up, "
                                    "such as C-0001."});
                  }});
  list.push_back({"name", about, "Name", false, has(session, "/child/name"), [](Session& s) {
                    return ask_text(
                        s,
                        {.pointer = "/child/name",
                         .help = "The child's name. Enter leaves it out; the reference is enough.",
                         .prompt = "Name: "});
                  }});
  list.push_back(
      {"born", about, "Date of birth", true, child.date_of_birth || child.expected_date, ask_born});
  list.push_back(
      {"from", window, "First day", true, session.facts().window_from.has_value(), ask_from});
  list.push_back({"to", window, "Last day", true, session.facts().window_to.has_value(), ask_to});
  list.push_back({"conditions", about, "Health and behaviour", true,
                  at(document, "/child/conditions") != nullptr, ask_conditions});
  // A new record has an instrument before anybody was asked.
  const bool was_asked = size_at(document, "/assessors") + size_at(document, "/observations") != 0;
  list.push_back({"instrument", "The form", "Which form", false, was_asked, ask_instrument});
  for (Question& question : people_questions(session)) list.push_back(std::move(question));
  const bool has_consent = has(session, "/consent/state");
  list.push_back({"consent", "Consent", "Consent", true, has_consent, ask_consent});
  list.push_back(consent_detail(session));
  return list;
}

}  // namespace gcp2::cli
