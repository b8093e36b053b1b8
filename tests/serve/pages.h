// Two teachers, and how one begins a record in a browser.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "visitor.h"

namespace gcp2::test {

/// A school with "tea" and "tom", in which no record is yet.
class Pages : public testing::Test {
 protected:
  Pages() {
    school.employ("tea", Role::practitioner);
    school.employ("tom", Role::practitioner);
  }
  School school;
  SchoolSite at{school};
};

/// The path of a new record.
inline std::string start_record(Browser& browser, const std::string& ref,
                                const std::string& name = "Robin Example") {
  (void)browser.get("/start");
  const cli::web::Answer started = browser.post("/start", {{"instrument", "gcp"},
                                                           {"ref", ref},
                                                           {"name", name},
                                                           {"born", "2017-06-21"},
                                                           {"from", "2026-01-12"},
                                                           {"to", "2026-02-06"},
                                                           {"consent", "given"}});
  return std::string{header_of(started, "Location")};
}

}  // namespace gcp2::test
