#include <optional>

#include "validation/rules.h"

namespace gcp2::rules {
namespace {

void ordered(const Case& c, const std::optional<Date>& earlier, const std::optional<Date>& later,
             std::string_view code, std::string pointer) {
  if (earlier && later && *later < *earlier) c.add(Severity::error, code, std::move(pointer));
}

}  // namespace

void check_dates(const Case& c) {
  const Assessment& a = c.assessment;
  constexpr int longest_window = 28;  // days; Solihull: visits within two to four weeks
  ordered(c, a.child.date_of_birth, a.window_from, "window_before_birth", "/window/from");
  ordered(c, a.window_from, a.window_to, "window_reversed", "/window/to");
  if (!a.window_to) c.add(Severity::error, "no_window_end", "/window");
  if (!a.window_from) c.add(Severity::error, "no_window_start", "/window");
  if (a.window_from && a.window_to) {
    const int days = days_between(*a.window_from, *a.window_to);
    if (days > longest_window)
      c.add(Severity::query, "window_long", "/window/to", {}, {{"days", std::to_string(days)}});
  }
  const std::optional<Date>& end = a.window_to;
  if (a.signature && a.signature->at) {
    ordered(c, end, a.signature->at->date, "signed_before_window_end", "/signed/at");
    ordered(c, a.signature->at->date, a.review_on, "signed_after_review", "/signed/at");
  }
  ordered(c, end, a.review_on, "review_before_window_end", "/review_on");
  for (std::size_t i = 0; i < a.targets.size(); ++i)
    ordered(c, end, a.targets[i].review_by, "review_before_window_end",
            entry("targets", i, "review_by"));
  for (std::size_t i = 0; i < a.assessors.size(); ++i)
    if (const auto& on = a.assessors[i].trained_on; on && end && *end < *on)
      c.add(Severity::query, "trained_after_window", entry("assessors", i, "trained_on"));
  for (std::size_t i = 0; i < a.observations.size(); ++i)
    for (std::size_t j = 0; j < a.observations[i].evidence.size(); ++j)
      if (const auto& on = a.observations[i].evidence[j].on;
          on && ((a.window_from && *on < *a.window_from) || (end && *end < *on)))
        c.add(Severity::query, "evidence_outside_window",
              entry("observations", i, "evidence/" + std::to_string(j) + "/on"),
              a.observations[i].node);
}

void check_future(const Case& c) {
  const Assessment& a = c.assessment;
  const auto check = [&c](const std::optional<Date>& date, std::string pointer) {
    if (date && c.as_of < *date)
      c.add(Severity::query, "future_date", std::move(pointer), {}, {{"as_of", c.as_of.text()}});
  };
  check(a.child.date_of_birth, "/child/date_of_birth");
  check(a.window_from, "/window/from");
  check(a.window_to, "/window/to");
  check(a.consent_on, "/consent/on");
  if (a.signature && a.signature->at) check(a.signature->at->date, "/signed/at");
  for (std::size_t i = 0; i < a.assessors.size(); ++i)
    check(a.assessors[i].trained_on, entry("assessors", i, "trained_on"));
  for (std::size_t i = 0; i < a.agencies.size(); ++i)
    check(a.agencies[i].since, entry("agencies", i, "since"));
  for (std::size_t i = 0; i < a.observations.size(); ++i)
    for (std::size_t j = 0; j < a.observations[i].evidence.size(); ++j)
      check(a.observations[i].evidence[j].on,
            entry("observations", i, "evidence/" + std::to_string(j) + "/on"));
}

void check_child(const Case& c) {
  const Child& child = c.assessment.child;
  constexpr int adult = 18 * 12;  // months
  if (child.date_of_birth && child.expected_date)
    c.add(Severity::error, "unborn_with_birth_date", "/child/expected_date");
  if (const auto age = c.assessment.age_months(); age && *age >= adult)
    c.add(Severity::error, "over_18", "/child/date_of_birth");
  if (!child.upn.empty()) {
    const NumberProblem problem = check_upn(child.upn);
    if (problem != NumberProblem::none)
      c.add(Severity::error, problem == NumberProblem::shape ? "upn_shape" : "upn_check_letter",
            "/child/upn");
    else if (!known_local_authority(child.upn))
      c.add(Severity::note, "upn_unknown_authority", "/child/upn");
  }
  if (child.nhs_number.empty()) return;
  switch (check_nhs_number(child.nhs_number)) {
    case NumberProblem::none: return;
    case NumberProblem::shape: return c.add(Severity::error, "nhs_shape", "/child/nhs_number");
    case NumberProblem::check_digit:
      return c.add(Severity::error, "nhs_check_digit", "/child/nhs_number");
    case NumberProblem::no_such_number:
      return c.add(Severity::error, "nhs_no_such_number", "/child/nhs_number");
  }
}

}  // namespace gcp2::rules
