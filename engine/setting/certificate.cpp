#include <algorithm>
#include <set>
#include <utility>

#include "setting/erasing.h"

namespace gcp2 {
namespace {

/// What the log says of an erasure, whoever carried it out.
struct Removed {
  std::set<std::pair<RowKind, Id>> rows;
  std::int64_t serial = 0;  ///< of the ring without the keys; 0: the log does not have its end
};
Stored<Removed> removed_behind(Store& store, const Id& child, std::int64_t entry) {
  Removed out;
  const auto read = store.entries_from(entry + 1, [&](const Entry& each) {
    if (each.subject != child || each.action != name_of(Action::confirm_erasure)) return true;
    if (each.outcome == "dropped") out.rows.emplace(each.table, each.row);
    if (each.outcome == "done" && each.table == RowKind::account && out.serial == 0)
      out.serial = each.revision;
    return true;
  });
  if (!read) return read.error();
  return out;
}

/// Until when copies of the ring with the child's key are to be gone, as `destroy_expired_copies`
/// has it, whatever clock they were made by. `serial`: of the ring without the key; 0: the log does
/// not have it, as after a restore.
Stored<std::optional<Seconds>> last_copy_expires(Ring& ring, std::int64_t serial,
                                                 Seconds erased_at) {
  const auto copies = ring.backups();
  if (!copies) return copies.error();
  std::optional<Seconds> last;
  for (const RingBackup& copy : *copies)
    if (serial == 0 ? copy.at <= erased_at : copy.serial < serial)
      last = std::max(last.value_or(0), copy.at + ring_copies_live);
  return last;
}

}  // namespace

Allowed<Certificate> certificate_of(Desk::State& desk, const Erasure& erasure, std::int64_t entry) {
  const auto removed = removed_behind(desk.store(), erasure.subject, entry);
  if (!removed) return failed(removed);
  const auto expires = last_copy_expires(desk.ring(), removed->serial, erasure.at);
  if (!expires) return failed(expires);
  Certificate out{erasure.subject, erasure.asked_by, erasure.confirmed_by, erasure.at, {},
                  *expires};
  // The child's own row goes first, the last ones in one commit with the end.
  if (removed->serial != 0 && removed->rows.contains({RowKind::subject, erasure.subject}))
    out.rows = removed->rows.size();
  return out;
}

Allowed<Certificate> Desk::certificate(const Id& child) {
  Act act{*state_, Action::erasures};
  if (auto no = act.barred()) return *std::move(no);
  act.about(child);
  const auto erasure = erasure_of(state_->ring(), child);
  if (!erasure) return failed(erasure);
  if (!*erasure || (*erasure)->step != ErasureStep::complete) return act.refuse(Why::not_asked);
  auto certificate = certificate_of(*state_, **erasure, 0);
  if (!certificate) return certificate;
  if (const auto logged = act.done(); !logged) return logged.error();
  return certificate;
}

}  // namespace gcp2
