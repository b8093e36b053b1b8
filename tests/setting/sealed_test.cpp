// A working day of a school, and then a search of every file that the day has left on a disk for
// everything that says who a child is and how the child fares.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "gcp2/json.h"
#include "gcp2/postgres.h"
#include "school.h"
#include "store/database.h"
#include "store/folder.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

/// The words that the format itself has for what a text may say: they stand in clear in the log and
/// in SQL, and tell nothing.
void add_codes(const Value& schema, std::set<std::string>& codes) {
  for (const auto& member : schema.members()) {
    if (member.key == "const") codes.insert(member.value.text());
    if (member.key == "enum")
      for (const Value& each : member.value.items()) codes.insert(each.text());
    add_codes(member.value, codes);
  }
  for (const Value& each : schema.items()) add_codes(each, codes);
}
const std::set<std::string>& codes() {
  static const std::set<std::string> all = [] {
    std::set<std::string> found;
    add_codes(parsed(source_file("schemas/assessment/v1/assessment.schema.json")), found);
    return found;
  }();
  return all;
}

/// The texts of a document that cannot stand in a file by chance: no codes, no ids, nothing short.
void add_texts(const Value& value, std::set<std::string>& texts) {
  const auto tells = [](char c) { return c == ' ' || (c >= '0' && c <= '9'); };
  if (value.is_text()) {
    const std::size_t least = std::ranges::any_of(value.text(), tells) ? 6 : 4;
    if (value.text().size() >= least && !Id::parse(value.text()) && !codes().contains(value.text()))
      texts.emplace(value.text());
  }
  for (const Value& each : value.items()) add_texts(each, texts);
  for (const auto& member : value.members()) add_texts(member.value, texts);
}

/// Everybody in a document who has a name and is no member of staff.
std::vector<Value*> people_in(Value& document) {
  std::vector<Value*> people{document.find("child")};
  for (Value& each : document.find("carers")->items()) people.push_back(&each);
  for (Value& each : document.find("family")->find("members")->items()) people.push_back(&each);
  return people;
}
std::vector<std::string> words_of(std::string_view name) {
  std::istringstream stream{std::string{name}};
  return {std::istream_iterator<std::string>{stream}, {}};
}
/// In the place of names whose words (Parent, Sample) stand in every file.
void name_unmistakably(Value& document) {
  for (Value* each : people_in(document)) {
    std::string name;
    for (const std::string& word : words_of(each->text_at("name")))
      name += (name.empty() ? "" : " ") + word + "whistle";
    each->set("name", Value::text(name));
  }
}
/// All that a document tells: its texts, and each word of the names.
void add_told(Value document, std::set<std::string>& texts) {
  add_texts(document, texts);
  for (const Value* each : people_in(document))
    for (const std::string& word : words_of(each->text_at("name"))) {
      EXPECT_GE(word.size(), 4U);
      texts.insert(word);
    }
}

/// Where temporary files are made while it stands.
class TemporaryFiles {
 public:
  explicit TemporaryFiles(const std::string& folder) : before_{before()} {
    ::setenv("TMPDIR", folder.c_str(), 1);
  }
  ~TemporaryFiles() {
    before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
  }
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;

 private:
  static std::string before() {
    const char* set = std::getenv("TMPDIR");
    return set == nullptr ? "" : set;
  }
  std::string before_;
};

/// Those that stand somewhere in the files of the folders, in capitals or not.
std::set<std::string> found_in(const std::vector<std::string>& folders,
                               const std::set<std::string>& texts) {
  const Folder own;
  std::ofstream list{own.path("texts")};
  for (const std::string& text : texts) list << text << '\n';
  list.close();
  std::string command = "LC_ALL=C grep -raiFohf '" + own.path("texts") + "'";
  for (const std::string& folder : folders) command += " '" + folder + "'";
  // What others make and take away meanwhile is not to be complained of.
  command += " >'" + own.path("found") + "' 2>'" + own.path("said") + "'; test $? -le 2";
  if (std::system(command.c_str()) != 0) throw std::runtime_error{"no grep"};
  std::ifstream lines{own.path("found")};
  std::set<std::string> found;
  for (std::string line; std::getline(lines, line);) found.insert(line);
  return found;
}

constexpr std::string_view partners_title = "Schoolwhistle";

/// Sends a child to another school, which takes it in.
void move_child(const School& school, const School& other, const Id& id) {
  Desk rex = school.at("rex"), there = other.at("rex");
  const Address from = allowed(rex.address()), to = allowed(there.address());
  (void)allowed(rex.confirm_partner(to, to.fingerprint(), partners_title));
  (void)allowed(there.confirm_partner(from, from.fingerprint()));
  const std::string bundle = allowed(rex.send(id, to.store, {"transfer", "Whispered transfer"}));
  std::ofstream{school.path("bundle"), std::ios::binary} << bundle;
  const Received received = allowed(there.receive(bundle));
  (void)allowed(rex.keep_receipt(received.receipt));
  (void)allowed(other.at("sue").accept(received.bundle, "C-2001", instruments()));
}

/// What everybody does with children in a day; gives everything that was said about them.
std::set<std::string> work_a_day(const School& school, const School& other) {
  // Those who fill these in for themselves have one word at times.
  std::set<std::string> texts{"Overcrowdedness", "Flinchingly", "Eavesdropped", "C-2001"};
  Sample wanted = child(1);
  wanted.nhs = "9990421013";
  wanted.upn = "A950000178301";
  Value document = sample(wanted);
  name_unmistakably(document);
  add_told(document, texts);
  const Id record = *Id::parse(uuid(1));
  Desk tess = school.at("tess"), sue = school.at("sue"), rex = school.at("rex");
  const Id id = allowed(tess.add(document, instruments(), none)).id;
  Value draft = allowed(tess.read(record, {"review_meeting", "Whispered words of a meeting"}));
  Value changed = draft;
  changed.set("context", Value::text("The landlord changed the locks."));
  changed.find("observations")->items().front().set("comment", Value::text("Said so twice."));
  changed.find("observations")->items().at(1).set("comment", Value::text("Flinchingly"));
  draft = allowed(tess.save_draft(draft, changed, none));
  add_told(draft, texts);
  (void)allowed(tess.sign(record, "P2", instruments(), none));
  EXPECT_EQ(why(sue.history(id, none)), "reason_needed");
  (void)allowed(sue.assign(id, "sue", 0, {"supervision", "Whispered words of a supervisor"}));
  (void)allowed(sue.sign_off(record, none));
  (void)allowed(sue.share(id, "rita", school.now + 86400, {"sharing_agreement", "Eavesdropped"}));
  (void)allowed(school.at("rita").show_child(id, Showing::print, none));
  const Value successor = allowed(tess.amend(record, instruments(), none));
  Value better = successor;
  better.find("child")->set("name", Value::text("Samplewhistle Childwhistle-Renamed"));
  better.find("carers")->items().front().set("name", Value::text("Parentwhistle-Renamed"));
  better.set("context", Value::text("Overcrowdedness"));
  add_told(allowed(tess.save_draft(successor, better, none)), texts);
  (void)allowed(tess.sign(*Id::parse(successor.text_at("id")), "P2", instruments(), none));
  (void)allowed(tess.find({.nhs_number = wanted.nhs}, none));
  EXPECT_EQ(why(school.open().log_in("tess", "a wrong one")), "not_logged_in");
  (void)allowed(rex.export_child(id, {"subject_access", "Whispered words of an export"}));
  (void)allowed(rex.hold(id, true, {"legal_hold", "Whispered words of a court"}));
  move_child(school, other, id);
  // Another child's last day here.
  Value leaving = sample(child(2));
  name_unmistakably(leaving);
  add_told(leaving, texts);
  const Id erased = allowed(tess.add(leaving, instruments(), none)).id;
  (void)allowed(rex.ask_erasure(erased, {"retention", "Whispered words of a request"}));
  (void)allowed(sue.back_up_ring(school.path("ring-backup")));
  (void)allowed(sue.back_up_records(school.path("backup")));
  (void)allowed(sue.confirm_erasure(erased, {"retention", "Whispered words of a second person"}));
  for (const char* of :
       {"a meeting", "a supervisor", "an export", "a court", "a request", "a second person"})
    texts.insert(std::string{"Whispered words of "} + of);
  texts.insert("Whispered transfer");
  return texts;
}

/// What a backup of before the erasure brings to a new place.
void restore_to(const std::string& place, School& school) {
  school.places.records = place;
  EXPECT_GT(allowed(restore(school.places, school.means, school.path("backup"), "sue", passphrase))
                .erased_rows,
            0U);
  EXPECT_EQ(allowed(school.at("sue").children(true, cover)).size(), 1U);
}

void expect_sealed(School& school, const std::string& elsewhere,
                   const std::vector<std::string>& further_folders) {
  School other;
  const Folder temporary;
  for (School* each : {&school, &other}) each->employ("rex", Role::records_manager);
  school.employ("tess", Role::practitioner);
  school.employ("rita", Role::reader);
  std::vector<std::string> folders{school.folder(), other.folder(), temporary.path()};
  folders.insert(folders.end(), further_folders.begin(), further_folders.end());
  // What stands in clear is found: names of staff and of partners, codes of the log.
  const std::set<std::string> in_clear{"tess", "save_draft", std::string{partners_title}};
  std::set<std::string> texts;
  {
    const Desk open = school.at("sue");  // so that the journals are there, too
    {
      const TemporaryFiles here{temporary.path()};
      texts = work_a_day(school, other);
    }
    EXPECT_GT(texts.size(), 100U);
    EXPECT_TRUE(texts.contains("Parentwhistle") && texts.contains("grandmother"));
    texts.insert(in_clear.begin(), in_clear.end());
    EXPECT_EQ(found_in(folders, texts), in_clear);
  }
  EXPECT_EQ(found_in(folders, texts), in_clear) << "everybody has logged out";
  {
    const TemporaryFiles here{temporary.path()};
    restore_to(elsewhere, school);
  }
  EXPECT_EQ(found_in(folders, texts), in_clear) << "after a restore";
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

TEST(Sealed, IsEverythingSaidOfAChildInTheFilesOfAWorkingDay) {
  School school;
  expect_sealed(school, "sqlite:" + school.path("anew"), {});
}

TEST(Sealed, IsEverythingSaidOfAChildInTheFilesOfAServer) {
  const Cluster cluster;
  const Database database{cluster.address()}, anew{cluster.address()};
  School school{true, database.name(), open_postgres};
  expect_sealed(school, anew.name(), {cluster.folder()});
}

}  // namespace
}  // namespace gcp2::test
