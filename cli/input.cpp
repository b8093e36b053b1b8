#include "input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "command.h"

namespace gcp2::cli {
namespace {

constexpr std::size_t largest_archive = std::size_t{256} << 20;

}  // namespace

std::string shown_name(const std::string& name) { return name == "-" ? "standard input" : name; }

InputStream::InputStream(const std::string& name)
    : name_{name}, file_{name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)} {
  if (file_ < 0)
    throw Stop{Exit::outside, fmt::format("cannot open {}: {}.", name, std::strerror(errno))};
}

InputStream::~InputStream() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

Result<std::size_t> InputStream::read(char* into, std::size_t size) const {
  while (true) {
    const auto got = ::read(file_, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR)
      return Error{fmt::format("cannot read {}: {}.", shown_name(name_), std::strerror(errno))};
  }
}

SourceFile read_source(const std::string& name) {
  const InputStream stream{name};
  SourceFile file{shown_name(name), {}};
  std::size_t size = 0;
  std::size_t limit = largest_document + 1;
  while (size < limit) {
    constexpr std::size_t piece = std::size_t{64} << 10;
    file.bytes.resize(size + piece);
    const auto got = stream.read(file.bytes.data() + size, piece);
    if (!got) throw Stop{Exit::outside, got.error().message};
    const bool first = size == 0;
    size += *got;
    if (*got == 0) break;
    if (first && looks_like_archive({file.bytes.data(), size})) limit = largest_archive + 1;
  }
  file.bytes.resize(size);
  return file;
}

}  // namespace gcp2::cli
