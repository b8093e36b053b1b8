#include "people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../phrase.h"

namespace gcp2::cli {
namespace {

std::string section() { return phrase("ask.section.people"); }

std::string at_assessor(std::size_t i, std::string_view key) {
  return fmt::format("/assessors/{}/{}", i, key);
}

std::string free_ref(const Value& document) {
  const auto is_taken = [&document](const std::string& ref) {
    const Value* list = document.find("assessors");
    return list != nullptr && std::ranges::any_of(list->items(), [&ref](const Value& v) {
             return v.text_at("ref") == ref;
           });
  };
  for (std::size_t i = size_at(document, "/assessors") + 1;; ++i)
    if (std::string ref = "P" + std::to_string(i); !is_taken(ref)) return ref;
}

/// The assessors that have a reference, in the record's order.
std::vector<std::string> refs(const Session& session) {
  std::vector<std::string> all;
  for (const Assessor& assessor : session.facts().assessors)
    if (!assessor.ref.empty()) all.push_back(assessor.ref);
  return all;
}

void give_ref(Value& document, std::size_t i) {
  if (!text_at(document, at_assessor(i, "ref")).empty()) return;
  put_text(document, at_assessor(i, "ref"), free_ref(document));
}

Question text_about(const Session& session, const std::string& code, std::size_t i,
                    const std::string& key, const std::string& title, const std::string& help) {
  const std::string pointer = at_assessor(i, key);
  return {code_in(code, key), section(), title, false, session.has_text(pointer), [=](Session& s) {
            return ask_text(s, {.pointer = pointer,
                                .help = help,
                                .prompt = phrase("ask.prompt", {{"title", title}}),
                                .in_words = true,
                                .also = [i](Value& document) { give_ref(document, i); }});
          }};
}

/// Whether anything in the record rests on that assessor.
bool is_referred_to(const Session& session, const std::string& ref) {
  const Assessment& facts = session.facts();
  return facts.lead_professional == ref ||
         std::ranges::find(facts.observations, ref, &Observation::by) != facts.observations.end() ||
         std::ranges::find(facts.dismissed, ref, &Dismissal::by) != facts.dismissed.end();
}

Move ask_name(Session& session, std::size_t i, const std::string& ref) {
  const bool may_go = i != 0 && !is_referred_to(session, ref);
  const Move move = ask_text(
      session, {.pointer = at_assessor(i, "name"),
                .help = i == 0   ? phrase("ask.people.your_name")
                        : may_go ? phrase("ask.people.their_name_or_out")
                                 : phrase("ask.people.their_name"),
                .prompt = phrase("ask.name_prompt"),
                .in_words = true,
                .must = i == 0 ? phrase("ask.people.needed") : phrase("ask.people.stands_under"),
                .removes = may_go ? fmt::format("/assessors/{}", i) : "",
                .also = [i](Value& document) { give_ref(document, i); }});
  const auto all = refs(session);
  if (std::ranges::find(all, session.answering) == all.end()) session.answering.clear();
  return move;
}

void add_assessor(const Session& session, std::size_t i, std::vector<Question>& list) {
  std::string ref = text_at(session.document(), at_assessor(i, "ref"));
  if (ref.empty()) ref = "P" + std::to_string(i + 1);
  const std::string name = text_at(session.document(), at_assessor(i, "name"));
  const std::string who = name.empty() ? ref : name;
  list.push_back({ref, section(), phrase("ask.name_title"), true, !name.empty(),
                  [=](Session& s) { return ask_name(s, i, ref); }});
  list.push_back(text_about(session, ref, i, "role", phrase("ask.people.role_title"),
                            phrase("ask.people.role", {{"name", who}})));
  list.push_back(text_about(session, ref, i, "agency", phrase("ask.people.agency_title"),
                            phrase("ask.people.agency", {{"name", who}})));
  const std::string trained = at_assessor(i, "trained_on");
  list.push_back({code_in(ref, "trained"), section(), phrase("ask.people.trained_title"), false,
                  session.has_text(trained), [=](Session& s) {
                    return ask_date(s, {.pointer = trained,
                                        .help = phrase("ask.people.trained", {{"name", who}}),
                                        .prompt = phrase("ask.date_prompt"),
                                        .refuse = [](const Session& in, Date date) -> std::string {
                                          return in.today() < date ? phrase("ask.in_future") : "";
                                        }});
                  }});
}

Move ask_for_more(Session& session) {
  session.say(phrase("ask.people.more"));
  Heard heard = session.hear(phrase("ask.people.more_prompt"));
  if (heard.move) return *heard.move;
  const auto no = yes_or_no(heard.text);
  static constexpr auto nobody =
      std::to_array<std::string_view>({"nobody", "no one", "no-one", "none", "nil", "n/a", "-"});
  if (heard.text.empty() || no == false ||
      std::ranges::find(nobody, lower(heard.text)) != nobody.end())
    return {};
  if (no == true || characters(heard.text) < 2 || !has_letter(heard.text)) {
    session.say(phrase("ask.people.name_itself"));
    return {Move::Kind::to, "more"};
  }
  for (const Assessor& assessor : session.facts().assessors)
    if (lower(assessor.name) == lower(heard.text)) {
      session.say(phrase("ask.people.already", {{"name", heard.text}, {"ref", assessor.ref}}));
      return {Move::Kind::to, "more"};
    }
  const std::size_t i = size_at(session.document(), "/assessors");
  const std::string ref = free_ref(session.document());
  session.keep({}, [&](Value& document) {
    put_text(document, at_assessor(i, "ref"), ref);
    put_text(document, at_assessor(i, "name"), std::move(heard.text));
  });
  session.answering.clear();
  return {Move::Kind::to, code_in(ref, "role")};
}

ChoiceQuestion choose_assessor(const Session& session, const std::vector<std::string>& all,
                               std::string_view now) {
  ChoiceQuestion question{
      .help = {}, .prompt = phrase("ask.number_prompt"), .choices = {}, .now = {}, .keep = {}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    question.choices.push_back(assessor_name(session, all[i]));
    if (all[i] == now) question.now = i;
  }
  return question;
}

Move ask_lead(Session& session) {
  const auto all = refs(session);
  if (all.empty()) {
    session.say(phrase("ask.people.nobody"));
    return {};
  }
  ChoiceQuestion question =
      choose_assessor(session, all, text_at(session.document(), "/lead_professional"));
  question.help = phrase("ask.people.lead");
  question.keep = [&](std::size_t chosen, const std::string& said) {
    session.keep(said,
                 [&](Value& document) { put_text(document, "/lead_professional", all[chosen]); });
  };
  return ask_choice(session, question);
}

Move ask_carer(Session& session) {
  return ask_text(session, {.pointer = "/carers/0/relationship",
                            .help = phrase("ask.people.carer"),
                            .prompt = phrase("ask.people.carer_prompt"),
                            .in_words = true,
                            .also = [](Value& document) {
                              if (size_at(document, "/carers") != 0) return;
                              put_text(document, "/carers/0/ref", "K1");
                              put(document, "/carers/0/main", Value::boolean(true));
                            }});
}

}  // namespace

std::vector<Question> people_questions(const Session& session) {
  std::vector<Question> list;
  const std::size_t count = std::max<std::size_t>(1, size_at(session.document(), "/assessors"));
  for (std::size_t i = 0; i < count; ++i) add_assessor(session, i, list);
  list.push_back(
      {"more", section(), phrase("ask.people.more_title"), false, count > 1, ask_for_more});
  list.push_back({"lead", section(), phrase("ask.people.lead_title"), false,
                  !session.facts().lead_professional.empty(), ask_lead});
  list.push_back({"carer", phrase("ask.section.family"), phrase("ask.people.carer_title"), false,
                  session.has_text("/carers/0/relationship"), ask_carer});
  return list;
}

std::string assessor_name(const Session& session, const std::string& ref) {
  const auto& all = session.facts().assessors;
  const auto found = std::ranges::find(all, ref, &Assessor::ref);
  return found == all.end() || found->name.empty() ? ref : ref + " " + found->name;
}

std::optional<Move> settle_who_answers(Session& session, bool ask_again) {
  const auto all = refs(session);
  if (all.size() < 2) {
    session.answering = all.empty() ? "" : all.front();
    if (ask_again) session.say(phrase("ask.people.only_one"));
    return std::nullopt;
  }
  if (!session.answering.empty() && !ask_again) return std::nullopt;
  ChoiceQuestion question = choose_assessor(session, all, session.answering);
  question.help = phrase("ask.people.who_answers");
  question.must = phrase("ask.people.who_needed");
  question.keep = [&](std::size_t chosen, const std::string&) { session.answering = all[chosen]; };
  const Move move = ask_choice(session, question);
  return session.answering.empty() || move.kind != Move::Kind::next ? std::optional{move}
                                                                    : std::nullopt;
}

}  // namespace gcp2::cli
