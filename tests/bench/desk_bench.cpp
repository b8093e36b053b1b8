// A child's history as somebody asks for it at a desk: whether they may is looked up, every record
// is opened, and that it was read is on the disk before the answer. In a small setting and in a
// large one, in which the records of other children come between. And what a new child costs there.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <vector>

#include "gcp2/postgres.h"
#include "setting/school.h"
#include "store/database.h"
#include "support/records.h"

namespace gcp2::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int asked_for = 200, records_a_child = 4;
constexpr std::size_t few = 10'000, batch_size = 500;

template <class T>
T taken(Stored<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

/// What nobody asks for and nobody can open, of the size of what is.
class Others {
 public:
  Others(const test::School& school, std::size_t children, std::size_t sealed_size)
      : store_{taken(school.means.open_records(school.places.records, Opening::existing, {}))},
        ring_{taken(Ring::open(school.places.ring, Opening::existing))},
        sealed_size_{sealed_size} {
    for (std::size_t i = 0; i < children; ++i) children_.push_back({Id::random(), Id::random()});
    for (std::size_t first = 0; first < children; first += batch_size) {
      RingBatch keys;
      Batch rows;
      for (std::size_t i = first; i < std::min(first + batch_size, children); ++i) {
        const auto& [id, key] = children_[i];
        keys.keys.push_back({key, id, noise(72)});
        for (int k = 0; k < 3; ++k) keys.look_ups.push_back({noise(32), id});
        rows.puts.push_back({RowKind::subject, row(id, Id::random(), key, noise(300))});
        rows.puts.push_back({RowKind::involvement, row(Id::random(), worker_, key, noise(300))});
      }
      taken(ring_.commit(keys));
      taken(store_->commit(std::move(rows)));
    }
  }
  void add(std::size_t records) {
    for (std::size_t first = 0; first < records; first += batch_size) {
      Batch batch;
      for (std::size_t i = first; i < std::min(first + batch_size, records); ++i) {
        const auto& [id, key] = children_[chance_() % children_.size()];
        Row one = row(Id::random(), id, key, noise(sealed_size_));
        Entry entry;
        entry.at = one.at;
        entry.actor = worker_;
        entry.action = "sign";
        entry.outcome = "written";
        entry.subject = id;
        entry.table = RowKind::record;
        entry.row = one.id;
        entry.revision = 1;
        entry.digest = plain_hash(one.sealed);
        batch.entries.push_back(std::move(entry));
        batch.puts.push_back({RowKind::record, std::move(one)});
      }
      taken(store_->commit(std::move(batch)));
    }
  }

 private:
  std::string noise(std::size_t size) {
    std::string out;
    while (out.size() < size) {
      const std::uint64_t bits = chance_();
      out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    }
    out.resize(size);
    return out;
  }
  static Row row(const Id& id, const Id& owner, const Id& key, std::string sealed) {
    return {id, owner, key, 1, Standing::live, 1'771'581'600, std::move(sealed)};
  }

  std::unique_ptr<Store> store_;
  Ring ring_;
  std::size_t sealed_size_;
  std::mt19937_64 chance_{1};
  Id worker_ = Id::random();
  std::vector<std::pair<Id, Id>> children_;  ///< with their keys
};

test::Sample of_child(int number, int record) {
  test::Sample sample = test::child(number);
  sample.id = test::uuid(number * records_a_child + record + 1);
  sample.is_signed = true;
  return sample;
}

/// `asked_for` children with their records, spread among those of others. Gives the children.
std::vector<Id> fill(test::School& school, std::size_t records) {
  school.employ("tess", Role::practitioner);
  const std::size_t ours = std::size_t{asked_for} * records_a_child;
  constexpr std::size_t sealed_size = 5 * 1024;
  Others others{school, (records - ours) / records_a_child, sealed_size};
  Desk tess = school.at("tess");
  std::vector<Id> children;
  for (int record = 0; record < records_a_child; ++record)
    for (int number = 0; number < asked_for; ++number) {
      others.add((records - ours) / ours);
      const ChildFacts facts = test::allowed(
          tess.add(test::sample(of_child(number, record)), shipped_instruments(), test::none));
      if (record == 0) children.push_back(facts.id);
    }
  std::ranges::shuffle(children, std::mt19937{7});
  return children;
}

struct Times {
  double median, most_of_100;
};
Times history(Desk& desk, const std::vector<Id>& children) {
  std::vector<double> times;
  for (const Id& child : children) {
    const auto start = Clock::now();
    const auto lines = test::allowed(desk.history(child, test::none));
    times.push_back(Milliseconds{Clock::now() - start}.count());
    if (lines.size() != records_a_child) throw std::runtime_error("Not the child's history");
  }
  std::ranges::sort(times);
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

/// Children whom nobody knew: each has a key of its own, and the ring is copied before its record
/// is there.
double new_children(test::School& school) {
  constexpr int new_ones = 15;
  Desk desk = school.at("tess");
  std::vector<double> times;
  for (int i = 0; i < new_ones; ++i) {
    const Value record = test::sample(of_child(asked_for + i, 0));
    const auto start = Clock::now();
    test::allowed(desk.add(record, shipped_instruments(), test::none));
    times.push_back(Milliseconds{Clock::now() - start}.count());
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

void compare(const char* engine, test::School& small, test::School& large, std::size_t records) {
  const auto few_children = fill(small, std::min(few, records));
  const auto many_children = fill(large, records);
  Desk in_small = small.at("tess"), in_large = large.at("tess");
  fmt::print("{}: a child's history at a desk, of {} records and of {}\n", engine, records,
             std::min(few, records));
  for (const char* which : {"asked for the first time", "asked again", "and again"}) {
    const Times many = history(in_large, many_children), little = history(in_small, few_children);
    fmt::print("  {}: {:.2f} ms (99 of 100 within {:.2f} ms), {:.2f} times {:.2f} ms ({:.2f} ms)\n",
               which, many.median, many.most_of_100, many.median / little.median, little.median,
               little.most_of_100);
  }
  const double many = new_children(large), little = new_children(small);
  fmt::print("  a new child: {:.1f} ms, {:.2f} times {:.1f} ms\n", many, many / little, little);
}

void run(std::size_t records, std::string_view which) {
  if (which != "postgres") {
    test::School small, large;
    compare("SQLite", small, large, records);
  }
  if (which == "sqlite") return;
  const test::Cluster cluster;
  const test::Database few_records{cluster.address()}, many_records{cluster.address()};
  test::School small{true, few_records.name(), open_postgres};
  test::School large{true, many_records.name(), open_postgres};
  compare("PostgreSQL", small, large, records);
}

}  // namespace
}  // namespace gcp2::bench

int main(int count, char** arguments) {
  const char* wanted = std::getenv("GCP2_BENCH_RECORDS");
  const std::size_t records = wanted == nullptr ? 100'000 : std::strtoul(wanted, nullptr, 10);
  gcp2::bench::run(records, count > 1 ? arguments[1] : "");
}
