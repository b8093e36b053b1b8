#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sodium.h>

#include <stdexcept>
#include <vector>

#include "gcp2/keys.h"
#include "seal/bytes.h"

namespace gcp2 {
namespace {

using test::counting;
using test::from_hex;
using test::turned;

struct Message {
  std::string header;
  std::vector<std::string> pieces;
};

Message sealed(const Secret& key, const std::vector<std::string>& plain) {
  SealedWriter writer{key};
  Message message{writer.header(), {}};
  for (std::size_t at = 0; at < plain.size(); ++at)
    message.pieces.push_back(writer.piece(plain[at], at + 1 == plain.size()));
  return message;
}

/// The pieces, or nullopt where one is refused or none was the last.
std::optional<std::vector<std::string>> opened(const Secret& key, const Message& message) {
  SealedReader reader{key, message.header};
  std::vector<std::string> plain;
  bool last = false;
  for (const std::string& each : message.pieces) {
    const std::optional<SealedReader::Piece> piece = reader.piece(each);
    if (!piece) return std::nullopt;
    plain.push_back(piece->plain);
    last = piece->last;
  }
  if (!last) return std::nullopt;
  return plain;
}

// Sealed by this program once.
const Message kept{from_hex("29a6007705bbd9b1dce9f8368fbaa09ada949cca001b7d04"),
                   {from_hex("730382afda379fdec7ab566609945676b26a58280a78"),
                    from_hex("740a7562a879cd8eac2d845a181fb12bf3"),
                    from_hex("d5be31b283fac58e255d0dc0b4fe79263d3e084672c5")}};

TEST(StreamTest, WhatWasSealedOnceOpensForEver) {
  EXPECT_EQ(opened(counting(), kept), (std::vector<std::string>{"first", "", "third"}));
}

RC_GTEST_PROP(StreamTest, GivesBackWhatWentIn, ()) {
  const auto plain = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<std::string>>());
  const Secret key = Secret::random();
  RC_ASSERT(opened(key, sealed(key, plain)) == plain);
}

TEST(StreamTest, ItsSizesAreWhatTheHeaderSays) {
  SealedWriter writer{counting()};
  EXPECT_EQ(writer.header().size(), SealedReader::header_size);
  EXPECT_EQ(writer.piece("12345", true).size(), 5 + SealedReader::overhead);
  EXPECT_NE(SealedWriter{counting()}.header(), writer.header());
}

TEST(StreamTest, NoBitCanBeChanged) {
  const Message message = kept;
  for (std::size_t bit = 0; bit < message.header.size() * 8; ++bit)
    EXPECT_FALSE(opened(counting(), {turned(message.header, bit), message.pieces})) << bit;
  for (std::size_t piece = 0; piece < message.pieces.size(); ++piece)
    for (std::size_t bit = 0; bit < message.pieces[piece].size() * 8; ++bit) {
      Message changed = message;
      changed.pieces[piece] = turned(changed.pieces[piece], bit);
      EXPECT_FALSE(opened(counting(), changed)) << piece << ' ' << bit;
    }
}

TEST(StreamTest, NothingCanBeCutLeftOutMovedOrRepeated) {
  const std::vector<std::string>& was = kept.pieces;
  using Pieces = std::vector<std::string>;
  for (const Pieces& wrong :
       {Pieces{}, Pieces{was[0]}, Pieces{was[0], was[1]}, Pieces{was[1], was[2]},
        Pieces{was[0], was[2]}, Pieces{was[2]}, Pieces{was[1], was[0], was[2]},
        Pieces{was[0], was[2], was[1]}, Pieces{was[0], was[0], was[1], was[2]},
        Pieces{was[0], was[1], was[1], was[2]}, Pieces{was[0], was[1], was[2], was[2]},
        Pieces{was[0] + was[1], was[2]}, Pieces{was[0], was[1], was[2] + '\0'},
        Pieces{was[0], was[1], was[2], was[0]}})
    EXPECT_FALSE(opened(counting(), {kept.header, wrong})) << wrong.size();
  for (std::size_t length = 0; length < was[2].size(); ++length)
    EXPECT_FALSE(opened(counting(), {kept.header, {was[0], was[1], was[2].substr(0, length)}}));
}

TEST(StreamTest, PiecesOfAnotherMessageAndAnotherKeyAreRefused) {
  const Message other = sealed(counting(), {"first", "", "third"});
  EXPECT_FALSE(opened(counting(), {kept.header, other.pieces}));
  EXPECT_FALSE(
      opened(counting(), {kept.header, {kept.pieces[0], other.pieces[1], kept.pieces[2]}}));
  EXPECT_FALSE(opened(Secret::random(), kept));
}

TEST(StreamTest, AHeaderOfAnotherLengthOpensNothing) {
  for (std::size_t length = 0; length < 2 * SealedReader::header_size; ++length) {
    std::string header = kept.header;
    header.resize(length);
    SealedReader reader{counting(), header};
    EXPECT_EQ(reader.piece(kept.pieces[0]).has_value(), length == SealedReader::header_size);
  }
}

TEST(StreamTest, AfterTheLastNothingIsRead) {
  // As a writer would do it that knows the key and not the rule.
  crypto_secretstream_xchacha20poly1305_state state;
  std::string header(SealedReader::header_size, '\0');
  const std::string key{counting().bytes()};
  const auto bytes = [](std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
  };
  crypto_secretstream_xchacha20poly1305_init_push(
      &state, bytes(header), reinterpret_cast<const unsigned char*>(key.data()));
  std::string first(SealedReader::overhead, '\0'), second = first;
  for (std::string* const piece : {&first, &second})
    crypto_secretstream_xchacha20poly1305_push(&state, bytes(*piece), nullptr, nullptr, 0, nullptr,
                                               0, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
  SealedReader reader{counting(), header};
  ASSERT_TRUE(reader.piece(first));
  EXPECT_FALSE(reader.piece(second));
}

TEST(StreamTest, AfterTheLastNothingIsWritten) {
  SealedWriter writer{counting()};
  writer.piece("", true);
  EXPECT_THROW(writer.piece("more", false), std::logic_error);
}

}  // namespace
}  // namespace gcp2
