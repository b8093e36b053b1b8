// A draft's task list.
#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../entries.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

/// A task for each of the lists, with how much stands in it.
Shown shown_lists(const Record& record, std::span<const EntryList> lists) {
  Shown out{Shown::type::list};
  for (const EntryList& list : lists) {
    const std::string name{list.name};
    const Value* entries = entries_of(record.document, list);
    out << shown({{"name", name},
                  {"label", phrase("serve.list." + name)},
                  {"count", entries == nullptr ? "" : std::to_string(entries->items().size())}});
  }
  return out;
}

}  // namespace

Answer record_page(Visit& visit) {
  constexpr int not_found = 404;
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  if (record->instrument == nullptr) return problem(visit, not_found, phrase("serve.no_page"));
  if (record->assessment.is_signed) return see("/records/" + visit.id().text() + "/report");
  const Instrument& instrument = *record->instrument;
  Shown areas{Shown::type::list};
  std::size_t done = 0, all = 0;
  for (NodeIndex area = 0; area < instrument.nodes.size(); area = instrument.node(area).end) {
    Shown tasks{Shown::type::list};
    for (const NodeIndex node : pages_of(instrument)) {
      if (node < area || node >= instrument.node(area).end) continue;
      const auto leaves = leaves_of(*record, node);
      if (leaves.empty()) continue;
      const auto answers =
          static_cast<std::size_t>(std::ranges::count_if(leaves, [&](NodeIndex leaf) {
            const Mark& mark = record->sheet.marks[leaf];
            return mark.grade || mark.not_graded != NotGraded::not_yet;
          }));
      ++all;
      done += answers == leaves.size() ? 1U : 0U;
      Shown task =
          shown({{"code", instrument.node(node).code}, {"label", instrument.node(node).label}});
      task.set("complete", answers == leaves.size());
      task.set("state", answers == 0
                            ? phrase("serve.task.none")
                            : phrase("serve.task.some", {{"count", std::to_string(answers)},
                                                         {"all", std::to_string(leaves.size())}}));
      tasks << task;
    }
    Shown one = shown({{"label", instrument.node(area).label}});
    one.set("tasks", tasks);
    areas << one;
  }
  Shown content = shown({{"heading", phrase("serve.record", {{"child", name_of_child(*record)}})},
                         {"record", visit.id().text()},
                         {"child_id", visit.visitor.person->child_of.at(visit.id()).text()},
                         {"child", name_of_child(*record)},
                         {"window", window_of(*record)},
                         {"instrument", instrument.title},
                         {"done", std::to_string(done)},
                         {"all", std::to_string(all)}});
  content.set("areas", areas);
  content.set("family", shown_lists(*record, family_lists()));
  content.set("judgement", shown_lists(*record, judgement_lists()));
  return page(visit, "record", phrase("serve.page.record"), content);
}

}  // namespace gcp2::cli::web
