// The second step of logging in over a network: six digits that an authenticator shows, others
// every half minute (TOTP of RFC 6238 over SHA-1, which every authenticator knows).
#pragma once

#include <string>
#include <string_view>

#include "gcp2/keys.h"
#include "gcp2/store.h"

namespace gcp2 {

/// What is typed into an authenticator: 32 letters and digits of base32.
std::string authenticator_key(const Secret& secret);
/// The same as an authenticator reads it from a picture (otpauth://).
std::string authenticator_uri(const Secret& secret, std::string_view account);

/// Whether an authenticator shows these digits now, or half a minute away from now, as clocks
/// differ. Blanks do not count.
bool is_code(const Secret& secret, std::string_view typed, Seconds now);

}  // namespace gcp2
