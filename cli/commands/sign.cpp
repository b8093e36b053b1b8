#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {

int sign(const Command& command, const Arguments& arguments) {
  Options options{command};
  options.changes_its_input()
      .value("by", "REF", "option.sign_by")
      .value("at", "TIME", "option.sign_at");
  if (!options.parse(arguments, 1, 1)) return Exit::done;
  if (!options.has("by")) options.refuse(phrase("usage.sign_by"));
  const std::string by = options.text("by");
  const auto at = options.has("at") ? Instant::parse(options.text("at")) : now();
  if (!at) options.refuse(phrase("usage.sign_at"));

  const Instruments instruments = instruments_at_hand(options);
  const std::string name = options.operands().front();
  const ReadFile file = read_file(name, options, instruments);
  require_valid(file, options);
  const Record& record = only_record(file, options);
  if (file.content != Content::json) options.refuse(phrase("usage.sign_json"));
  if (record.assessment.is_signed)
    refuse_invalid({{.code = "record_is_signed",
                     .severity = Severity::invalid,
                     .pointer = "/status",
                     .file = file.name}},
                   options);

  const Value document = signed_document(record, by, *at);
  const Record as_signed = judge(document, instruments, options.as_of(), {}, {file.name});
  if (const Findings found = unsignable(as_signed.findings); !found.empty())
    refuse_invalid(found, options);

  const std::string target = options.has("output") ? options.text("output") : name;
  write_output(target, record_text(document, Layout::pretty, target, options));
  receipt(options, "sign", target, record.assessment.id,
          phrase("sign.done", {{"file", target}, {"by", by}}));
  return Exit::done;
}

}  // namespace gcp2::cli
