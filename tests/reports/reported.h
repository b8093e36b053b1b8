// Reports on histories, and what stands in them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "gcp2/indication_files.h"
#include "gcp2/report.h"
#include "support/history.h"

namespace gcp2::test {

/// A report on a history, and all that it is made from.
class Reported {
 public:
  explicit Reported(History& history, std::string_view locality = "default")
      : comparison_{history.comparison()},
        locality_{*std::ranges::find(shipped_localities(), locality, &Locality::id)} {
    indicated_ = indications(shipped_indication_rules(), comparison_, {.as_of = as_of_});
  }

  View workers(bool redacted = false) const {
    return worker_view({.indicated = report(), .redacted = redacted});
  }
  View workers(const LogState& log) const {
    return worker_view({.indicated = report(), .log = log});
  }
  View family(const LogState& log) const {
    return family_view({.indicated = report(), .log = log});
  }
  /// Of the last record, which has a later one in its place.
  View superseded() const {
    return worker_view({.indicated = report(), .superseded = {false, true}});
  }
  View superseded_for_family() const {
    return family_view({.indicated = report(), .superseded = {false, true}});
  }
  /// Beside so many records that cannot be judged.
  View beside(std::size_t left_out) const {
    return worker_view({.indicated = report(), .left_out = left_out});
  }
  View beside_for_family(std::size_t left_out) const {
    return family_view({.indicated = report(), .left_out = left_out});
  }
  View without_others() const {
    return worker_view({.indicated = report(), .without_others = true});
  }
  View compared() const { return comparison_view({.indicated = report()}); }
  std::vector<Figure> charts() const { return charts_over_time({.indicated = report()}); }
  View large_print() const { return worker_view({.indicated = report(), .large_print = true}); }
  View family(const Language& language = Language::english()) const {
    return family_view({.indicated = report(), .language = language});
  }
  const Comparison& comparison() const { return comparison_; }

 private:
  const IndicationReport& report() const {
    report_.emplace(IndicationReport{indicated_, comparison_, shipped_indication_rules(), locality_,
                                     notes_, as_of_});
    return *report_;
  }
  Date as_of_ = *Date::parse("2026-12-31");
  Comparison comparison_;
  const Locality& locality_;
  std::vector<Indication> indicated_;
  Findings notes_;
  mutable std::optional<IndicationReport> report_;
};

inline std::string text(const View& view) { return view_text(view, 2000, false); }

template <class T>
std::vector<const T*> all_of(const View& view) {
  std::vector<const T*> found;
  for (const Block& block : view.blocks)
    if (const T* one = std::get_if<T>(&block)) found.push_back(one);
  return found;
}

inline History two_records() {
  History history;
  history.record("2026-01-23", 2, {{"A4", 4}, {"B2", 3}});
  history.record("2026-05-15", 2, {{"B2", 4}});
  return history;
}

}  // namespace gcp2::test
