// A child's records over time, made in a line each, and what rules say of them.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/indication.h"
#include "support/records.h"

namespace gcp2::test {

class History {
 public:
  explicit History(const Instrument& instrument = gcp_instrument(), int age_months = 96)
      : instrument_{&instrument}, age_{age_months} {}

  /// A record whose window ends that day: every leaf has `base` (0 = none), except for the marks.
  History& record(std::string_view on, int base, const std::vector<Marked>& marks = {});
  /// From here on another instrument.
  History& with(const Instrument& instrument) {
    instrument_ = &instrument;
    return *this;
  }

  /// Of the last record; to be changed before `comparison`.
  Assessment& assessment() { return entries_.back().assessment; }
  Sheet& sheet() { return entries_.back().sheet; }
  /// Every leaf of the last record has evidence, except for these.
  History& evidence_but(const std::vector<std::string>& codes);
  History& target(std::string_view node, int to, std::string_view review_by);

  /// The history must outlive it.
  Comparison comparison();

 private:
  struct Entry {
    const Instrument* instrument;
    Sheet sheet;
    Assessment assessment;
    Scorecard card;
  };
  const Instrument* instrument_;
  int age_;
  std::deque<Entry> entries_;
};

/// Ids of the indications that the default rules make, in order.
std::vector<std::string> indicated(History& history, std::string_view as_of = "2026-12-31",
                                   const std::vector<std::string>& known = {});
/// The nodes of one of them; {"-"} where it is not indicated.
std::vector<std::string> nodes_of(History& history, std::string_view rule,
                                  std::string_view as_of = "2026-12-31");
bool is_indicated(History& history, std::string_view rule, std::string_view as_of = "2026-12-31");

/// A rules document with one rule of that condition.
Value rules_document(std::string_view condition);
/// Whether a condition makes an indication; the condition must be whole.
bool holds(std::string_view condition, History& history, const IndicationContext& context);
bool holds(std::string_view condition, History& history);

}  // namespace gcp2::test
