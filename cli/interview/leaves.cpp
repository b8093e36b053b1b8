#include "leaves.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evidence.h"
#include "people.h"

namespace gcp2::cli {
namespace {

std::string quality(const Session& session, Grade grade) {
  return session.instrument().scale[static_cast<std::size_t>(grade.number() - 1)].quality;
}

std::string_view in_words(NotGraded reason) {
  switch (reason) {
    case NotGraded::not_observed: return "not observed";
    case NotGraded::declined: return "declined";
    case NotGraded::not_applicable: return "does not apply here";
    case NotGraded::not_yet: break;
  }
  return "not answered yet";
}

/// One leaf while it is being asked about.
class LeafQuestion {
 public:
  LeafQuestion(Session& session, NodeIndex leaf)
      : session_{session}, leaf_{leaf}, code_{session.instrument().node(leaf).code} {}

  Move ask() {
    if (const auto move = settle_who_answers(session_, false)) return *move;
    show();
    if (!std::exchange(session_.has_met_a_leaf, true))
      session_.say(
          "Besides 1 to 5: n not observed, d declined, x does not apply here; ? says what else "
          "there is.");
    while (true) {
      const Heard heard = session_.hear("Grade 1 to 5, n, d, x or ?: ");
      if (heard.move) return *heard.move;
      if (heard.text.empty()) return {};
      if (const auto move = answer(lower(heard.text)))
        // Back from what follows a grade is back to the grade.
        return move->kind == Move::Kind::back ? Move{Move::Kind::to, code_} : *move;
    }
  }

 private:
  /// The answer taken; nullopt = stay on this leaf.
  std::optional<Move> answer(const std::string& word) {
    if (const auto number = choice(word, 5)) return graded(*Grade::from(static_cast<int>(*number)));
    if (word == "n") return not_graded(NotGraded::not_observed);
    if (word == "d") return not_graded(NotGraded::declined);
    if (word == "x") return not_applicable();
    if (word == "e") return ask_evidence(session_, code_, "What was seen, heard or read?");
    if (word == "r") return remove_evidence(session_, code_);
    if (word == "c") return comment();
    if (word == "u") return take_back(), std::nullopt;
    if (word == "w") return settle_who_answers(session_, true);
    if (word.find_first_of("12345") == 0 && word.find_first_of(".,/-") == 1)
      session_.say("There are no half grades. Please type 1, 2, 3, 4 or 5.");
    else if (word.find(' ') != std::string::npos)
      session_.say(
          "The grade comes first; you are asked for the words to it next. Please type a number "
          "from 1 to 5, or ? for everything you can type.");
    else
      session_.say(
          "Please type a number from 1 to 5; or n (not observed), d (declined), x (does not apply "
          "here), Enter (leave it for now), ? (everything you can type).");
    return std::nullopt;
  }

  void show() const {
    const Instrument& all = session_.instrument();
    const Node& node = all.node(leaf_);
    if (node.level == Level::item) session_.say(named(all, leaf_));
    if (node.level == Level::item && !all.node(*node.parent).note.empty())
      session_.say(all.node(*node.parent).note);
    if (!node.note.empty()) session_.say(node.note);
    session_.blank_line();
    if (const Wording* wording = all.wording(leaf_, session_.sheet().age_months))
      for (std::size_t i = 0; i < wording->descriptors.size(); ++i)
        session_.say(fmt::format("{} {}: {}", i + 1, all.scale[i].quality, wording->descriptors[i]),
                     2);
    session_.blank_line();
    show_current();
  }

  void show_current() const {
    const Observation* o = observation();
    if (o == nullptr) return;
    std::string now = "Now: ";
    if (o->grade)
      now += fmt::format("grade {} ({})", o->grade->number(), quality(session_, *o->grade));
    else
      now += in_words(o->not_graded.value_or(NotGraded::not_yet));
    if (!o->reason.empty()) now += fmt::format(", because: {}", o->reason);
    if (!o->by.empty()) now += fmt::format(" (by {})", assessor_name(session_, o->by));
    const bool is_answered = session_.is_answered(leaf_);
    session_.say(now + (is_answered ? ". Enter keeps it." : "."));
    say_evidence(session_, code_);
    if (!o->comment.empty()) session_.say("  Comment: " + o->comment, 4);
    session_.say("e adds evidence, r removes a piece, c comments, u takes the answer back.");
  }

  std::optional<Move> graded(Grade grade) {
    const Observation* before = observation();
    const bool had_reason = before != nullptr && !before->grade && !before->reason.empty();
    const bool has_evidence = before != nullptr && !before->evidence.empty();
    session_.keep(fmt::format("{}: {} ({}).", code_, grade.number(), quality(session_, grade)),
                  [&](Value& document) {
                    const std::string entry = sign_entry(document);
                    put(document, entry + "/grade", Value::number(grade.number()));
                    take_away(document, entry + "/not_graded");
                    if (had_reason) take_away(document, entry + "/reason");
                  });
    if (grade.number() == Grade::worst)
      session_.say(
          "If the child is in danger now, call 999. A referral does not wait for this profile.");
    constexpr int serious = 4;
    std::string words = has_evidence ? "The evidence is kept. Is there more? Enter: no."
                                     : "What was seen, heard or read that shows it? Enter: later.";
    if (!has_evidence && grade.number() >= serious)
      words = fmt::format(
          "What was seen, heard or read that shows it? A grade {} cannot be signed without "
          "evidence.",
          grade.number());
    const auto move = ask_evidence(session_, code_, words);
    return move ? move : std::optional{Move{}};
  }

  void put_not_graded(Value& document, NotGraded why) const {
    const std::string entry = sign_entry(document);
    take_away(document, entry + "/grade");
    put_text(document, entry + "/not_graded", std::string{name_of(why)});
  }

  std::optional<Move> not_graded(NotGraded why) {
    session_.keep(fmt::format("{}: {}.", code_, in_words(why)),
                  [&](Value& document) { put_not_graded(document, why); });
    const std::string& now = observation()->reason;
    session_.say(now.empty() ? "Why? Enter leaves it open."
                             : "Why? Now: " + now + " Enter keeps it.");
    Heard heard = hear_words(session_, "Reason: ");
    if (heard.move) return heard.move;
    if (heard.text.empty()) return Move{};
    session_.keep({}, [&](Value& document) {
      put_text(document, sign_entry(document) + "/reason", std::move(heard.text));
    });
    return Move{};
  }

  std::optional<Move> not_applicable() {
    session_.say(
        "Why does it not apply to this child here? The reason is needed. Enter alone changes "
        "nothing.");
    Heard heard = hear_words(session_, "Reason: ");
    if (heard.move) return heard.move;
    if (heard.text.empty()) {
      session_.say("Nothing was changed.");
      return std::nullopt;
    }
    session_.keep(fmt::format("{}: does not apply here.", code_), [&](Value& document) {
      put_not_graded(document, NotGraded::not_applicable);
      put_text(document, sign_entry(document) + "/reason", std::move(heard.text));
    });
    return Move{};
  }

  std::optional<Move> comment() {
    const std::string entry = find_entry(session_.document(), "observations", code_);
    const std::string now = entry.empty() ? "" : text_at(session_.document(), entry + "/comment");
    session_.say(now.empty() ? "A comment on this item. Enter: none."
                             : "Now: " + now + " Enter keeps it; - removes it.");
    Heard heard = hear_words(session_, "Comment: ");
    if (heard.move) return heard.move;
    if (heard.text.empty() || (heard.text == "-" && now.empty())) return std::nullopt;
    if (heard.text == "-")
      session_.keep("Removed.", [&](Value& document) { take_away(document, entry + "/comment"); });
    else
      session_.keep({}, [&](Value& document) {
        const std::string own = observation_for(session_, document, code_);
        put_text(document, own + "/comment", std::move(heard.text));
      });
    return std::nullopt;
  }

  void take_back() {
    if (!session_.is_answered(leaf_)) return session_.say("There is no answer here to take back.");
    session_.keep(fmt::format("{} is open again; evidence and comment are kept.", code_),
                  [&](Value& document) {
                    const std::string entry = find_entry(document, "observations", code_);
                    for (const char* key : {"/grade", "/not_graded", "/reason"})
                      take_away(document, entry + key);
                    const auto& left = at(document, entry)->members();
                    if (std::ranges::all_of(
                            left, [](const Member& m) { return m.key == "node" || m.key == "by"; }))
                      take_away(document, entry);
                  });
  }

  /// The leaf's entry, with the name of who answers now.
  std::string sign_entry(Value& document) const {
    std::string entry = entry_for(document, session_.instrument(), "observations", code_);
    if (!session_.answering.empty()) put_text(document, entry + "/by", session_.answering);
    return entry;
  }

  [[nodiscard]] const Observation* observation() const {
    const auto& all = session_.facts().observations;
    const auto found = std::ranges::find(all, code_, &Observation::node);
    return found == all.end() ? nullptr : &*found;
  }

  Session& session_;
  NodeIndex leaf_;
  std::string code_;
};

}  // namespace

std::vector<Question> leaf_questions(const Session& session) {
  const Instrument& all = session.instrument();
  std::vector<Question> list;
  for (const NodeIndex leaf : session.leaves()) {
    const Node& node = all.node(leaf);
    const NodeIndex sub_area = node.level == Level::item ? *node.parent : leaf;
    const NodeIndex area = all.node(sub_area).parent.value_or(sub_area);
    list.push_back({node.code, all.node(area).label, named(all, sub_area), true,
                    session.is_answered(leaf),
                    [leaf](Session& s) { return LeafQuestion{s, leaf}.ask(); }});
  }
  return list;
}

}  // namespace gcp2::cli
