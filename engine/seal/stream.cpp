#include <sodium.h>

#include <new>
#include <stdexcept>

#include "raw.h"

namespace gcp2 {
namespace {

static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == Secret::size);
constexpr unsigned char more = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
constexpr unsigned char the_last = crypto_secretstream_xchacha20poly1305_TAG_FINAL;

/// The state holds the key, so it lies where secrets lie.
class LockedState {
 public:
  LockedState() {
    raw::ready();
    state_ = static_cast<crypto_secretstream_xchacha20poly1305_state*>(
        sodium_malloc(sizeof(crypto_secretstream_xchacha20poly1305_state)));
    if (state_ == nullptr) throw std::bad_alloc();
  }
  LockedState(const LockedState&) = delete;
  LockedState& operator=(const LockedState&) = delete;
  ~LockedState() { sodium_free(state_); }
  crypto_secretstream_xchacha20poly1305_state* get() noexcept { return state_; }

 private:
  crypto_secretstream_xchacha20poly1305_state* state_ = nullptr;
};

}  // namespace

struct SealedWriter::State {
  LockedState stream;
  std::string header = std::string(SealedReader::header_size, '\0');
  bool ended = false;
};

SealedWriter::SealedWriter(const Secret& key) : state_{std::make_unique<State>()} {
  crypto_secretstream_xchacha20poly1305_init_push(state_->stream.get(), raw::out(state_->header),
                                                  raw::of(key));
}

SealedWriter::~SealedWriter() = default;

const std::string& SealedWriter::header() const { return state_->header; }

std::string SealedWriter::piece(std::string_view plain, bool last) {
  if (state_->ended) throw std::logic_error("A piece after the last one");
  state_->ended = last;
  std::string sealed(plain.size() + SealedReader::overhead, '\0');
  if (crypto_secretstream_xchacha20poly1305_push(state_->stream.get(), raw::out(sealed), nullptr,
                                                 raw::in(plain), plain.size(), nullptr, 0,
                                                 last ? the_last : more) != 0)
    throw std::length_error("Too long to be sealed");
  return sealed;
}

struct SealedReader::State {
  LockedState stream;
  bool ended = false;
};

const std::size_t SealedReader::header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
const std::size_t SealedReader::overhead = crypto_secretstream_xchacha20poly1305_ABYTES;

SealedReader::SealedReader(const Secret& key, std::string_view header)
    : state_{std::make_unique<State>()} {
  state_->ended =
      header.size() != header_size || crypto_secretstream_xchacha20poly1305_init_pull(
                                          state_->stream.get(), raw::in(header), raw::of(key)) != 0;
}

SealedReader::~SealedReader() = default;

std::optional<SealedReader::Piece> SealedReader::piece(std::string_view sealed) {
  if (state_->ended || sealed.size() < overhead) return std::nullopt;
  Piece piece{std::string(sealed.size() - overhead, '\0')};
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(state_->stream.get(), raw::out(piece.plain),
                                                 nullptr, &tag, raw::in(sealed), sealed.size(),
                                                 nullptr, 0) != 0)
    return std::nullopt;
  piece.last = tag == the_last;
  state_->ended = piece.last;
  return piece;
}

}  // namespace gcp2
