#include "setting/untold.h"

#include <charconv>
#include <utility>

#include "gcp2/json.h"
#include "setting/ring_copies.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

std::string text_of(const std::vector<Entry>& entries) {
  Value list = Value::list();
  for (const Entry& entry : entries) {
    Value one = Value::object();
    one.set("at", Value::number(entry.at));
    one.set("actor", Value::text(entry.actor.text()));
    one.set("action", Value::text(entry.action));
    one.set("outcome", Value::text(entry.outcome));
    one.set("reason", Value::text(entry.reason));
    one.set("subject", Value::text(entry.subject.text()));
    one.set("account", Value::text(entry.row.text()));
    one.set("digest", Value::text(hexadecimal(entry.digest)));
    list.items().push_back(std::move(one));
  }
  return write_json(list, Layout::line);
}

/// As whoever opens the store next tells it, who has the rows no more.
std::vector<Entry> to_be_told(std::vector<Entry> entries, const Batch& rows) {
  if (rows.puts.empty() && rows.drops.empty()) return entries;
  for (Entry& entry : entries) entry.outcome = "cut_off";
  return entries;
}

std::optional<std::vector<Entry>> entries_from(std::string_view text) {
  Findings found;
  const Value list = read_json(text, found);
  if (!found.empty() || !list.is_list()) return std::nullopt;
  std::vector<Entry> entries;
  for (const Value& one : list.items()) {
    const auto id = [&](std::string_view key) {
      return Id::parse(one.text_at(key)).value_or(Id{});
    };
    const Value* at = one.find("at");
    Entry entry;
    if (at == nullptr) return std::nullopt;
    const std::string number{at->text()};
    const char* end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, entry.at);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    entry.actor = id("actor");
    entry.action = one.text_at("action");
    // The log has this before the ring: whoever writes to the ring's file has nobody agree by it.
    if (entry.action == name_of(Action::confirm_erasure)) return std::nullopt;
    entry.outcome = one.text_at("outcome");
    entry.reason = one.text_at("reason");
    entry.subject = id("subject");
    entry.table = RowKind::account;
    entry.row = id("account");
    entry.digest = from_hexadecimal(one.text_at("digest"));
    entries.push_back(std::move(entry));
  }
  return entries;
}

Allowed<Done> tell(Setting::State& setting, const std::string& text, std::vector<Entry> entries,
                   Batch rows) {
  const auto serial = setting.ring.serial();
  if (!serial) return failed(serial);
  for (Entry& entry : entries) {
    entry.revision = *serial;
    rows.entries.push_back(std::move(entry));
  }
  const auto logged = setting.store->commit(std::move(rows));
  if (!logged && logged.error().trouble == Trouble::conflict)
    return refusal(Why::changed_meanwhile);
  if (!logged) return failed(logged);
  RingBatch told;
  told.untold = "";
  told.expected_untold = text;
  const auto done = setting.ring.commit(told);
  if (done) return Done{};
  // Others may have told it as well, or have changed the ring and not told that.
  const auto untold = setting.ring.untold();
  if (untold && *untold != text) return Done{};
  return failed(done);
}

/// Changes the ring. What the log was not told of others' changes is told it first, and never
/// written over: whoever made them may not live to tell it.
Allowed<Done> commit_told(Setting::State& setting, const RingBatch& change) {
  constexpr int most_tries = 20;
  for (int tries = 0;; ++tries) {
    if (const auto told = tell_log(setting); !told) return told;
    const auto changed = setting.ring.commit(change);
    if (changed) return Done{};
    if (changed.error().trouble == Trouble::conflict)
      return refusal(change.erasures.empty() ? Why::name_taken : Why::changed_meanwhile);
    if (changed.error().trouble != Trouble::busy || tries == most_tries) return failed(changed);
    const auto untold = setting.ring.untold();
    if (!untold || *untold == change.expected_untold) return failed(changed);
  }
}

}  // namespace

Stored<Entry> entry_about(Setting::State& setting, Action action, const Id& actor,
                          const Account& account, const RingBatch& change) {
  auto digest = digest_of(setting.ring, account, change);
  if (!digest) return digest.error();
  Entry entry;
  entry.at = setting.now();
  entry.actor = actor;
  entry.action = name_of(action);
  entry.outcome = "done";
  entry.table = RowKind::account;
  entry.row = account.id;
  entry.digest = *std::move(digest);
  return entry;
}

Stored<std::vector<Entry>> untold_entries(Ring& ring) {
  const auto untold = ring.untold();
  if (!untold) return untold.error();
  if (untold->empty()) return std::vector<Entry>{};
  auto entries = entries_from(*untold);
  if (!entries) return StoreError{Trouble::damaged, "key ring: what the log was not told"};
  return *std::move(entries);
}

Stored<Done> tell_later(Ring& ring, Entry entry) {
  const auto untold = ring.untold();
  if (!untold) return untold.error();
  auto entries = untold_entries(ring);
  if (!entries) return entries.error();
  entries->push_back(std::move(entry));
  RingBatch batch;
  batch.untold = text_of(*entries);
  batch.expected_untold = *untold;
  const auto done = ring.commit(batch);
  if (!done) return done.error();
  return Done{};
}

Allowed<Done> change_ring(Setting::State& setting, RingBatch change, std::vector<Entry> entries,
                          Batch rows) {
  if (const auto ready = expect_room_for_copy(setting.ring, setting.places); !ready)
    return failed(ready);
  const std::string text = text_of(to_be_told(entries, rows));
  change.untold = text;
  change.expected_untold = "";
  if (const auto changed = commit_told(setting, change); !changed) return changed;
  // It is done, copied or not, and no row is sealed with a key that it brings.
  const auto kept = setting.keep_ring_copy();
  const auto told = tell(setting, text, std::move(entries), std::move(rows));
  if (told && !kept) return not_copied(kept.error());
  return told;
}

Allowed<Done> tell_log(Setting::State& setting) {
  const auto untold = setting.ring.untold();
  if (!untold) return failed(untold);
  if (untold->empty()) return Done{};
  auto entries = untold_entries(setting.ring);
  if (!entries) return failed(entries);
  // Where copies cannot be made now, the next change of the ring says so: reading goes on.
  (void)setting.keep_ring_copy();
  return tell(setting, *untold, *std::move(entries), {});
}

}  // namespace gcp2
