#include <algorithm>
#include <charconv>
#include <thread>

#include "gcp2/report.h"
#include "input.h"
#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {
namespace {

unsigned thread_count(const Options& options) {
  const unsigned all = std::max(1U, std::thread::hardware_concurrency());
  if (!options.has("threads")) return all;
  const std::string text = options.text("threads");
  unsigned count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count == 0 || count > 1024)
    options.refuse(phrase("usage.threads"));
  return count;
}

int score_lines(const Options& options, const Instruments& instruments) {
  if (options.has("output")) options.refuse(phrase("usage.ndjson_output"));
  if (options.has("explain")) options.refuse(phrase("usage.ndjson_explain"));
  const std::string name = options.operands().empty() ? "-" : options.operands().front();
  const InputStream input{name};
  StreamOptions stream{.name = shown_name(name),
                       .threads = thread_count(options),
                       .card = options.has("only") ? Card::grades : Card::full,
                       .rule = options.text("rule"),
                       .as_of = options.as_of()};
  if (options.has("rule"))
    for (const Instrument& instrument : instruments.list) (void)rule_for(instrument, options);
  const auto result = score_stream(
      instruments, stream,
      [&input](char* into, std::size_t size) { return input.read(into, size); },
      try_standard_output);
  if (!result) throw Stop{Exit::outside, result.error().message};
  return result->refused == 0 ? Exit::done : Exit::invalid;
}

std::string scored(const Record& record, const Options& options) {
  const Instrument& instrument = *record.instrument;
  const Rule& rule = rule_for(instrument, options);
  const Scorecard card = score(instrument, rule, record.sheet);
  if (options.json()) {
    std::string out;
    CardWriter{instrument, rule, options.has("only") ? Card::grades : Card::full}.append(
        out, record.assessment.id, card);
    return out += '\n';
  }
  const ScoredRecord scored{instrument, rule, record.assessment, record.sheet, card};
  return options.has("explain") ? explanation_text(scored, terminal_width())
                                : profile_text(scored, terminal_width());
}

}  // namespace

int score(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  options.flag("explain", "option.explain")
      .value("rule", "NAME", "option.rule")
      .flag("ndjson", "option.ndjson")
      .value("threads", "N", "option.threads")
      .value("only", "grades", "option.only");
  const bool lines = std::ranges::find(arguments, "--ndjson") != arguments.end();
  if (!options.parse(arguments, lines ? 0 : 1, 1)) return Exit::done;
  if (options.has("only") && options.text("only") != "grades") options.refuse(phrase("usage.only"));
  const Instruments instruments = instruments_at_hand(options);
  if (lines) return score_lines(options, instruments);

  const ReadFile file = read_file(options.operands().front(), options, instruments);
  require_valid(file, options);
  std::string out;
  for (const Record& record : file.records) {
    if (!out.empty() && !options.json()) out += "\n\n";
    out += scored(record, options);
  }
  write_output(options.text("output"), out);
  if (!options.json()) mention_findings(file);
  return Exit::done;
}

}  // namespace gcp2::cli
