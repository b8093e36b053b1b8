// A child's records, judged and scored: what pages and reports say is made of it.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/indication_report.h"
#include "gcp2/interop.h"
#include "page.h"

namespace gcp2::cli::web {

/// Stays where it is made: its parts point into each other.
struct Told {
  std::deque<Record> records = {};  ///< as the history has them, the last one is what it is about
  std::deque<std::string> windows = {};  ///< what findings call the records
  std::deque<Scorecard> cards = {};
  Findings notes = {};
  std::optional<Comparison> comparison = {};  ///< absent where a record cannot be scored
  std::size_t left_out = 0;                   ///< records before the last one that cannot be scored
  std::vector<Indication> indicated = {};
  IndicationContext context;
  RecordLine line = {};         ///< of the last record, where the child's history was asked for it
  Head log = {};                ///< where the log ended once it was printed
  bool without_others = false;  ///< names of others of the family were taken out

  /// By point of the comparison: where the last record is told of although a later one is in its
  /// place.
  [[nodiscard]] std::vector<bool> superseded() const;
  [[nodiscard]] IndicationReport report(const Site& site) const {
    return {indicated, *comparison, site.rules, site.locality, notes, context.as_of};
  }
};

/// Signed, and not replaced by a later record.
bool in_force(const RecordLine& line);

/// Who signed a record here or brought it in, and who signed it off and when, or that nobody has
/// yet; empty for a draft.
std::string signatures_of(const Visit& visit, const RecordLine& line);
/// For a supervisor: signed by somebody else, in force, and signed off by nobody yet.
bool waits_for_sign_off(const Visit& visit, const RecordLine& line);

/// One record with its findings; it calls the child what they are called here. Remembers whose it
/// is.
Allowed<Record> judged(const Visit& visit, const Id& record);

/// Those records of one child, in that order, the last one being what it is about. Each that is
/// read is in the log.
Allowed<std::unique_ptr<Told>> told(const Visit& visit, const std::vector<Id>& records);

/// The child's signed records up to the one that it is about, which may be a draft. Each that is
/// read is in the log.
Allowed<std::unique_ptr<Told>> told(const Visit& visit, const Id& child, const Id& about);

/// The same as pages that outlive the screen: in the log they are printed. For subject access,
/// which hands them to the family, they are without the names of the rest of it.
Allowed<std::unique_ptr<Told>> printed(const Visit& visit, const Id& child, const Id& about);

/// The latest signed record in force of a child, other than that one; as its id, it is not read.
Allowed<std::optional<Id>> last_in_force(const Visit& visit, const Id& child, const Id& but);
Allowed<std::optional<Record>> last_signed(const Visit& visit, const Id& child, const Id& but);

/// Where anything is urgent, dismissed or not: for templates that begin with `{{> urgent_notice}}`.
void show_urgent(Shown& content, const Visit& visit, const Told& told);

/// By whom an indication of the last record was dismissed and why; empty where nobody has.
std::string dismissal_of(const Indication& indication, const Told& told);

/// For headings: the child's name, or their reference; the days that a record is about.
std::string name_of_child(const Record& record);
std::string window_of(const Record& record);

}  // namespace gcp2::cli::web
