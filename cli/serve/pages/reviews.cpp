// What is to be looked at again, by the last signed record of each child of the caseload.
#include <algorithm>
#include <tuple>

#include "../../phrase.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

struct Due {
  Date day;
  Id child;
  std::string name, what;
};

void add_due(std::vector<Due>& due, const Id& child, const Record& record) {
  const Assessment& a = record.assessment;
  const std::string name = name_of_child(record);
  if (a.review_on) due.push_back({*a.review_on, child, name, phrase("serve.review")});
  for (const Target& target : a.targets) {
    if (!target.review_by) continue;
    const auto node =
        record.instrument == nullptr ? std::nullopt : record.instrument->find(target.node);
    due.push_back({*target.review_by, child, name,
                   phrase("serve.review_target",
                          {{"node", node ? record.instrument->node(*node).label : target.node}})});
  }
}

}  // namespace

Answer reviews_page(Visit& visit) {
  const auto children = visit.desk().children(false, {});
  if (!children) return problem(visit, children.error());
  std::vector<Due> due;
  for (const ChildFacts& child : *children) {
    const auto record = last_signed(visit, child.id, {});
    if (!record) return problem(visit, record.error());
    if (*record) add_due(due, child.id, **record);
  }
  std::ranges::sort(due, {}, [](const Due& each) {
    return std::tuple{each.day, std::string_view{each.name}, std::string_view{each.what}};
  });
  Shown list{Shown::type::list};
  for (const Due& each : due) {
    Shown one = shown({{"day", day_in_words(each.day.text())},
                       {"id", each.child.text()},
                       {"name", each.name},
                       {"what", each.what}});
    one.set("overdue", each.day < visit.site.today());
    list << one;
  }
  Shown content;
  content.set("any", !due.empty());
  content.set("reviews", list);
  return page(visit, "reviews", phrase("serve.reviews"), content);
}

}  // namespace gcp2::cli::web
