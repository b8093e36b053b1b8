#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {
namespace {

std::string summary(const ReadFile& file) {
  const auto count = [&file](Severity severity) {
    return std::ranges::count(file.findings, severity, &Finding::severity);
  };
  const auto invalid = count(Severity::invalid);
  const auto errors = count(Severity::error);
  const std::string_view key = invalid != 0  ? "validate.cannot_be_judged"
                               : errors != 0 ? "validate.cannot_be_signed"
                                             : "validate.can_be_signed";
  const std::string counts =
      phrase("validate.counts", {{"invalid", std::to_string(invalid)},
                                 {"errors", std::to_string(errors)},
                                 {"queries", std::to_string(count(Severity::query))},
                                 {"notes", std::to_string(count(Severity::note))}});
  return fmt::format("{} ({})\n", phrase(key, {{"file", file.name}}), counts);
}

}  // namespace

int validate(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  if (!options.parse(arguments, 1, SIZE_MAX)) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  Findings all;
  std::string text;
  int code = Exit::done;
  for (const std::string& name : options.operands()) {
    try {
      const ReadFile file = read_file(name, options, instruments);
      text += findings_text(file.findings) + summary(file);
      all.insert(all.end(), file.findings.begin(), file.findings.end());
    } catch (const Stop& stop) {
      // One file that cannot be opened does not keep the others from being checked.
      if (stop.code != Exit::outside) throw;
      write_standard_error(fmt::format("gcp2: {}\n", stop.message));
      code = Exit::outside;
    }
  }
  write_output(options.text("output"), options.json() ? write_json(findings_document(all)) : text);
  if (code == Exit::done && (any(all, Severity::invalid) || any(all, Severity::error)))
    code = Exit::invalid;
  return code;
}

}  // namespace gcp2::cli
