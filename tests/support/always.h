// A property as an assertion. Includes GoogleTest before RapidCheck, as it must be.
#pragma once

#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>

namespace gcp2::test {

/// Runs a property as a GoogleTest assertion: always the same `times` values, so that a test does
/// not fail by chance. RC_PARAMS="max_success=100000 seed=7" tries others, and more.
template <class Property>
void expect_always(const char* what, Property property, int times = 500) {
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = what;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) {
    params.seed = 20260123;
    params.maxSuccess = times;
  }
  const auto result = rc::detail::checkTestable(std::move(property), metadata, params);
  std::ostringstream said;
  rc::detail::printResultMessage(result, said);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << said.str();
}

}  // namespace gcp2::test
