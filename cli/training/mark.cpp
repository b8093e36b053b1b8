#include "../input.h"
#include "../options.h"
#include "../output.h"
#include "gcp2/training_files.h"
#include "gcp2/training_report.h"
#include "trainees.h"
#include "training.h"

namespace gcp2::cli {

int train_mark(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  if (!options.parse(arguments, 1, 10'000)) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  std::vector<Trainee> trainees;
  Findings findings;
  for (const std::string& name : options.operands()) {
    const ReadFile file = read_file(name, options, instruments);
    if (file.records.empty())
      findings.insert(findings.end(), file.findings.begin(), file.findings.end());
    for (const Record& record : file.records)
      if (auto trainee = trainee_of(record, file.name, findings))
        trainees.push_back(std::move(*trainee));
  }
  if (any(findings, Severity::invalid)) refuse_invalid(findings, options);
  std::string out;
  if (options.json()) {
    out = write_json(marks_document(trainees));
  } else {
    for (const Trainee& trainee : trainees)
      out +=
          (out.empty() ? "" : "\n\n") + view_text(marking_view(trainee), terminal_width(), false);
  }
  write_output(options.text("output"), out);
  return Exit::done;
}

}  // namespace gcp2::cli
