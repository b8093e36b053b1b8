#include "setting/drafts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gcp2 {
namespace {

constexpr std::string_view observations = "observations";

/// A leaf of a draft by its node; a node that stands there twice has a number.
using ByNode = std::map<std::string, std::pair<std::int64_t, const Value*>>;

ByNode by_node(const Value& document) {
  ByNode out;
  const Value* list = document.find(observations);
  if (list == nullptr || !list->is_list()) return out;
  for (const Value& each : list->items()) {
    const auto place = static_cast<std::int64_t>(out.size());
    std::string node{each.text_at("node")};
    while (out.contains(node)) node += '+';
    out.emplace(std::move(node), std::pair{place, &each});
  }
  return out;
}

Value head_of(const Value& document) {
  Value head = document;
  // An empty list keeps its place among the members.
  if (document.find(observations) != nullptr) head.set(observations, Value::list());
  return head;
}

Value to_document(std::int64_t place, const Value& observation) {
  Value out = Value::object();
  out.set("place", Value::number(place));
  out.set("observation", observation);
  return out;
}

bool same(const Value* left, const Value* right) {
  if (left == nullptr || right == nullptr) return left == right;
  return *left == *right;
}

bool says_nothing(const Value& value) {
  return value.text().empty() && value.items().empty() && value.members().empty();
}

/// Whether `all` says everything that `part` does. Items keep their order, with others between.
bool holds(const Value* all, const Value& part) {
  if (says_nothing(part)) return true;
  if (all == nullptr || all->kind() != part.kind()) return false;
  if (part.is_object())
    return std::ranges::all_of(part.members(), [&](const Member& member) {
      return holds(all->find(member.key), member.value);
    });
  if (!part.is_list()) return *all == part;
  auto from = all->items().begin();
  for (const Value& item : part.items()) {
    from = std::find_if(from, all->items().end(),
                        [&](const Value& each) { return holds(&each, item); });
    if (from == all->items().end()) return false;
    ++from;
  }
  return true;
}

Row changed_row(Row row, Seconds at) {
  ++row.revision;
  row.at = at;
  return row;
}

Row leaf_row(const Row& draft, Seconds at) {
  Row row;
  row.id = Id::random();
  row.owner = draft.id;
  row.key = draft.key;
  row.revision = 1;
  row.at = at;
  return row;
}

/// The members of the document, each by itself.
Value merged_head(Merge& out, const Draft& draft, const Value& base, const Value& changed) {
  Value head = draft.head;
  drop_repeats(head);
  std::set<std::string> keys;
  for (const Value* document : {&base, &changed})
    for (const Member& member : document->members()) keys.insert(member.key);
  keys.erase(std::string{observations});
  for (const std::string& key : keys) {
    const Value* mine = changed.find(key);
    const Value* theirs = draft.head.find(key);
    if (same(base.find(key), mine) || same(theirs, mine)) continue;
    if (!same(base.find(key), theirs))
      out.clashes.push_back(key);
    else if (mine == nullptr)
      head.erase(key);
    else
      head.set(key, *mine);
  }
  return head;
}

}  // namespace

std::vector<std::string> taken_back(const Value& draft, const Value& other) {
  std::vector<std::string> out;
  for (const Member& member : draft.members())
    if (member.key != observations && !holds(other.find(member.key), member.value))
      out.push_back(member.key);
  const ByNode others = by_node(other);
  for (const auto& [node, leaf] : by_node(draft)) {
    const auto found = others.find(node);
    if (!holds(found == others.end() ? nullptr : found->second.second, *leaf.second))
      out.push_back(node);
  }
  return out;
}

Value Draft::whole() const {
  Value document = head;
  if (leaves.empty()) return document;
  Value list = Value::list();
  for (const DraftLeaf& leaf : leaves) list.items().push_back(leaf.observation);
  document.set(observations, std::move(list));
  return document;
}

Allowed<Draft> read_draft(Desk::State& desk, const Id& id) {
  Draft draft;
  auto row = desk.row(RowKind::draft, id, Why::no_such_record);
  if (!row) return row.error();
  auto head = desk.content(RowKind::draft, *row);
  if (!head) return head.error();
  draft.row = *std::move(row);
  draft.head = *std::move(head);
  auto rows = desk.store().rows_of(RowKind::leaf, id);
  if (!rows) return failed(rows);
  for (Row& each : *rows) {
    const auto content = desk.content(RowKind::leaf, each);
    if (!content) return content.error();
    const Value* place = content->find("place");
    const Value* observation = content->find("observation");
    if (place == nullptr || observation == nullptr) return refusal(Why::unsealable);
    draft.leaves.push_back({std::move(each), std::stoll(place->text()), *observation});
  }
  std::ranges::sort(draft.leaves, {},
                    [](const DraftLeaf& leaf) { return std::pair{leaf.place, leaf.row.id}; });
  return draft;
}

std::vector<Put> new_draft(const Id& store, const Id& child, const Id& key, const Secret& secret,
                           const Value& document, Seconds at) {
  Row row;
  row.id = *Id::parse(document.text_at("id"));
  row.owner = child;
  row.key = key;
  row.revision = 1;
  row.at = at;
  std::vector<Put> puts{sealed_put(store, RowKind::draft, row, head_of(document), secret)};
  for (const auto& [node, leaf] : by_node(document))
    puts.push_back(sealed_put(store, RowKind::leaf, leaf_row(row, at),
                              to_document(leaf.first, *leaf.second), secret));
  return puts;
}

Put touched(const Id& store, const Secret& secret, const Draft& draft, const Value& head,
            Seconds at) {
  return sealed_put(store, RowKind::draft, changed_row(draft.row, at), head, secret);
}

std::vector<Drop> dropped(const Draft& draft) {
  std::vector<Drop> drops{{RowKind::draft, draft.row.id}};
  for (const DraftLeaf& leaf : draft.leaves) drops.push_back({RowKind::leaf, leaf.row.id});
  return drops;
}

void drop_repeats(Value& value) {
  std::set<std::string> keys;
  std::erase_if(value.members(),
                [&](const Member& member) { return !keys.insert(member.key).second; });
  for (Member& member : value.members()) drop_repeats(member.value);
  for (Value& item : value.items()) drop_repeats(item);
}

Merge merged(const Id& store, const Secret& secret, const Draft& draft, const Value& base,
             const Value& changed, Seconds at) {
  Merge out;
  const Value head = merged_head(out, draft, base, changed);
  const Value now = draft.whole();
  const ByNode before = by_node(base), mine = by_node(changed), theirs = by_node(now);
  std::set<std::string> nodes;
  for (const ByNode* each : {&before, &mine})
    for (const auto& [node, leaf] : *each) nodes.insert(node);
  const auto find = [](const ByNode& all, const std::string& node) {
    const auto found = all.find(node);
    return found == all.end() ? nullptr : found->second.second;
  };
  for (const std::string& node : nodes) {
    const Value* was = find(before, node);
    const Value* is = find(theirs, node);
    const Value* wanted = find(mine, node);
    if (same(was, wanted) || same(is, wanted)) continue;
    if (!same(was, is)) {
      out.clashes.push_back(node);
      continue;
    }
    if (is == nullptr) {
      out.batch.puts.push_back(sealed_put(store, RowKind::leaf, leaf_row(draft.row, at),
                                          to_document(mine.at(node).first, *wanted), secret));
      continue;
    }
    const DraftLeaf& leaf = draft.leaves[static_cast<std::size_t>(theirs.at(node).first)];
    if (wanted == nullptr)
      out.batch.drops.push_back({RowKind::leaf, leaf.row.id});
    else
      out.batch.puts.push_back(sealed_put(store, RowKind::leaf, changed_row(leaf.row, at),
                                          to_document(leaf.place, *wanted), secret));
  }
  if (!out.batch.puts.empty() || !out.batch.drops.empty() || !(head == draft.head))
    out.batch.puts.push_back(touched(store, secret, draft, head, at));
  return out;
}

}  // namespace gcp2
