// A supervisor's list of records that wait for a second pair of eyes, and signing one off.
#include <map>

#include "../../phrase.h"
#include "../children.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Shown shown_line(const Visit& visit, const ChildFacts& child, const RecordLine& line) {
  return shown({{"id", line.id.text()},
                {"child", child.id.text()},
                {"name", name_of_child(child)},
                {"from", day_in_words(line.window_from)},
                {"to", day_in_words(line.window_to)},
                {"by", visit.desk().account_name(line.kept_by)},
                {"since", day_in_words(Instant::at(line.at).date.text())}});
}

Answer asked(const Visit& visit, const std::vector<Slip>& slips) {
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  const auto series = told(visit, visit.visitor.person->child_of.at(visit.id()), visit.id());
  if (!series) return problem(visit, series.error());
  const std::string start = "/records/" + visit.id().text();
  if (!waits_for_sign_off(visit, (*series)->line)) return see(start + "/report");
  Shown content = shown({{"heading", phrase("serve.sign_off", {{"child", name_of_child(*record)}})},
                         {"record", visit.id().text()},
                         {"window", window_of(*record)},
                         {"signatures", signatures_of(visit, (*series)->line)}});
  show_urgent(content, visit, **series);
  return page(visit, "sign_off", phrase("serve.page.sign_off"), content, slips);
}

}  // namespace

Answer sign_offs_page(Visit& visit) {
  const auto children = visit.desk().children(false, {});
  if (!children) return problem(visit, children.error());
  // Who has waited longest comes first.
  std::multimap<Seconds, Shown> waiting;
  for (const ChildFacts& child : *children) {
    const auto lines = visit.desk().history(child.id, {});
    if (!lines) return problem(visit, lines.error());
    for (const RecordLine& line : *lines)
      if (waits_for_sign_off(visit, line)) waiting.emplace(line.at, shown_line(visit, child, line));
  }
  Shown list{Shown::type::list};
  for (const auto& each : waiting) list << each.second;
  Shown content;
  content.set("any", !waiting.empty());
  content.set("records", list);
  return page(visit, "sign_offs", phrase("serve.sign_offs"), content);
}

Answer sign_off_page(Visit& visit) { return asked(visit, {}); }

Answer sign_off(Visit& visit) {
  if (visit.form.text("sure") != "yes") return asked(visit, {{"sure", phrase("serve.not_read")}});
  const auto record = judged(visit, visit.id());
  if (!record) return problem(visit, record.error());
  const auto done = visit.desk().sign_off(visit.id(), visit.purpose());
  return done ? see("/sign-offs") : problem(visit, done.error());
}

}  // namespace gcp2::cli::web
