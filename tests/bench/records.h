// Plainly fictional records for the benchmarks: from one seed the same ones on every machine.
#pragma once

#include <cstdint>
#include <iterator>
#include <string>

#include "gcp2/assessment.h"

namespace gcp2::bench {

/// Assessments as practitioners write them, of about 3.4 KB: any age, some children with a
/// long-term health condition, families from thriving to struggling, now and then a leaf without a
/// grade, evidence for most grades, and a text in eight with quotes, accents or line breaks. All of
/// them are valid and without judgements or behavioural difficulties, so that the plain roll-up of
/// the peers gives the same grades.
class Records {
 public:
  explicit Records(const Instrument& instrument, std::uint64_t seed = 20260123)
      : instrument_{instrument}, state_{seed} {}
  /// The next one as a line of JSON, without its line break.
  std::string next();

 private:
  unsigned below(unsigned end);
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(static_cast<unsigned>(std::size(list)))];
  }
  std::string uuid();
  std::string nhs_number();
  std::string sentence();
  std::string child(unsigned number, const std::string& birth, bool ill);
  std::string observed(unsigned usual);
  std::string observations(int age, Conditions conditions);

  const Instrument& instrument_;
  std::uint64_t state_;
  unsigned count_ = 0;
};

}  // namespace gcp2::bench
