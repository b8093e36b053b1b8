// Sentences for people, made here alone, from typed findings and traces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/document.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"
#include "gcp2/scoring.h"

namespace gcp2 {

/// What is wrong and what to do, in plain words.
std::string message(const Finding& finding);

/// "gcp2/findings/1".
Value findings_document(const Findings& findings);
/// A line per finding: place, severity, message, code.
std::string findings_text(const Findings& findings);

/// The profile as a short table: areas and sub-areas with grade, word, status and possible grades.
std::string profile_text(const ScoredRecord& record, std::size_t width = 80);
/// The same, and for every area what decided it, what is missing and could still mean, and what a
/// single change would do. For a teacher.
std::string explanation_text(const ScoredRecord& record, std::size_t width = 80);

/// Breaks a text into lines of at most `width` characters; the first one starts with `first`, the
/// others with `indent` spaces. Ends with a line break.
std::string wrapped(std::string_view text, std::size_t width, std::string_view first = {},
                    std::size_t indent = 0);

}  // namespace gcp2
