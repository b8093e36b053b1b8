// Mutations that keep a document a document, so that the fuzzer gets past the grammar of JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/document.h"

namespace gcp2::fuzz {

/// What mutations put into a document: every key and every value of the JSON that it is made from.
struct Vocabulary {
  explicit Vocabulary(std::string_view json);
  std::vector<std::string> keys;
  std::vector<Value> values;
};

using Chance = std::minstd_rand;

/// A few changes at random places: values replaced, taken away, doubled, moved, keys renamed.
void mutate_document(Value& document, Chance& chance, const Vocabulary& words);

/// The body of LLVMFuzzerCustomMutator for targets that read JSON: a mutated document, or (one in
/// four, and where the input is no JSON) mutated bytes.
std::size_t mutate_json(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed,
                        const Vocabulary& words);

/// libFuzzer's own mutation of bytes.
std::string mutated_bytes(std::string bytes, std::size_t most);
/// Puts the bytes where libFuzzer wants them; gives their number.
std::size_t give_back(std::string_view bytes, std::uint8_t* data, std::size_t most);

}  // namespace gcp2::fuzz
