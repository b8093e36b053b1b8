#include "gcp2/setting.h"

#include <algorithm>
#include <utility>

#include "setting/appended.h"
#include "setting/erased_list.h"
#include "setting/inside.h"
#include "setting/look_ups.h"
#include "setting/partners.h"
#include "setting/ring_copies.h"
#include "setting/untold.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

/// Whether the ring and the records are of one setting and of one time.
std::optional<Refusal> misfit(Store& store, Ring& ring) {
  if (store.id() != ring.store()) return refusal(Why::other_store);
  const auto known = ring.head();
  if (!known) return failed(known);
  const auto head = store.head();
  if (!head) return failed(head);
  if (head->count < known->count) return refusal(Why::rolled_back);
  const auto serial = ring.serial();
  if (!serial) return failed(serial);
  bool rolled_back = false, stale = false;
  // From the last entry that the ring has seen; behind it there are few.
  const auto read =
      store.entries_from(std::max<std::int64_t>(known->count, 1), [&](const Entry& e) {
        if (e.number == known->count && e.hash != known->hash) rolled_back = true;
        if (e.number > known->count && names_ring(e) && e.revision > *serial) stale = true;
        return !rolled_back;
      });
  if (!read) return failed(read);
  if (rolled_back) return refusal(Why::rolled_back);
  if (stale) return refusal(Why::stale_ring);
  return std::nullopt;
}

/// What a founding that was cut off has left: a ring in which nobody has an account, and records in
/// which nothing has happened.
struct Begun {
  bool ring = false, records = false;
  Id store = Id::random();
};
Allowed<Begun> begun(const Places& places, const Means& means) {
  Begun out;
  auto ring = Ring::open(places.ring, Opening::reading);
  if (!ring && ring.error().trouble != Trouble::absent)
    return refusal({ring.error().trouble, "key ring: " + ring.error().message});
  if (ring) {
    const auto accounts = ring->accounts();
    if (!accounts) return failed(accounts);
    if (!accounts->empty()) return refusal(StoreError{Trouble::present, "key ring"});
    out.ring = true;
    out.store = ring->store();
  }
  const auto records = means.open_records(places.records, Opening::reading, {});
  if (!records && records.error().trouble != Trouble::absent) return failed(records);
  if (!records) return out;
  const auto head = (*records)->head();
  if (!head) return failed(head);
  if (!out.ring || (*records)->id() != out.store || head->count != 0)
    return refusal(StoreError{Trouble::present, "records"});
  out.records = true;
  return out;
}

/// A list that was lost is made anew, from the ring.
Allowed<Done> list_erased_again(Setting::State& state) {
  const auto unlisted = unlisted_erasures(state.places.erased, state.ring);
  if (!unlisted) return failed(unlisted);
  for (const auto& [of, at] : *unlisted)
    if (const auto done = append_to_erased_list(state.places.erased, state.ring, of, at); !done)
      return failed(done);
  return Done{};
}

/// A ring that came back from a copy has keys that were erased since.
Allowed<Done> erase_again(Setting::State& state) {
  const auto listed = read_erased_list(state.places.erased, state.ring);
  if (!listed) return failed(listed);
  for (const Id& of : listed->erased) {
    const auto key = state.ring.key_of(of);
    if (!key) return failed(key);
    if (!*key) continue;
    RingBatch batch;
    batch.drop_keys_of.push_back(of);
    Entry entry;
    entry.at = state.now();
    entry.action = name_of(Action::erase_again);
    entry.outcome = "done";
    entry.subject = of;
    entry.table = RowKind::account;
    if (const auto done = change_ring(state, std::move(batch), {std::move(entry)}); !done)
      return done;
  }
  return Done{};
}

/// With what the account was: of one that was changed in the ring, used and put back the log tells.
Stored<Head> log_log_in(Setting::State& state, const Unlocked& unlocked) {
  Entry entry;
  entry.at = state.now();
  entry.actor = unlocked.who;
  entry.action = name_of(Action::log_in);
  entry.outcome =
      unlocked.refusal ? "refused." + std::string{name_of(unlocked.refusal->why)} : "done";
  if (!unlocked.refusal) {
    auto digest = digest_of(state.ring, *unlocked.account);
    if (!digest) return digest.error();
    entry.table = RowKind::account;
    entry.row = unlocked.who;
    entry.digest = *std::move(digest);
  }
  Batch batch;
  batch.entries.push_back(std::move(entry));
  return state.store->commit(std::move(batch));
}

}  // namespace

Setting::Setting(std::shared_ptr<State> state) : state_{std::move(state)} {}
Setting::Setting(Setting&&) noexcept = default;
Setting& Setting::operator=(Setting&&) noexcept = default;
Setting::~Setting() = default;

bool Setting::demonstration() const { return state_->demonstration; }
const Places& Setting::places() const { return state_->places; }

Allowed<Done> Setting::found(const Places& places, const Means& means,
                             const std::vector<Founder>& founders, bool demonstration,
                             const std::function<std::string(const std::string&)>& typed_back) {
  const auto has = [&](Role role) {
    return std::ranges::count(founders, role, &Founder::role) > 0;
  };
  if (!has(Role::supervisor) || !has(Role::administrator)) return refusal(Why::last_one);
  for (const Founder& founder : founders) {
    if (!is_account_name(founder.name)) return refusal(Why::account_name);
    if (!strong_enough(founder.passphrase, founder.name)) return refusal(Why::weak_passphrase);
  }
  // Whether it can be had at all is known before anybody writes down a key.
  const auto before = begun(places, means);
  if (!before) return before.error();
  const KeyPair recovery = KeyPair::random();
  const auto back = from_print(typed_back(printed(recovery.secret)));
  if (!back || back->bytes() != recovery.secret.bytes()) return refusal(Why::recovery);

  const Id id = before->store;
  const Secret setting_key = Secret::random();
  RingBatch batch;
  for (const Founder& founder : founders) {
    auto made = new_account(id, founder.name, founder.role, founder.passphrase, means);
    if (!made) return made.error();
    if (holds_setting_key(founder.role)) made->setting_key = seal_to(made->open, setting_key);
    batch.accounts.push_back(std::move(*made));
  }
  const Secret look_up = Secret::random();
  batch.named = recovery_names(recovery.open, setting_key, look_up);
  batch.named.emplace_back("kind", kind_of(demonstration));
  batch.named.emplace_back(erased_list_key, Secret::random().bytes());
  for (const std::string_view name : wrapped_names) {
    const Secret made = name == look_up_name ? look_up.copy() : Secret::random();
    batch.named.emplace_back(name, wrap(made, setting_key, bound_secret(id, name, demonstration)));
  }
  for (const Account& account : batch.accounts)
    if (holds_setting_key(account.role))
      batch.named.emplace_back(compared_name(account.id), compared_mark(look_up, account));

  const auto opening = [](bool is_there) { return is_there ? Opening::existing : Opening::fresh; };
  auto ring = Ring::open(places.ring, opening(before->ring), id);
  if (!ring) return failed(ring);
  auto store = means.open_records(places.records, opening(before->records), id);
  if (!store) return failed(store);
  State state{places, means, *std::move(store), *std::move(ring), demonstration};
  std::vector<Entry> entries;
  const auto tell_of = [&](const Account& account) -> Stored<Done> {
    auto entry = entry_about(state, Action::found, {}, account, batch);
    if (!entry) return entry.error();
    entries.push_back(*std::move(entry));
    return Done{};
  };
  if (const auto told = tell_of({}); !told) return failed(told);
  for (const Account& account : batch.accounts)
    if (const auto told = tell_of(account); !told) return failed(told);
  return change_ring(state, std::move(batch), std::move(entries));
}

Allowed<Setting> Setting::open(const Places& places, const Means& means, Opening opening) {
  auto store = means.open_records(places.records, opening, {});
  if (!store) return failed(store);
  auto ring = Ring::open(places.ring, opening);
  if (!ring) return refusal({ring.error().trouble, "key ring: " + ring.error().message});
  if (auto why = misfit(**store, *ring)) return *std::move(why);
  const auto kind = ring->named("kind");
  if (!kind) return failed(kind);
  auto state = std::make_shared<State>(State{places, means, std::move(*store), std::move(*ring),
                                             kind->value_or("") == kind_of(true)});
  if (opening == Opening::reading) return Setting{std::move(state)};
  // Before anything is logged by a clock that was put back; nobody is kept out for it.
  (void)state->latest();
  // Nobody would be told at the end, when the log's end goes there.
  if (const auto ordinary = expect_ordinary(places.anchor); !ordinary) return failed(ordinary);
  if (const auto told = tell_log(*state); !told) return told.error();
  if (const auto done = list_erased_again(*state); !done) return done.error();
  if (const auto done = erase_again(*state); !done) return done.error();
  // What cannot be carried on now is so by whoever opens next: nobody is kept from reading for it.
  (void)state->carry_on_erasing();
  if (const auto done = drop_keys_of_left_bundles(*state);
      !done && done.error().why != Why::not_copied)
    return done.error();
  return Setting{std::move(state)};
}

Allowed<Desk> Setting::log_in(std::string_view name, std::string_view passphrase,
                              std::optional<std::string_view> code) {
  State& state = *state_;
  (void)state.latest();
  auto unlocked = unlock(state.ring, state.means, name, passphrase, code);
  std::optional<Secret> setting_key;
  if (!unlocked.refusal && !unlocked.account->setting_key.empty()) {
    setting_key = unseal_from(*unlocked.pair, unlocked.account->setting_key);
    if (!setting_key) unlocked.refusal = refusal(Why::unsealable);
  }
  if (const auto logged = log_log_in(state, unlocked); !logged) return failed(logged);
  if (unlocked.refusal) return *std::move(unlocked.refusal);
  auto desk = std::make_unique<Desk::State>(Desk::State{
      state_, *std::move(unlocked.account), *std::move(unlocked.pair), std::move(setting_key), {}});
  if (may(desk->account.role, Action::back_up_ring))
    (void)destroy_expired_copies(state.ring, state.places, state.now());
  if (!desk->setting_key) return Desk{std::move(desk)};
  const auto due = state.ring.named("rotation_due");
  if (!due) return failed(due);
  // What cannot be done now stays due, and the log says so: nobody is kept out for it.
  if (due->value_or("") == "yes")
    if (const auto done = rotate_setting_key(*desk, {}); !done)
      (void)Act{*desk, Action::renew_setting_key}.refuse(done.error());
  // What cannot be done now is so at a later one.
  (void)settle_all_look_ups(*desk);
  return Desk{std::move(desk)};
}

Allowed<Done> Setting::recover(std::string_view printed_key, std::string_view name,
                               std::string_view passphrase) {
  State& state = *state_;
  const Id store = state.store->id();
  const auto refuse = [&](Why why) {
    Batch batch;
    Entry& entry = batch.entries.emplace_back();
    entry.at = state.now();
    entry.action = name_of(Action::recover);
    entry.outcome = "refused." + std::string{name_of(why)};
    const auto logged = state.store->commit(std::move(batch));
    return logged ? refusal(why) : failed(logged);
  };
  auto secret = from_print(printed_key);
  if (!secret) return refuse(Why::recovery);
  const KeyPair recovery = KeyPair::of(*std::move(secret));
  const auto sealed = state.ring.named(recovery_key_name);
  if (!sealed) return failed(sealed);
  const auto setting_key = unseal_from(recovery, sealed->value_or(""));
  if (!setting_key) return refuse(Why::recovery);
  if (!strong_enough(passphrase, name)) return refuse(Why::weak_passphrase);
  const auto old = state.ring.active_account(name);
  if (!old) return failed(old);
  if (!*old) return refuse(Why::no_such_account);
  if ((*old)->role != Role::supervisor) return refuse(Why::role);
  auto renewed = new_account(store, std::string{name}, Role::supervisor, passphrase, state.means);
  if (!renewed) return renewed.error();
  renewed->setting_key = seal_to(renewed->open, *setting_key);
  Account ended = **old;
  ended.active = false;
  ended.ended = state.now();
  ended.setting_key.clear();
  ended.wrapped_secret.clear();
  RingBatch batch;
  batch.accounts = {ended, *renewed};
  const auto wrapped = state.ring.named(look_up_name);
  if (!wrapped) return failed(wrapped);
  const auto look_up = unwrap(wrapped->value_or(""), *setting_key,
                              bound_secret(store, look_up_name, state.demonstration));
  if (!look_up) return refuse(Why::unsealable);
  batch.named = {{compared_name(renewed->id), compared_mark(*look_up, *renewed)},
                 {second_step_name(ended.id), ""},
                 // Whoever had the passphrase that was lost may have had the setting key.
                 {"rotation_due", "yes"}};
  std::vector<Entry> entries;
  for (const Account& account : batch.accounts) {
    auto entry = entry_about(state, Action::recover, renewed->id, account, batch);
    if (!entry) return failed(entry);
    entries.push_back(*std::move(entry));
  }
  return change_ring(state, std::move(batch), std::move(entries));
}

}  // namespace gcp2
