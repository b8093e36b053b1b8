#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "gcp2/report.h"
#include "input.h"
#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {
namespace {

Value text_value(std::string_view text) { return Value::text(std::string{text}); }
Value number_value(std::size_t number) { return Value::number(static_cast<std::int64_t>(number)); }

std::size_t leaf_count(const Instrument& instrument) {
  std::size_t count = 0;
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) count += instrument.is_leaf(i) ? 1U : 0U;
  return count;
}

Value band_value(const AgeBand& band) {
  Value value = Value::object();
  value.set("from", Value::number(std::int64_t{band.from}));
  value.set("to", Value::number(std::int64_t{band.to}));
  return value;
}

std::string band_text(const AgeBand& band) {
  return phrase("instrument.band",
                {{"from", std::to_string(band.from)}, {"to", std::to_string(band.to)}});
}

template <class Each>
void for_each_child(const Instrument& instrument, NodeIndex parent, Each each) {
  for (auto child = static_cast<NodeIndex>(parent + 1); child < instrument.node(parent).end;
       child = instrument.node(child).end)
    each(child);
}

void describe(Value& entry, const Instrument& instrument) {
  entry.set("id", text_value(instrument.id));
  entry.set("version", text_value(instrument.version));
  entry.set("title", text_value(instrument.title));
  entry.set("licence", text_value(instrument.licence_state));
  entry.set("digest", text_value(instrument.digest));
  entry.set("default_rule", text_value(instrument.default_rule));
  Value rules = Value::list();
  for (const Rule& rule : instrument.rules) rules.items().push_back(text_value(rule.name));
  entry.set("rules", std::move(rules));
  entry.set("nodes", number_value(instrument.nodes.size()));
  entry.set("leaves", number_value(leaf_count(instrument)));
}

std::string list(const Instruments& instruments, bool json) {
  Value document = Value::object();
  document.set("format", text_value("gcp2/instruments/1"));
  Value& entries = document.set("instruments", Value::list());
  std::string text;
  for (const Instrument& i : instruments.list) {
    entries.items().push_back(Value::object());
    describe(entries.items().back(), i);
    text += fmt::format("{} {}  {}\n  {}\n  {}\n", one_line(i.id), one_line(i.version),
                        one_line(i.title),
                        phrase("instrument.listed", {{"leaves", std::to_string(leaf_count(i))},
                                                     {"wording", one_line(i.licence_state)},
                                                     {"rule", i.default_rule}}),
                        phrase("instrument.digest", {{"digest", i.digest}}));
  }
  return json ? write_json(document) : text;
}

Value tree_value(const Instrument& instrument) {
  Value document = Value::object();
  document.set("format", text_value("gcp2/tree/1"));
  describe(document, instrument);
  Value& tree = document.set("tree", Value::list());
  for (const Node& node : instrument.nodes) {
    Value entry = Value::object();
    entry.set("node", text_value(node.code));
    entry.set("label", text_value(node.label));
    entry.set("level", text_value(name_of(node.level)));
    if (node.parent) entry.set("parent", text_value(instrument.node(*node.parent).code));
    if (node.band) entry.set("age_band", band_value(*node.band));
    if (node.condition) entry.set("condition", text_value(name_of(*node.condition)));
    tree.items().push_back(std::move(entry));
  }
  return document;
}

std::string tree_text(const Instrument& instrument) {
  std::string out = fmt::format("{} {}: {}\n", one_line(instrument.id),
                                one_line(instrument.version), one_line(instrument.title));
  for (const Node& node : instrument.nodes) {
    out += fmt::format("{:{}}{:<5} {}", "", 2 * static_cast<std::size_t>(node.level), node.code,
                       one_line(node.label));
    if (node.band) out += fmt::format("  ({})", band_text(*node.band));
    if (node.condition)
      out += fmt::format("  ({})", phrase("instrument.only_with",
                                          {{"condition", std::string{name_of(*node.condition)}}}));
    out += '\n';
  }
  return out;
}

Value wording_value(const Wording& wording) {
  Value entry = Value::object();
  if (wording.band) entry.set("age_band", band_value(*wording.band));
  Value& descriptors = entry.set("descriptors", Value::object());
  for (std::size_t i = 0; i < wording.descriptors.size(); ++i)
    descriptors.set(std::to_string(i + 1), text_value(wording.descriptors[i]));
  return entry;
}

Value node_value(const Instrument& instrument, NodeIndex index) {
  const Node& node = instrument.node(index);
  Value document = Value::object();
  document.set("format", text_value("gcp2/node/1"));
  Value& of = document.set("instrument", Value::object());
  of.set("id", text_value(instrument.id));
  of.set("version", text_value(instrument.version));
  of.set("digest", text_value(instrument.digest));
  document.set("node", text_value(node.code));
  document.set("label", text_value(node.label));
  document.set("level", text_value(name_of(node.level)));
  document.set("source", text_value(name_of(node.source)));
  if (!node.note.empty()) document.set("note", text_value(node.note));
  if (node.band) document.set("age_band", band_value(*node.band));
  if (node.condition) document.set("condition", text_value(name_of(*node.condition)));
  Value& types = document.set("neglect_types", Value::list());
  for (const NeglectType type : node.neglect_types)
    types.items().push_back(text_value(name_of(type)));
  Value& children = document.set("children", Value::list());
  for_each_child(instrument, index, [&](NodeIndex child) {
    children.items().push_back(text_value(instrument.node(child).code));
  });
  if (!node.wording.empty()) {
    Value& wordings = document.set("wording", Value::list());
    for (const Wording& wording : node.wording) wordings.items().push_back(wording_value(wording));
  }
  if (const Exception* exception = instrument.exception_on(index)) {
    Value& entry = document.set("exception", Value::object());
    entry.set("takes_from", text_value(instrument.node(exception->takes_from).code));
    entry.set("condition", text_value(name_of(exception->condition)));
    entry.set("source", text_value(name_of(exception->source)));
  }
  return document;
}

std::string node_text(const Instrument& instrument, NodeIndex index) {
  const Node& node = instrument.node(index);
  std::string out =
      fmt::format("{} {}  [{}]\n", node.code, one_line(node.label), name_of(node.source));
  if (!node.note.empty()) out += wrapped(node.note, terminal_width(), "  ", 2);
  const auto line = [&out](const std::string& said) { out += fmt::format("  {}\n", said); };
  if (node.band) line(phrase("instrument.applies", {{"band", band_text(*node.band)}}));
  if (node.condition)
    line(phrase("instrument.applies_only_with",
                {{"condition", std::string{name_of(*node.condition)}}}));
  if (const Exception* exception = instrument.exception_on(index))
    line(phrase("instrument.exception", {{"condition", std::string{name_of(exception->condition)}},
                                         {"node", instrument.node(exception->takes_from).code}}));
  for_each_child(instrument, index, [&](NodeIndex child) {
    out += fmt::format("  {:<5} {}\n", instrument.node(child).code,
                       one_line(instrument.node(child).label));
  });
  for (const Wording& wording : node.wording) {
    if (wording.band) out += fmt::format("\n  {}\n", band_text(*wording.band));
    for (std::size_t i = 0; i < wording.descriptors.size(); ++i)
      out += wrapped(wording.descriptors[i], terminal_width(),
                     fmt::format("  {} {:<13}", i + 1, instrument.scale[i].quality), 17);
  }
  if (node.wording.empty()) return out;
  out += '\n';
  line(instrument.licence_state == "demonstration"
           ? phrase("instrument.wording_demonstration")
           : phrase("instrument.wording", {{"wording", one_line(instrument.licence_state)}}));
  return out;
}

std::string show(const Instruments& instruments, const Options& options) {
  const std::string id = options.has("of") ? options.text("of") : "gcp";
  const auto found = std::ranges::find(instruments.list, id, &Instrument::id);
  if (found == instruments.list.end())
    options.refuse(phrase("usage.no_instrument", {{"instrument", id}}));
  if (options.operands().size() < 2)
    return options.json() ? write_json(tree_value(*found)) : tree_text(*found);
  const std::string& code = options.operands()[1];
  const auto node = found->find(code);
  if (!node) {
    std::vector<std::string_view> known;
    for (const Node& each : found->nodes) known.push_back(each.code);
    options.refuse(phrase("usage.no_node", {{"instrument", id}, {"node", code}}) +
                   did_you_mean(code, known));
  }
  return options.json() ? write_json(node_value(*found, *node)) : node_text(*found, *node);
}

int findings_or(const Options& options, Findings findings, const std::string& file,
                const std::string& well) {
  for (Finding& finding : findings) finding.file = file;
  sort_by_place(findings);
  write_output(options.text("output"), options.json()     ? write_json(findings_document(findings))
                                       : findings.empty() ? well
                                                          : findings_text(findings));
  return findings.empty() ? Exit::done : Exit::invalid;
}

int check(const Options& options) {
  const SourceFile file = read_source(options.operands()[1]);
  Findings findings;
  const Instrument i = read_instrument_json(file.bytes, findings);
  return findings_or(
      options, findings, file.name,
      fmt::format("{}\n  {}\n",
                  phrase("instrument.whole", {{"file", file.name},
                                              {"id", one_line(i.id)},
                                              {"version", one_line(i.version)},
                                              {"leaves", std::to_string(leaf_count(i))},
                                              {"rule", i.default_rule}}),
                  phrase("instrument.digest", {{"digest", i.digest}})));
}

int check_overlay(const Options& options, const Instruments& instruments) {
  const SourceFile file = read_source(options.operands()[1]);
  Findings findings;
  const Value document = read_json(file.bytes, findings);
  std::string well;
  if (findings.empty()) {
    const Value* named = document.find("instrument");
    const Instrument* of =
        named == nullptr ? nullptr
                         : instruments.find(named->text_at("id"), named->text_at("version"), {});
    if (of == nullptr) of = &instruments.list.front();
    const Instrument laid = overlay(*of, document, findings);
    std::size_t reworded = 0;
    for (NodeIndex i = 0; i < laid.nodes.size(); ++i) {
      const Node& before = of->node(i);
      const Node& after = laid.node(i);
      std::string what;
      if (before.label != after.label) what += " " + phrase("instrument.part_label");
      if (before.note != after.note) what += " " + phrase("instrument.part_note");
      const auto same = [](const Wording& l, const Wording& r) {
        return l.band == r.band && l.descriptors == r.descriptors;
      };
      if (!std::ranges::equal(before.wording, after.wording, same)) {
        what += " " + phrase("instrument.part_descriptors");
        ++reworded;
      }
      if (!what.empty())
        well += fmt::format("  {:<5} {}{}\n", after.code, phrase("instrument.new"), what);
    }
    well = fmt::format(
        "{}\n{}  {}\n",
        phrase("instrument.overlay_fits", {{"file", file.name},
                                           {"id", one_line(of->id)},
                                           {"version", one_line(of->version)},
                                           {"wording", one_line(laid.licence_state)}}),
        well,
        phrase("instrument.overlay_leaves", {{"count", std::to_string(reworded)},
                                             {"leaves", std::to_string(leaf_count(laid))}}));
    locate(findings, document);
  }
  return findings_or(options, std::move(findings), file.name, well);
}

}  // namespace

int instrument(const Command& command, const Arguments& arguments) {
  Options options{command, {{"as-of", "usage.no_day"}}};
  options.value("of", "ID", "option.of").value("overlay", "FILE", "option.overlay_to_show");
  if (!options.parse(arguments, 1, 2)) return Exit::done;
  const std::string& action = options.operands().front();
  const bool has_file = options.operands().size() == 2;
  const Instruments instruments = instruments_at_hand(options);
  if (action == "list" && !has_file)
    write_output(options.text("output"), list(instruments, options.json()));
  else if (action == "show")
    write_output(options.text("output"), show(instruments, options));
  else if (action == "check" && has_file)
    return check(options);
  else if (action == "overlay" && has_file)
    return check_overlay(options, instruments);
  else
    options.refuse(phrase("usage.instrument"));
  return Exit::done;
}

}  // namespace gcp2::cli
