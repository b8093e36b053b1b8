// Records of a child's siblings, started beside the child's own; evidence copied between drafts.
#include "../siblings.h"

#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../children.h"
#include "../members.h"
#include "gcp2/json.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404;

/// An entry of evidence, and the question that it answers.
struct Entry {
  NodeIndex leaf;
  Value evidence;
  std::string author;  ///< the name; empty where nobody is named

  /// As forms carry it: its words and not its place, which others can move.
  [[nodiscard]] std::string text(const Record& record) const {
    return record.instrument->node(leaf).code + " " + write_json(evidence, Layout::line);
  }
};

std::vector<Entry> entries_of(const Record& record, NodeIndex node) {
  std::vector<Entry> out;
  for (const NodeIndex leaf : leaves_of(record, node)) {
    const Value* observation = observation_of(record.document, record.instrument->node(leaf).code);
    const Value* list = observation == nullptr ? nullptr : observation->find("evidence");
    if (list == nullptr || !list->is_list()) continue;
    const auto& people = record.assessment.assessors;
    const auto who = std::ranges::find(people, observation->text_at("by"), &Assessor::ref);
    for (const Value& each : list->items())
      if (each.is_object()) out.push_back({leaf, each, who == people.end() ? "" : who->name});
  }
  return out;
}

Shown shown_entries(const Visit& visit, const Record& record, const std::vector<Entry>& entries) {
  Shown list{Shown::type::list};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Value& evidence = entries[i].evidence;
    const std::string value = entries[i].text(record);
    Shown one = shown({{"number", std::to_string(i + 1)},
                       {"value", value},
                       {"label", record.instrument->node(entries[i].leaf).label},
                       {"kind", kind_in_words(evidence.text_at("kind"))},
                       {"day", day_in_words(evidence.text_at("on"))},
                       {"text", std::string{evidence.text_at("text")}}});
    one.set("chosen", visit.form.ticks("evidence", value));
    list << one;
  }
  return list;
}

/// Those whose record of the same days is a draft.
std::vector<Sibling> with_drafts(std::vector<Sibling> siblings) {
  std::erase_if(siblings, [](const Sibling& each) { return !each.line || each.line->is_signed; });
  return siblings;
}

Shown shown_targets(const Visit& visit, const std::vector<Sibling>& drafts) {
  Shown list{Shown::type::list};
  const bool is_first_look = visit.request.method != "POST";
  for (const auto& [child, line] : drafts) {
    Shown one = shown({{"id", line->id.text()}, {"name", name_of_child(child)}});
    one.set("chosen", is_first_look || visit.form.ticks("target", line->id.text()));
    list << one;
  }
  return list;
}

/// The draft with one entry more; the same where it is there already.
Value with_evidence(Value document, const std::string& node, const Entry& entry,
                    const std::string& author) {
  const Value* before = observation_of(document, node);
  Value observation = before == nullptr ? Value::object() : *before;
  if (before == nullptr) observation.set("node", Value::text(node));
  std::vector<Value>& list = list_in(observation, "evidence");
  if (std::ranges::find(list, entry.evidence) != list.end()) return document;
  list.push_back(entry.evidence);
  // A grade that stands there stays its author's.
  if (before == nullptr) observation.set("by", Value::text(assessor_ref(document, author)));
  return with_observation(document, node, &observation);
}

/// What became of it, in words.
Allowed<std::string> copied(const Visit& visit, const Record& from,
                            const std::vector<Entry>& entries, const Sibling& to) {
  const auto kept = visit.desk().read(to.line->id, {});
  if (!kept) return kept.error();
  const Record record = judge(*kept, visit.site.instruments, visit.site.today(), {}, {});
  Value changed = *kept;
  std::size_t count = 0;
  for (const Entry& entry : entries) {
    if (record.instrument != from.instrument || leaves_of(record, entry.leaf).empty()) continue;
    const std::string& name = entry.author.empty() ? visit.desk().account().name : entry.author;
    Value next = with_evidence(changed, record.instrument->node(entry.leaf).code, entry, name);
    if (next == changed) continue;
    changed = std::move(next);
    ++count;
  }
  const auto done = visit.desk().save_draft(*kept, changed, {});
  if (!done) return done.error();
  return phrase(count == 0 ? "serve.copied_nothing" : "serve.copied",
                {{"child", name_of_child(to.child)}, {"count", std::to_string(count)}});
}

/// The draft of the path with the page of questions that it says, or what is answered instead.
struct Open {
  std::optional<Answer> instead = {};
  std::optional<Record> record = {};
  NodeIndex node = 0;
  std::vector<Entry> entries = {};
  std::vector<Sibling> drafts = {};
};

Open opened(const Visit& visit) {
  auto record = judged(visit, visit.id());
  if (!record) return {problem(visit, record.error())};
  const auto node = page_node(*record, visit.parts[1]);
  if (!node) return {problem(visit, not_found, phrase("serve.no_page"))};
  if (record->assessment.is_signed) return {problem(visit, {.why = Why::is_signed})};
  auto siblings =
      siblings_beside(visit, visit.visitor.person->child_of.at(visit.id()), record->document);
  if (!siblings) return {problem(visit, siblings.error())};
  auto entries = entries_of(*record, *node);
  return {{}, *std::move(record), *node, std::move(entries), with_drafts(*std::move(siblings))};
}

Answer shown_evidence(const Visit& visit, const Open& open, const std::vector<std::string>& said,
                      const std::vector<Slip>& slips) {
  const Node& what = open.record->instrument->node(open.node);
  Shown content = shown({{"record", visit.id().text()},
                         {"code", what.code},
                         {"label", what.label},
                         {"child", name_of_child(*open.record)},
                         {"window", window_of(*open.record)}});
  Shown results{Shown::type::list};
  for (const std::string& text : said) results << shown({{"text", text}});
  content.set("copied", results);
  content.set("any_copied", !said.empty());
  content.set("entries", shown_entries(visit, *open.record, open.entries));
  content.set("any_entries", !open.entries.empty());
  content.set("targets", shown_targets(visit, open.drafts));
  content.set("any_targets", !open.drafts.empty());
  return page(visit, "evidence", phrase("serve.copy_evidence"), content, slips);
}

}  // namespace

Answer siblings_of_record(const Visit& visit, const Id& id, const std::vector<Slip>& slips) {
  const auto record = judged(visit, id);
  if (!record) return problem(visit, record.error());
  if (record->assessment.is_signed) return problem(visit, {.why = Why::is_signed});
  const auto siblings =
      siblings_beside(visit, visit.visitor.person->child_of.at(id), record->document);
  if (!siblings) return problem(visit, siblings.error());
  Shown begun{Shown::type::list};
  std::vector<ChildFacts> choices;
  for (const auto& [child, line] : *siblings) {
    if (!line) {
      choices.push_back(child);
      continue;
    }
    Shown one = shown({{"id", line->id.text()}, {"name", name_of_child(child)}});
    one.set("draft", !line->is_signed);
    begun << one;
  }
  Shown content = shown({{"record", id.text()},
                         {"child", name_of_child(*record)},
                         {"window", window_of(*record)},
                         {"family", record->assessment.child.family}});
  content.set("begun", begun);
  content.set("any_begun", begun.is_non_empty_list());
  show_sibling_fields(content, visit.form, choices, slips);
  return page(visit, "siblings", phrase("serve.siblings"), content, slips);
}

Answer siblings_page(Visit& visit) { return siblings_of_record(visit, visit.id(), {}); }

Answer start_siblings(Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  if (record->assessment.is_signed) return problem(visit, {.why = Why::is_signed});
  std::vector<Slip> slips = slips_in_siblings(visit.form, record->assessment.child.family);
  if (!names_siblings(visit.form)) slips.push_back({"sibling_ref", phrase("serve.need_sibling")});
  if (slips.empty()) {
    const auto siblings =
        siblings_beside(visit, visit.visitor.person->child_of.at(visit.id()), record->document);
    if (!siblings) return problem(visit, siblings.error());
    slips = start_beside(visit, record->document, *siblings);
  }
  return slips.empty() ? see("/records/" + visit.id().text() + "/siblings")
                       : siblings_of_record(visit, visit.id(), slips);
}

Answer evidence_page(Visit& visit) {
  Open open = opened(visit);
  return open.instead ? *std::move(open.instead) : shown_evidence(visit, open, {}, {});
}

Answer copy_evidence(Visit& visit) {
  Open open = opened(visit);
  if (open.instead) return *std::move(open.instead);
  std::vector<Entry> chosen;
  for (const Entry& each : open.entries)
    if (visit.form.ticks("evidence", each.text(*open.record))) chosen.push_back(each);
  std::vector<Slip> slips;
  std::vector<std::string> said;
  if (chosen.empty()) slips.push_back({"evidence", phrase("serve.need_evidence")});
  if (!visit.form.has("target")) slips.push_back({"targets", phrase("serve.need_target_child")});
  if (!slips.empty()) return shown_evidence(visit, open, said, slips);
  for (const Sibling& each : open.drafts) {
    if (!visit.form.ticks("target", each.line->id.text())) continue;
    const auto done = copied(visit, *open.record, chosen, each);
    if (done)
      said.push_back(*done);
    else
      slips.push_back(
          {"targets", phrase("serve.sibling_refused", {{"child", name_of_child(each.child)},
                                                       {"why", sentence(done.error())}})});
  }
  return shown_evidence(visit, open, said, slips);
}

}  // namespace gcp2::cli::web
