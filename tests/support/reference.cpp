#include "support/reference.h"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2::test {

std::optional<std::pair<int, std::string>> reference_roll_up(const Rule& rule,
                                                             const std::vector<int>& grades) {
  if (grades.empty()) return std::nullopt;
  const int worst = *std::max_element(grades.begin(), grades.end());
  if (rule.method == Rule::Method::worst) return std::pair{worst, std::string{"worst"}};
  if (rule.override_above && worst > rule.override_above->number())
    return std::pair{worst, std::string{"override"}};
  std::map<int, int> times;
  for (const int grade : grades) ++times[grade];
  int most = 0;
  for (const auto& [grade, count] : times) most = std::max(most, count);
  std::vector<int> frequent;
  for (const auto& [grade, count] : times)
    if (count == most) frequent.push_back(grade);
  if (frequent.size() == 1) return std::pair{frequent.front(), std::string{"majority"}};
  return std::pair{rule.tie == Tie::worse ? frequent.back() : frequent.front(), std::string{"tie"}};
}

std::set<int> reference_possible(const Rule& rule, const std::vector<std::set<int>>& children) {
  std::set<int> possible;
  std::vector<int> chosen;
  const std::function<void(std::size_t)> choose = [&](std::size_t at) {
    if (at == children.size()) {
      if (const auto rolled = reference_roll_up(rule, chosen)) possible.insert(rolled->first);
      return;
    }
    if (children[at].empty()) return choose(at + 1);
    for (const int grade : children[at]) {
      chosen.push_back(grade);
      choose(at + 1);
      chosen.pop_back();
    }
  };
  choose(0);
  return possible;
}

namespace {

struct Reference {
  const Instrument& instrument;
  const Rule& rule;
  const Sheet& sheet;
  ReferenceCard card;

  [[nodiscard]] std::vector<NodeIndex> children(NodeIndex parent) const {
    std::vector<NodeIndex> all;
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      if (instrument.node(i).parent == parent) all.push_back(i);
    return all;
  }
  [[nodiscard]] const std::string& code(NodeIndex i) const { return instrument.node(i).code; }

  [[nodiscard]] bool applicable(NodeIndex i) const {
    const Node& n = instrument.node(i);
    const bool band = !n.band || (n.band->from <= sheet.age_months && sheet.age_months < n.band->to);
    const bool condition =
        !n.condition || sheet.conditions[static_cast<std::size_t>(*n.condition)];
    return band && condition && (!n.parent || applicable(*n.parent));
  }

  [[nodiscard]] const Exception* exception(NodeIndex i) const {
    for (const Exception& e : instrument.exceptions)
      if (e.node == i && sheet.conditions[static_cast<std::size_t>(e.condition)] && applicable(i))
        return &e;
    return nullptr;
  }

  void leaf(NodeIndex i) {
    ReferenceNode& n = card.nodes[i];
    const Mark& mark = sheet.marks[i];
    if (!applicable(i) || (!mark.grade && mark.not_graded == NotGraded::not_applicable)) return;
    n.applicable = 1;
    if (mark.grade) {
      n.grade = n.computed = mark.grade->number();
      n.reason = "direct";
      n.status = "complete";
      n.possible = {*n.grade};
      n.counted = 1;
    } else {
      n.status = "ungraded";
      n.possible = {1, 2, 3, 4, 5};
    }
    const bool excepted = instrument.node(i).parent && exception(*instrument.node(i).parent);
    if (!excepted) ++card.counts[static_cast<std::size_t>(n.grade.value_or(0))];
  }

  [[nodiscard]] std::string why(NodeIndex child) const {
    const ReferenceNode& c = card.nodes[child];
    if (c.status == "not_applicable") return "not_applicable";
    if (!instrument.is_leaf(child)) return "ungraded";
    return std::string{gcp2::name_of(sheet.marks[child].not_graded)};
  }

  void parent(NodeIndex i) {
    ReferenceNode& n = card.nodes[i];
    std::vector<int> grades;
    std::vector<std::set<int>> sets;
    bool all_complete = true;
    for (const NodeIndex child : children(i)) {
      const ReferenceNode& c = card.nodes[child];
      if (!c.grade) n.left_out.emplace_back(code(child), why(child));
      if (c.status == "not_applicable") continue;
      ++n.applicable;
      all_complete = all_complete && c.status == "complete";
      sets.push_back(c.possible);
      if (c.grade) grades.push_back(*c.grade);
    }
    n.counted = static_cast<int>(grades.size());
    if (n.applicable == 0) return;
    if (const auto rolled = reference_roll_up(rule, grades)) {
      n.grade = n.computed = rolled->first;
      n.reason = rolled->second;
    }
    n.status = all_complete ? "complete" : grades.empty() ? "ungraded" : "provisional";
    n.possible = reference_possible(rule, sets);
    for (const NodeIndex child : children(i))
      if (card.nodes[child].grade && card.nodes[child].grade == n.grade)
        n.decided_by.insert(code(child));
  }

  void judgement(NodeIndex i) {
    ReferenceNode& n = card.nodes[i];
    if (!sheet.judgements[i] || n.status == "not_applicable") return;
    n.computed_possible = n.possible;
    n.grade = sheet.judgements[i]->number();
    n.reason = "practitioner";
    n.status = "complete";
    n.possible = {*n.grade};
    n.decided_by.clear();
  }

  void excepted(NodeIndex i) {
    // A source under an exception is settled first; one that a practitioner judged is the end.
    NodeIndex source = exception(i)->takes_from;
    while (exception(source)) {
      excepted(source);
      if (card.nodes[source].reason == "practitioner") break;
      source = exception(source)->takes_from;
    }
    const ReferenceNode& from = card.nodes[source];
    ReferenceNode n;
    n.grade = n.computed = from.grade;
    n.reason = "exception";
    n.status = from.status;
    n.possible = from.possible;
    n.decided_by = {code(source)};
    for (const NodeIndex child : children(i)) n.left_out.emplace_back(code(child), "exception");
    card.nodes[i] = n;
    judgement(i);
  }

  void score() {
    card.nodes.resize(instrument.nodes.size());
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      if (instrument.is_leaf(i)) leaf(i);
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      if (instrument.node(i).level == Level::sub_area && !instrument.is_leaf(i) && !exception(i)) {
        parent(i);
        judgement(i);
      }
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      if (instrument.node(i).level == Level::sub_area && exception(i)) excepted(i);
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      if (instrument.node(i).level == Level::area) {
        parent(i);
        judgement(i);
      }
    worst();
  }

  void worst() {
    int grade = 5;
    while (grade > 0 && card.counts[static_cast<std::size_t>(grade)] == 0) --grade;
    for (NodeIndex i = 0; grade > 0 && i < instrument.nodes.size(); ++i)
      if (instrument.is_leaf(i) && card.nodes[i].grade == grade &&
          !(instrument.node(i).parent && exception(*instrument.node(i).parent)))
        card.worst.push_back(code(i));
  }
};

std::string leaf_json(const std::string& code) {
  return R"({"code": ")" + code + R"(", "label": "x", "source": "O", "descriptors":)" +
         R"({"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}})";
}

}  // namespace

ReferenceCard reference_score(const Instrument& instrument, const Rule& rule, const Sheet& sheet) {
  Reference reference{instrument, rule, sheet, {}};
  reference.score();
  return reference.card;
}

Value small_document(std::string_view tree) {
  std::string areas, subs, code;
  std::size_t items = 0;
  const auto end_sub = [&] {
    if (code.empty()) return;
    std::string sub = leaf_json(code);
    if (items != 0) {
      std::string list;
      for (std::size_t i = 0; i < items; ++i)
        list += (list.empty() ? "" : ",") + leaf_json(code + static_cast<char>('a' + i));
      sub = R"({"code": ")" + code + R"(", "label": "x", "source": "O", "items": [)" + list + "]}";
    }
    subs += (subs.empty() ? "" : ",") + sub;
    code.clear();
    items = 0;
  };
  std::string area;
  for (const char c : tree) {
    if (c == '(') {
      area = code;
      code.clear();
      subs.clear();
    } else if (c == ' ') {
      end_sub();
    } else if (c == ')') {
      end_sub();
      areas += (areas.empty() ? "" : ",") + (R"({"code": ")" + area) +
               R"(", "label": "x", "source": "O", "sub_areas": [)" + subs + "]}";
    } else if (c == ':') {
      items = 1;
    } else if (items != 0) {
      items = static_cast<std::size_t>(c - '0');
    } else {
      code += c;
    }
  }
  Value document = parsed(source_file("schemas/instruments/gcp.json"));
  document.set("id", Value::text("small"));
  document.set("exceptions", Value::list());
  document.set("areas", parsed("[" + areas + "]"));
  return document;
}

Instrument small_instrument(std::string_view tree) { return small_instrument(tree, {}); }

Instrument small_instrument(std::string_view tree, const std::vector<std::string>& exceptions) {
  Value document = small_document(tree);
  for (const std::string& e : exceptions)
    apply(document, {"/exceptions/-", R"({"node": ")" + e.substr(0, e.find('<')) +
                                          R"(", "takes_from": ")" + e.substr(e.find('<') + 1) +
                                          R"(", "condition": "behavioural_difficulty", "source": "O"})"});
  Findings findings;
  Instrument instrument = read_instrument_json(write_json(document), findings);
  if (!findings.empty()) throw std::runtime_error{"a small instrument is not whole"};
  return instrument;
}

std::vector<Rule> every_rule() {
  std::vector<Rule> rules;
  for (const Tie tie : {Tie::worse, Tie::better}) {
    for (int above = Grade::best; above <= Grade::worst; ++above)
      rules.push_back({.name = "majority-override", .override_above = grade(above), .tie = tie});
    rules.push_back({.name = "majority", .override_above = std::nullopt, .tie = tie});
    rules.push_back({.name = "worst", .method = Rule::Method::worst, .override_above = {}, .tie = tie});
  }
  return rules;
}

std::string name_of(const Rule& rule) {
  return rule.name + (rule.override_above ? " " + std::to_string(rule.override_above->number()) : "") +
         (rule.tie == Tie::worse ? " worse" : " better");
}

}  // namespace gcp2::test
