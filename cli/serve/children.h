// A child as lists and headings show it, and how a page asks why somebody deals with a child.
#pragma once

#include "page.h"

namespace gcp2::cli::web {

/// The child's name, or their reference.
std::string name_of_child(const ChildFacts& child);

Shown shown_child(const ChildFacts& child);

/// The request to erase a child; nullptr where nobody asked.
const ErasureRequest* request_for(const std::vector<ErasureRequest>& requests, const Id& child);
/// The child, and who asked for the erasure, when and why.
Shown shown_request(const Visit& visit, const ErasureRequest& request);

/// What a page asks the reason with.
struct ReasonWords {
  std::string label, hint;
  std::string none = {};  ///< stands where no reason is chosen; empty: a request to choose one
  bool words = true;      ///< further words, too; what is about no child has no key to seal them
};
/// For templates that have `{{> reason}}`: a listed reason, and further words, as they were sent.
void ask_reason(Shown& content, const Form& form, const ReasonWords& words);

/// What was sent by such a form.
Purpose purpose_of(const Form& form);

}  // namespace gcp2::cli::web
