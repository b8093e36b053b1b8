#include "setting/partners.h"

#include <algorithm>
#include <utility>

#include "gcp2/json.h"
#include "setting/arrival.h"
#include "setting/vault.h"

namespace gcp2 {

std::string partner_name(const Id& store) { return std::string{every_partner} + store.text(); }
std::string partner_title(const Id& store) { return "partner_title/" + store.text(); }
std::string received_name(const Id& bundle) { return "received/" + bundle.text(); }

namespace {

std::string partner_mark(const Id& store) { return "partner_mark/" + store.text(); }

/// What is marked: who it is and what it is called.
std::string marked(const Address& partner, std::string_view title) {
  return partner.text() + "\n" + std::string{title};
}

}  // namespace

Allowed<Address> partner_of(Desk::State& desk, const Id& store) {
  const auto kept = desk.ring().named(partner_name(store));
  if (!kept) return failed(kept);
  if (kept->value_or("").empty()) return refusal(Why::no_partner);
  const auto title = title_of(desk, store);
  if (!title) return title.error();
  const auto mark = desk.ring().named(partner_mark(store));
  if (!mark) return failed(mark);
  const auto address = Address::parse(**kept);
  if (address) {
    const auto own = mark_of(desk, partner_mark(store), marked(*address, *title));
    if (!own) return own.error();
    if (address->store == store && mark->value_or("") == *own) return *address;
  }
  return refusal({Trouble::damaged, "key ring: a partner that nobody confirmed"});
}

Allowed<std::string> title_of(Desk::State& desk, const Id& store) {
  const auto title = desk.ring().named(partner_title(store));
  if (!title) return failed(title);
  return title->value_or("");
}

Allowed<SigningPair> signing_pair(Desk::State& desk) {
  auto seed = desk.named("signed_by");
  if (!seed) return seed.error();
  return SigningPair::of(*std::move(seed));
}
Allowed<KeyPair> sealing_pair(Desk::State& desk) {
  auto secret = desk.named("seal_to");
  if (!secret) return secret.error();
  return KeyPair::of(*std::move(secret));
}
Allowed<Address> own_address(Desk::State& desk) {
  const auto to = sealing_pair(desk);
  if (!to) return to.error();
  const auto by = signing_pair(desk);
  if (!by) return by.error();
  return Address{desk.store_id(), to->open, by->open};
}

Allowed<Value> bundle_content(std::string_view plain) {
  Refusal invalid = refusal(Why::invalid);
  Value content = read_json(plain, invalid.findings, limits_of_bundle);
  // A key that stands in a record twice is that record's fault.
  if (content.is_object()) return content;
  const auto is_limit = [](const Finding& found) {
    return found.code == "too_large" || found.code == "too_many_values" ||
           found.code == "nested_too_deep";
  };
  if (std::ranges::any_of(invalid.findings, is_limit)) return refusal(Why::too_large);
  return invalid;
}

Row bundle_row(const Id& bundle, const Id& owner, const Id& key, Standing standing, Seconds at) {
  Row row = fresh_row(bundle, owner, key, at);
  row.standing = standing;
  return row;
}

Allowed<Address> Desk::address() {
  Act act{*state_, Action::address};
  if (auto no = act.barred()) return *std::move(no);
  const auto address = own_address(*state_);
  if (!address) return act.refuse(address.error());
  if (const auto logged = act.done(); !logged) return logged.error();
  return address;
}

Allowed<std::vector<Partner>> Desk::partners() {
  Act act{*state_, Action::partners};
  if (auto no = act.barred()) return *std::move(no);
  const auto all = state_->ring().named_from(every_partner);
  if (!all) return failed(all);
  std::vector<Partner> out;
  for (const auto& [name, text] : *all) {
    const auto store = Id::parse(std::string_view{name}.substr(every_partner.size()));
    const auto address = partner_of(*state_, store.value_or(Id{}));
    if (!address) return act.refuse(address.error());
    const auto title = title_of(*state_, address->store);
    if (!title) return title.error();
    out.push_back({*address, *title});
  }
  std::ranges::sort(out, {}, [](const Partner& each) {
    return std::pair{std::string_view{each.title}, each.address.store};
  });
  if (const auto logged = act.done(); !logged) return logged.error();
  return out;
}

Allowed<Done> Desk::confirm_partner(const Address& partner, std::string_view compared,
                                    std::string_view title) {
  Act act{*state_, Action::confirm_partner};
  if (auto no = act.barred()) return *std::move(no);
  // A bundle for oneself goes nowhere, and what pretends to be oneself is somebody else.
  if (partner.store == state_->store_id()) return act.refuse(Why::own_setting);
  // Nothing can be sealed to some keys; nobody has them by chance.
  if (!is_fingerprint(compared, partner.fingerprint()) ||
      seal_to(partner.seal_to, Secret::random()).empty())
    return act.refuse(Why::fingerprint);
  RingBatch batch;
  batch.named.emplace_back(partner_name(partner.store), partner.text());
  if (!title.empty()) batch.named.emplace_back(partner_title(partner.store), std::string{title});
  const auto known = title_of(*state_, partner.store);
  if (!known) return known.error();
  const std::string name = partner_mark(partner.store);
  auto mark =
      mark_of(*state_, name, marked(partner, title.empty() ? std::string_view{*known} : title));
  if (!mark) return act.refuse(mark.error());
  batch.named.emplace_back(name, *std::move(mark));
  return act.done(std::move(batch), {}, false);
}

}  // namespace gcp2
