// The cases of tests/cases, changed one thing at a time, and judged.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/scoring.h"

namespace gcp2 {
void PrintTo(const Grade& grade, std::ostream* out);
void PrintTo(const GradeSet& set, std::ostream* out);
void PrintTo(const Date& date, std::ostream* out);
void PrintTo(const Value& value, std::ostream* out);
}  // namespace gcp2

namespace gcp2::test {

/// The bytes of a file, named from the project's root.
std::string source_file(std::string_view name);

Value parsed(std::string_view json);  ///< must be JSON without findings
/// tests/cases/NAME.json
std::string case_text(std::string_view name);
Value case_document(std::string_view name);

/// One change of a document: the value at the pointer becomes `json`; "-" as the last step adds to
/// a list; an empty `json` takes the value away. Members that are missing on the way are made.
struct Change {
  std::string pointer, json;
};
void apply(Value& document, const Change& change);
Value changed(Value document, const std::vector<Change>& changes);

const Instrument& gcp_instrument();
const Instrument& gcp2_instrument();
const Rule& default_rule(const Instrument& instrument);

/// A record with everything that is found in it, as a command would judge it.
struct Judged {
  Value document;
  Assessment assessment;
  Sheet sheet;
  Findings findings;
};
Judged judged(Value document, std::string_view as_of = "2026-06-30");

/// "severity code pointer" of each, in order.
std::vector<std::string> lines(const Findings& findings);

Date day(std::string_view text);
Grade grade(int number);
GradeSet set_of(std::initializer_list<int> numbers);
std::vector<int> numbers(GradeSet set);

/// A sheet of an instrument with grades by code; 0 leaves a leaf not yet graded.
struct Marked {
  std::string_view code;
  int grade;
};
Sheet sheet_with(const Instrument& instrument, int age_months, const std::vector<Marked>& marks);

/// All leaves that apply to a child of that age without conditions, with that grade.
Sheet sheet_of_all(const Instrument& instrument, int age_months, int grade,
                   Conditions conditions = {});
void mark(Sheet& sheet, const Instrument& instrument, std::string_view code, int grade);
void judge(Sheet& sheet, const Instrument& instrument, std::string_view code, int grade);
Conditions having(std::initializer_list<Condition> conditions);

}  // namespace gcp2::test
