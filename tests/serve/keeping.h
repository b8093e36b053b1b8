// A school whose log, retention and backups are looked after in browsers.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "visitor.h"

namespace gcp2::test {

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) ++count;
  return count;
}

/// A school with three children, a records manager each at two desks, and an auditor.
class Keeping : public testing::Test {
 protected:
  Keeping() {
    school.employ("tess", Role::practitioner);
    school.employ("rex", Role::records_manager);
    school.employ("ria", Role::records_manager);
    school.employ("otto", Role::auditor);
    Desk tess = school.at("tess");
    for (int i = 1; i <= 3; ++i) {
      Sample wanted = child(i);
      wanted.name = "Child Number" + std::to_string(i);
      if (i == 1) wanted.born = "1999-05-01";
      ids.push_back(allowed(tess.add(sample(wanted), shipped_instruments(), {})).id);
    }
  }
  Browser at_work(std::string_view name) {
    Browser browser{at.site};
    (void)browser.log_in(name);
    return browser;
  }
  void ask_erasure(const Id& child) {
    (void)allowed(school.at("rex").ask_erasure(child, {.code = "retention", .words = ""}));
  }
  cli::web::BackupFolders folders() {
    for (const char* name : {"ring-copies", "backups"})
      std::filesystem::create_directory(school.path(name));
    return {school.path("ring-copies"), school.path("backups"), school.means.clock};
  }

  School school;
  SchoolSite at{school};
  std::vector<Id> ids;
};

}  // namespace gcp2::test
