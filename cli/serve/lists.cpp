#include "lists.h"

#include <algorithm>

#include "../phrase.h"
#include "answers.h"
#include "page.h"

namespace gcp2::cli::web {
namespace {

using enum EntryField::Kind;
using Choices = std::vector<Choice>;

std::string grade_in_words(const std::optional<Grade>& grade) {
  return grade ? phrase("serve.grade", {{"grade", std::to_string(grade->number())}})
               : phrase("serve.no_grade");
}

/// Nodes that apply to the child, each with its grade as it is without a judgement.
Choices nodes_of(const Record& record, bool of_leaves) {
  const Instrument& instrument = *record.instrument;
  const Scorecard card = score(instrument, *instrument.rule(instrument.default_rule), record.sheet);
  Choices out;
  for (NodeIndex node = 0; node < instrument.nodes.size(); ++node) {
    if (instrument.is_leaf(node) != of_leaves || leaves_of(record, node).empty()) continue;
    const Node& what = instrument.node(node);
    const auto& grade = of_leaves ? card.nodes[node].grade : card.nodes[node].computed;
    out.push_back(
        {what.code, what.code + " " + what.label + ": " + grade_in_words(grade), what.label});
  }
  return out;
}
Choices areas(const Record& record) { return nodes_of(record, false); }
Choices items(const Record& record) { return nodes_of(record, true); }

Choice named(const std::string& value, const std::string& name) {
  const std::string& said = name.empty() ? value : name;
  return {value, said, said};
}
Choices carers(const Record& record) {
  Choices out;
  for (const Carer& each : record.assessment.carers)
    out.push_back(named(each.ref, each.name.empty() ? each.relationship : each.name));
  return out;
}
Choices people(const Record& record) {
  Choices out;
  for (const FamilyMember& each : record.assessment.family.members)
    out.push_back(named(each.ref, each.name));
  return out;
}
Choices people_and_agencies(const Record& record) {
  Choices out = people(record);
  for (const Agency& each : record.assessment.agencies) out.push_back(named(each.name, each.name));
  return out;
}

/// The words that the format knows for a field.
Choices words_of(const EntryList& list, std::string_view key) {
  const auto field_of = [](const Shape& shape, std::string_view wanted) -> const Field& {
    return *std::ranges::find(shape.fields, wanted, &Field::key);
  };
  const Shape* shape = &assessment_shape();
  if (!list.object.empty()) shape = field_of(*shape, list.object).shape;
  Choices out;
  for (const std::string_view word : field_of(*field_of(*shape, list.member).shape, key).words)
    out.push_back(named(std::string{word}, phrase("serve.word." + std::string{word})));
  return out;
}

constexpr EntryField judgement_fields[] = {
    {"node", "node", one, "serve.need_node", areas},
    {"grade", "grade", grade, "serve.need_grade"},
    {"words", "reason", text, "serve.need_reason"},
};
constexpr EntryField comment_fields[] = {
    {"node", "node", one, "serve.need_node", areas},
    {"words", "text", text, "serve.need_words"},
};
constexpr EntryField target_fields[] = {
    {"node", "node", one, "serve.need_node", items},
    {"grade", "to", grade, "serve.need_grade"},
    {"review_by", "review_by", day, "serve.need_review_by"},
    {"words", "support", text},
};
constexpr EntryField carer_fields[] = {
    {"name", "name", line},
    {"relationship", "relationship", line, "serve.need_relationship"},
    {"main_carer", "main", tick},
};
constexpr EntryField member_fields[] = {
    {"name", "name", line, "serve.need_name"},
    {"sex", "sex", one},
    {"born", "born", day},
    {"died", "died", day},
    {"deceased", "deceased", tick},
    {"is_child", "is_child", tick},
    {"in_household", "in_household", tick},
    {"carer", "carer", one, {}, carers},
};
constexpr EntryField union_fields[] = {
    {"between", "between", several, "serve.need_between", people},
    {"kind", "kind", one},
    {"children", "children", several, {}, people},
};
constexpr EntryField agency_fields[] = {
    {"name", "name", line, "serve.need_agency"},
    {"involvement", "involvement", text},
    {"since", "since", day},
};
constexpr EntryField tie_fields[] = {
    {"from", "from", one, "serve.need_person", people},
    {"to", "to", one, "serve.need_tie", people_and_agencies},
    {"kind", "kind", one, "serve.need_tie_kind"},
};
constexpr EntryField assessor_fields[] = {
    {"name", "name", line, "serve.need_name"},
    {"role", "role", line},
    {"agency", "agency", line},
    {"trained_on", "trained_on", day},
    {"leads", leads_field, tick},
};
constexpr EntryField event_fields[] = {
    {"on", "on", day, "serve.need_day"},
    {"text", "text", text, "serve.need_words"},
};

constexpr EntryList of_family[] = {
    {"carers", "", "carers", "K", carer_fields},
    {"family", "family", "members", "M", member_fields},
    {"couples", "family", "unions", "", union_fields},
    {"agencies", "", "agencies", "", agency_fields},
    {"ties", "family", "ties", "", tie_fields},
    {"contributors", "", "assessors", "P", assessor_fields},
    {"events", "", "events", "", event_fields},
};
constexpr EntryList of_judgement[] = {
    {"judgements", "", "judgements", "", judgement_fields},
    {"comments", "", "comments", "", comment_fields},
    {"targets", "", "targets", "", target_fields},
};
}  // namespace

std::span<const EntryList> family_lists() noexcept { return of_family; }
std::span<const EntryList> judgement_lists() noexcept { return of_judgement; }

const EntryList* entry_list(std::string_view name) noexcept {
  for (const auto lists : {family_lists(), judgement_lists()})
    if (const auto found = std::ranges::find(lists, name, &EntryList::name); found != lists.end())
      return &*found;
  return nullptr;
}

std::vector<Choice> choices_of(const Record& record, const EntryList& list,
                               const EntryField& field) {
  return field.choices == nullptr ? words_of(list, field.key) : field.choices(record);
}

std::string said_of(const Record& record, const EntryList& list, const EntryField& field,
                    const Value& entry) {
  const Value* value = entry.find(field.key);
  if (value == nullptr) return "";
  std::string said;
  const std::string key = std::string{list.name} + "." + std::string{field.name};
  if (field.kind == tick) return value->truth() ? phrase("serve.field." + key) : "";
  if (field.kind == grade) {
    said = phrase("serve.grade", {{"grade", value->text()}});
  } else if (field.kind == day) {
    said = day_in_words(value->text());
  } else if (field.kind == one || field.kind == several) {
    const auto choices = choices_of(record, list, field);
    const std::vector<Value> chosen =
        value->is_list() ? value->items() : std::vector<Value>{*value};
    for (const Value& each : chosen) {
      const auto found = std::ranges::find(choices, each.text(), &Choice::value);
      said += (said.empty() ? "" : ", ") + (found == choices.end() ? each.text() : found->said);
    }
  } else {
    said = value->text();
  }
  if (said.empty() || !Language::english().has("serve.said." + key)) return said;
  return phrase("serve.said." + key, {{"value", said}});
}

std::string way_into_lists(std::string_view pointer) {
  if (pointer == "/lead_professional") return "/lists/contributors";
  for (const auto lists : {family_lists(), judgement_lists()})
    for (const EntryList& list : lists) {
      std::string start = "/";
      if (!list.object.empty()) start += std::string{list.object} + "/";
      start += list.member;
      if (!pointer.starts_with(start)) continue;
      std::string_view rest = pointer.substr(start.size());
      std::string way = "/lists/" + std::string{list.name};
      if (rest.empty()) return way;
      const std::size_t end = std::min(rest.find('/', 1), rest.size());
      way += rest.substr(0, end);
      rest.remove_prefix(end);
      if (!rest.empty()) rest.remove_prefix(1);
      const auto field =
          std::ranges::find(list.fields, rest.substr(0, rest.find('/')), &EntryField::key);
      const EntryField& led_to = field == list.fields.end() ? list.fields.front() : *field;
      return way + "#" + std::string{led_to.name};
    }
  return "";
}

}  // namespace gcp2::cli::web
