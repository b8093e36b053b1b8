// Reports of records, wherever they come from: what is asked for, and the pages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/report.h"
#include "locality.h"

namespace gcp2::cli {

/// What a report is made with beside the records.
struct ReportMeans {
  std::string kind;
  bool for_family = false, redacted = false;
  const Language& language;
  IndicationRules rules;
  Locality locality;
  std::optional<RaterNoise> noise;
  std::vector<NodeMapping> mappings;
};

/// --to, --for, --language, --redact, --large-print, --plain, --rule, --noise, --mapping, and those
/// of a locality. `kinds`: the phrase that says what --to can be.
void add_report_options(Options& options, std::string_view kinds);
/// Reads all that is named beside the records; what is wrong ends the command. `kinds` are those
/// that --to takes; the first one is the usual one.
ReportMeans report_means(const Options& options, const Instruments& instruments,
                         std::span<const std::string_view> kinds);

struct Report {
  View view;          ///< empty for a picture alone
  Assessment latest;  ///< redacted where the report is
  Findings notes;     ///< for whoever made it
};
/// What a report says of records because they are of a store.
struct FromStore {
  std::optional<LogState> log = {};          ///< where its log ended
  std::vector<std::string> superseded = {};  ///< ids of those that have a later one in their place
  std::vector<std::string> left_out = {};    ///< ids of drafts that cannot be judged
  bool without_others = false;               ///< names of others of the family were taken out
};
Report report_of(const ScoredFiles& scored, const ReportMeans& means, const Options& options,
                 const Instruments& instruments, const FromStore& store = {});
/// The bytes of the means' kind.
std::string rendered(const Report& report, const ReportMeans& means, const Options& options);

}  // namespace gcp2::cli
