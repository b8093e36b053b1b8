#include "setting/look_ups.h"

#include <utility>

#include "setting/facts.h"
#include "setting/vault.h"

namespace gcp2 {
namespace {

constexpr std::string_view every_note = "settling/";
std::string note_name(const Id& child) { return std::string{every_note} + child.text(); }

}  // namespace

RingBatch new_look_ups(const Id& child, std::vector<std::string> hashes) {
  RingBatch batch;
  for (std::string& hash : hashes) batch.look_ups.push_back({std::move(hash), child});
  batch.named.emplace_back(note_name(child), "yes");
  return batch;
}

Stored<bool> are_settling(Ring& ring, const Id& child) {
  const auto note = ring.named(note_name(child));
  if (!note) return note.error();
  return !note->value_or("").empty();
}

Allowed<Done> settle_look_ups(Desk::State& desk, const Id& child) {
  return under_setting_key(desk, [&]() -> Allowed<RingBatch> {
    RingBatch batch;
    batch.drop_look_ups_of.push_back(child);
    batch.named.emplace_back(note_name(child), "");
    const auto facts = desk.facts(child);
    // Erased meanwhile.
    if (!facts &&
        (facts.error().why == Why::no_such_child || facts.error().why == Why::missing_keys))
      return batch;
    if (!facts) return facts.error();
    const auto look_up = desk.named(look_up_name);
    if (!look_up) return look_up.error();
    for (std::string& hash : hashes_of(*facts, *look_up))
      batch.look_ups.push_back({std::move(hash), child});
    return batch;
  });
}

Allowed<Done> settle_all_look_ups(Desk::State& desk) {
  const auto notes = desk.ring().named_from(every_note);
  if (!notes) return failed(notes);
  for (const auto& [name, said] : *notes) {
    const auto child = Id::parse(std::string_view{name}.substr(every_note.size()));
    if (!child || said.empty()) continue;
    if (const auto done = settle_look_ups(desk, *child); !done) return done;
  }
  return Done{};
}

}  // namespace gcp2
