#include "gcp2/keys.h"
#include "gcp2/report.h"
#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {

int amend(const Command& command, const Arguments& arguments) {
  Options options{command};
  if (!options.changes_its_input().parse(arguments, 1, 1)) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  const ReadFile file = read_file(options.operands().front(), options, instruments);
  require_valid(file, options);
  const Record& record = only_record(file, options);
  if (!record.assessment.is_signed)
    refuse_invalid({{.code = "record_is_draft",
                     .severity = Severity::invalid,
                     .pointer = "/status",
                     .file = file.name}},
                   options);
  const std::string id = Id::random().text();
  const Value successor = successor_of(record, id);
  const std::string target = options.text("output");
  write_output(target, record_text(successor, Layout::pretty, target, options));
  receipt(options, "amend", target, id,
          phrase("amend.done", {{"file", target}, {"old", one_line(record.assessment.id)}}));
  return Exit::done;
}

}  // namespace gcp2::cli
