// This setting as others know it, and the others as the ring knows them.
#pragma once

#include <string>
#include <string_view>

#include "setting/inside.h"

namespace gcp2 {

inline constexpr std::string_view bundle_format = "gcp2/bundle-content/1";
inline constexpr std::string_view receipt_format = "gcp2/transfer-receipt/1";

/// What the names of all partners begin with in the ring.
inline constexpr std::string_view every_partner = "partner/";

/// What the ring has in clear of a partner, and of a bundle that was received.
std::string partner_name(const Id& store);
std::string partner_title(const Id& store);
std::string received_name(const Id& bundle);

/// `no_partner` where its fingerprint was not confirmed.
Allowed<Address> partner_of(Desk::State& desk, const Id& store);
/// What it was called when it was confirmed; empty where it was given no name.
Allowed<std::string> title_of(Desk::State& desk, const Id& store);

Allowed<SigningPair> signing_pair(Desk::State& desk);
Allowed<KeyPair> sealing_pair(Desk::State& desk);
Allowed<Address> own_address(Desk::State& desk);

/// Whether a bundle in quarantine is surely about the child.
Allowed<bool> waits_in_quarantine(Desk::State& desk, const ChildFacts& child);
/// Of bundles that were accepted or turned down, also where that was cut off.
Allowed<Done> drop_keys_of_left_bundles(Setting::State& setting);

/// What a bundle has in it, as `plain`: `too_large`, or `invalid` with its findings, where that
/// cannot be read. Looked at before it is sent as well as when it comes.
Allowed<Value> bundle_content(std::string_view plain);
Row bundle_row(const Id& bundle, const Id& owner, const Id& key, Standing standing, Seconds at);

}  // namespace gcp2
