#include "setting/backup.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "gcp2/core.h"
#include "gcp2/json.h"
#include "gcp2/keys.h"
#include "setting/anchor.h"
#include "setting/appended.h"
#include "setting/copied.h"
#include "setting/inside.h"

namespace gcp2 {
namespace {

std::string manifest_of(const std::string& backup) { return backup + ".manifest"; }

/// Whether a backup, whose log ends with `head`, is the one of its manifest; true where that is
/// missing.
Stored<bool> fits_manifest(const std::string& backup, const Head& head) {
  std::optional<std::string> last;
  const auto read = read_lines(manifest_of(backup), [&](const std::string& line) { last = line; });
  if (!read) return read.error();
  if (!last) return true;
  Findings found;
  const Value said = read_json(*last, found);
  const Value* entries = said.find("entries");
  if (!found.empty() || entries == nullptr || entries->text() != std::to_string(head.count) ||
      said.text_at("hash") != hexadecimal(head.hash))
    return false;
  const auto digest = hash_of_file(backup);
  if (!digest) return digest.error();
  return said.text_at("digest") == hexadecimal(*digest);
}

/// What a log says where others have seen it: hashes of entries, and which ones are restores.
struct LogAt {
  std::map<std::int64_t, std::string> hashes;
  std::set<std::int64_t> restores;
};
Stored<LogAt> read_at(Store& store, const std::vector<Anchor>& anchors) {
  std::set<std::int64_t> wanted;
  for (const Anchor& anchor : anchors) wanted.insert(anchor.head.count);
  LogAt out;
  const auto read = store.entries_from(1, [&](const Entry& entry) {
    if (wanted.contains(entry.number)) out.hashes[entry.number] = entry.hash;
    if (entry.action == name_of(Action::restore) && entry.outcome == "done")
      out.restores.insert(entry.number);
    return true;
  });
  if (!read) return read.error();
  return out;
}

/// Whether a log that ends with entry `end` is the one of these anchors, as far as it goes.
bool is_log_of(const std::vector<Anchor>& anchors, const LogAt& seen, std::int64_t end) {
  return std::ranges::all_of(anchors, [&](const Anchor& anchor) {
    if (anchor.head.count == 0 || anchor.head.count > end) return true;
    const auto found = seen.hashes.find(anchor.head.count);
    const bool goes_on = anchor.restored && anchor.head.count < end;
    return found != seen.hashes.end() && found->second == anchor.head.hash &&
           (!goes_on || seen.restores.contains(anchor.head.count + 1));
  });
}

/// In the ring: the ends of the log that backups have. Two can be at one entry, of a log that was
/// put back since and of the one that goes on.
constexpr std::string_view every_end = "backup_end/";
std::string end_name(const Head& end) {
  return std::string{every_end} + std::to_string(end.count) + "/" + hexadecimal(end.hash);
}

/// Whether the ring knows of a backup that ends so; true where it knows of none that is as new.
Allowed<bool> is_end_known(Ring& ring, const Head& end) {
  const auto known = ring.named_from(every_end);
  if (!known) return failed(known);
  bool is_newer_known = false;
  for (const auto& [name, kept] : *known) {
    if (name == end_name(end)) return true;
    std::int64_t count = 0;
    const std::string_view digits = std::string_view{name}.substr(every_end.size());
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), count);
    is_newer_known |= count >= end.count;
  }
  return !is_newer_known;
}

/// Whether anchors and ring have seen the log of a backup: as it is now, or as it was before an
/// earlier restore, for somebody can have put back too old a backup first.
Allowed<bool> was_seen(const Places& places, Store& backup, Ring& ring, std::int64_t end) {
  auto anchors = read_anchors(places.anchor);
  if (!anchors) return failed(anchors);
  const auto last = ring.head();
  if (!last) return failed(last);
  anchors->lines.push_back({*last});
  const auto seen = read_at(backup, anchors->lines);
  if (!seen) return failed(seen);
  std::vector<Anchor> log;
  for (const Anchor& anchor : anchors->lines) {
    if (anchor.restored && is_log_of(log, *seen, end)) return true;
    follow(log, anchor);
  }
  return is_log_of(log, *seen, end);
}

}  // namespace

Stored<Done> expect_no_manifest(const std::string& backup) {
  std::error_code error;
  const auto kind = std::filesystem::symlink_status(manifest_of(backup), error).type();
  if (kind == std::filesystem::file_type::not_found) return Done{};
  return StoreError{Trouble::present, manifest_of(backup)};
}

Stored<Done> sign_for(const std::string& backup, Ring& ring, const Head& head, std::size_t rows) {
  const auto digest = hash_of_file(backup);
  if (!digest) return digest.error();
  RingBatch batch;
  batch.named.emplace_back(end_name(head), "yes");
  if (const auto done = ring.commit(batch); !done) return done.error();
  Value out = Value::object();
  out.set("format", Value::text("gcp2/backup/1"));
  out.set("store", Value::text(ring.store().text()));
  out.set("rows", Value::number(static_cast<std::int64_t>(rows)));
  out.set("entries", Value::number(head.count));
  out.set("hash", Value::text(hexadecimal(head.hash)));
  out.set("last_entry_at", Value::text(Instant::at(head.at).text()));
  out.set("digest", Value::text(hexadecimal(*digest)));
  return write_line(manifest_of(backup), write_json(out, Layout::line));
}

Allowed<bool> is_genuine(const Places& places, const Means& means, const std::string& backup,
                         Store& from, Ring& ring) {
  const auto verified = verify_copy(backup, means);
  if (!verified) return verified.error();
  if (!verified->flaws.empty()) return false;
  const auto fits = fits_manifest(backup, verified->head);
  if (!fits) return failed(fits);
  if (!*fits) return false;
  const auto known = is_end_known(ring, verified->head);
  if (!known || !*known) return known;
  return was_seen(places, from, ring, verified->head.count);
}

}  // namespace gcp2
