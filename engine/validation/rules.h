// The rules of validation, by what they look at. Each adds what it finds.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/validation.h"

namespace gcp2::rules {

using Details = std::vector<std::pair<std::string_view, std::string>>;

/// What the rules look at, and where their findings go.
struct Case {
  const Assessment& assessment;
  const Instrument& instrument;
  const Sheet& sheet;
  Date as_of;
  Findings& findings;

  /// What is no node of the instrument is not named: anything may stand there, a child's name too.
  void add(Severity severity, std::string_view code, std::string pointer, std::string node = {},
           Details details = {}) const {
    if (!instrument.find(node)) node.clear();
    add_finding(findings, {.code = code,
                           .severity = severity,
                           .pointer = std::move(pointer),
                           .node = std::move(node),
                           .details = std::move(details)});
  }
};

/// "/observations/3" and, where given, "/grade".
inline std::string entry(std::string_view list, std::size_t index, std::string_view key = {}) {
  std::string pointer = "/" + std::string{list} + "/" + std::to_string(index);
  if (!key.empty()) pointer.append("/").append(key);
  return pointer;
}

inline bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void check_dates(const Case& c);
void check_future(const Case& c);
void check_child(const Case& c);
void check_people(const Case& c);
void check_observations(const Case& c);
void check_judgements(const Case& c);
void check_exceptions(const Case& c);
void check_targets(const Case& c);
void check_consent_and_views(const Case& c);
void check_signature(const Case& c);
void check_family(const Case& c);
void check_events(const Case& c);
void check_earlier(const Case& c);
void check_training(const Case& c);

}  // namespace gcp2::rules
