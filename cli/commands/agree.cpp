#include <fmt/format.h>

#include <charconv>
#include <thread>

#include "gcp2/agreement.h"
#include "gcp2/interop.h"
#include "gcp2/report.h"
#include "input.h"
#include "options.h"
#include "output.h"
#include "phrase.h"
#include "records.h"

namespace gcp2::cli {
namespace {

std::optional<int> whole(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "1-5".
Scale scale_of(const Options& options) {
  if (!options.has("scale")) return {};
  const std::string text = options.text("scale");
  const auto dash = text.find('-', 1);
  if (dash != std::string::npos) {
    const auto lowest = whole(std::string_view{text}.substr(0, dash));
    const auto highest = whole(std::string_view{text}.substr(dash + 1));
    if (lowest && highest && *lowest >= 0 && *lowest < *highest &&
        *highest - *lowest < static_cast<int>(Scale::most))
      return {*lowest, *highest};
  }
  options.refuse(phrase("agree.bad_scale"));
}

/// "linear,ordinal"; none = all.
std::vector<Weights> weights_of(const Options& options) {
  std::vector<Weights> weights;
  std::string rest = options.text("weights");
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto found = weights_named(std::string_view{rest}.substr(0, comma));
    if (!found) options.refuse(phrase("agree.bad_weights"));
    weights.push_back(*found);
    rest.erase(0, comma + 1);
  }
  return weights;
}

}  // namespace

int agree(const Command& command, const Arguments& arguments) {
  Options options{command,
                  {{"as-of", "agree.no_day"}, {"instrument", "agree.no_instrument"}}};
  options.value("scale", "LOW-HIGH", "option.scale").value("weights", "NAME,...", "option.weights");
  if (!options.parse(arguments, 1, 1)) return Exit::done;
  const Scale scale = scale_of(options);
  const std::vector<Weights> weights = weights_of(options);
  const SourceFile file = read_source(options.operands().front());
  Findings findings;
  const auto ratings = read_ratings_csv(file.bytes, scale, findings);
  for (Finding& finding : findings) finding.file = file.name;
  if (!ratings) refuse_invalid(findings, options);
  if (!findings.empty()) write_standard_error(findings_text(findings));
  const std::vector<Statistic> statistics = agreement(
      *ratings, {.weights = weights, .threads = std::max(1U, std::thread::hardware_concurrency())});
  write_output(options.text("output"),
               options.json() ? write_json(agreement_document(*ratings, statistics))
                              : agreement_text(*ratings, statistics, terminal_width()));
  return Exit::done;
}

}  // namespace gcp2::cli
