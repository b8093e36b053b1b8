#include "program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gcp2::test {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return std::move(bytes).str();
}

void must(bool done) {
  if (!done) throw std::runtime_error{"the test could not set up what it needs"};
}

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { must(::pipe2(ends.data(), O_CLOEXEC) == 0); }
};

[[noreturn]] void start(const Command& command, const Pipe& in, const std::string& out,
                        const std::string& err) {
  const auto onto = [](const std::string& file, int number) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (opened < 0 || ::dup2(opened, number) < 0) ::_exit(cannot_start);
  };
  ::dup2(in.ends[0], STDIN_FILENO);
  onto(err, STDERR_FILENO);
  if (command.out_is_closed) {
    ::close(STDOUT_FILENO);
  } else if (command.nobody_reads) {
    const Pipe nobody;
    ::dup2(nobody.ends[1], STDOUT_FILENO);
  } else {
    onto(out, STDOUT_FILENO);
  }
  std::signal(SIGPIPE, SIG_DFL);
  if (command.before) command.before();
  std::vector<std::string> words{GCP2_PROGRAM};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(GCP2_PROGRAM, pointers.data());
  ::_exit(cannot_start);
}

void feed(const Command& command, int pipe) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  bool taken = true;
  for (std::size_t i = 0; i < command.times && taken; ++i) {
    std::string_view rest = command.in;
    while (!rest.empty() && taken) {
      const auto written = ::write(pipe, rest.data(), rest.size());
      taken = written >= 0;
      if (taken) rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::signal(SIGPIPE, before);
}

}  // namespace

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "gcp2-bad-input-XXXXXX").string();
  must(::mkdtemp(name.data()) != nullptr);
  path_ = name;
  fs::permissions(path_, fs::perms::all);  // for `become_nobody`
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::path(std::string_view name) const { return (path_ / name).string(); }

std::string Folder::write(std::string_view name, std::string_view bytes) const {
  std::ofstream stream{path_ / name, std::ios::binary};
  stream << bytes;
  stream.close();
  must(!stream.fail());
  return path(name);
}

std::string Folder::write_sparse(std::string_view name, std::string_view start,
                                 std::size_t size) const {
  const std::string file = write(name, start);
  must(::truncate(file.c_str(), static_cast<off_t>(size)) == 0);
  return file;
}

std::string Folder::read(std::string_view name) const { return bytes_of(path_ / name); }

std::vector<std::string> Folder::names() const {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator{path_})
    all.push_back(entry.path().filename().string());
  std::ranges::sort(all);
  return all;
}

Ended run(const Command& command) {
  const Folder folder;
  const std::string out = command.out.empty() ? folder.path("out") : command.out;
  const std::string err = command.err.empty() ? folder.path("err") : command.err;
  const Pipe in;
  // Not a quicker way to start it: the memory that is measured would be the test's own.
  const pid_t child = ::fork();
  must(child >= 0);
  if (child == 0) start(command, in, out, err);
  ::close(in.ends[0]);
  feed(command, in.ends[1]);
  ::close(in.ends[1]);
  int status = 0;
  rusage usage{};
  must(::wait4(child, &status, 0, &usage) == child);
  Ended ended;
  ended.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  ended.most_memory = static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  if (command.out.empty()) ended.out = bytes_of(out);
  if (command.err.empty()) ended.err = bytes_of(err);
  return ended;
}

void become_nobody() {
  constexpr uid_t nobody = 65534;
  if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(cannot_start);
}

bool is_sanitized() noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
  return false;
#endif
}

}  // namespace gcp2::test
