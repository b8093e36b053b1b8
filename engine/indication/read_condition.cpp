#include <algorithm>
#include <array>

#include "indication/reading.h"

namespace gcp2::reading_rules {
namespace {

using Kind = IndicationCondition::Kind;

struct Named {
  std::string_view name;
  Kind kind;
  bool asks_node = false;  ///< must stand where a node is looked at
};
constexpr auto kinds = std::to_array<Named>({
    {"all", Kind::all},
    {"any", Kind::any},
    {"not", Kind::negation},
    {"open", Kind::open},
    {"node", Kind::node},
    {"some", Kind::some},
    {"every", Kind::every},
    {"count", Kind::count},
    {"types", Kind::types},
    {"grade", Kind::grade, true},
    {"computed", Kind::computed, true},
    {"recorded", Kind::recorded, true},
    {"possible", Kind::possible, true},
    {"status", Kind::status, true},
    {"previous", Kind::previous, true},
    {"earlier", Kind::earlier, true},
    {"change", Kind::change, true},
    {"run", Kind::run, true},
    {"evidence_missing", Kind::evidence_missing, true},
    {"missing", Kind::missing},
    {"age", Kind::age},
    {"consent", Kind::consent},
    {"target_overdue", Kind::target_overdue},
    {"earlier_not_opened", Kind::earlier_not_opened},
    {"not_comparable", Kind::not_comparable},
});

constexpr int most_nodes = 4096, most_days = 18 * 366, most_months = 18 * 12;

void read_grades(const Form& form, IndicationCondition& condition) {
  if (!form.object({"at_least", "at_most"})) return;
  const auto from = form.number("at_least", false, Grade::best, Grade::worst);
  const auto to = form.number("at_most", false, Grade::best, Grade::worst);
  if (from) condition.from = *Grade::from(*from);
  if (to) condition.to = *Grade::from(*to);
  if (form.value.find("at_least") == nullptr && form.value.find("at_most") == nullptr)
    form.refuse("missing_key", {{"key", "at_least"}});
  else if (condition.from.worse_than(condition.to))
    form.refuse("empty_range");
}

void read_one_part(const Form& form, IndicationCondition& condition, bool on_node) {
  condition.parts.push_back(read_condition(form, on_node));
}

void read_search(const Form& form, IndicationCondition& condition) {
  const bool one = condition.kind == Kind::node;
  const bool counts = condition.kind == Kind::count || condition.kind == Kind::types;
  std::vector<std::string_view> keys{"is"};
  if (one)
    keys.push_back("code");
  else
    keys.insert(keys.end(), {"level", "under", "type"});
  if (counts) keys.push_back("at_least");
  if (!form.object(keys)) return;
  if (one) {
    condition.code = form.text("code", true);
  } else {
    static const std::vector<std::string_view> scopes{"area", "sub_area", "item", "leaf", "any"};
    if (const auto scope = form.word("level", true, scopes))
      condition.scope = static_cast<IndicationCondition::Scope>(*scope);
    condition.code = form.text("under", false);
    if (const auto type = form.word("type", false, neglect_words()))
      condition.type = neglect_types[*type];
  }
  const int most = condition.kind == Kind::types ? static_cast<int>(neglect_types.size())
                                                 : most_nodes;
  if (counts) condition.number = form.number("at_least", true, 1, most).value_or(1);
  if (const auto is = form.member("is", true)) read_one_part(*is, condition, true);
}

void read_change(const Form& form, IndicationCondition& condition) {
  if (!form.object({"since", "worsened", "improved"})) return;
  condition.since_first = form.word("since", true, {"previous", "first"}) == 1U;
  const auto worsened = form.number("worsened", false, 1, 4);
  const auto improved = form.number("improved", false, 1, 4);
  condition.worsened = worsened.has_value();
  condition.number = worsened ? *worsened : improved.value_or(1);
  const bool says_worsened = form.value.find("worsened") != nullptr;
  if (says_worsened == (form.value.find("improved") != nullptr))
    form.refuse("one_of_two", {{"first", "worsened"}, {"second", "improved"}});
}

void read_run(const Form& form, IndicationCondition& condition) {
  if (!form.object({"at_least", "assessments", "days"})) return;
  if (const auto from = form.number("at_least", true, Grade::best, Grade::worst))
    condition.from = *Grade::from(*from);
  const auto assessments = form.number("assessments", false, 1, 1000);
  const auto days = form.number("days", false, 1, most_days);
  condition.in_days = days.has_value();
  condition.number = days ? *days : assessments.value_or(1);
  const bool says_days = form.value.find("days") != nullptr;
  if (says_days == (form.value.find("assessments") != nullptr))
    form.refuse("one_of_two", {{"first", "assessments"}, {"second", "days"}});
}

void read_age(const Form& form, IndicationCondition& condition) {
  if (!form.object({"from", "to"})) return;
  condition.age_from = form.number("from", false, 0, most_months);
  condition.age_to = form.number("to", false, 1, most_months);
  if (form.value.find("from") == nullptr && form.value.find("to") == nullptr)
    form.refuse("missing_key", {{"key", "from"}});
  if (condition.age_from && condition.age_to && *condition.age_from >= *condition.age_to)
    form.refuse("bad_band");
}

void read_true(const Form& form) {
  if (!form.value.truth()) form.refuse("wrong_type", {{"expected", "true"}});
}

void read_content(const Form& form, IndicationCondition& condition, bool on_node) {
  static const std::vector<std::string_view> consents{"given",      "refused",    "absent",
                                                      "withdrawn",  "not_sought", "not_recorded"};
  static const std::vector<std::string_view> statuses{
      name_of(Status::complete), name_of(Status::provisional), name_of(Status::ungraded),
      name_of(Status::not_applicable)};
  switch (condition.kind) {
    case Kind::all:
    case Kind::any:
      for (const Form& part : form.items()) read_one_part(part, condition, on_node);
      return;
    case Kind::negation:
    case Kind::open: return read_one_part(form, condition, on_node);
    case Kind::node:
    case Kind::some:
    case Kind::every:
    case Kind::count:
    case Kind::types: return read_search(form, condition);
    case Kind::grade:
    case Kind::computed:
    case Kind::recorded:
    case Kind::possible:
    case Kind::previous:
    case Kind::earlier: return read_grades(form, condition);
    case Kind::status:
      if (const auto word = form.word(statuses)) condition.status = static_cast<Status>(*word);
      return;
    case Kind::change: return read_change(form, condition);
    case Kind::run: return read_run(form, condition);
    case Kind::evidence_missing:
      if (form.object({"assessments"}))
        condition.number = form.number("assessments", true, 1, 1000).value_or(1);
      return;
    case Kind::missing:
      if (!form.object({"under", "percent"})) return;
      condition.code = form.text("under", false);
      condition.number = form.number("percent", true, 1, 100).value_or(1);
      return;
    case Kind::age: return read_age(form, condition);
    case Kind::consent:
      if (const auto word = form.word(consents)) condition.consent = consents[*word];
      return;
    case Kind::target_overdue:
      if (form.object({"days"})) condition.number = form.number("days", true, 1, most_days).value_or(1);
      return;
    case Kind::earlier_not_opened:
    case Kind::not_comparable: return read_true(form);
  }
}

}  // namespace

IndicationCondition read_condition(const Form& form, bool on_node) {
  IndicationCondition condition;
  condition.pointer = form.pointer;
  if (!form.value.is_object()) {
    form.refuse("wrong_type", {{"expected", "object"}});
    return condition;
  }
  if (form.value.members().size() != 1) {
    form.refuse("condition_not_one");
    return condition;
  }
  const Member& member = form.value.members().front();
  const auto known = std::ranges::find(kinds, member.key, &Named::name);
  const Form content{member.value, form.pointer + pointer_step(shown(member.key)), form.findings};
  if (known == kinds.end()) {
    std::vector<std::string_view> names;
    for (const Named& each : kinds) names.push_back(each.name);
    content.refuse("unknown_condition_kind",
                   {{"key", shown(member.key)},
                    {"nearest", std::string{nearest(member.key, names)}}});
    return condition;
  }
  condition.kind = known->kind;
  if (known->asks_node && !on_node)
    content.refuse("condition_without_node", {{"key", member.key}});
  read_content(content, condition, on_node);
  return condition;
}

}  // namespace gcp2::reading_rules
