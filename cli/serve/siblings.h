// Children of one family: records that are started together, each graded apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page.h"
#include "told.h"

namespace gcp2::cli::web {

/// A new draft that says nothing yet; the first instrument where that one is not known.
Value empty_document(const Visit& visit, std::string_view instrument);

/// A child as the own caseload has them; of any other child the id alone.
Allowed<ChildFacts> in_caseload(const Visit& visit, const Id& child);

/// The other children of the own caseload that are of the same family: by the reference that the
/// record says of it, or that is known of both, and by the desk where none is known.
Allowed<std::vector<ChildFacts>> siblings_of(const Visit& visit, const Id& child,
                                             std::string_view family_ref);

/// One of them with the record of the same days, if there is one: a draft, or signed and in force.
struct Sibling {
  ChildFacts child;
  std::optional<RecordLine> line;
};
/// Of the child whose record the document is.
Allowed<std::vector<Sibling>> siblings_beside(const Visit& visit, const Id& child,
                                              const Value& document);

/// What a new record of a child takes over from the last signed one, or from what is known: who
/// they are, who they live with and who works with them, and nothing that was observed. They are
/// called what they are called here.
Allowed<Value> begun_for(const Visit& visit, const ChildFacts& child);
/// The same from a record, of the child as it is known here. One from elsewhere may say no child.
Value begun_from(Value document, const Value& earlier, const ChildFacts& known);

/// For a template with `{{> sibling_fields}}`: a tick for each child, and fields for one more.
void show_sibling_fields(Shown& content, const Form& typed, const std::vector<ChildFacts>& choices,
                         const std::vector<Slip>& slips);

/// Whether the form asks for any sibling.
bool names_siblings(const Form& form);
/// What is missing in the fields of the form before any record is started.
std::vector<Slip> slips_in_siblings(const Form& form, std::string_view family_ref);

/// A draft for each child that the form names and that has none yet, beside this one: the same
/// days, consent, assessors, agencies and instrument. Gives what was refused; the others are
/// started.
std::vector<Slip> start_beside(const Visit& visit, const Value& document,
                               const std::vector<Sibling>& siblings);

/// The text of a member of an object of a document, or of the document itself; empty where there is
/// none.
std::string said_in(const Value& document, std::string_view object, std::string_view key);

}  // namespace gcp2::cli::web
