#include "gcp2/desk.h"

#include <utility>

#include "setting/inside.h"

namespace gcp2 {

Desk::Desk(std::unique_ptr<State> state) : state_{std::move(state)} {}
Desk::Desk(Desk&&) noexcept = default;
Desk& Desk::operator=(Desk&&) noexcept = default;

Desk::~Desk() {
  // Nobody is left to be told; the next log-out takes it up.
  if (state_) (void)state_->setting->note_head();
}

const Account& Desk::account() const { return state_->account; }

void Desk::work_through(const Setting& setting) { state_->setting = setting.state_; }

Allowed<Done> Desk::log_entries(std::int64_t from, const Store::VisitEntry& visit) {
  Act act{*state_, Action::audit};
  if (auto no = act.barred()) return *std::move(no);
  // Logged first: what is read is in the log as well.
  if (const auto logged = act.done(); !logged) return logged.error();
  if (const auto read = state_->store().entries_from(from, visit); !read) return failed(read);
  return Done{};
}

std::string Desk::account_name(const Id& account) {
  const auto found = state_->ring().account(account);
  return found && *found ? (*found)->name : "";
}

std::string Desk::whom_name(const Entry& entry) {
  if (entry.table == RowKind::account) return account_name(entry.row);
  if (entry.table != RowKind::involvement) return "";
  const auto row = state_->store().row(entry.table, entry.row);
  return row && *row ? account_name((*row)->owner) : "";
}

std::optional<std::string> Desk::note_of(const Entry& entry) {
  if (entry.note.empty()) return std::nullopt;
  const auto key = state_->key(entry.note_key);
  if (!key) return std::nullopt;
  return unseal(entry.note, **key, bound_name(state_->store_id(), "note"));
}

}  // namespace gcp2
