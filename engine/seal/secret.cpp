#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "raw.h"

namespace gcp2 {

void raw::ready() {
  static const bool is_ready = sodium_init() >= 0;
  if (!is_ready) throw std::runtime_error("libsodium finds no source of chance");
}

const unsigned char* raw::of(const Secret& secret) {
  if (secret.bytes().empty()) throw std::logic_error("A secret that was moved from is used");
  return in(secret.bytes());
}

Secret::Secret() {
  raw::ready();
  bytes_ = static_cast<unsigned char*>(sodium_malloc(size));
  if (bytes_ == nullptr) throw std::bad_alloc();
}

Secret::Secret(Secret&& other) noexcept : bytes_{std::exchange(other.bytes_, nullptr)} {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    sodium_free(bytes_);
    bytes_ = std::exchange(other.bytes_, nullptr);
  }
  return *this;
}

Secret::~Secret() { sodium_free(bytes_); }

Secret Secret::random() {
  Secret secret;
  randombytes_buf(secret.bytes_, size);
  return secret;
}

std::optional<Secret> Secret::from(std::string_view bytes) {
  if (bytes.size() != size) return std::nullopt;
  Secret secret;
  std::memcpy(secret.bytes_, bytes.data(), size);
  return secret;
}

std::string_view Secret::bytes() const noexcept {
  return raw::text({bytes_, bytes_ == nullptr ? 0 : size});
}

Secret Secret::copy() const {
  Secret secret;
  std::memcpy(secret.bytes_, raw::of(*this), size);
  return secret;
}

void wipe(std::string& text) noexcept {
  // What a longer text left behind the end too.
  text.resize(text.capacity());
  sodium_memzero(text.data(), text.size());
  text.clear();
}

namespace {

/// As many pages as the system grants; whether it is one at least.
bool can_lock_memory() {
  rlimit limit{};
  if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_MEMLOCK, &limit);
  }
  // libsodium says nothing where it could not lock what it gives.
  constexpr std::size_t page = 4096;
  void* const tried = sodium_malloc(page);
  const bool is_locked = tried != nullptr && sodium_mlock(tried, page) == 0;
  sodium_free(tried);
  return is_locked;
}

}  // namespace

Result<Done> forbid_core_dumps() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return Error{"core dumps cannot be turned off: " + std::generic_category().message(errno)};
  return Done{};
}

Result<Done> prepare_for_secrets() {
  if (sodium_init() < 0) return Error{"no source of chance for keys"};
  if (!can_lock_memory())
    return Error{"no memory that is never written to a disk: more has to be granted (ulimit -l)"};
  return forbid_core_dumps();
}

}  // namespace gcp2
