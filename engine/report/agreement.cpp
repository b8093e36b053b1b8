#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/figures.h"
#include "report/over_time.h"

namespace gcp2 {
namespace {

using figures::decimals;
using figures::percent;

struct AgreementText {
  const Ratings& ratings;
  const std::vector<Statistic>& statistics;
  std::size_t width;
  const Language& language = Language::english();

  [[nodiscard]] std::string name(const Statistic& statistic) const {
    std::string plain = language.say("agreement.name." + std::string{name_of(statistic.measure)});
    if (!statistic.weights) return plain;
    return language.say("agreement.weighted", {{"name", std::move(plain)},
                                               {"weights", std::string{name_of(*statistic.weights)}}});
  }

  [[nodiscard]] over_time::Row row(const Statistic& s) const {
    if (s.undefined)
      return {name(s), {"-"}, figures::undefined(language, *s.undefined)};
    over_time::Row row{name(s), {decimals(*s.estimate)}, {}};
    row.cells.push_back(s.error ? decimals(*s.error) : "-");
    row.cells.push_back(s.interval ? fmt::format("{} to {}", decimals(s.interval->low),
                                                 decimals(s.interval->high))
                                   : language.say("agreement.no_error"));
    row.cells.push_back(std::to_string(s.count));
    return row;
  }

  [[nodiscard]] std::string table() const {
    std::vector<over_time::Row> rows;
    for (const Statistic& statistic : statistics)
      if (statistic.measure != Measure::rp_bias) rows.push_back(row(statistic));
    return over_time::rows_text({language.say("agreement.estimate"), language.say("agreement.error"),
                                 language.say("agreement.interval"), language.say("agreement.count")},
                                rows);
  }

  /// The one figure to read first, with how sure its band is.
  [[nodiscard]] std::string in_words() const {
    const auto found = std::ranges::find_if(statistics, [](const Statistic& s) {
      return s.measure == Measure::krippendorff_alpha && s.weights == Weights::ordinal;
    });
    if (found == statistics.end()) return {};
    const auto against = benchmark(*found);
    if (!against) return {};
    std::vector<std::string> bands;
    for (std::size_t i = 0; i + 1 < Benchmark::bands; ++i)
      bands.push_back(language.say("agreement.band_or_better",
                                   {{"band", figures::band(language, static_cast<Benchmark::Band>(i))},
                                    {"percent", percent(against->at_least[i])}}));
    return "\n" + wrapped(language.say("agreement.sure", {{"estimate", decimals(*found->estimate)},
                                                          {"band", figures::band(language, against->band)},
                                                          {"bands", words::list(language, bands)}}),
                          width);
  }

  [[nodiscard]] std::string leaning() const {
    std::vector<std::string> lines;
    for (const Statistic& s : statistics)
      if (s.measure == Measure::rp_bias)
        lines.push_back(language.say(
            "agreement.lean." + figures::lean_word(s),
            figures::lean_fillings(s, one_line(ratings.raters()[*s.rater]))));
    return over_time::section(language.say("agreement.leaning"), lines, width);
  }
};

}  // namespace

std::string agreement_text(const Ratings& ratings, const std::vector<Statistic>& statistics,
                           std::size_t width) {
  const AgreementText text{ratings, statistics, width};
  const Language& language = text.language;
  return wrapped(language.say("agreement.title",
                              {{"subjects", std::to_string(ratings.subjects().size())},
                               {"raters", std::to_string(ratings.raters().size())},
                               {"lowest", std::to_string(ratings.scale().lowest)},
                               {"highest", std::to_string(ratings.scale().highest)}}),
                 width) +
         "\n" + text.table() + text.in_words() + text.leaning() + "\n" +
         wrapped(language.say("agreement.notes"), width);
}

}  // namespace gcp2
