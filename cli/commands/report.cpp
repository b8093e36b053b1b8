#include <limits>

#include "../output.h"
#include "../phrase.h"
#include "../reporting.h"

namespace gcp2::cli {
namespace {

constexpr std::string_view kinds[] = {"text", "html", "svg", "pdf", "json", "genogram", "ecomap"};

}  // namespace

int report(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  add_report_options(options, "option.report_to");
  if (!options.parse(arguments, 1, std::numeric_limits<std::size_t>::max())) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  const ReportMeans means = report_means(options, instruments, kinds);
  const ScoredFiles scored = read_scored(options.operands(), options, instruments);
  if (scored.records.empty()) options.refuse(phrase("usage.no_record"));
  const Report made = report_of(scored, means, options, instruments);
  write_output(options.text("output"), rendered(made, means, options));
  if (!made.notes.empty()) write_standard_error(findings_text(made.notes));
  return Exit::done;
}

}  // namespace gcp2::cli
