// Records as the commands need them: files read and judged, findings said.
#pragma once

#include <string>
#include <vector>

#include "gcp2/interop.h"
#include "options.h"

namespace gcp2::cli {

/// Adds the options of reading records to a command's own: --header, --by, --overlay.
void add_reading_options(Options& options);

/// The shipped instruments and those of --instrument, with --overlay laid over its own. A file that
/// is not whole ends the command (1), its findings said.
Instruments instruments_at_hand(const Options& options);

/// The records of one file, judged; `findings` are those of the whole file, `invalid` ones too.
struct ReadFile {
  std::string name;
  Content content = Content::unknown;
  std::vector<Record> records;
  Findings findings;    ///< of the file and of every record in it
  Findings of_reading;  ///< those of them that came before any record was judged
};
/// The records point into `instruments`, which have to outlive them.
ReadFile read_file(const std::string& name, const Options& options, const Instruments& instruments);
ReadFile read_file(const std::string&, const Options&, Instruments&&) = delete;

/// Says the findings on standard output (json) or error (text) and ends the command (1). Never into
/// the file of --output, which can be the record's own.
[[noreturn]] void refuse_invalid(const Findings& findings, const Options& options);
/// Ends the command where the file holds anything `invalid`.
void require_valid(const ReadFile& file, const Options& options);
/// The one record that commands on a single record work on; ends the command (2) otherwise.
const Record& only_record(const ReadFile& file, const Options& options);

/// The rule of --rule, or the instrument's own; ends the command (2) where it has no such rule.
const Rule& rule_for(const Instrument& instrument, const Options& options);

/// For people: how many findings there are that do not keep the record from being judged.
void mention_findings(const ReadFile& file);

/// A record as it is written to a file: never larger than what can be read again. Ends the command
/// (1) where that cannot be.
std::string record_text(const Value& document, Layout layout, const std::string& file,
                        const Options& options);

/// Says that a command has written its file: a line, or "gcp2/receipt/1". Nothing where the result
/// itself went to standard output.
void receipt(const Options& options, std::string_view command, const std::string& file,
             const std::string& assessment, const std::string& said, std::size_t records = 1);

}  // namespace gcp2::cli
