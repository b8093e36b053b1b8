// What is wrong, doubtful or worth knowing in something that a person wrote: values with places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/document.h"

namespace gcp2 {

/// `invalid`: cannot be judged at all. `error`: can be judged but not signed. `query`: amend it or
/// give a reason. `note`: worth knowing.
enum class Severity { invalid, error, query, note };

std::string_view name_of(Severity severity) noexcept;

/// One problem and its place. The sentence for people is made in `report` from code and details,
/// so that it can be said in another language; details never hold a child's data.
struct Finding {
  std::string_view code;  ///< stable, snake_case, with static storage
  Severity severity = Severity::note;
  std::string pointer = {};  ///< JSON pointer into the document; empty = the whole document
  std::string node = {};     ///< the instrument's node that it is about, or empty
  std::vector<std::pair<std::string_view, std::string>> details = {};
  Position position = {};  ///< line 0 = not known yet; see `locate`
  std::string file = {};
};

using Findings = std::vector<Finding>;

bool any(const Findings& findings, Severity severity) noexcept;

/// So many are listed of one document; nobody reads more.
inline constexpr std::size_t most_findings = 1000;
/// Adds a finding. Beyond `most_findings` only `too_many_findings` stands for the rest, at the place
/// of the first of them and as severe as the most severe: what is `invalid` stays so.
void add_finding(Findings& findings, Finding finding);

/// Gives every finding without a position the position of its pointer in the document (of the
/// nearest parent where the pointer's end is missing).
void locate(Findings& findings, const Value& document);

/// By file, line, column, pointer; otherwise in the order in which they were found.
void sort_by_place(Findings& findings);

/// The known word nearest to a mistyped one (at most two edits, letter case aside), or empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// A key or code as it may be shown in a message: words that look like one are kept, anything else
/// (a name typed in the wrong place) is not.
std::string shown(std::string_view word);

}  // namespace gcp2
