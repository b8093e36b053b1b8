// The lists of a draft that are edited entry by entry: which there are, and what the form of an
// entry asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/interop.h"

namespace gcp2::cli::web {

/// One of the values of a field: as it is kept, as the form shows it, and as it is said elsewhere.
struct Choice {
  std::string value, label, said;
};

struct EntryField {
  /// A line of text, text of several lines, a day, a grade, a tick; one or several of choices.
  enum class Kind : std::uint8_t { line, text, day, grade, tick, one, several };
  std::string_view name;  ///< in the form
  std::string_view key;   ///< of the entry
  Kind kind;
  std::string_view need = {};  ///< what is said where nothing is given; empty: it may be left out
  /// Of one or several; null: the words that the format knows.
  std::vector<Choice> (*choices)(const Record&) = nullptr;
};

struct EntryList {
  std::string_view name;    ///< of its page
  std::string_view object;  ///< of the document, in which it stands; empty: in the document itself
  std::string_view member;
  std::string_view letter;  ///< that the refs of its entries begin with; empty: they have none
  std::span<const EntryField> fields;
};

/// The record's lead professional stands in the record, and is a tick of theirs in the form.
inline constexpr std::string_view leads_field = "leads";

/// Of the family and its network, and what the practitioner makes of it all.
std::span<const EntryList> family_lists() noexcept;
std::span<const EntryList> judgement_lists() noexcept;
/// Null where there is none of that name.
const EntryList* entry_list(std::string_view name) noexcept;

std::vector<Choice> choices_of(const Record& record, const EntryList& list,
                               const EntryField& field);
/// A field of an entry as it is said in a list of them; empty where nothing is.
std::string said_of(const Record& record, const EntryList& list, const EntryField& field,
                    const Value& entry);

/// The page and field for a place in the document, behind the record's own path; empty: in no list.
std::string way_into_lists(std::string_view pointer);

}  // namespace gcp2::cli::web
