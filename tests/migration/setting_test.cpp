// A whole setting of every version that was ever released opens for ever: ring, records, log, list
// of what was erased, anchors.
#include <gmock/gmock.h>

#include <filesystem>

#include "gcp2/desk.h"
#include "gcp2/safekeeping.h"
#include "store/folder.h"

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

/// As `gcp2 store` has made it on a day in November 2026: with the first sample signed and the
/// second a draft, shared with a reader, and with another child erased.
class SettingOfVersion1 : public testing::Test {
 protected:
  SettingOfVersion1() {
    for (const char* name : {"records", "ring", "erased", "anchor"}) {
      fs::copy_file(GCP2_SOURCE_DIR "/tests/migration/setting-v1/" + std::string{name},
                    folder.path(name));
      fs::permissions(folder.path(name), fs::perms::owner_write, fs::perm_options::add);
    }
  }
  Folder folder;
  const Places places{.records = "sqlite:" + folder.path("records"),
                      .ring = folder.path("ring"),
                      .erased = folder.path("erased"),
                      .ring_backups = folder.path("copies"),
                      .anchor = folder.path("anchor")};
  const Means means{.open_records = open_store, .clock = [] { return Seconds{1'800'000'000}; }};
  static constexpr std::string_view passphrase = "four quiet words of ours";
  static constexpr std::string_view first = "3c9d2f64-8a1b-4e57-b0c6-5d7e9f1a2b30";
};

template <class T>
T allowed(Allowed<T> result) {
  if (!result) throw std::runtime_error{std::string{name_of(result.error().why)}};
  return *std::move(result);
}

TEST_F(SettingOfVersion1, IsWhole) {
  const Verification found = allowed(verify(places, means));
  EXPECT_THAT(found.flaws, testing::IsEmpty());
  EXPECT_GT(found.rows, 30U);
  EXPECT_GT(found.anchors, 10U);
}

TEST_F(SettingOfVersion1, OpensForEverybodyWhoMay) {
  Setting setting = allowed(Setting::open(places, means));
  Desk tess = allowed(setting.log_in("tess", passphrase));
  const ChildFacts child = allowed(tess.find({.nhs_number = "999 042 1013"}, {}));
  EXPECT_EQ(child.name, "Robin Example");
  EXPECT_EQ(
      allowed(tess.find({.name = "EXAMPLE, Robin", .date_of_birth = child.date_of_birth}, {})).id,
      child.id);
  EXPECT_EQ(allowed(tess.history(child.id, {})).size(), 2U);
  const auto erased = tess.find({.ref = "C-0102"}, {});
  ASSERT_FALSE(erased);
  EXPECT_EQ(erased.error().why, Why::no_such_child);
  Desk rita = allowed(setting.log_in("rita", passphrase));
  EXPECT_EQ(allowed(rita.read(*Id::parse(first), {})).text_at("status"), "signed");
  std::vector<std::string> notes;
  Desk sue = allowed(setting.log_in("sue", passphrase));
  std::vector<Entry> entries;
  (void)allowed(sue.log_entries(1, [&](const Entry& entry) {
    if (!entry.note.empty()) entries.push_back(entry);
    return true;
  }));
  for (const Entry& entry : entries) notes.push_back(tess.note_of(entry).value_or("sealed"));
  EXPECT_THAT(notes, testing::Contains("words of the first record"));
}

TEST_F(SettingOfVersion1, TakesItsPrintedRecoveryKey) {
  Setting setting = allowed(Setting::open(places, means));
  (void)allowed(setting.recover("2C7Y7 BM6DX U64V7 MK78B BFX53 9BW8T Z4MPE DYD4X 579KP AKV6U AEL3Z",
                                "sue", "kettle violin meadow"));
  Desk sue = allowed(setting.log_in("sue", "kettle violin meadow"));
  EXPECT_EQ(allowed(sue.children(true, {"cover", ""})).size(), 1U);
  EXPECT_EQ(*Ring::open(places.ring, Opening::reading)->named("rotation_due"), "")
      << "with another setting key";
  EXPECT_THAT(allowed(verify(places, means)).flaws, testing::IsEmpty());
}

}  // namespace
}  // namespace gcp2::test
