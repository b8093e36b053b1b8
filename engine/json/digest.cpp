#include "gcp2/json.h"
#include "gcp2/seal.h"

namespace gcp2 {
namespace {

// The canonical form: keys and order are fixed here for ever, one line, wording and sources left
// out. A change of this file changes every digest and with it the meaning of every saved record.

Value band_form(const AgeBand& band) {
  Value form = Value::list();
  form.items() = {Value::number(std::int64_t{band.from}), Value::number(std::int64_t{band.to})};
  return form;
}

Value node_form(const Instrument& instrument, NodeIndex index) {
  const Node& node = instrument.node(index);
  Value form = Value::object();
  form.set("code", Value::text(node.code));
  if (node.band) form.set("age_band", band_form(*node.band));
  if (node.condition) form.set("condition", Value::text(std::string{name_of(*node.condition)}));
  Value types = Value::list();
  for (const NeglectType type : node.neglect_types)
    types.items().push_back(Value::text(std::string{name_of(type)}));
  form.set("neglect_types", std::move(types));
  Value children = Value::list();
  for (auto child = static_cast<NodeIndex>(index + 1); child < node.end;
       child = instrument.node(child).end)
    children.items().push_back(node_form(instrument, child));
  form.set("children", std::move(children));
  return form;
}

Value rule_form(const Rule& rule) {
  Value form = Value::object();
  form.set("name", Value::text(rule.name));
  if (rule.override_above)
    form.set("override_above", Value::number(std::int64_t{rule.override_above->number()}));
  if (rule.method == Rule::Method::majority)
    form.set("tie", Value::text(rule.tie == Tie::worse ? "worse" : "better"));
  return form;
}

Value exception_form(const Instrument& instrument, const Exception& exception) {
  Value form = Value::object();
  form.set("node", Value::text(instrument.node(exception.node).code));
  form.set("takes_from", Value::text(instrument.node(exception.takes_from).code));
  form.set("condition", Value::text(std::string{name_of(exception.condition)}));
  return form;
}

}  // namespace

std::string digest_of(const Instrument& instrument) {
  Value form = Value::object();
  form.set("scale", Value::text("1-5 lower_is_better"));
  Value areas = Value::list();
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end)
    areas.items().push_back(node_form(instrument, area));
  form.set("areas", std::move(areas));
  Value rules = Value::list();
  for (const Rule& rule : instrument.rules) rules.items().push_back(rule_form(rule));
  form.set("rules", std::move(rules));
  form.set("default_rule", Value::text(instrument.default_rule));
  Value exceptions = Value::list();
  for (const Exception& exception : instrument.exceptions)
    exceptions.items().push_back(exception_form(instrument, exception));
  form.set("exceptions", std::move(exceptions));
  return sha256(write_json(form, Layout::line));
}

}  // namespace gcp2
