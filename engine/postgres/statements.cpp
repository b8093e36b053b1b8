#include "postgres/statements.h"

#include <algorithm>
#include <array>

namespace gcp2 {
namespace {

#define ROW_COLUMNS "id, owner, key, revision, standing, at, sealed"
#define ENTRY_COLUMNS                                                                     \
  "number, at, actor, action, outcome, reason, subject, kind, row_id, revision, digest, " \
  "note_key, note, hash"

/// From so many on they are copied in and not inserted one by one.
constexpr std::size_t many = 8;

pqxx::binarystring bytes(std::string_view text) { return {text.data(), text.size()}; }
pqxx::binarystring bytes(const Id& id) { return bytes(id.raw()); }
int number(RowKind table) { return static_cast<int>(table); }
int number(Standing standing) { return static_cast<int>(standing); }

std::string hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string coded(2 + 2 * text.size(), 'x');
  coded[0] = '\\';
  char* place = coded.data() + 2;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    *place++ = digits[byte >> 4U];
    *place++ = digits[byte & 15U];
  }
  return coded;
}
std::string hex(const Id& id) { return hex(id.raw()); }

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  throw Damage{"no bytes"};
}
std::string unhexed(const pqxx::field& field) {
  const char* coded = field.c_str();
  const std::size_t size = field.size();
  if (size < 2 || size % 2 != 0 || coded[0] != '\\' || coded[1] != 'x') throw Damage{"no bytes"};
  std::string text(size / 2 - 1, '\0');
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<char>(value_of(coded[2 * i + 2]) << 4 | value_of(coded[2 * i + 3]));
  return text;
}

/// The fields of a result's row, one after the other.
class Fields {
 public:
  explicit Fields(const pqxx::row& row) : row_{row} {}
  std::int64_t number() { return next().as<std::int64_t>(); }
  std::string text() { return next().as<std::string>(); }
  std::string bytes() { return unhexed(next()); }
  Id id() {
    const std::optional<Id> id = Id::from(bytes());
    if (!id) throw Damage{"an id of another length"};
    return *id;
  }

 private:
  pqxx::field next() { return row_[at_++]; }
  const pqxx::row& row_;
  pqxx::row::size_type at_ = 0;
};

Row read_row(const pqxx::row& found) {
  Fields fields{found};
  Row row;
  row.id = fields.id();
  row.owner = fields.id();
  row.key = fields.id();
  row.revision = fields.number();
  const std::optional<Standing> standing = standing_from(fields.number());
  if (!standing || row.revision < 1) throw Damage{"no such row"};
  row.standing = *standing;
  row.at = fields.number();
  row.sealed = fields.bytes();
  return row;
}

Entry read_entry(const pqxx::row& found) {
  Fields fields{found};
  Entry entry;
  entry.number = fields.number();
  entry.at = fields.number();
  entry.actor = fields.id();
  entry.action = fields.text();
  entry.outcome = fields.text();
  entry.reason = fields.text();
  entry.subject = fields.id();
  const std::optional<RowKind> table = table_from(fields.number());
  if (!table) throw Damage{"no such table"};
  entry.table = *table;
  entry.row = fields.id();
  entry.revision = fields.number();
  entry.digest = fields.bytes();
  entry.note_key = fields.id();
  entry.note = fields.bytes();
  entry.hash = fields.bytes();
  return entry;
}

/// Whether a statement that takes all columns of a row changed one.
bool is_changed(pqxx::transaction_base& in, const char* statement, const Put& put) {
  const Row& row = put.row;
  return in.exec_prepared(statement, number(put.table), bytes(row.id), bytes(row.owner),
                          bytes(row.key), row.revision, number(row.standing), row.at,
                          bytes(row.sealed))
             .affected_rows() == 1;
}

/// Whether there was no stop. As many at a time as take a few megabytes.
template <class Visit>
bool visit_each(pqxx::transaction_base& in, const std::string& query, const Visit& visit) {
  constexpr std::size_t few_bytes = std::size_t{1} << 20U, many_bytes = std::size_t{8} << 20U;
  in.exec("DECLARE pieces NO SCROLL CURSOR FOR " + query);
  for (unsigned piece = 16;;) {
    const pqxx::result found = in.exec("FETCH " + std::to_string(piece) + " FROM pieces");
    std::size_t size = 0;
    for (const pqxx::row& row : found) {
      for (const pqxx::field& field : row) size += field.size();
      if (!visit(row)) return false;
    }
    if (found.size() < piece) break;
    if (size < few_bytes) piece = std::min(piece * 2, 4096U);
    if (size > many_bytes) piece = std::max(piece / 2, 1U);
  }
  in.exec("CLOSE pieces");
  return true;
}

}  // namespace

void prepare_statements(pqxx::connection& connection) {
  connection.prepare("row", "SELECT " ROW_COLUMNS " FROM gcp2.rows WHERE kind = $1 AND id = $2");
  connection.prepare("rows_of", "SELECT " ROW_COLUMNS
                                " FROM gcp2.rows WHERE kind = $1 AND owner = $2 ORDER BY at, id");
  connection.prepare("head",
                     "SELECT number, at, hash FROM gcp2.entries ORDER BY number DESC LIMIT 1");
  connection.prepare("has_entry", "SELECT 1 FROM gcp2.entries WHERE number = $1 AND hash = $2");
  connection.prepare("insert_row", "INSERT INTO gcp2.rows (kind, " ROW_COLUMNS
                                   ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                                   " ON CONFLICT DO NOTHING");
  connection.prepare("replace_row",
                     "UPDATE gcp2.rows SET owner = $3, key = $4, revision = $5, standing = $6,"
                     " at = $7, sealed = $8 WHERE kind = $1 AND id = $2 AND revision = $5 - 1");
  connection.prepare("drop_row",
                     "DELETE FROM gcp2.rows WHERE kind = $1 AND id = $2"
                     " AND $3::bigint IN (0, revision)");
  connection.prepare("is_there", "SELECT 1 FROM gcp2.rows WHERE kind = $1 AND id = $2");
  connection.prepare("insert_entry",
                     "INSERT INTO gcp2.entries (" ENTRY_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
}

std::optional<Row> find_row(pqxx::transaction_base& in, RowKind table, const Id& id) {
  const pqxx::result found = in.exec_prepared("row", number(table), bytes(id));
  return found.empty() ? std::nullopt : std::optional{read_row(found.front())};
}

std::vector<Row> find_rows_of(pqxx::transaction_base& in, RowKind table, const Id& owner) {
  std::vector<Row> rows;
  for (const pqxx::row& found : in.exec_prepared("rows_of", number(table), bytes(owner)))
    rows.push_back(read_row(found));
  return rows;
}

Head find_head(pqxx::transaction_base& in) {
  const pqxx::result found = in.exec_prepared("head");
  Head head;
  if (found.empty()) return head;
  const pqxx::row last = found.front();
  Fields fields{last};
  head.count = fields.number();
  head.at = fields.number();
  head.hash = fields.bytes();
  return head;
}

bool has_entry(pqxx::transaction_base& in, const Head& last) {
  return !in.exec_prepared("has_entry", last.count, bytes(last.hash)).empty();
}

bool visit_rows(pqxx::transaction_base& in, RowKind table, const Store::Visit& visit) {
  return visit_each(in,
                    "SELECT " ROW_COLUMNS " FROM gcp2.rows WHERE kind = " +
                        std::to_string(number(table)) + " ORDER BY id",
                    [&](const pqxx::row& found) { return visit(table, read_row(found)); });
}

bool visit_entries(pqxx::transaction_base& in, std::int64_t from, const Store::VisitEntry& visit) {
  return visit_each(in,
                    "SELECT " ENTRY_COLUMNS " FROM gcp2.entries WHERE number >= " +
                        std::to_string(from) + " ORDER BY number",
                    [&](const pqxx::row& found) { return visit(read_entry(found)); });
}

bool insert(pqxx::transaction_base& in, const std::vector<const Put*>& fresh) {
  if (fresh.size() < many) {
    for (const Put* put : fresh)
      if (!is_changed(in, "insert_row", *put)) return false;
    return true;
  }
  static constexpr std::array columns{"kind",     "id",       "owner", "key",
                                      "revision", "standing", "at",    "sealed"};
  pqxx::stream_to stream{in, "rows", columns};
  for (const Put* put : fresh) {
    const Row& row = put->row;
    stream << std::array<std::string, 8>{std::to_string(number(put->table)),
                                         hex(row.id),
                                         hex(row.owner),
                                         hex(row.key),
                                         std::to_string(row.revision),
                                         std::to_string(number(row.standing)),
                                         std::to_string(row.at),
                                         hex(row.sealed)};
  }
  stream.complete();
  return true;
}

bool replace(pqxx::transaction_base& in, const Put& put) {
  return is_changed(in, "replace_row", put);
}

bool remove(pqxx::transaction_base& in, const Drop& drop) {
  const pqxx::result gone =
      in.exec_prepared("drop_row", number(drop.table), bytes(drop.id), drop.revision);
  return drop.revision == 0 || gone.affected_rows() == 1;
}

bool is_met(pqxx::transaction_base& in, const Need& need) {
  return !in.exec_prepared("is_there", number(need.table), bytes(need.id)).empty();
}

void insert(pqxx::transaction_base& in, const std::vector<Entry>& entries) {
  if (entries.size() < many) {
    for (const Entry& entry : entries)
      in.exec_prepared("insert_entry", entry.number, entry.at, bytes(entry.actor), entry.action,
                       entry.outcome, entry.reason, bytes(entry.subject), number(entry.table),
                       bytes(entry.row), entry.revision, bytes(entry.digest), bytes(entry.note_key),
                       bytes(entry.note), bytes(entry.hash));
    return;
  }
  static constexpr std::array columns{"number", "at",       "actor", "action", "outcome",
                                      "reason", "subject",  "kind",  "row_id", "revision",
                                      "digest", "note_key", "note",  "hash"};
  pqxx::stream_to stream{in, "entries", columns};
  for (const Entry& entry : entries)
    stream << std::array<std::string, 14>{std::to_string(entry.number),
                                          std::to_string(entry.at),
                                          hex(entry.actor),
                                          entry.action,
                                          entry.outcome,
                                          entry.reason,
                                          hex(entry.subject),
                                          std::to_string(number(entry.table)),
                                          hex(entry.row),
                                          std::to_string(entry.revision),
                                          hex(entry.digest),
                                          hex(entry.note_key),
                                          hex(entry.note),
                                          hex(entry.hash)};
  stream.complete();
}

}  // namespace gcp2
