// A school with three children in its store, for what must never be lost, kept too long, or
// changed.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "school.h"
#include "store/folder.h"

namespace gcp2::test {

inline const Purpose retention{"retention", ""};

class Safekeeping : public testing::Test {
 protected:
  Safekeeping() {
    school.employ("tess", Role::practitioner);
    school.employ("rex", Role::records_manager);
    Desk tess = school.at("tess");
    for (int i = 1; i <= 3; ++i) {
      Sample wanted = child(i);
      wanted.is_signed = i != 2;
      ids.push_back(allowed(tess.add(sample(wanted), shipped_instruments(), none)).id);
    }
  }
  Certificate erase(const Id& id) {
    (void)allowed(school.at("rex").ask_erasure(id, retention));
    return allowed(school.at("sue").confirm_erasure(id, retention));
  }
  std::vector<std::string> flaws() const {
    std::vector<std::string> codes;
    for (const Flaw& flaw : allowed(verify(school.places, school.means)).flaws)
      codes.push_back(std::string{flaw.code} + " " + std::string{flaw.where});
    return codes;
  }
  void tamper(const std::string& sql) const {
    SQLite::Database database{school.path("records"), SQLite::OPEN_READWRITE};
    EXPECT_GT(database.exec(sql), 0) << sql;
  }
  School school;
  std::vector<Id> ids;
};

}  // namespace gcp2::test
