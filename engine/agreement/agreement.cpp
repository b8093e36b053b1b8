#include "gcp2/agreement.h"

#include <algorithm>

#include "agreement/alpha.h"
#include "agreement/bias.h"
#include "agreement/chance.h"
#include "agreement/tally.h"

namespace gcp2 {
namespace {

constexpr Weights of_kappa[] = {Weights::identity, Weights::linear, Weights::quadratic};
constexpr Weights of_alpha[] = {Weights::nominal, Weights::ordinal, Weights::interval};

std::vector<Weights> wanted(std::span<const Weights> known, const AgreementOptions& options) {
  std::vector<Weights> some;
  for (const Weights weights : known)
    if (options.weights.empty() || std::ranges::find(options.weights, weights) != options.weights.end())
      some.push_back(weights);
  return some;
}

}  // namespace

std::vector<Statistic> agreement(const Ratings& ratings, const AgreementOptions& options) {
  const tally::Tally tally = tally::tally_of(ratings);
  std::vector<Statistic> all{chance::percent(tally, Measure::percent_exact, 0),
                             chance::percent(tally, Measure::percent_within_one, 1)};
  for (const Weights weights : wanted(of_kappa, options))
    all.push_back(cohen_kappa(ratings, weights));
  for (const Measure measure :
       {Measure::fleiss_kappa, Measure::gwet_ac, Measure::brennan_prediger})
    for (const Weights weights : wanted(of_kappa, options))
      all.push_back(chance::coefficient(tally, measure, weights));
  for (Statistic& each : alpha::all(tally, wanted(of_alpha, options), options))
    all.push_back(std::move(each));
  for (Statistic& each : bias::all(ratings)) all.push_back(std::move(each));
  return all;
}

Statistic krippendorff_alpha(const Ratings& ratings, Weights weights,
                             const AgreementOptions& options) {
  return alpha::all(tally::tally_of(ratings), {weights}, options).front();
}

}  // namespace gcp2
