// The family of a record made safe to draw: refs resolved, circles cut, siblings in order.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gcp2/assessment.h"
#include "gcp2/language.h"

namespace gcp2::drawing {

enum class Sex { unknown, female, male };

struct Person {
  std::string name = {};      ///< never empty
  std::string relation = {};  ///< to the child, as recorded of a carer; or empty
  Sex sex = Sex::unknown;
  std::optional<int> born = {}, died = {};  ///< years
  bool deceased = false;
  bool child = false;      ///< the child of the record
  bool household = false;  ///< lives with the child; the child does
};

/// People are numbers in `Kin::people`. Nobody is their own ancestor here.
struct Union {
  std::vector<std::size_t> partners;  ///< none, one or two; left before right
  std::vector<std::size_t> children;  ///< oldest first, those without a date last
  std::string kind;
  std::vector<std::vector<std::size_t>> twins;  ///< of two or more, in the children's order
};

struct Kin {
  std::vector<Person> people;
  std::vector<Union> unions;
  std::optional<std::size_t> child;
  std::size_t members = 0;  ///< so many of the people are members of the record, the first ones
  bool whole = true;  ///< nothing of the record was left out

  /// Whether anybody is said to live with the child; nobody said is not the same as nobody there.
  [[nodiscard]] bool household_known() const;
  [[nodiscard]] std::vector<std::size_t> unions_of(std::size_t person) const;
  /// The union that the person is a child of, the first one; or none.
  [[nodiscard]] std::optional<std::size_t> parents_of(std::size_t person) const;
};

/// The members in their order; where the record names none, the child alone.
Kin kin_of(const Assessment& assessment, const Language& language);

/// The person whom a tie means by that ref.
std::optional<std::size_t> person_of(const Assessment& assessment, const Kin& kin,
                                     std::string_view ref);

/// A text on one line: line breaks and other control characters are spaces, ends are trimmed.
std::string plain(std::string_view text);
/// "a, b and c".
std::string listed(const Language& language, const std::vector<std::string>& parts);
std::string child_name(const Assessment& assessment, const Kin& kin, const Language& language);

}  // namespace gcp2::drawing
