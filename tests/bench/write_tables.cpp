// bench_tables RECORDS CARDS FOLDER: the records as tables for the peers.
// FOLDER/leaves.csv has a row for each leaf that applies: record, area, sub_area, leaf, grade
// (empty where it is missing). FOLDER/grades.csv has what the program gave, from its compact cards:
// record, node, grade, without the nodes that have none. Prints the seconds in which the engine
// makes such rows of all sheets in memory, on the way to them reasons, statuses and possible
// grades.
#include <simdjson.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "gcp2/json.h"
#include "gcp2/scoring.h"

namespace gcp2::bench {
namespace {

using Clock = std::chrono::steady_clock;

const Instrument& gcp() { return shipped_instruments().list.front(); }

std::ifstream opened(const std::string& name) {
  std::ifstream in{name};
  if (!in) throw std::runtime_error{"cannot read " + name};
  return in;
}

std::vector<Sheet> sheets_of(const std::string& records) {
  std::vector<Sheet> sheets;
  SheetReader reader{shipped_instruments()};
  std::ifstream in = opened(records);
  for (std::string line; std::getline(in, line);) {
    const std::size_t size = line.size();
    line.append(SheetReader::padding, ' ');
    if (!reader.read({line.data(), size})) throw std::runtime_error{"a record is not plain"};
    sheets.push_back(reader.sheet());
  }
  return sheets;
}

void write_leaves(const std::vector<Sheet>& sheets, std::ostream& out) {
  out << "record,area,sub_area,leaf,grade\n";
  for (std::size_t record = 0; record < sheets.size(); ++record) {
    const Sheet& sheet = sheets[record];
    for (NodeIndex leaf = 0; leaf < gcp().nodes.size(); ++leaf) {
      const Mark& mark = sheet.marks[leaf];
      if (!gcp().is_leaf(leaf) || mark.not_graded == NotGraded::not_applicable ||
          !applies(gcp(), leaf, sheet.age_months, sheet.conditions))
        continue;
      const std::string& code = gcp().node(leaf).code;
      const NodeIndex parent = gcp().node(leaf).parent.value();
      // A sub-area without items is its own leaf.
      const bool is_item = gcp().node(leaf).level == Level::item;
      const NodeIndex area = is_item ? gcp().node(parent).parent.value() : parent;
      out << record << ',' << gcp().node(area).code << ','
          << (is_item ? gcp().node(parent).code : code) << ',' << code << ',';
      if (mark.grade) out << mark.grade->number();
      out << '\n';
    }
  }
}

void write_grades(const std::string& cards, std::ostream& out) {
  out << "record,node,grade\n";
  std::ifstream in = opened(cards);
  simdjson::ondemand::parser parser;
  std::size_t record = 0;
  for (std::string line; std::getline(in, line); ++record) {
    simdjson::padded_string padded{line};
    auto card = parser.iterate(padded);
    for (auto node : card["nodes"]) {
      const std::string_view code = node["node"];
      auto grade = node["grade"];
      if (!grade.is_null()) out << record << ',' << code << ',' << grade.get_int64() << '\n';
    }
  }
}

struct Row {
  std::uint32_t record;
  NodeIndex node;
  std::uint8_t grade;
};

double seconds_to_roll_up(const std::vector<Sheet>& sheets) {
  const Rule& rule = *gcp().rule(gcp().default_rule);
  Scorecard card;
  const auto start = Clock::now();
  std::vector<Row> rows;
  for (std::size_t record = 0; record < sheets.size(); ++record) {
    grade_into(card, gcp(), rule, sheets[record]);
    for (NodeIndex node = 0; node < card.nodes.size(); ++node)
      if (const auto grade = card.nodes[node].grade; grade && gcp().node(node).level != Level::item)
        rows.push_back(
            {static_cast<std::uint32_t>(record), node, static_cast<std::uint8_t>(grade->number())});
  }
  return std::chrono::duration<double>{Clock::now() - start}.count();
}

}  // namespace
}  // namespace gcp2::bench

int main(int count, char** arguments) {
  if (count != 4) {
    std::fputs("usage: bench_tables RECORDS CARDS FOLDER\n", stderr);
    return 2;
  }
  try {
    const std::string folder = arguments[3];
    const auto sheets = gcp2::bench::sheets_of(arguments[1]);
    std::ofstream leaves{folder + "/leaves.csv"}, grades{folder + "/grades.csv"};
    gcp2::bench::write_leaves(sheets, leaves);
    gcp2::bench::write_grades(arguments[2], grades);
    if (!leaves.flush() || !grades.flush()) throw std::runtime_error{"cannot write to " + folder};
    std::printf("%.6f\n", gcp2::bench::seconds_to_roll_up(sheets));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_tables: %s\n", error.what());
    return 3;
  }
  return 0;
}
