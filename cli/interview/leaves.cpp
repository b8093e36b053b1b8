#include "leaves.h"

#include <algorithm>
#include <utility>

#include "../phrase.h"
#include "evidence.h"
#include "people.h"

namespace gcp2::cli {
namespace {

std::string quality(const Session& session, Grade grade) {
  return session.instrument().scale[static_cast<std::size_t>(grade.number() - 1)].quality;
}

std::string in_words(NotGraded reason) {
  return phrase("ask.leaf.not_graded." + std::string{name_of(reason)});
}

/// One leaf while it is being asked about.
class LeafQuestion {
 public:
  LeafQuestion(Session& session, NodeIndex leaf)
      : session_{session}, leaf_{leaf}, code_{session.instrument().node(leaf).code} {}

  Move ask() {
    if (const auto move = settle_who_answers(session_, false)) return *move;
    show();
    if (!std::exchange(session_.has_met_a_leaf, true)) session_.say(phrase("ask.leaf.besides"));
    while (true) {
      const Heard heard = session_.hear(phrase("ask.leaf.prompt"));
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
    if (word == "e") return ask_evidence(session_, code_, phrase("ask.leaf.evidence"));
    if (word == "r") return remove_evidence(session_, code_);
    if (word == "c") return comment();
    if (word == "u") return take_back(), std::nullopt;
    if (word == "w") return settle_who_answers(session_, true);
    if (word.find_first_of("12345") == 0 && word.find_first_of(".,/-") == 1)
      session_.say(phrase("ask.leaf.no_halves"));
    else if (word.find(' ') != std::string::npos)
      session_.say(phrase("ask.leaf.grade_first"));
    else
      session_.say(phrase("ask.leaf.please_type"));
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
        session_.say(phrase("ask.leaf.descriptor", {{"number", std::to_string(i + 1)},
                                                    {"quality", all.scale[i].quality},
                                                    {"descriptor", wording->descriptors[i]}}),
                     2);
    session_.blank_line();
    show_current();
  }

  void show_current() const {
    const Observation* o = observation();
    if (o == nullptr) return;
    std::string now =
        o->grade ? phrase("ask.leaf.grade", {{"number", std::to_string(o->grade->number())},
                                             {"quality", quality(session_, *o->grade)}})
                 : in_words(o->not_graded.value_or(NotGraded::not_yet));
    if (!o->reason.empty())
      now = phrase("ask.leaf.because", {{"answer", now}, {"reason", o->reason}});
    if (!o->by.empty())
      now = phrase("ask.leaf.by", {{"answer", now}, {"name", assessor_name(session_, o->by)}});
    const bool is_answered = session_.is_answered(leaf_);
    session_.say(phrase(is_answered ? "ask.now_number" : "ask.now_open", {{"answer", now}}));
    say_evidence(session_, code_);
    if (!o->comment.empty())
      session_.say("  " + phrase("ask.leaf.comment_there", {{"comment", o->comment}}), 4);
    session_.say(phrase("ask.leaf.what_else"));
  }

  std::optional<Move> graded(Grade grade) {
    const Observation* before = observation();
    const bool had_reason = before != nullptr && !before->grade && !before->reason.empty();
    const bool has_evidence = before != nullptr && !before->evidence.empty();
    session_.keep(phrase("ask.leaf.graded", {{"code", code_},
                                             {"number", std::to_string(grade.number())},
                                             {"quality", quality(session_, grade)}}),
                  [&](Value& document) {
                    const std::string entry = sign_entry(document);
                    put(document, entry + "/grade", Value::number(grade.number()));
                    take_away(document, entry + "/not_graded");
                    if (had_reason) take_away(document, entry + "/reason");
                  });
    if (grade.number() == Grade::worst) session_.say(phrase("ask.leaf.call_999"));
    constexpr int serious = 4;
    const std::string_view words = has_evidence                ? "ask.leaf.more_evidence"
                                   : grade.number() >= serious ? "ask.leaf.evidence_needed"
                                                               : "ask.leaf.evidence_later";
    const auto move =
        ask_evidence(session_, code_, phrase(words, {{"grade", std::to_string(grade.number())}}));
    return move ? move : std::optional{Move{}};
  }

  void put_not_graded(Value& document, NotGraded why) const {
    const std::string entry = sign_entry(document);
    take_away(document, entry + "/grade");
    put_text(document, entry + "/not_graded", std::string{name_of(why)});
  }

  std::optional<Move> not_graded(NotGraded why) {
    session_.keep(phrase("ask.leaf.answered", {{"code", code_}, {"answer", in_words(why)}}),
                  [&](Value& document) { put_not_graded(document, why); });
    const std::string& now = observation()->reason;
    session_.say(now.empty() ? phrase("ask.leaf.why")
                             : phrase("ask.leaf.why_now", {{"reason", now}}));
    Heard heard = hear_words(session_, phrase("ask.reason_prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty()) return Move{};
    session_.keep({}, [&](Value& document) {
      put_text(document, sign_entry(document) + "/reason", std::move(heard.text));
    });
    return Move{};
  }

  std::optional<Move> not_applicable() {
    session_.say(phrase("ask.leaf.why_not_applicable"));
    Heard heard = hear_words(session_, phrase("ask.reason_prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty()) {
      session_.say(phrase("ask.leaf.unchanged"));
      return std::nullopt;
    }
    session_.keep(phrase("ask.leaf.answered",
                         {{"code", code_}, {"answer", in_words(NotGraded::not_applicable)}}),
                  [&](Value& document) {
                    put_not_graded(document, NotGraded::not_applicable);
                    put_text(document, sign_entry(document) + "/reason", std::move(heard.text));
                  });
    return Move{};
  }

  std::optional<Move> comment() {
    const std::string entry = find_entry(session_.document(), "observations", code_);
    const std::string now = entry.empty() ? "" : text_at(session_.document(), entry + "/comment");
    session_.say(now.empty() ? phrase("ask.leaf.comment")
                             : phrase("ask.leaf.comment_now", {{"comment", now}}));
    Heard heard = hear_words(session_, phrase("ask.comment_prompt"));
    if (heard.move) return heard.move;
    if (heard.text.empty() || (heard.text == "-" && now.empty())) return std::nullopt;
    if (heard.text == "-")
      session_.keep(phrase("ask.removed"),
                    [&](Value& document) { take_away(document, entry + "/comment"); });
    else
      session_.keep({}, [&](Value& document) {
        const std::string own = observation_for(session_, document, code_);
        put_text(document, own + "/comment", std::move(heard.text));
      });
    return std::nullopt;
  }

  void take_back() {
    if (!session_.is_answered(leaf_)) return session_.say(phrase("ask.leaf.nothing_to_take_back"));
    session_.keep(phrase("ask.leaf.taken_back", {{"code", code_}}), [&](Value& document) {
      const std::string entry = find_entry(document, "observations", code_);
      for (const char* key : {"/grade", "/not_graded", "/reason"}) take_away(document, entry + key);
      const auto& left = at(document, entry)->members();
      if (std::ranges::all_of(left,
                              [](const Member& m) { return m.key == "node" || m.key == "by"; }))
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
                    session.is_answered(leaf), [leaf](Session& s) {
                      return LeafQuestion{s, leaf}.ask();
                    }});
  }
  return list;
}

}  // namespace gcp2::cli
