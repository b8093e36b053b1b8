// Backups: copies of the key ring and of the records in the two folders that the server was given.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "../../days.h"
#include "../../phrase.h"
#include "gcp2/json.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

namespace fs = std::filesystem;

struct RecordsCopy {
  std::string file, at, entries;
};

/// The copies of the ring that are in the folder still, oldest first.
Allowed<std::vector<RingBackup>> ring_copies_in(const Visit& visit, const std::string& folder) {
  auto copies = visit.desk().ring_copies();
  if (!copies) return copies.error();
  std::error_code ignored;
  const fs::path place = fs::weakly_canonical(fs::path{folder} / "copy", ignored).parent_path();
  std::erase_if(*copies, [&](const RingBackup& copy) {
    return fs::path{copy.file}.parent_path() != place || !fs::exists(copy.file, ignored);
  });
  return copies;
}

/// The newest copy of the records in the folder, by the manifests that stand beside them.
std::optional<RecordsCopy> records_copy_in(const std::string& folder) {
  constexpr std::string_view ending = ".manifest";
  std::optional<RecordsCopy> newest;
  std::error_code ignored;
  for (const auto& each : fs::directory_iterator{folder, ignored}) {
    std::string file = each.path().string();
    if (!file.ends_with(ending) || !each.is_regular_file(ignored)) continue;
    std::ifstream in{file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    Findings findings;
    const Value manifest = read_json(bytes, findings);
    if (manifest.text_at("format") != "gcp2/backup/1") continue;
    file.resize(file.size() - ending.size());
    if (!fs::exists(file, ignored)) continue;
    const std::string at{manifest.text_at("last_entry_at")};
    const Value* entries = manifest.find("entries");
    if (newest && newest->at >= at) continue;
    newest = RecordsCopy{file, at, entries == nullptr ? "" : std::string{entries->text()}};
  }
  return newest;
}

std::string why_not(const Refusal& refusal, const std::string& folder) {
  if (refusal.why != Why::store) return sentence(refusal);
  const StoreError& store = refusal.store;
  const bool is_of_folder = store.trouble == Trouble::absent || store.trouble == Trouble::outside;
  if (is_of_folder)
    return phrase("serve.backup.folder", {{"folder", folder}, {"what", store.message}});
  return phrase("store.trouble." + std::string{name_of(store.trouble)}, {{"what", store.message}});
}

/// What was written, and what was not.
struct Made {
  std::vector<std::string> said;
  std::vector<Slip> slips;
};

Answer shown_backups(const Visit& visit, const Made& made) {
  Shown content;
  content.set("set_up", visit.site.backups.has_value());
  Shown said{Shown::type::list};
  for (const std::string& each : made.said) said << shown({{"text", each}});
  content.set("made", said);
  if (!visit.site.backups)
    return page(visit, "backup", phrase("serve.backup"), content, made.slips);
  const BackupFolders& folders = *visit.site.backups;
  const auto copies = ring_copies_in(visit, folders.ring_copies);
  if (!copies) return problem(visit, copies.error());
  Shown expired{Shown::type::list};
  for (const RingBackup& copy : *copies)
    if (copy.at + ring_copies_live <= folders.clock())
      expired << shown({{"file", copy.file}, {"at", moment_in_words(moment_text(copy.at))}});
  std::error_code ignored;
  content.set("ring_folder", folders.ring_copies);
  content.set("no_ring_folder", !fs::is_directory(folders.ring_copies, ignored));
  content.set("records_folder", folders.records);
  content.set("no_records_folder", !fs::is_directory(folders.records, ignored));
  content.set("expired", expired);
  content.set("any_expired", expired.is_non_empty_list());
  if (!copies->empty()) {
    const RingBackup& last = copies->back();
    content.set("last_ring",
                shown({{"file", last.file},
                       {"at", moment_in_words(moment_text(last.at))},
                       {"until", day_in_words(day_text(last.at + ring_copies_live))}}));
  }
  if (const auto last = records_copy_in(folders.records))
    content.set("last_records", shown({{"file", last->file},
                                       {"at", moment_in_words(last->at)},
                                       {"entries", last->entries}}));
  return page(visit, "backup", phrase("serve.backup"), content, made.slips);
}

}  // namespace

Answer backup_page(Visit& visit) { return shown_backups(visit, {}); }

Answer back_up(Visit& visit) {
  if (!visit.site.backups) return shown_backups(visit, {});
  const BackupFolders& folders = *visit.site.backups;
  // Named by the moment: no request says where anything is written.
  std::string moment = moment_text(folders.clock());
  std::erase(moment, ':');
  Made made;
  const std::string ring_file = folders.ring_copies + "/ring-" + moment;
  const auto ring = visit.desk().back_up_ring(ring_file);
  if (!ring) {
    made.slips.push_back({"", phrase("serve.backup.no_ring_copy",
                                     {{"why", why_not(ring.error(), folders.ring_copies)}})});
    return shown_backups(visit, made);
  }
  made.said.push_back(
      phrase("store.ring_copied",
             {{"file", ring_file}, {"day", day_in_words(day_text(ring->at + ring_copies_live))}}));
  const std::string records_file = folders.records + "/records-" + moment;
  const auto records = visit.desk().back_up_records(records_file);
  if (records)
    made.said.push_back(
        phrase("store.records_copied",
               {{"file", records_file}, {"entries", std::to_string(records->count)}}));
  else
    made.slips.push_back({"", phrase("serve.backup.no_records_copy",
                                     {{"why", why_not(records.error(), folders.records)}})});
  return shown_backups(visit, made);
}

}  // namespace gcp2::cli::web
