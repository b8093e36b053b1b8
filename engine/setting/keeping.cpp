#include <algorithm>
#include <charconv>
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

/// Under which name the ring keeps the setting's own years, in decimal digits.
constexpr std::string_view years_name = "retention_years";

bool is_in_range(int years) {
  return years >= fewest_retention_years && years <= most_retention_years;
}

Allowed<int> kept_years(Ring& ring) {
  constexpr int usual = 25;
  const auto kept = ring.named(years_name);
  if (!kept) return failed(kept);
  if (!*kept) return usual;
  const std::string& text = **kept;
  int years = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), years);
  if (error != std::errc{} || end != text.data() + text.size() || !is_in_range(years))
    return refusal({Trouble::damaged, "key ring: the years of retention"});
  return years;
}

}  // namespace

Allowed<Done> Desk::set_retention_years(int years) {
  Act act{*state_, Action::set_retention};
  if (auto no = act.barred()) return *std::move(no);
  if (!is_in_range(years)) return act.refuse(Why::out_of_range);
  RingBatch batch;
  batch.named.emplace_back(years_name, std::to_string(years));
  return act.done(std::move(batch), {}, false);
}

Allowed<Retention> Desk::retention(std::optional<int> years) {
  Act act{*state_, Action::retention};
  if (auto no = act.barred()) return *std::move(no);
  act.is_list();
  const auto kept = years ? Allowed<int>{*years} : kept_years(state_->ring());
  if (!kept) return act.refuse(kept.error());
  std::vector<Row> rows;
  const auto read = state_->store().every_row(RowKind::subject, [&](RowKind, const Row& row) {
    rows.push_back(row);
    return true;
  });
  if (!read) return failed(read);
  Retention out{.years = *kept, .lines = {}};
  for (const Row& row : rows) {
    const auto content = state_->content(RowKind::subject, row);
    if (!content) return act.refuse(content.error());
    act.looked_at(RowKind::subject, row);
    RetentionLine line{facts_from(row, *content), std::nullopt};
    line.review_on = years_after(line.child.date_of_birth, out.years);
    out.lines.push_back(std::move(line));
  }
  // Those without a date of birth first: somebody has to find it out.
  std::ranges::sort(out.lines, {}, [](const RetentionLine& line) {
    return std::tuple{line.review_on ? line.review_on->text() : std::string{}, line.child.ref};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Done> Desk::hold(const Id& child, bool on, const Purpose& purpose) {
  Act act{*state_, on ? Action::hold : Action::lift_hold, purpose};
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
