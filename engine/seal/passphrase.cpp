#include <sodium.h>

#include <condition_variable>
#include <mutex>

#include "raw.h"

namespace gcp2 {
namespace {

static_assert(salt_size == crypto_pwhash_argon2id_SALTBYTES);

// Hardness is read from files that others may have written: no more than this is ever spent.
constexpr std::uint64_t most_passes = 10;
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;

/// A place among those who may run. Not std::counting_semaphore: in libstdc++ 12 it can miss a
/// release that comes between its look at the count and its sleep.
class Place {
 public:
  Place() {
    std::unique_lock lock{mutex};
    freed.wait(lock, [] { return taken < most; });
    ++taken;
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    {
      const std::lock_guard lock{mutex};
      --taken;
    }
    freed.notify_one();
  }

 private:
  static constexpr int most = 2;
  static inline std::mutex mutex;
  static inline std::condition_variable freed;
  static inline int taken = 0;
};

}  // namespace

std::string random_salt() {
  raw::ready();
  std::string salt(salt_size, '\0');
  randombytes_buf(salt.data(), salt.size());
  return salt;
}

Result<Secret> key_from_passphrase(std::string_view passphrase, std::string_view salt,
                                   const Hardness& hardness) {
  raw::ready();
  if (salt.size() != salt_size) return Error{"a salt is not of the length that it must have"};
  if (hardness.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN || hardness.passes > most_passes ||
      hardness.bytes < crypto_pwhash_argon2id_MEMLIMIT_MIN || hardness.bytes > most_bytes)
    return Error{"the recorded hardness of a passphrase is out of range"};
  std::string key(Secret::size, '\0');
  const Place place;
  if (crypto_pwhash_argon2id(raw::out(key), key.size(), passphrase.data(), passphrase.size(),
                             raw::in(salt), hardness.passes, hardness.bytes,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
    return Error{"too little memory to work a key out of a passphrase"};
  std::optional<Secret> secret = Secret::from(key);
  wipe(key);
  return *std::move(secret);
}

}  // namespace gcp2
