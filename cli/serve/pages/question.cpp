// A page of questions for each sub-area: grades side by side, evidence, and the grade before.
#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../siblings.h"
#include "../told.h"
#include "gcp2/json.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr std::size_t most_evidence = 20;
constexpr int bad_request = 400, not_found = 404, conflict = 409;

/// What was typed and not saved, in place of what is kept.
struct Typed {
  const Form* form = nullptr;
  std::vector<std::string> clashes = {};
};

const Observation* observation_in(const Assessment& a, std::string_view node) {
  const auto found = std::ranges::find(a.observations, node, &Observation::node);
  return found == a.observations.end() ? nullptr : &*found;
}

Shown shown_evidence(const std::string& code, const std::vector<Evidence>& entries) {
  Shown list{Shown::type::list};
  const std::size_t count = std::min(entries.size() + 1, most_evidence);
  for (std::size_t i = 0; i < std::max(count, entries.size()); ++i) {
    const Evidence entry = i < entries.size() ? entries[i] : Evidence{};
    Shown choices{Shown::type::list};
    for (const std::string_view kind : evidence_kinds) {
      Shown choice = shown({{"value", std::string{kind}}, {"label", kind_in_words(kind)}});
      choice.set("chosen", entry.kind == kind);
      choices << choice;
    }
    Shown one = shown({{"name", code + "." + std::to_string(i)},
                       {"id", code + "-" + std::to_string(i)},
                       {"number", std::to_string(i + 1)},
                       {"on", entry.on ? entry.on->text() : ""},
                       {"text", entry.text}});
    one.set("kinds", choices);
    list << one;
  }
  return list;
}

Shown shown_leaf(const Record& record, NodeIndex leaf, const std::optional<Record>& earlier,
                 const Typed& typed) {
  const Instrument& instrument = *record.instrument;
  const Node& node = instrument.node(leaf);
  const Value* kept = observation_of(record.document, node.code);
  Findings ignored;
  Assessment in_page = record.assessment;
  if (typed.form != nullptr) {
    const auto value = answered(*typed.form, node.code, kept, "");
    in_page = read_assessment(
        with_observation(record.document, node.code, value ? &*value : nullptr), ignored);
  }
  const Observation* now = observation_in(in_page, node.code);
  const Observation nothing{};
  const Observation& o = now == nullptr ? nothing : *now;
  Shown out = shown({{"code", node.code},
                     {"label", node.label},
                     {"note", node.note},
                     {"reason", o.reason},
                     {"base", kept == nullptr ? "" : write_json(*kept, Layout::line)}});
  const Wording* wording = instrument.wording(leaf, record.sheet.age_months);
  Shown grades{Shown::type::list};
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    const auto index = static_cast<std::size_t>(number - 1);
    const std::string text = std::to_string(number);
    Shown grade = shown({{"value", text},
                         {"id", number == Grade::best ? node.code : node.code + "-g" + text},
                         {"text", wording == nullptr ? instrument.scale[index].level_of_care
                                                     : wording->descriptors[index]}});
    grade.set("chosen", o.grade && o.grade->number() == number);
    grades << grade;
  }
  out.set("grades", grades);
  Shown others{Shown::type::list};
  for (const NotGraded why : {NotGraded::not_yet, NotGraded::not_observed, NotGraded::declined,
                              NotGraded::not_applicable}) {
    const bool is_none = why == NotGraded::not_yet;
    Shown other = shown({{"value", is_none ? "" : std::string{name_of(why)}},
                         {"id", node.code + "-" + std::string{name_of(why)}},
                         {"label", phrase("serve.not_graded." + std::string{name_of(why)})}});
    other.set("chosen", !o.grade && (is_none ? !o.not_graded : o.not_graded == why));
    others << other;
  }
  out.set("others", others);
  out.set("evidence", shown_evidence(node.code, o.evidence));
  if (earlier) {
    const Observation* then = observation_in(earlier->assessment, node.code);
    const auto& to = earlier->assessment.window_to;
    if (then != nullptr && then->grade)
      out.set("earlier",
              phrase("serve.earlier_grade", {{"grade", std::to_string(then->grade->number())},
                                             {"day", to ? day_in_words(to->text()) : ""}}));
  }
  const bool clashes = std::ranges::find(typed.clashes, node.code) != typed.clashes.end();
  if (clashes && kept != nullptr) {
    const Observation* theirs = observation_in(record.assessment, node.code);
    out.set("clash",
            phrase(theirs != nullptr && theirs->grade ? "serve.clash_grade" : "serve.clash",
                   {{"grade", theirs != nullptr && theirs->grade
                                  ? std::to_string(theirs->grade->number())
                                  : ""}}));
  }
  return out;
}

Answer questions(const Visit& visit, const Record& record, NodeIndex node, const Typed& typed) {
  const Id child = visit.visitor.person->child_of.at(visit.id());
  const auto earlier = last_signed(visit, child, visit.id());
  if (!earlier) return problem(visit, earlier.error());
  const auto siblings = siblings_of(visit, child, record.assessment.child.family);
  if (!siblings) return problem(visit, siblings.error());
  const Instrument& instrument = *record.instrument;
  Shown leaves{Shown::type::list};
  for (const NodeIndex leaf : leaves_of(record, node))
    leaves << shown_leaf(record, leaf, *earlier, typed);
  const Node& what = instrument.node(node);
  Shown content = shown({{"record", visit.id().text()},
                         {"code", what.code},
                         {"child", name_of_child(record)},
                         {"window", window_of(record)},
                         {"area", what.parent ? instrument.node(*what.parent).label : ""},
                         {"note", instrument.is_leaf(node) ? "" : what.note}});
  content.set("leaves", leaves);
  content.set("any_siblings", !siblings->empty());
  std::vector<Slip> slips;
  for (const std::string& clash : typed.clashes)
    slips.push_back({clash, phrase("serve.clash_in", {{"node", clash}})});
  return page(visit, "question", what.label, content, slips, slips.empty() ? 200 : conflict);
}

/// Where one goes on after a page of questions.
std::string next_page(const Visit& visit, const Record& record, NodeIndex node) {
  const std::string start = "/records/" + visit.id().text();
  if (visit.form.text("then") == "list") return start;
  if (visit.form.text("then") == "copy") return start + "/siblings/" + visit.parts[1];
  if (visit.form.text("then") == "more") return start + "/answers/" + visit.parts[1];
  for (const NodeIndex page : pages_of(*record.instrument))
    if (page > node && !leaves_of(record, page).empty())
      return start + "/answers/" + record.instrument->node(page).code;
  return start + "/check";
}

struct Change {
  Value base, changed;
};

/// Base and changed differ in what this form changed, and in nothing else: whatever others did
/// meanwhile stays, and where they answered the same leaf otherwise, the desk says so. nullopt: the
/// form holds no answers of ours.
std::optional<Change> change_in(const Visit& visit, const Record& record, NodeIndex node) {
  Value with_author = record.document;
  const std::string by = assessor_ref(with_author, visit.desk().account().name);
  Change out{record.document, with_author};
  bool changes = false;
  for (const NodeIndex leaf : leaves_of(record, node)) {
    const std::string& code = record.instrument->node(leaf).code;
    if (!visit.form.has("base." + code)) continue;
    const std::string_view text = visit.form.text("base." + code);
    Findings wrong;
    const Value was = text.empty() ? Value{} : read_json(text, wrong);
    if (!wrong.empty() || (!text.empty() && was.text_at("node") != code)) return std::nullopt;
    const Value* before = text.empty() ? nullptr : &was;
    const auto now = answered(visit.form, code, before, by);
    if (before == nullptr ? !now : now && *now == was) continue;
    changes = true;
    out.base = with_observation(out.base, code, before);
    out.changed = with_observation(out.changed, code, now ? &*now : nullptr);
  }
  if (!changes) return Change{record.document, record.document};
  return out;
}

/// For the script: what the answers are now, to be compared with at the next change.
Answer saved(const Record& record, NodeIndex node) {
  Value bases = Value::object();
  for (const NodeIndex leaf : leaves_of(record, node)) {
    const std::string& code = record.instrument->node(leaf).code;
    const Value* kept = observation_of(record.document, code);
    bases.set(code, Value::text(kept == nullptr ? "" : write_json(*kept, Layout::line)));
  }
  Value out = Value::object();
  out.set("bases", std::move(bases));
  return {200, {{"Content-Type", "application/json"}}, write_json(out, Layout::line)};
}

}  // namespace

Answer question_page(Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  const auto node = page_node(*record, visit.parts[1]);
  if (!node) return problem(visit, not_found, phrase("serve.no_page"));
  if (record->assessment.is_signed) return problem(visit, {.why = Why::is_signed});
  return questions(visit, *record, *node, {});
}

Answer save_answers(Visit& visit) {
  const bool by_script = visit.request.header("accept") == "application/json";
  constexpr int most_tries = 3;
  for (int tries = 1;; ++tries) {
    const auto record = judged(visit, visit.id());
    if (!record) return problem(visit, record.error());
    const auto node = page_node(*record, visit.parts[1]);
    if (!node) return problem(visit, not_found, phrase("serve.no_page"));
    const auto change = change_in(visit, *record, *node);
    if (!change) return problem(visit, bad_request, phrase("serve.no_form"));
    auto done = change->base == change->changed
                    ? Allowed<Value>{record->document}
                    : visit.desk().save_draft(change->base, change->changed, visit.purpose());
    if (!done && done.error().why == Why::changed_meanwhile) {
      // Two who answer for the first time put themselves among the assessors: no clash of answers.
      std::vector<std::string> clashes = done.error().places;
      std::erase(clashes, "assessors");
      if (clashes.empty() && tries < most_tries) continue;
      if (!by_script) return questions(visit, *record, *node, {&visit.form, std::move(clashes)});
    }
    if (!done) return problem(visit, done.error());
    if (!by_script) return see(next_page(visit, *record, *node));
    return saved(judge(*done, visit.site.instruments, visit.site.today(), {}, {}), *node);
  }
}

}  // namespace gcp2::cli::web
