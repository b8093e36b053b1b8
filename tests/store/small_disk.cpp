#include "small_disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace gcp2::test {
namespace {

constexpr int no_disk = 77, not_so = 1;

/// Of a user other than root, who is allowed to mount in a name space of their own alone.
bool is_own_root() {
  const std::string user = std::to_string(getuid()), group = std::to_string(getgid());
  if (unshare(CLONE_NEWUSER) != 0) return false;
  std::ofstream{"/proc/self/setgroups"} << "deny";
  return (std::ofstream{"/proc/self/uid_map"} << user + " " + user + " 1" << std::flush).good() &&
         (std::ofstream{"/proc/self/gid_map"} << group + " " + group + " 1" << std::flush).good();
}

bool has_disk(const std::string& folder, int megabytes) {
  const std::string size = "mode=1777,size=" + std::to_string(megabytes) + "m";
  return (getuid() == 0 || is_own_root()) && unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("none", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

}  // namespace

void on_small_disk(const std::string& folder, int megabytes, const std::function<void()>& work) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (!has_disk(folder, megabytes)) _exit(no_disk);
    try {
      work();
    } catch (const std::exception& thrown) {
      expect_there(false, thrown.what());
    }
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  if (WEXITSTATUS(status) == no_disk) GTEST_SKIP() << "no disk of its own for this process";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

void expect_there(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "not so: %s\n", what);
  _exit(not_so);
}

void fill_up(const std::string& folder) {
  const int file =
      open((folder + "/full").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("no file on the small disk");
  static constexpr std::array<char, 4096> page{};
  while (write(file, page.data(), page.size()) > 0) continue;
  const bool is_full = errno == ENOSPC;
  close(file);
  if (!is_full) throw std::runtime_error("the small disk is not full");
}

}  // namespace gcp2::test
