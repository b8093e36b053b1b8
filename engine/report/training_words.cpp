#include "report/training_words.h"

#include "report/words.h"

namespace gcp2::training_words {

std::string identity(const Language& language, const ToldCase& of) {
  const CaseProfile& profile = *of.profile;
  return language.say("training.identity", {{"profile", profile.title},
                                            {"age", words::age(language, profile.age_months)},
                                            {"from", words::date(language, profile.window_from)},
                                            {"to", words::date(language, profile.window_to)}});
}

std::vector<std::string> reasons(const Language& language, const KeyEntry& key) {
  if (!key.grade) return {language.say("training.cannot", {{"cannot", key.cannot}})};
  std::vector<std::string> lines{language.say("training.why", {{"rationale", key.rationale}})};
  for (std::size_t i = 0; i < key.lines.size(); ++i)
    lines.push_back(language.say(
        "training.quote", {{"line", std::to_string(key.lines[i])}, {"quote", key.quotes[i]}}));
  return lines;
}

}  // namespace gcp2::training_words
