// A disk of the system's own that is small, so that it gets full.
#pragma once

#include <functional>
#include <string>

namespace gcp2::test {

/// Runs `work` in a process of its own, where `folder` is a disk of so many megabytes that anybody
/// may write to. What is not as it `expect`s, or thrown, fails the test. Where a process may not
/// have a disk (as nobody in particular), the test is skipped.
void on_small_disk(const std::string& folder, int megabytes, const std::function<void()>& work);

/// For what runs there: ends it with that said, unless it is good.
void expect_there(bool good, const char* what);

/// Fills up what room there is in a folder; less than a page stays.
void fill_up(const std::string& folder);

}  // namespace gcp2::test
