// Adding assessments to a store beside writing the same bytes into one plain table with the same
// library, batch by batch in turns; and a child's history in a small store and in a large one:
// asked for the first time after the adding, asked again, and read from the disk.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <pqxx/pqxx>
#include <random>
#include <stdexcept>
#include <vector>

#include "gcp2/postgres.h"
#include "store/database.h"
#include "store/folder.h"

namespace gcp2::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t sealed_size = 5 * 1024, batch_size = 500, records_a_child = 4;
constexpr std::size_t few = 10'000;

template <class T>
T taken(Stored<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

Id id_of(std::string_view what, std::size_t number) {
  const std::string hash = plain_hash(fmt::format("{} {}", what, number));
  return *Id::from(std::string_view{hash}.substr(0, 16));
}

/// As `Id::random` would have made it at that time.
Id id_made_at(Seconds at, std::size_t number) {
  Id id = id_of("record", number);
  auto milliseconds = static_cast<std::uint64_t>(at) * 1000 + number % 1000;
  for (std::size_t i = 6; i-- > 0; milliseconds >>= 8U)
    id.bytes[i] = static_cast<std::uint8_t>(milliseconds);
  return id;
}

/// Records of children in no order, as they come in over twenty years, each begun up to four weeks
/// before it was signed.
Batch batch_from(std::size_t first, std::size_t end, std::size_t children) {
  static std::mt19937_64 chance{1};
  Batch batch;
  for (std::size_t number = first; number < end; ++number) {
    Row row;
    row.at = static_cast<Seconds>(1'000'000'000 + number * 600);
    row.id = id_made_at(row.at - static_cast<Seconds>(chance() % (28 * 86'400)), number);
    row.owner = id_of("child", number * 7919 % children);
    row.key = id_of("key", number * 7919 % children);
    row.revision = 1;
    row.sealed.reserve(sealed_size);
    while (row.sealed.size() < sealed_size) {
      const std::uint64_t bits = chance();
      row.sealed.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    }
    Entry entry;
    entry.at = row.at;
    entry.actor = id_of("actor", number % 50);
    entry.action = "record.sign";
    entry.outcome = "done";
    entry.subject = row.owner;
    entry.table = RowKind::record;
    entry.row = row.id;
    entry.revision = 1;
    entry.digest = plain_hash(row.sealed);
    batch.puts.push_back({RowKind::record, std::move(row)});
    batch.entries.push_back(std::move(entry));
  }
  return batch;
}

/// The bytes of each record and its entry.
std::vector<std::string> raw_bytes(const Batch& batch) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < batch.puts.size(); ++i) {
    const Row& row = batch.puts[i].row;
    const Entry& entry = batch.entries[i];
    std::string bytes{row.sealed};
    for (const Id& id : {row.id, row.owner, row.key, entry.actor, entry.subject, entry.row})
      bytes += id.raw();
    bytes += entry.action + entry.outcome + entry.digest + std::string(32, 'h');
    bytes += std::string(6 * sizeof(std::int64_t), 'n');
    all.push_back(std::move(bytes));
  }
  return all;
}

using WriteRaw = std::function<void(const std::vector<std::string>&)>;

struct Times {
  double median, most_of_100;
};
/// Of the same children each time that it is asked.
Times history(Store& store, std::size_t children, int how_many = 1000) {
  std::mt19937 chance{7};
  std::vector<double> times;
  for (int i = 0; i < how_many; ++i) {
    const Id child = id_of("child", chance() % children);
    const auto start = Clock::now();
    const auto rows = taken(store.rows_of(RowKind::record, child));
    times.push_back(Milliseconds{Clock::now() - start}.count());
    if (rows.size() != records_a_child) throw std::runtime_error("Not the child's history");
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

void print_history(std::string_view which, const Times& large, const Times& small) {
  fmt::print(
      "  {}: {:.3f} ms (99 of 100 within {:.3f} ms), {:.2f} times that of few ({:.3f} ms,"
      " {:.3f} ms)\n",
      which, large.median, large.most_of_100, large.median / small.median, small.median,
      small.most_of_100);
}

struct Added {
  double ours = 0, raw = 0;  ///< milliseconds
};
Added add(Store& store, const WriteRaw& write_raw, std::size_t records) {
  Added time;
  const std::size_t children = records / records_a_child;
  for (std::size_t first = 0; first < records; first += batch_size) {
    Batch batch = batch_from(first, std::min(first + batch_size, records), children);
    const std::vector<std::string> bytes = raw_bytes(batch);
    const auto start = Clock::now();
    write_raw(bytes);
    const auto middle = Clock::now();
    taken(store.commit(std::move(batch)));
    time.raw += Milliseconds{middle - start}.count();
    time.ours += Milliseconds{Clock::now() - middle}.count();
    if ((first / batch_size + 1) % 200 == 0)
      fmt::print(stderr, "  {} records, raw {:.0f} s, store {:.0f} s\n", first + batch_size,
                 time.raw / 1000, time.ours / 1000);
  }
  return time;
}

long megabytes_at_most() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

void compare(const char* engine, Store& small, Store& large, const WriteRaw& write_raw,
             std::size_t records, const std::function<double()>& bytes) {
  const std::size_t few_children = std::min(few, records) / records_a_child;
  const std::size_t children = records / records_a_child;
  add(small, [](const auto&) {}, std::min(few, records));
  const Times small_first = history(small, few_children),
              small_again = history(small, few_children);
  const Added added = add(large, write_raw, records);
  const Times first = history(large, children), again = history(large, children);
  const auto rate = [&](double time) { return static_cast<double>(records) / time * 1000; };
  fmt::print("{}: {} records, {:.0f}/s, raw {:.0f}/s: {:.2f} of raw\n", engine, records,
             rate(added.ours), rate(added.raw), added.raw / added.ours);
  fmt::print("  {:.0f} bytes a record and its entry, of which {} are sealed\n",
             bytes() / static_cast<double>(records), sealed_size);
  fmt::print("  a child's history, few are {} records\n", std::min(few, records));
  print_history("asked for the first time", first, small_first);
  print_history("asked again", again, small_again);
  fmt::print("  {} MB of memory at most\n", megabytes_at_most());
}

/// A store that nobody has open, of which nothing is left in memory.
Times history_from_disk(const std::string& file, std::size_t records) {
  const int handle = open(file.c_str(), O_RDONLY);
  const bool is_out =
      handle >= 0 && fsync(handle) == 0 && posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED) == 0;
  if (handle >= 0) close(handle);
  if (!is_out) throw std::runtime_error("The file stays in memory");
  constexpr int before_much_is_in_memory_again = 200;
  return history(*taken(open_store(file, Opening::existing)), records / records_a_child,
                 before_much_is_in_memory_again);
}

void run_sqlite(std::size_t records) {
  const test::Folder folder{"."};
  auto small = taken(open_store(folder.path("small"), Opening::fresh));
  auto large = taken(open_store(folder.path("large"), Opening::fresh));
  SQLite::Database raw{folder.path("raw"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  raw.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE raw (bytes BLOB)");
  SQLite::Statement insert{raw, "INSERT INTO raw (bytes) VALUES (?)"};
  compare(
      "SQLite", *small, *large,
      [&](const std::vector<std::string>& all) {
        SQLite::Transaction change{raw, SQLite::TransactionBehavior::IMMEDIATE};
        for (const std::string& bytes : all) {
          insert.bindNoCopy(1, static_cast<const void*>(bytes.data()),
                            static_cast<int>(bytes.size()));
          insert.exec();
          insert.reset();
        }
        change.commit();
      },
      records,
      [&] { return static_cast<double>(std::filesystem::file_size(folder.path("large"))); });
  small.reset();
  large.reset();
  print_history("read from the disk", history_from_disk(folder.path("large"), records),
                history_from_disk(folder.path("small"), std::min(few, records)));
}

void run_postgres(std::size_t records) {
  const test::Cluster cluster;
  const test::Database small_database{cluster.address()}, database{cluster.address()};
  const auto small = taken(open_postgres(small_database.name(), Opening::fresh));
  const auto large = taken(open_postgres(database.name(), Opening::fresh));
  pqxx::connection raw{database.name()};
  pqxx::nontransaction{raw}.exec("CREATE TABLE public.raw (bytes bytea)");
  compare(
      "PostgreSQL", *small, *large,
      [&](const std::vector<std::string>& all) {
        pqxx::work change{raw};
        change.exec("SET LOCAL search_path = public");
        pqxx::stream_to stream{change, "raw"};
        for (const std::string& bytes : all)
          stream << std::array{
              raw.esc_raw(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())};
        stream.complete();
        change.commit();
      },
      records,
      [&] {
        return std::stod(database.run(
            "SELECT pg_total_relation_size('gcp2.rows') + pg_total_relation_size('gcp2.entries')"));
      });
}

}  // namespace
}  // namespace gcp2::bench

int main(int count, char** arguments) {
  const char* wanted = std::getenv("GCP2_BENCH_RECORDS");
  const std::size_t records = wanted == nullptr ? 100'000 : std::strtoul(wanted, nullptr, 10);
  const std::string_view which = count > 1 ? arguments[1] : "";
  if (which != "postgres") gcp2::bench::run_sqlite(records);
  if (which != "sqlite") gcp2::bench::run_postgres(records);
}
