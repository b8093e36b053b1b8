// Sample cases for training: a told case with an expert's key, leaf by leaf.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"

namespace gcp2 {

inline constexpr std::string_view case_format = "gcp2/case/1";

/// What the key says of one leaf: a grade with its reasons, or why the text does not allow one.
struct KeyEntry {
  NodeIndex node = 0;
  std::optional<Grade> grade;
  std::string rationale;            ///< of a grade: why this one and not the next
  std::string cannot;               ///< without a grade: why there is none
  std::vector<std::size_t> lines;   ///< of the vignette, from 1; what the grade rests on
  std::vector<std::string> quotes;  ///< by line: words that stand in it
};

/// One child in one window: what is told and the key to it.
struct CaseProfile {
  std::string id, title;
  Child child;
  std::optional<Date> window_from, window_to;
  int age_months = 0;  ///< completed, at the window's end; unborn is 0
  Conditions conditions;
  /// Told by people who see a part of the child's life only (a school); what they cannot see has no
  /// grade in the key.
  bool early_indicators = false;
  std::vector<std::string> vignette;  ///< a sentence or two a line
  std::vector<KeyEntry> key;          ///< exactly `key_leaves`, in their order
};

/// One profile; or one for each of several siblings; or one for each assessment of a child.
struct Case {
  std::string id, title, about;
  const Instrument* instrument = nullptr;  ///< of those that it was read with
  std::vector<CaseProfile> profiles;
  std::vector<std::string> discussion, facilitator;

  [[nodiscard]] const CaseProfile* profile(std::string_view wanted) const noexcept;
};

/// One profile of a case.
struct ToldCase {
  const Case* told = nullptr;
  const CaseProfile* profile = nullptr;
};

/// The leaves that are graded for such a child, in tree order: those that apply, without those that
/// an exception replaces (semantics 3).
std::vector<NodeIndex> key_leaves(const Instrument& instrument, int age_months,
                                  Conditions conditions);

/// Reads a document of `case_format`. Everything that is amiss is `invalid` with its place; without
/// a finding, the case is whole: its key covers what it must, and every quote stands in its line.
/// `instruments` must outlive the case.
Case read_case(const Value& document, const Instruments& instruments, Findings& findings);

/// Child and window as an assessment has them.
Value told_child(const Child& child);
Value told_window(const CaseProfile& profile);
/// The record that a trainee fills in: an assessment of the case's child and window, with the
/// trainee as its one assessor. Nothing of the key is in it.
Value training_draft(const ToldCase& told, std::string id, std::string trainee);

/// The key as a record sheet; a leaf without a grade is `not_observed`.
Sheet key_sheet(const Instrument& instrument, const CaseProfile& profile);

}  // namespace gcp2
