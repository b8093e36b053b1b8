// Entries of a draft's lists as forms carry them, and back.
#pragma once

#include <optional>
#include <vector>

#include "form.h"
#include "lists.h"

namespace gcp2::cli::web {

/// The entries that are kept; null where there are none.
const Value* entries_of(const Value& document, const EntryList& list);

/// The entries as pages show them: the lead professional's has a tick of its own.
std::vector<Value> entries_shown(const Record& record, const EntryList& list);
/// What is shown in the form of a new entry: nothing, but for the child among its family.
Value first_entry(const Record& record, const EntryList& list);
/// Whether a judgement or a comment of that node stands elsewhere in the list: each has one.
bool is_said_of_another(const Record& record, const EntryList& list,
                        std::optional<std::size_t> place, std::string_view node);
/// The entry with what a form says of it; what the form does not ask for stays, unless a target
/// moves to another node: what was seen there is not of this one.
Value entry_said(const Record& record, const EntryList& list, Value entry, const Form& form);
/// The document with an entry in that place, or behind the last one.
Value with_entry(const Record& record, const EntryList& list, std::optional<std::size_t> place,
                 const Form& form);
Value without_entry(const Record& record, const EntryList& list, std::size_t place);

}  // namespace gcp2::cli::web
