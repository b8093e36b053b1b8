#include <stdexcept>

#include "gcp2/agreement.h"

namespace gcp2 {

Ratings::Ratings(std::vector<std::string> subjects, std::vector<std::string> raters, Scale scale)
    : subjects_{std::move(subjects)},
      raters_{std::move(raters)},
      scale_{scale},
      cells_(subjects_.size() * raters_.size(), missing) {
  if (scale.highest <= scale.lowest || scale.size() > Scale::most)
    throw std::logic_error{"a scale has 2 to 20 grades"};
}

void Ratings::set(std::size_t subject, std::size_t rater, std::optional<int> grade) {
  if (grade && !scale_.holds(*grade)) throw std::logic_error{"no grade of the scale"};
  cells_.at(subject * raters_.size() + rater) =
      grade ? static_cast<Cell>(*grade - scale_.lowest) : missing;
}

std::optional<int> Ratings::grade(std::size_t subject, std::size_t rater) const {
  const Cell cell = cells_.at(subject * raters_.size() + rater);
  return cell == missing ? std::nullopt : std::optional{scale_.lowest + cell};
}

std::span<const Ratings::Cell> Ratings::of(std::size_t subject) const noexcept {
  return std::span{cells_}.subspan(subject * raters_.size(), raters_.size());
}

Ratings Ratings::only(const std::vector<std::size_t>& subjects) const {
  std::vector<std::string> names;
  for (const std::size_t subject : subjects) names.push_back(subjects_.at(subject));
  Ratings part{std::move(names), raters_, scale_};
  part.cells_.clear();
  for (const std::size_t subject : subjects)
    part.cells_.insert(part.cells_.end(), of(subject).begin(), of(subject).end());
  return part;
}

}  // namespace gcp2
