#include "setting/erased_list.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "setting/appended.h"

namespace gcp2 {
namespace {

constexpr std::string_view every_erased = "erased/";

Stored<Secret> key_of_list(Ring& ring) {
  const auto kept = ring.named(erased_list_key);
  if (!kept) return kept.error();
  auto key = Secret::from(kept->value_or(""));
  if (!key) return StoreError{Trouble::damaged, "key ring: no key for the list of what was erased"};
  return *std::move(key);
}

std::string hash_of(const Secret& key, const std::string& id, const std::string& at) {
  return hexadecimal(keyed_hash(key, "gcp2/erased/1 " + id + " " + at));
}

}  // namespace

Stored<ErasedList> read_erased_list(const std::string& file, Ring& ring) {
  const auto key = key_of_list(ring);
  if (!key) return key.error();
  ErasedList list;
  std::int64_t number = 0;
  const auto read = read_lines(file, [&](const std::string& line) {
    ++number;
    std::istringstream words{line};
    std::string id, at, hash;
    // A line that was cut off stands for nothing that has happened: what it was for is done again.
    if (!(words >> id >> at >> hash) || hash.size() < 64) return;
    const auto erased = Id::parse(id);
    if (erased && hash == hash_of(*key, id, at))
      list.erased.push_back(*erased);
    else
      list.planted.push_back(number);
  });
  if (!read) return read.error();
  return list;
}

std::string erased_name(const Id& erased) { return std::string{every_erased} + erased.text(); }

Stored<std::map<Id, Seconds>> erased_in_ring(Ring& ring) {
  const auto all = ring.named_from(every_erased);
  if (!all) return all.error();
  std::map<Id, Seconds> out;
  for (const auto& [name, at] : *all) {
    const auto of = Id::parse(std::string_view{name}.substr(every_erased.size()));
    Seconds when = 0;
    const auto read = std::from_chars(at.data(), at.data() + at.size(), when);
    if (!of || read.ec != std::errc{})
      return StoreError{Trouble::damaged, "key ring: what was erased"};
    out.emplace(*of, when);
  }
  return out;
}

Stored<std::map<Id, Seconds>> unlisted_erasures(const std::string& file, Ring& ring) {
  const auto listed = read_erased_list(file, ring);
  if (!listed) return listed.error();
  auto all = erased_in_ring(ring);
  if (!all) return all.error();
  for (const Id& each : listed->erased) all->erase(each);
  return *std::move(all);
}

Stored<Done> append_to_erased_list(const std::string& file, Ring& ring, const Id& erased,
                                   Seconds at) {
  const auto known = read_erased_list(file, ring);
  if (!known) return known.error();
  if (std::ranges::find(known->erased, erased) != known->erased.end()) return Done{};
  const auto key = key_of_list(ring);
  if (!key) return key.error();
  const std::string id = erased.text(), when = std::to_string(at);
  return append_line(file, id + " " + when + " " + hash_of(*key, id, when));
}

}  // namespace gcp2
