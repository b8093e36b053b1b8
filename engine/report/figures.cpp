#include "report/figures.h"

#include <fmt/format.h>

#include "gcp2/marking.h"

namespace gcp2::figures {

std::string decimals(double number) {
  const std::string text = fmt::format("{:.3f}", number);
  return text == "-0.000" ? "0.000" : text;
}

std::string percent(double probability) {
  if (probability >= 0.995) return "over 99";
  return probability < 0.005 ? "under 1" : fmt::format("{:.0f}", probability * 100);
}

std::string band(const Language& language, Benchmark::Band band) {
  return language.say("agreement.band." + std::string{name_of(band)});
}

std::string undefined(const Language& language, Undefined why) {
  return language.say("agreement.undefined." + std::string{name_of(why)});
}

namespace {

std::string said(const Language& language, const std::string& form, const Statistic& statistic) {
  if (statistic.undefined) return undefined(language, *statistic.undefined);
  const Filling estimate{"estimate", decimals(*statistic.estimate)};
  if (!statistic.interval) return language.say("figures.no_interval." + form, {estimate});
  if (!has_error(statistic)) return language.say("figures.no_spread." + form, {estimate});
  return language.say("figures.estimate." + form, {estimate,
                                                   {"low", decimals(statistic.interval->low)},
                                                   {"high", decimals(statistic.interval->high)}});
}

}  // namespace

std::string estimate(const Language& language, const Statistic& statistic) {
  return said(language, "long", statistic);
}

std::string in_a_cell(const Language& language, const Statistic& statistic) {
  return said(language, "short", statistic);
}

std::string lean_word(const Statistic& bias) {
  if (!bias.estimate) return "nothing";
  if (!bias.interval) return "no_error";
  if (bias.interval->low > 0) return "harsher";
  return bias.interval->high < 0 ? "milder" : "unclear";
}

std::vector<Filling> lean_fillings(const Statistic& bias, std::string rater) {
  std::vector<Filling> fillings{{"rater", std::move(rater)}};
  if (bias.estimate) fillings.emplace_back("estimate", decimals(*bias.estimate));
  if (bias.interval) {
    fillings.emplace_back("low", decimals(bias.interval->low));
    fillings.emplace_back("high", decimals(bias.interval->high));
  }
  return fillings;
}

}  // namespace gcp2::figures
