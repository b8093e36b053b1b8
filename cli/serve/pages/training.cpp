// A facilitator's sessions, and opening one on some of the shipped cases.
#include <algorithm>

#include "../../phrase.h"
#include "gcp2/case_files.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr std::size_t most_cases = 4;

std::string choice_of(const Case& told, const CaseProfile& profile) {
  return told.id + "." + profile.id;
}

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  Shown open{Shown::type::list};
  const auto sessions = visit.site.trainings.of(visit.desk().account().id);
  for (const TrainingSession& each : sessions) {
    std::string cases;
    for (const ToldCase& of : each.cases) cases += (cases.empty() ? "" : ", ") + of.profile->title;
    Shown one = shown({{"id", each.id.text()},
                       {"code", each.code},
                       {"cases", cases},
                       {"count", std::to_string(each.seats.size())}});
    one.set("closed", each.closed);
    open << one;
  }
  const auto chosen = visit.form.texts("case");
  Shown cases{Shown::type::list};
  std::size_t number = 0;
  for (const Case& told : shipped_cases()) {
    Shown profiles{Shown::type::list};
    for (const CaseProfile& profile : told.profiles) {
      const std::string value = choice_of(told, profile);
      Shown one = shown({{"id", ++number == 1 ? "case" : "case-" + std::to_string(number)},
                         {"value", value},
                         {"title", profile.title}});
      one.set("chosen", std::ranges::find(chosen, value) != chosen.end());
      profiles << one;
    }
    Shown one = shown({{"title", told.title}, {"about", told.about}});
    one.set("profiles", profiles);
    cases << one;
  }
  Shown content;
  content.set("any", !sessions.empty());
  content.set("sessions", open);
  content.set("cases", cases);
  return page(visit, "training", phrase("serve.trainings"), content, slips);
}

}  // namespace

Answer trainings_page(Visit& visit) { return listed(visit, {}); }

Answer open_training(Visit& visit) {
  const auto chosen = visit.form.texts("case");
  std::vector<ToldCase> cases;
  for (const Case& told : shipped_cases())
    for (const CaseProfile& profile : told.profiles)
      if (std::ranges::find(chosen, choice_of(told, profile)) != chosen.end())
        cases.push_back({&told, &profile});
  if (cases.empty()) return listed(visit, {{"case", phrase("serve.training_no_case")}});
  if (cases.size() > most_cases)
    return listed(
        visit,
        {{"case", phrase("serve.training_many_cases", {{"most", std::to_string(most_cases)}})}});
  const auto id = visit.site.trainings.open(visit.desk().account().id, std::move(cases));
  if (!id) return listed(visit, {{"", phrase("serve.training_many")}});
  return see("/training/" + id->text());
}

}  // namespace gcp2::cli::web
