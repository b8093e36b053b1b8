// How well raters agree (semantics 7): chance-corrected agreement with its error, and who leans.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gcp2 {

/// The grades that could have been given: whole numbers from `lowest` to `highest`. One that nobody
/// gave counts all the same.
struct Scale {
  static constexpr std::size_t most = 20;  ///< grades of a scale; at least 2

  int lowest = 1, highest = 5;
  [[nodiscard]] std::size_t size() const noexcept {
    return static_cast<std::size_t>(highest - lowest) + 1;
  }
  [[nodiscard]] bool holds(int grade) const noexcept { return grade >= lowest && grade <= highest; }
  friend bool operator==(const Scale&, const Scale&) = default;
};

/// Subjects by raters, with missing cells. A cell is a grade of the scale.
class Ratings {
 public:
  using Cell = std::int8_t;  ///< grade - lowest; missing = -1
  static constexpr Cell missing = -1;

  Ratings(std::vector<std::string> subjects, std::vector<std::string> raters, Scale scale = {});

  [[nodiscard]] const std::vector<std::string>& subjects() const noexcept { return subjects_; }
  [[nodiscard]] const std::vector<std::string>& raters() const noexcept { return raters_; }
  [[nodiscard]] Scale scale() const noexcept { return scale_; }

  /// Precondition: the scale holds the grade.
  void set(std::size_t subject, std::size_t rater, std::optional<int> grade);
  [[nodiscard]] std::optional<int> grade(std::size_t subject, std::size_t rater) const;
  /// All raters' cells of a subject.
  [[nodiscard]] std::span<const Cell> of(std::size_t subject) const noexcept;
  /// The same ratings of some of the subjects, in the order given.
  [[nodiscard]] Ratings only(const std::vector<std::size_t>& subjects) const;

 private:
  std::vector<std::string> subjects_, raters_;
  Scale scale_;
  std::vector<Cell> cells_;  ///< subject-major
};

enum class Measure : std::uint8_t {
  percent_exact,
  percent_within_one,
  cohen_kappa,
  fleiss_kappa,
  gwet_ac,  ///< AC1 with identity weights, else AC2
  brennan_prediger,
  krippendorff_alpha,
  rp_bias
};
std::string_view name_of(Measure measure) noexcept;

/// What a disagreement weighs. Kappa, AC and Brennan-Prediger know the first three, alpha the rest.
enum class Weights : std::uint8_t { identity, linear, quadratic, nominal, ordinal, interval };
std::string_view name_of(Weights weights) noexcept;
std::optional<Weights> weights_named(std::string_view name) noexcept;

/// Why a statistic has no value. It is none of 0, 1 and NaN then.
enum class Undefined : std::uint8_t {
  no_pair,         ///< no subject has two ratings (or: none that the rater shares with another)
  all_equal,       ///< every rating is the same grade: agreement beyond chance is 0/0
  not_two_raters,  ///< Cohen's kappa is of two
};
std::string_view name_of(Undefined why) noexcept;

enum class IntervalMethod : std::uint8_t {
  normal,      ///< estimate +- 1.96 standard errors; may reach beyond 1
  bca,         ///< bootstrap, bias-corrected and accelerated
  percentile,  ///< bootstrap; where the correction is not defined
};
std::string_view name_of(IntervalMethod method) noexcept;

/// The 95 % interval.
struct Interval {
  double low = 0, high = 0;
  IntervalMethod method = IntervalMethod::normal;
};

struct Statistic {
  Measure measure{};
  std::optional<Weights> weights = {};    ///< absent for percentages and bias
  std::optional<std::size_t> rater = {};  ///< of `rp_bias`
  std::optional<double> estimate = {};
  std::optional<Undefined> undefined = {};  ///< exactly where there is no estimate
  std::optional<double> error = {};  ///< standard error; absent where one subject says nothing of it
  std::optional<Interval> interval = {};  ///< where there is an error
  /// Subjects that it rests on: with a rating for Fleiss' kappa, AC and Brennan-Prediger, with two
  /// or more for percentages and alpha, rated by both for Cohen's kappa, shared for the bias.
  std::size_t count = 0;
};

struct AgreementOptions {
  std::vector<Weights> weights = {};  ///< empty = all
  std::size_t samples = 10'000;  ///< of the bootstrap; 0 = alpha without error
  std::uint64_t seed = 20'260'123;
  unsigned threads = 1;  ///< the result is the same with any number
};

/// Every statistic of semantics 7, in the order of `Measure`, weights and raters.
///
/// Percentages: means over subjects with two or more ratings, of the pairs of ratings that are equal
/// (or one grade apart). Cohen's kappa: Fleiss, Cohen & Everitt 1969 for its error. Fleiss' kappa,
/// AC1/AC2 and Brennan-Prediger: Gwet, Handbook of Inter-Rater Reliability (2014), errors by subject
/// with n - 1 and without finite-population correction. Krippendorff's alpha: Content Analysis
/// (2004); bootstrap over subjects with two or more ratings. `rp_bias`: Svensson's relative position
/// of a rater's grades among the others' of the same subjects, jackknife by subject; above 0 = grades
/// higher, which is worse care (harsher).
std::vector<Statistic> agreement(const Ratings& ratings, const AgreementOptions& options = {});

/// One statistic of `agreement`, without bootstrap where alpha needs none.
Statistic krippendorff_alpha(const Ratings& ratings, Weights weights,
                             const AgreementOptions& options = {});
Statistic cohen_kappa(const Ratings& ratings, Weights weights);

/// How a coefficient stands to the bands of Landis & Koch (1977), as a probability: its error says
/// how sure a band is (Gwet 2014, cumulative membership).
struct Benchmark {
  /// Lower bounds 0.8, 0.6, 0.4, 0.2, 0 and -1.
  enum class Band : std::uint8_t { almost_perfect, substantial, moderate, fair, slight, poor };
  static constexpr std::size_t bands = 6;

  std::array<double, bands> at_least{};  ///< probability of this band or a better one
  Band band = Band::poor;                ///< the best one that is reached with 95 %
};
std::string_view name_of(Benchmark::Band band) noexcept;
/// Of chance-corrected coefficients with an error; none for percentages, bias and the undefined.
std::optional<Benchmark> benchmark(const Statistic& statistic);

}  // namespace gcp2
