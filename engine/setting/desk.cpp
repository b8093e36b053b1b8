#include "gcp2/desk.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "setting/inside.h"

namespace gcp2 {
namespace {

/// Entries that are read together.
constexpr std::int64_t at_a_time = 500;

/// Gives the number behind the last entry. Logged first: what is read is in the log as well.
Allowed<std::int64_t> begin_reading_log(Desk::State& desk, Showing showing,
                                        const Purpose& purpose) {
  Act act{desk, showing == Showing::hand_out ? Action::export_log : Action::audit, purpose};
  if (auto no = act.barred()) return *std::move(no);
  if (const auto logged = act.done(); !logged) return logged.error();
  const auto head = desk.store().head();
  if (!head) return failed(head);
  return head->count + 1;
}

Stored<std::vector<Entry>> entries_between(Store& store, std::int64_t first, std::int64_t end) {
  std::vector<Entry> entries;
  const auto read = store.entries_from(first, [&](const Entry& entry) {
    if (entry.number < end) entries.push_back(entry);
    return entry.number + 1 < end;
  });
  if (!read) return read.error();
  return entries;
}

}  // namespace

Desk::Desk(std::unique_ptr<State> state) : state_{std::move(state)} {}
Desk::Desk(Desk&&) noexcept = default;
Desk& Desk::operator=(Desk&&) noexcept = default;

Desk::~Desk() {
  // Nobody is left to be told; the next log-out takes it up.
  if (state_) (void)state_->setting->note_head();
}

const Account& Desk::account() const { return state_->account; }

Allowed<Done> Desk::check_right(std::string_view action, const Purpose& purpose) {
  const auto known = action_from(action);
  if (!known) throw std::logic_error{"no such action"};
  if (auto no = Act{*state_, *known, purpose}.barred_by_role()) return *std::move(no);
  return Done{};
}

void Desk::because(Purpose purpose) { state_->purpose = std::move(purpose); }

void Desk::work_through(const Setting& setting) { state_->setting = setting.state_; }

Allowed<Done> Desk::log_entries(std::int64_t from, const Store::VisitEntry& visit, Showing showing,
                                const Purpose& purpose) {
  const auto end = begin_reading_log(*state_, showing, purpose);
  if (!end) return end.error();
  for (std::int64_t first = std::max<std::int64_t>(1, from); first < *end; first += at_a_time) {
    const auto entries = entries_between(state_->store(), first, std::min(first + at_a_time, *end));
    if (!entries) return failed(entries);
    for (const Entry& entry : *entries)
      if (!visit(entry)) return Done{};
  }
  return Done{};
}

Allowed<Done> Desk::log_entries_before(std::int64_t number, const Store::VisitEntry& visit) {
  const auto newest = begin_reading_log(*state_, Showing::read, {});
  if (!newest) return newest.error();
  std::int64_t end = number > 0 ? std::min(number, *newest) : *newest;
  while (end > 1) {
    const std::int64_t first = std::max<std::int64_t>(1, end - at_a_time);
    const auto entries = entries_between(state_->store(), first, end);
    if (!entries) return failed(entries);
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
      if (!visit(*entry)) return Done{};
    end = first;
  }
  return Done{};
}

std::string Desk::account_name(const Id& account) {
  const auto found = state_->ring().account(account);
  return found && *found ? (*found)->name : "";
}

bool Desk::ever_had_account(std::string_view name) {
  const auto accounts = state_->ring().accounts();
  return accounts && std::ranges::find(*accounts, name, &Account::name) != accounts->end();
}

std::string Desk::whom_name(const Entry& entry) {
  if (entry.table == RowKind::account) return account_name(entry.row);
  if (entry.table != RowKind::involvement) return "";
  const auto row = state_->store().row(entry.table, entry.row);
  return row && *row ? account_name((*row)->owner) : "";
}

std::optional<std::string> Desk::note_of(const Entry& entry) {
  if (entry.note.empty()) return std::nullopt;
  // What was said about a child is for those who work with it.
  const auto involved = state_->involvement(state_->account.id, entry.subject);
  if (!involved || !*involved) return std::nullopt;
  const auto key = state_->key(entry.note_key);
  if (!key) return std::nullopt;
  return unseal(entry.note, **key, bound_name(state_->store_id(), "note"));
}

}  // namespace gcp2
