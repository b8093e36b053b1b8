// A trainee's grades of a case beside its key (semantics 7), leaf by leaf and in figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/agreement.h"
#include "gcp2/training.h"

namespace gcp2 {

/// What a record was made on. A record that is not for training, one of a case or profile that is
/// not among these, of another instrument or of a child whose age or conditions are no longer the
/// case's is `invalid`: the key says nothing of it.
std::optional<ToldCase> told_case_of(const Assessment& assessment, const Instrument& instrument,
                                     const Sheet& sheet, const std::vector<Case>& cases,
                                     Findings& findings);

/// Whether its error says how sure the figure is. One of 0, rounding aside, comes from items that are
/// all alike, and is no certainty.
bool has_error(const Statistic& statistic) noexcept;

enum class LeafOutcome : std::uint8_t {
  same,             ///< the key's grade
  worse,            ///< graded worse than the key: over-graded
  better,           ///< graded better than the key: under-graded
  not_graded,       ///< the key has a grade, the trainee has none
  rightly_open,     ///< neither has one: the text does not allow any
  without_grounds,  ///< graded all the same
};
std::string_view name_of(LeafOutcome outcome) noexcept;

struct LeafMark {
  const KeyEntry* key = nullptr;
  Mark own;
  LeafOutcome outcome = LeafOutcome::same;
  int apart = 0;  ///< own grade - the key's; 0 where one of them is missing
};

/// Figures over the leaves that both graded. Each is one reading of one case by one person; none is
/// a measure of the person.
struct Marking {
  ToldCase of;
  std::vector<LeafMark> leaves;   ///< by entry of the key
  std::vector<NodeIndex> beyond;  ///< graded although the case does not ask for it
  std::size_t compared = 0;       ///< leaves that both graded
  Statistic exact, within_one;    ///< shares of these
  Statistic kappa;                ///< Cohen's, quadratic weights
  Statistic bias;                 ///< above 0 = worse grades than the key's (harsher)

  [[nodiscard]] std::size_t count(LeafOutcome outcome) const noexcept;
};
/// The sheet is of the case's instrument.
Marking mark(const ToldCase& of, const Sheet& sheet);

/// Who graded, as they are called wherever something is said of them.
struct Trainee {
  std::string name;
  std::string assessment;  ///< id of the record
  Marking marking;
};

}  // namespace gcp2
