#include <array>
#include <charconv>
#include <vector>

#include "gcp2/json.h"

namespace gcp2 {
namespace {

constexpr std::array statuses{Status::complete, Status::provisional, Status::ungraded,
                              Status::not_applicable};
constexpr std::size_t grades = 6;  // none, 1 to 5
constexpr std::size_t sets = 32;

std::string quoted(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

std::size_t grade_number(const std::optional<Grade>& grade) {
  return grade ? static_cast<std::size_t>(grade->number()) : 0;
}

std::string grade_text(std::size_t number) { return number == 0 ? "null" : std::to_string(number); }

std::string set_text(std::size_t set) {
  std::string out = "[";
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    if ((set >> (number - 1) & 1U) == 0) continue;
    if (out.size() > 1) out += ',';
    out += std::to_string(number);
  }
  return out += ']';
}

void append_number(std::string& out, unsigned number) {
  std::array<char, 12> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

struct CardWriter::Parts {
  const Instrument& instrument;
  Card card;
  std::string after_id;              // instrument, rule, and the opening of the nodes
  std::vector<std::string> opening;  // by node: ,{"node":"A1",...,"grade":
  std::vector<std::string> codes;    // by node, quoted
  std::string rule;                  // ,"rule":"majority-override"
  std::array<std::string, sets> possible;
  std::vector<std::string> grade_status_possible;  // of a compact card to the node's end

  Parts(const Instrument& i, const Rule& r, Card c) : instrument{i}, card{c} {
    after_id = R"(,"instrument":{"id":)" + quoted(i.id) + R"(,"version":)" + quoted(i.version) +
               R"(,"digest":)" + quoted(i.digest) + R"(},"rule":)" + quoted(r.name) +
               R"(,"rule_source":")" + std::string{name_of(r.source)} + "\"";
    if (r.name != i.default_rule) after_id += R"(,"instrument_rule":)" + quoted(i.default_rule);
    after_id += R"(,"nodes":[)";
    rule = R"(,"rule":)" + quoted(r.name);
    for (const Node& node : i.nodes) {
      codes.push_back(quoted(node.code));
      opening.push_back((opening.empty() ? R"({"node":)" : R"(,{"node":)") + codes.back() +
                        R"(,"level":")" + std::string{name_of(node.level)} + R"(","grade":)");
    }
    for (std::size_t set = 0; set < sets; ++set) possible[set] = set_text(set);
    for (std::size_t grade = 0; grade < grades; ++grade)
      for (const Status status : statuses)
        for (std::size_t set = 0; set < sets; ++set)
          grade_status_possible.push_back(grade_text(grade) + R"(,"status":")" +
                                          std::string{name_of(status)} + R"(","possible":)" +
                                          possible[set] + (c == Card::grades ? "}" : ""));
  }

  [[nodiscard]] const std::string& judged_part(const NodeScore& score) const {
    return grade_status_possible[(grade_number(score.grade) * statuses.size() +
                                  static_cast<std::size_t>(score.status)) *
                                     sets +
                                 (score.possible.bits() >> 1U)];
  }

  void append_trace(std::string& out, const Scorecard& score, NodeIndex index) const {
    const NodeScore& node = score.nodes[index];
    out += R"(,"reason":)";
    if (node.reason)
      out.append("\"").append(name_of(*node.reason)).append("\"");
    else
      out += "null";
    if (!instrument.is_leaf(index)) out += rule;
    out += R"(,"decided_by":[)";
    const char* separator = "";
    for (const NodeIndex decider : score.decided_by(node)) {
      out.append(separator).append(codes[decider]);
      separator = ",";
    }
    append_number(out += R"(],"counted":)", node.counted);
    append_number(out += R"(,"applicable":)", node.applicable);
    out += R"(,"left_out":[)";
    separator = "";
    for (const LeftOut& left : score.left_out(node)) {
      out.append(separator).append(R"({"node":)").append(codes[left.node]);
      out.append(R"(,"why":")").append(name_of(left.why)).append("\"}");
      separator = ",";
    }
    out.append(R"(],"computed":)").append(grade_text(grade_number(node.computed)));
    if (node.judged)
      out.append(R"(,"computed_possible":)").append(possible[node.computed_possible.bits() >> 1U]);
    out += '}';
  }

  void append_summary(std::string& out, const Scorecard& score) const {
    out += R"(],"counts":{)";
    for (std::size_t i = 0; i < score.counts.size(); ++i) {
      out += '"';
      out += static_cast<char>('1' + i);
      append_number(out += "\":", score.counts[i]);
      out += ',';
    }
    append_number(out += R"("missing":)", score.missing);
    out += R"(},"worst":[)";
    const char* separator = "";
    for (const NodeIndex leaf : score.worst) {
      out.append(separator).append(R"({"node":)").append(codes[leaf]).append(R"(,"grade":)");
      out.append(grade_text(grade_number(score.nodes[leaf].grade))).append("}");
      separator = ",";
    }
    out += R"(],"tipping":[)";
    separator = "";
    for (const Tipping& t : score.tipping) {
      out.append(separator).append(R"({"area":)").append(codes[t.area]);
      out.append(R"(,"leaf":)").append(codes[t.leaf]);
      append_number(out += R"(,"from":)", static_cast<unsigned>(t.from.number()));
      append_number(out += R"(,"to":)", static_cast<unsigned>(t.to.number()));
      append_number(out += R"(,"area_from":)", static_cast<unsigned>(t.area_from.number()));
      append_number(out += R"(,"area_to":)", static_cast<unsigned>(t.area_to.number()));
      out += t.paradox() ? R"(,"paradox":true})" : R"(,"paradox":false})";
      separator = ",";
    }
    out += "]}";
  }
};

CardWriter::CardWriter(const Instrument& instrument, const Rule& rule, Card card)
    : parts_{std::make_unique<Parts>(instrument, rule, card)} {}
CardWriter::CardWriter(CardWriter&&) noexcept = default;
CardWriter& CardWriter::operator=(CardWriter&&) noexcept = default;
CardWriter::~CardWriter() = default;

void CardWriter::append(std::string& out, std::string_view assessment,
                        const Scorecard& score) const {
  const Parts& parts = *parts_;
  out += R"({"format":"gcp2/scorecard/1","assessment":)";
  if (assessment.empty())
    out += "null";
  else
    append_json_text(out, assessment);
  out += parts.after_id;
  for (NodeIndex i = 0; i < score.nodes.size(); ++i) {
    if (parts.card == Card::grades && parts.instrument.node(i).level == Level::item) continue;
    out += parts.opening[i];
    out += parts.judged_part(score.nodes[i]);
    if (parts.card == Card::full) parts.append_trace(out, score, i);
  }
  if (parts.card == Card::full)
    parts.append_summary(out, score);
  else
    out += "]}";
}

}  // namespace gcp2
