// The bootstrap is the same on any number of threads.
#include <gtest/gtest.h>

#include "gcp2/agreement.h"
#include "support/ratings.h"

namespace gcp2 {
namespace {

TEST(Bootstrap, IsTheSameOnAnyNumberOfThreads) {
  for (const Weights weights : {Weights::nominal, Weights::ordinal, Weights::interval}) {
    const auto on = [&](unsigned threads) {
      return krippendorff_alpha(test::krippendorff_ratings(), weights,
                                {.samples = 1001, .threads = threads});
    };
    const Statistic one = on(1);
    for (const unsigned threads : {2U, 3U, 7U, 64U}) {
      EXPECT_EQ(on(threads).error, one.error);
      EXPECT_EQ(on(threads).interval->low, one.interval->low);
      EXPECT_EQ(on(threads).interval->high, one.interval->high);
    }
  }
}

}  // namespace
}  // namespace gcp2
