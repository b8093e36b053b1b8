#include "gcp2/store.h"

#include "store/engines.h"

namespace gcp2 {
namespace {

/// Eight bytes, the least first.
void append(std::string& text, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) {
    text += static_cast<char>(number & 0xffU);
    number >>= 8U;
  }
}
void append(std::string& text, std::string_view bytes) {
  append(text, std::uint64_t{bytes.size()});
  text += bytes;
}

}  // namespace

std::string_view name_of(RowKind table) noexcept {
  switch (table) {
    case RowKind::subject: return "subject";
    case RowKind::family: return "family";
    case RowKind::record: return "record";
    case RowKind::draft: return "draft";
    case RowKind::leaf: return "leaf";
    case RowKind::involvement: return "involvement";
    case RowKind::bundle: return "bundle";
    case RowKind::account: return "account";
  }
  return "";
}

std::string_view name_of(Trouble trouble) noexcept {
  switch (trouble) {
    case Trouble::conflict: return "conflict";
    case Trouble::no_room: return "no_room";
    case Trouble::busy: return "busy";
    case Trouble::not_a_store: return "not_a_store";
    case Trouble::older: return "older";
    case Trouble::newer: return "newer";
    case Trouble::damaged: return "damaged";
    case Trouble::absent: return "absent";
    case Trouble::present: return "present";
    case Trouble::outside: return "outside";
  }
  return "";
}

std::optional<RowKind> table_from(std::int64_t number) noexcept {
  if (number < static_cast<std::int64_t>(RowKind::subject) ||
      number > static_cast<std::int64_t>(RowKind::account))
    return std::nullopt;
  return static_cast<RowKind>(number);
}

std::optional<Standing> standing_from(std::int64_t number) noexcept {
  if (number < static_cast<std::int64_t>(Standing::live) ||
      number > static_cast<std::int64_t>(Standing::quarantined))
    return std::nullopt;
  return static_cast<Standing>(number);
}

// The hash is over these bytes, with numbers as eight bytes, the least first, and texts behind
// their lengths as such a number: the hash before; number; at; actor; action; outcome; reason;
// subject; table; row; revision; digest; note_key; note. It never changes.
std::string chained(const Head& before, const Entry& entry) {
  std::string bytes;
  append(bytes, before.hash);
  append(bytes, static_cast<std::uint64_t>(before.count) + 1);
  append(bytes, static_cast<std::uint64_t>(entry.at));
  append(bytes, entry.actor.raw());
  append(bytes, entry.action);
  append(bytes, entry.outcome);
  append(bytes, entry.reason);
  append(bytes, entry.subject.raw());
  append(bytes, static_cast<std::uint64_t>(entry.table));
  append(bytes, entry.row.raw());
  append(bytes, static_cast<std::uint64_t>(entry.revision));
  append(bytes, entry.digest);
  append(bytes, entry.note_key.raw());
  append(bytes, entry.note);
  return plain_hash(bytes);
}

void chain(Head& head, std::vector<Entry>& entries) {
  for (Entry& entry : entries) {
    entry.hash = chained(head, entry);
    entry.number = head.count + 1;
    head = {entry.number, entry.hash, entry.at};
  }
}

bool follows(Head& head, const Entry& entry) {
  if (entry.number != head.count + 1 || entry.hash != chained(head, entry)) return false;
  head = {entry.number, entry.hash, entry.at};
  return true;
}

Stored<std::unique_ptr<Store>> open_store(std::string_view name, Opening opening,
                                          const Id& fresh_id) {
  constexpr std::string_view memory = "memory:", sqlite = "sqlite:";
  const Id id = makes_new(opening) && fresh_id.none() ? Id::random() : fresh_id;
  if (name.starts_with(memory)) return open_memory(name.substr(memory.size()), opening, id);
  if (name.starts_with("postgresql:") || name.starts_with("postgres:"))
    return StoreError{Trouble::outside, "a PostgreSQL database is opened by open_postgres"};
  if (name.starts_with(sqlite)) name.remove_prefix(sqlite.size());
  return open_sqlite_store(std::string{name}, opening, id);
}

}  // namespace gcp2
