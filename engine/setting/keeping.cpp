#include <algorithm>
#include <utility>

#include "setting/erasing.h"
#include "setting/facts.h"

namespace gcp2 {
namespace {

/// The day a number of years after birth; 29 February becomes 1 March.
std::optional<Date> years_after(const std::optional<Date>& birth, int years) {
  if (!birth) return std::nullopt;
  const auto day = birth->calendar();
  const int year = static_cast<int>(day.year()) + years;
  const auto same =
      Date::from(year, static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return same ? same : Date::from(year, 3, 1);
}

}  // namespace

Allowed<std::vector<RetentionLine>> Desk::retention(int years) {
  Act act{*state_, Action::retention};
  if (auto no = act.barred()) return *std::move(no);
  act.is_list();
  std::vector<Row> rows;
  const auto read = state_->store().every_row(RowKind::subject, [&](RowKind, const Row& row) {
    rows.push_back(row);
    return true;
  });
  if (!read) return failed(read);
  std::vector<RetentionLine> lines;
  for (const Row& row : rows) {
    const auto content = state_->content(RowKind::subject, row);
    if (!content) return act.refuse(content.error());
    act.looked_at(RowKind::subject, row);
    RetentionLine line{facts_from(row, *content), std::nullopt};
    line.review_on = years_after(line.child.date_of_birth, years);
    lines.push_back(std::move(line));
  }
  // Those without a date of birth first: somebody has to find it out.
  std::ranges::sort(lines, {}, [](const RetentionLine& line) {
    return std::tuple{line.review_on ? line.review_on->text() : std::string{}, line.child.ref};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return lines;
}

Allowed<Done> Desk::hold(const Id& child, bool on, const Purpose& purpose) {
  Act act{*state_, Action::hold, purpose};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto facts = state_->facts(child);
  if (!facts) return act.refuse(facts.error());
  // What is held is asked for again, if at all, once the hold is over.
  if (on)
    if (const auto ended = end_erasure(*state_, child, purpose); !ended)
      return act.refuse(ended.error());
  if (facts->held == on) return act.done();
  auto row = state_->row(RowKind::subject, child, Why::no_such_child);
  if (!row) return act.refuse(row.error());
  const auto secret = state_->key(row->key);
  if (!secret) return act.refuse(secret.error());
  ++row->revision;
  row->at = state_->setting->now();
  row->standing = on ? Standing::held : Standing::live;
  Batch batch;
  batch.puts.push_back(
      sealed_put(state_->store_id(), RowKind::subject, *row, to_document(*facts), **secret));
  if (const auto done = act.done(std::move(batch)); !done || !on) return done;
  // Others may have asked and confirmed meanwhile: they look for a hold once more before they
  // begin.
  const auto ended = end_erasure(*state_, child, purpose);
  return ended ? ended : act.refuse(ended.error());
}

}  // namespace gcp2
