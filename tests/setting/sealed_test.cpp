// A working day of a school, and then a search of every file that the day has left on a disk for
// everything that says who a child is and how the child fares.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "gcp2/json.h"
#include "gcp2/postgres.h"
#include "school.h"
#include "store/database.h"
#include "store/folder.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

/// The texts of a document that cannot stand in a file by chance: no codes, and no ids.
void add_texts(const Value& value, std::set<std::string>& texts) {
  const auto tells = [](char c) { return c == ' ' || (c >= '0' && c <= '9'); };
  if (value.is_text() && value.text().size() >= 6 && !Id::parse(value.text()) &&
      std::ranges::any_of(value.text(), tells))
    texts.emplace(value.text());
  for (const Value& each : value.items()) add_texts(each, texts);
  for (const auto& member : value.members()) add_texts(member.value, texts);
}

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

/// What everybody does with a child in a day; gives everything that was said about the child.
std::set<std::string> work_a_day(const School& school, const School& other) {
  std::set<std::string> texts;
  Sample wanted = child(1);
  wanted.nhs = "9990421013";
  wanted.upn = "A950000178301";
  const Id record = *Id::parse(uuid(1));
  Desk tess = school.at("tess"), sue = school.at("sue"), rex = school.at("rex");
  const Id id = allowed(tess.add(sample(wanted), instruments(), none)).id;
  Value draft = allowed(tess.read(record, {"review_meeting", "Whispered words of a meeting"}));
  Value changed = draft;
  changed.set("context", Value::text("The landlord changed the locks."));
  changed.find("observations")->items().front().set("comment", Value::text("Said so twice."));
  draft = allowed(tess.save_draft(draft, changed, none));
  add_texts(draft, texts);
  (void)allowed(tess.sign(record, "P2", instruments(), none));
  EXPECT_EQ(why(sue.history(id, none)), "reason_needed");
  (void)allowed(sue.assign(id, "sue", 0, {"supervision", "Whispered words of a supervisor"}));
  (void)allowed(sue.sign_off(record, none));
  (void)allowed(sue.share(id, "rita", school.now + 86400, {"sharing_agreement", ""}));
  (void)allowed(school.at("rita").show_child(id, Showing::print, none));
  const Value successor = allowed(tess.amend(record, instruments(), none));
  Value better = successor;
  better.find("child")->set("name", Value::text("Sample Child-Renamed"));
  better.find("carers")->items().front().set("name", Value::text("Parent Example-Renamed"));
  add_texts(allowed(tess.save_draft(successor, better, none)), texts);
  (void)allowed(tess.sign(*Id::parse(successor.text_at("id")), "P2", instruments(), none));
  (void)allowed(tess.find({.nhs_number = wanted.nhs}, none));
  EXPECT_EQ(why(school.open().log_in("tess", "a wrong one")), "not_logged_in");
  (void)allowed(rex.export_child(id, {"subject_access", "Whispered words of an export"}));
  (void)allowed(rex.hold(id, true, {"legal_hold", "Whispered words of a court"}));
  for (const char* of : {"a meeting", "a supervisor", "an export", "a court"})
    texts.insert(std::string{"Whispered words of "} + of);
  // To another school, where it waits to be accepted.
  const Address here = allowed(rex.address()), there = allowed(other.at("rex").address());
  (void)allowed(rex.confirm_partner(there, there.fingerprint()));
  (void)allowed(other.at("rex").confirm_partner(here, here.fingerprint()));
  const std::string bundle = allowed(rex.send(id, there.store, {"transfer", ""}));
  std::ofstream{school.path("bundle"), std::ios::binary} << bundle;
  (void)allowed(rex.keep_receipt(allowed(other.at("rex").receive(bundle)).receipt));
  (void)allowed(sue.back_up_ring(school.path("ring-backup")));
  (void)allowed(sue.back_up_records(school.path("backup")));
  return texts;
}

void expect_sealed(School& school, const std::vector<std::string>& further_folders) {
  School other;
  for (School* each : {&school, &other}) each->employ("rex", Role::records_manager);
  school.employ("tess", Role::practitioner);
  school.employ("rita", Role::reader);
  std::vector<std::string> folders{school.folder(), other.folder()};
  folders.insert(folders.end(), further_folders.begin(), further_folders.end());
  // What stands in clear is found: names of staff, codes of the log.
  const std::set<std::string> in_clear{"tess", "save_draft"};
  std::set<std::string> texts;
  {
    const Desk open = school.at("sue");  // so that the journals are there, too
    texts = work_a_day(school, other);
    EXPECT_GT(texts.size(), 60U);
    texts.insert(in_clear.begin(), in_clear.end());
    EXPECT_EQ(found_in(folders, texts), in_clear);
  }
  EXPECT_EQ(found_in(folders, texts), in_clear) << "everybody has logged out";
  EXPECT_THAT(allowed(verify(school.places, school.means)).flaws, IsEmpty());
}

TEST(Sealed, IsEverythingSaidOfAChildInTheFilesOfAWorkingDay) {
  School school;
  expect_sealed(school, {});
}

TEST(Sealed, IsEverythingSaidOfAChildInTheFilesOfAServer) {
  const Cluster cluster;
  const Database database{cluster.address()};
  School school{true, database.name(), open_postgres};
  expect_sealed(school, {cluster.folder()});
}

}  // namespace
}  // namespace gcp2::test
