// A draft's answers as forms carry them, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form.h"
#include "gcp2/interop.h"

namespace gcp2::cli::web {

inline constexpr std::string_view evidence_kinds[] = {"observed", "child_said", "carer_said",
                                                      "professional_said", "record"};
/// What is no kind of evidence stays as it is.
std::string kind_in_words(std::string_view kind);

/// The nodes that have a page of questions: sub-areas, and areas without any.
std::vector<NodeIndex> pages_of(const Instrument& instrument);

/// The node of a page of questions that has any for the child; nullopt where there is no such page.
std::optional<NodeIndex> page_node(const Record& record, std::string_view code);

/// The leaves at or below a node that apply to the child, in tree order.
std::vector<NodeIndex> leaves_of(const Record& record, NodeIndex node);

/// The observation of a leaf in a document, or null.
const Value* observation_of(const Value& document, std::string_view node);
/// The document with that leaf's observation; null takes it away.
Value with_observation(const Value& document, std::string_view node, const Value* observation);

/// What a form says of a leaf (its fields are named `grade.A1a`, `reason.A1a`, `kind.A1a.0`, ...),
/// laid over what was there: unknown members stay. nullopt where nothing is said and nothing was
/// there. The author of what is new or changed is `by`.
std::optional<Value> answered(const Form& form, std::string_view node, const Value* before,
                              std::string_view by);

/// A ref for a new entry that nothing in the document mentions: what somebody who was taken out has
/// said or done stays theirs.
std::string unused_ref(const Value& document, std::string_view letter);

/// The ref of somebody of that name among the document's assessors; they are added where they are
/// not yet.
std::string assessor_ref(Value& document, const std::string& name);

}  // namespace gcp2::cli::web
