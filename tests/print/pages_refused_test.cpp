// Modules that are not there or not the program's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.h"
#include "pages.h"

namespace gcp2::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(PagesRefused, a_missing_module_ends_the_command_with_words) {
  for (int again = 0; again < 2; ++again) try {
      pages();
      ADD_FAILURE() << "loaded";
    } catch (const Stop& stop) {
      EXPECT_EQ(stop.code, Exit::outside);
      EXPECT_THAT(stop.message, AllOf(HasSubstr("nowhere/gcp2_pages.so"), HasSubstr("Install")));
    }
}

TEST(PagesRefused, a_library_that_is_another_thing) {
  const Result<const Pages*> loaded = load_pages("libm.so.6");
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().message, HasSubstr("gcp2_pages"));
}

TEST(PagesRefused, a_module_of_another_version) {
  const Result<const Pages*> loaded = load_pages(MODULE_FILE);
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().message, HasSubstr("this is another"));
}

}  // namespace
}  // namespace gcp2::cli
