#include "support/records.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>

#include "gcp2/json.h"
#include "gcp2/validation.h"

namespace gcp2 {

void PrintTo(const Grade& grade, std::ostream* out) { *out << grade.number(); }

void PrintTo(const GradeSet& set, std::ostream* out) {
  *out << '{';
  for (int number = Grade::best; number <= Grade::worst; ++number)
    if (set.contains(*Grade::from(number))) *out << number;
  *out << '}';
}

void PrintTo(const Date& date, std::ostream* out) { *out << date.text(); }

void PrintTo(const Value& value, std::ostream* out) { *out << write_json(value, Layout::line); }

}  // namespace gcp2

namespace gcp2::test {

std::string source_file(std::string_view name) {
  const std::string path = std::string{GCP2_SOURCE_DIR} + "/" + std::string{name};
  std::ifstream in{path, std::ios::binary};
  if (!in) throw std::runtime_error{"cannot read " + path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

Value parsed(std::string_view json) {
  // A document is an object or a list; any other value is read as the only one of a list.
  const bool document = json.starts_with('{') || json.starts_with('[');
  Findings findings;
  Value value = read_json(document ? std::string{json} : "[" + std::string{json} + "]", findings);
  if (!findings.empty())
    throw std::runtime_error{"no JSON in a test: " + std::string{json.substr(0, 60)}};
  return document ? value : value.items().front();
}

std::string case_text(std::string_view name) {
  return source_file("tests/cases/" + std::string{name} + ".json");
}

Value case_document(std::string_view name) { return parsed(case_text(name)); }

void apply(Value& document, const Change& change) {
  Value* at = &document;
  std::string_view rest = change.pointer;
  while (true) {
    rest.remove_prefix(1);
    const auto slash = std::min(rest.find('/'), rest.size());
    const std::string step{rest.substr(0, slash)};
    rest.remove_prefix(slash);
    const bool last = rest.empty();
    if (at->is_list()) {
      auto& items = at->items();
      if (last && step == "-") {
        items.push_back(parsed(change.json));
        return;
      }
      const auto index = static_cast<std::size_t>(std::stoul(step));
      if (last && change.json.empty()) {
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
        return;
      }
      at = &items.at(index);
    } else {
      if (last && change.json.empty()) return at->erase(step);
      Value* next = at->find(step);
      if (next == nullptr && !last && rest == "/-") next = &at->set(step, Value::list());
      at = next != nullptr ? next : &at->set(step, Value::object());
    }
    if (last) {
      *at = parsed(change.json);
      return;
    }
  }
}

Value changed(Value document, const std::vector<Change>& changes) {
  for (const Change& change : changes) apply(document, change);
  // Written and read again, so that every value has a place of its own.
  return parsed(write_json(document));
}

const Instrument& gcp_instrument() { return shipped_instruments().list.at(0); }
const Instrument& gcp2_instrument() { return shipped_instruments().list.at(1); }
const Rule& default_rule(const Instrument& instrument) {
  return *instrument.rule(instrument.default_rule);
}

Judged judged(Value document, std::string_view as_of) {
  Judged record;
  record.document = std::move(document);
  record.assessment = read_assessment(record.document, record.findings);
  const Instrument* instrument = shipped_instruments().find(record.assessment.instrument_id,
                                                            record.assessment.instrument_version,
                                                            record.assessment.instrument_digest);
  if (instrument == nullptr) throw std::runtime_error{"no such instrument in a test"};
  record.sheet = record_sheet(record.assessment, *instrument, record.findings);
  const Findings more = validate(record.assessment, *instrument, record.sheet, day(as_of));
  record.findings.insert(record.findings.end(), more.begin(), more.end());
  locate(record.findings, record.document);
  sort_by_place(record.findings);
  return record;
}

std::vector<std::string> lines(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& f : findings)
    all.push_back(std::string{name_of(f.severity)} + " " + std::string{f.code} + " " + f.pointer);
  return all;
}

Date day(std::string_view text) { return Date::parse(text).value(); }
Grade grade(int number) { return Grade::from(number).value(); }

GradeSet set_of(std::initializer_list<int> numbers) {
  GradeSet set;
  for (const int number : numbers) set.insert(grade(number));
  return set;
}

std::vector<int> numbers(GradeSet set) {
  std::vector<int> all;
  for (int number = Grade::best; number <= Grade::worst; ++number)
    if (set.contains(grade(number))) all.push_back(number);
  return all;
}

void mark(Sheet& sheet, const Instrument& instrument, std::string_view code, int number) {
  sheet.marks.at(instrument.find(code).value()) = {Grade::from(number), NotGraded::not_yet};
}

void judge(Sheet& sheet, const Instrument& instrument, std::string_view code, int number) {
  sheet.judgements.at(instrument.find(code).value()) = grade(number);
  sheet.has_judgements = true;
}

Sheet sheet_with(const Instrument& instrument, int age_months, const std::vector<Marked>& marks) {
  Sheet sheet;
  sheet.clear(instrument.nodes.size());
  sheet.age_months = age_months;
  for (const Marked& m : marks) mark(sheet, instrument, m.code, m.grade);
  return sheet;
}

Sheet sheet_of_all(const Instrument& instrument, int age_months, int number,
                   Conditions conditions) {
  Sheet sheet = sheet_with(instrument, age_months, {});
  sheet.conditions = conditions;
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
    if (instrument.is_leaf(i) && applies(instrument, i, age_months, conditions))
      sheet.marks[i].grade = grade(number);
  return sheet;
}

Conditions having(std::initializer_list<Condition> conditions) {
  Conditions set;
  for (const Condition c : conditions) set.set(static_cast<std::size_t>(c));
  return set;
}

}  // namespace gcp2::test
