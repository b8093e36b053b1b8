// A practitioner's own grades of areas and sub-areas, each with its reason; targets for items.
#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../told.h"
#include "gcp2/json.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404, conflict = 409;

/// What a page keeps in a list of the document, an entry a node at most.
struct Kind {
  std::string_view member;  ///< of the document, and the page's name
  std::string_view grade;   ///< the entry's grade
  std::string_view words;   ///< the entry's text
};
constexpr Kind judgement{"judgements", "grade", "reason"};
constexpr Kind target{"targets", "to", "support"};

std::string list_text(const Value& document, const Kind& kind) {
  const Value* list = document.find(kind.member);
  return list == nullptr ? "" : write_json(*list, Layout::line);
}

std::string address(const Visit& visit, const Kind& kind) {
  return "/records/" + visit.id().text() + "/" + std::string{kind.member};
}

/// Areas and sub-areas are judged, items have targets; of what applies to the child.
std::vector<NodeIndex> nodes_for(const Record& record, const Kind& kind) {
  std::vector<NodeIndex> nodes;
  const Instrument& instrument = *record.instrument;
  const bool of_leaves = kind.member == target.member;
  for (NodeIndex node = 0; node < instrument.nodes.size(); ++node)
    if (instrument.is_leaf(node) == of_leaves && !leaves_of(record, node).empty())
      nodes.push_back(node);
  return nodes;
}

std::string in_words(const std::optional<Grade>& grade) {
  return grade ? phrase("serve.grade", {{"grade", std::to_string(grade->number())}})
               : phrase("serve.no_grade");
}

/// `typed`: what is shown again in the form because of the slips.
Answer shown_page(const Visit& visit, const Record& record, const Kind& kind, const Form& typed,
                  const std::vector<Slip>& slips, int status) {
  const Instrument& instrument = *record.instrument;
  const Scorecard card = score(instrument, *instrument.rule(instrument.default_rule), record.sheet);
  Shown nodes{Shown::type::list};
  for (const NodeIndex node : nodes_for(record, kind)) {
    const Node& what = instrument.node(node);
    Shown one =
        shown({{"code", what.code},
               {"label", what.label},
               {"grade", in_words(kind.member == target.member ? card.nodes[node].grade
                                                               : card.nodes[node].computed)}});
    one.set("is_area", what.level == Level::area);
    one.set("chosen", typed.text("node") == what.code);
    nodes << one;
  }
  Shown entries{Shown::type::list};
  if (const Value* list = record.document.find(kind.member); list != nullptr && list->is_list())
    for (const Value& each : list->items()) {
      const std::string code{each.text_at("node")};
      const auto node = instrument.find(code);
      const Value* grade = each.find(kind.grade);
      entries << shown(
          {{"code", code},
           {"label", node ? instrument.node(*node).label : code},
           {"grade", grade == nullptr
                         ? phrase("serve.no_grade")
                         : phrase("serve.grade", {{"grade", std::string{grade->text()}}})},
           {"words", std::string{each.text_at(kind.words)}},
           {"day", day_in_words(each.text_at("review_by"))}});
    }
  Shown grades{Shown::type::list};
  for (int grade = 1; grade <= 5; ++grade) {
    Shown one = shown({{"value", std::to_string(grade)}});
    one.set("chosen", typed.text("grade") == std::to_string(grade));
    grades << one;
  }
  Shown content = shown({{"record", visit.id().text()},
                         {"child", name_of_child(record)},
                         {"window", window_of(record)},
                         {"words", std::string{typed.text("words")}},
                         {"review_by", std::string{typed.text("review_by")}},
                         {"base", list_text(record.document, kind)}});
  content.set("nodes", nodes);
  content.set("entries", entries);
  content.set("any", entries.is_non_empty_list());
  content.set("grades", grades);
  return page(visit, kind.member, phrase("serve." + std::string{kind.member}), content, slips,
              status);
}

/// The entry that the form says.
Value entry_of(const Record& record, const Kind& kind, const Form& form) {
  Value entry = Value::object();
  const std::string code{form.text("node")};
  entry.set("node", Value::text(code));
  if (kind.member == target.member) {
    const auto& now = record.sheet.marks[*record.instrument->find(code)].grade;
    if (now) entry.set("from", Value::number(now->number()));
  }
  entry.set(kind.grade, Value::number(form.text("grade").front() - '0'));
  if (!form.text("review_by").empty())
    entry.set("review_by", Value::text(std::string{form.text("review_by")}));
  if (!form.text("words").empty())
    entry.set(kind.words, Value::text(std::string{form.text("words")}));
  return entry;
}

std::vector<Slip> slips_in(const Record& record, const Kind& kind, const Form& form) {
  std::vector<Slip> slips;
  const auto node = record.instrument->find(form.text("node"));
  const auto nodes = nodes_for(record, kind);
  if (!node || std::ranges::find(nodes, *node) == nodes.end())
    slips.push_back({"node", phrase("serve.need_node")});
  const std::string_view grade = form.text("grade");
  if (grade.size() != 1 || grade.front() < '1' || grade.front() > '5')
    slips.push_back({"grade", phrase("serve.need_grade")});
  if (kind.member == target.member) {
    if (!Date::parse(form.text("review_by")))
      slips.push_back({"review_by", phrase("serve.need_review_by")});
  } else if (form.text("words").empty()) {
    slips.push_back({"words", phrase("serve.need_reason")});
  }
  return slips;
}

struct Open {
  std::optional<Answer> instead = {};
  std::optional<Record> record = {};
};

/// The draft of the path, or what is answered instead.
Open opened(const Visit& visit) {
  auto record = judged(visit, visit.id());
  if (!record) return {problem(visit, record.error())};
  if (record->instrument == nullptr) return {problem(visit, not_found, phrase("serve.no_page"))};
  if (record->assessment.is_signed) return {problem(visit, {.why = Why::is_signed})};
  return {{}, *std::move(record)};
}

Answer shown_kind(const Visit& visit, const Kind& kind) {
  Open open = opened(visit);
  if (open.instead) return *std::move(open.instead);
  return shown_page(visit, *open.record, kind, {}, {}, 200);
}

Answer save_kind(const Visit& visit, const Kind& kind) {
  Open open = opened(visit);
  if (open.instead) return *std::move(open.instead);
  const Record& record = *open.record;
  if (visit.form.text("base") != list_text(record.document, kind))
    return shown_page(visit, record, kind, visit.form, {{"node", phrase("serve.changed_list")}},
                      conflict);
  const std::string_view removed = visit.form.text("remove");
  if (removed.empty())
    if (const auto slips = slips_in(record, kind, visit.form); !slips.empty())
      return shown_page(visit, record, kind, visit.form, slips, 200);
  const std::string_view code = removed.empty() ? visit.form.text("node") : removed;
  Value list = Value::list();
  if (const Value* before = record.document.find(kind.member);
      before != nullptr && before->is_list())
    for (const Value& each : before->items())
      if (each.text_at("node") != code) list.items().push_back(each);
  if (removed.empty()) list.items().push_back(entry_of(record, kind, visit.form));
  Value changed = record.document;
  if (list.items().empty())
    changed.erase(kind.member);
  else
    changed.set(kind.member, std::move(list));
  const auto done = visit.desk().save_draft(record.document, changed, visit.purpose());
  if (!done) return problem(visit, done.error());
  return see(address(visit, kind));
}

}  // namespace

Answer judgements_page(Visit& visit) { return shown_kind(visit, judgement); }
Answer save_judgement(Visit& visit) { return save_kind(visit, judgement); }
Answer targets_page(Visit& visit) { return shown_kind(visit, target); }
Answer save_target(Visit& visit) { return save_kind(visit, target); }

}  // namespace gcp2::cli::web
