// A school in Sandwell with a child's file, and one in Dudley that the child moves to.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "school.h"

namespace gcp2::test {

inline const Purpose moved{"transfer", "moved house"};

/// What was left out of a file, one text each.
inline std::vector<std::string> left_out_of(const Accepted& accepted) {
  std::vector<std::string> out;
  for (const NotAccepted& each : accepted.left_out)
    out.push_back(each.id.text() + (each.is_signed ? " signed " : " draft ") +
                  std::string{name_of(each.why)});
  return out;
}

class Transfer : public testing::Test {
 protected:
  Transfer() {
    for (School* school : {&sandwell, &dudley}) school->employ("rex", Role::records_manager);
    Desk sue = sandwell.at("sue");
    Sample first = child(1);
    first.is_signed = true;
    first.nhs = "9990421013";
    id = allowed(sue.add(sample(first), shipped_instruments(), none)).id;
    first.id = uuid(2);
    first.is_signed = false;
    (void)allowed(sue.add(sample(first), shipped_instruments(), none));
  }
  void meet() {
    const Address there = allowed(dudley.at("rex").address());
    const Address here = allowed(sandwell.at("rex").address());
    (void)allowed(
        sandwell.at("rex").confirm_partner(there, there.fingerprint(), "A School in Dudley"));
    (void)allowed(dudley.at("rex").confirm_partner(here, here.fingerprint()));
    to = there.store;
  }
  std::string sent() { return allowed(sandwell.at("rex").send(id, to, moved)); }
  /// A child's signed records in Dudley, and whether they are superseded.
  std::map<std::string, bool> signed_at_dudley(const Id& child) {
    std::map<std::string, bool> out;
    for (const RecordLine& line : allowed(dudley.at("sue").history(child, none)))
      if (line.is_signed) out[line.id.text()] = line.is_superseded;
    return out;
  }
  School sandwell, dudley;
  Id id, to;
};

}  // namespace gcp2::test
