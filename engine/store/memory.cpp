#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "store/engines.h"

namespace gcp2 {
namespace {

using RowName = std::pair<RowKind, Id>;

/// Rows and entries are replaced, never changed: whoever has copied the pointers has a state.
struct Content {
  std::map<RowName, std::shared_ptr<const Row>> rows;
  std::set<std::tuple<RowKind, Id, Id>> owned;  ///< table, owner, row
  std::vector<std::shared_ptr<const Entry>> entries;
  Head head;

  [[nodiscard]] const Row* find(const RowName& name) const {
    const auto found = rows.find(name);
    return found == rows.end() ? nullptr : found->second.get();
  }
  void drop(const RowName& name) {
    const auto found = rows.find(name);
    if (found == rows.end()) return;
    owned.erase({name.first, found->second->owner, name.second});
    rows.erase(found);
  }
  void put(const Put& put) {
    drop({put.table, put.row.id});
    owned.insert({put.table, put.row.owner, put.row.id});
    rows[{put.table, put.row.id}] = std::make_shared<const Row>(put.row);
  }
  void add(const std::vector<Entry>& more) {
    for (const Entry& entry : more) entries.push_back(std::make_shared<const Entry>(entry));
  }
};

struct Shared {
  Id id;
  std::mutex mutex;
  Content content;
};

struct Registry {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<Shared>, std::less<>> stores;
};
Registry& registry() {
  static Registry all;
  return all;
}

StoreError conflict() { return {Trouble::conflict, "another revision is there"}; }
StoreError in_use() { return {Trouble::present, "a store of that name is in use"}; }

class MemoryStore final : public Store {
 public:
  MemoryStore(std::shared_ptr<Shared> shared, Opening opening, std::string_view name)
      : shared_{std::move(shared)}, opening_{opening}, name_{name} {}

  [[nodiscard]] Id id() const override { return shared_->id; }

  Stored<std::optional<Row>> row(RowKind table, const Id& id) override {
    const std::scoped_lock lock{shared_->mutex};
    const Row* found = shared_->content.find({table, id});
    return found == nullptr ? std::nullopt : std::optional{*found};
  }

  Stored<std::vector<Row>> rows_of(RowKind table, const Id& owner) override {
    const std::scoped_lock lock{shared_->mutex};
    const Content& content = shared_->content;
    std::vector<Row> rows;
    for (auto i = content.owned.lower_bound({table, owner, Id{}}); i != content.owned.end(); ++i) {
      const auto& [its_table, its_owner, id] = *i;
      if (its_table != table || its_owner != owner) break;
      rows.push_back(*content.find({table, id}));
    }
    std::sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
      return std::tie(left.at, left.id) < std::tie(right.at, right.id);
    });
    return rows;
  }

  Stored<Done> every_row(RowKind table, const Visit& visit) override {
    const Content content = copy();
    for (auto i = content.rows.lower_bound({table, Id{}}); i != content.rows.end(); ++i)
      if (i->first.first != table || !visit(table, *i->second)) break;
    return Done{};
  }

  Stored<Head> head() override {
    const std::scoped_lock lock{shared_->mutex};
    return shared_->content.head;
  }

  Stored<Done> entries_from(std::int64_t number, const VisitEntry& visit) override {
    for (const auto& entry : copy().entries)
      if (entry->number >= number && !visit(*entry)) break;
    return Done{};
  }

  Stored<Done> snapshot(const Visit& rows, const VisitEntry& entries) override {
    const Content content = copy();
    for (const auto& [name, row] : content.rows)
      if (!rows(name.first, *row)) return Done{};
    for (const auto& entry : content.entries)
      if (!entries(*entry)) return Done{};
    return Done{};
  }

  Stored<Head> commit(Batch batch) override {
    if (opening_ == Opening::reading || opening_ == Opening::copy) return not_for_this();
    const std::scoped_lock lock{shared_->mutex};
    Content& content = shared_->content;
    for (const Need& need : batch.needs)
      if (content.find({need.table, need.id}) == nullptr) return conflict();
    std::map<RowName, std::int64_t> revisions;  // as they are behind the puts before
    for (const Put& put : batch.puts) {
      const RowName name{put.table, put.row.id};
      const Row* there = content.find(name);
      auto [revision, first] = revisions.try_emplace(name, there == nullptr ? 0 : there->revision);
      if (put.row.revision != ++revision->second) return conflict();
    }
    for (const Drop& drop : batch.drops) {
      const Row* there = content.find({drop.table, drop.id});
      const auto put = revisions.find({drop.table, drop.id});
      const std::int64_t revision = put != revisions.end() ? put->second
                                    : there != nullptr     ? there->revision
                                                           : 0;
      if (drop.revision != 0 && drop.revision != revision) return conflict();
    }
    for (const Put& put : batch.puts) content.put(put);
    for (const Drop& drop : batch.drops) content.drop({drop.table, drop.id});
    chain(content.head, batch.entries);
    content.add(batch.entries);
    return content.head;
  }

  Stored<Done> fill(const std::vector<Put>& rows, const std::vector<Entry>& entries) override {
    if (opening_ != Opening::copy) return not_for_this();
    const std::scoped_lock lock{shared_->mutex};
    Content& content = shared_->content;
    Head head = content.head;
    for (const Entry& entry : entries)
      if (!follows(head, entry)) return StoreError{Trouble::damaged, "entries out of order"};
    std::set<RowName> names;
    for (const Put& put : rows)
      if (const RowName name{put.table, put.row.id};
          content.find(name) != nullptr || !names.insert(name).second)
        return conflict();
    for (const Put& put : rows) content.put(put);
    content.add(entries);
    content.head = head;
    return Done{};
  }

  Stored<Done> finish() override {
    if (opening_ != Opening::copy) return not_for_this();
    const std::scoped_lock lock{registry().mutex};
    std::weak_ptr<Shared>& known = registry().stores[name_];
    if (!known.expired()) return in_use();
    known = shared_;
    opening_ = Opening::reading;
    return Done{};
  }

 private:
  static StoreError not_for_this() { return {Trouble::outside, "not what it was opened for"}; }
  [[nodiscard]] Content copy() const {
    const std::scoped_lock lock{shared_->mutex};
    return shared_->content;
  }

  std::shared_ptr<Shared> shared_;
  Opening opening_;
  std::string name_;
};

}  // namespace

Stored<std::unique_ptr<Store>> open_memory(std::string_view name, Opening opening,
                                           const Id& fresh_id) {
  const std::scoped_lock lock{registry().mutex};
  std::weak_ptr<Shared>& known = registry().stores[std::string{name}];
  std::shared_ptr<Shared> shared = known.lock();
  if (makes_new(opening)) {
    if (shared) return in_use();
    shared = std::make_shared<Shared>();
    shared->id = fresh_id;
    if (opening == Opening::fresh) known = shared;
  } else if (!shared) {
    registry().stores.erase(registry().stores.find(name));
    return StoreError{Trouble::absent, "no store of that name is in use"};
  }
  return std::unique_ptr<Store>{std::make_unique<MemoryStore>(std::move(shared), opening, name)};
}

}  // namespace gcp2
