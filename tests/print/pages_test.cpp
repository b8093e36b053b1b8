// The module where the build puts it.
#include "pages.h"

#include <gtest/gtest.h>

#include "gcp2/print.h"

namespace gcp2::cli {
namespace {

TEST(Pages, the_module_makes_the_same_pages) {
  const View view{.title = "Title", .identity = {}, .blocks = {Paragraph{"Text"}}};
  const Result<std::string> pdf = pages().view_pdf(view);
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_EQ(*pdf, *view_pdf(view));
  EXPECT_EQ(&pages(), &pages());
}

TEST(Pages, the_module_draws_families) {
  for (const auto draw : {pages().genogram, pages().ecomap}) {
    const Result<Picture> picture = draw(Assessment{}, Language::english());
    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_NE(picture->description, "");
  }
}

}  // namespace
}  // namespace gcp2::cli
