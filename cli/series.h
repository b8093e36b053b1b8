// Records of many files at once, scored: what comparing and indicating start from.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "gcp2/comparison.h"
#include "gcp2/scoring.h"
#include "records.h"

namespace gcp2::cli {

/// Deques, so that what `records` refers to stays in its place when this is moved.
struct ScoredFiles {
  std::deque<ReadFile> files;
  std::deque<std::string> names;  ///< by record: the file, with a number where it holds many
  std::deque<Scorecard> cards;
  std::vector<ScoredRecord> records;
};

/// Reads and scores all records of the files, each by its own rule or by --rule. Anything `invalid`
/// in any of them ends the command (1), all of it said.
ScoredFiles read_scored(const std::vector<std::string>& names, const Options& options,
                        const Instruments& instruments);
/// The same of files that were read.
ScoredFiles scored(std::deque<ReadFile> files, const Options& options);

/// Gives findings about records their lines and columns.
void locate_in_files(Findings& findings, const ScoredFiles& scored);

/// The JSON document in a file beside the records. What is no JSON ends the command (1).
Value read_beside(const std::string& name, const Options& options);
/// Ends the command (1) where that document holds anything `invalid`.
void require_whole(Findings findings, const Value& document, const std::string& name,
                   const Options& options);

/// The agreement study of --noise, and the mappings of --mapping; a file that is not whole ends the
/// command (1).
std::optional<RaterNoise> noise_of(const Options& options, const Instruments& instruments);
std::vector<NodeMapping> mappings_of(const Options& options, const Instruments& instruments);

}  // namespace gcp2::cli
