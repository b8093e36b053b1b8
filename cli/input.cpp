#include "input.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "command.h"
#include "phrase.h"

namespace gcp2::cli {

std::string shown_name(const std::string& name) {
  return name == "-" ? phrase("files.standard_input") : name;
}

InputStream::InputStream(const std::string& name)
    : name_{name}, file_{name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)} {
  if (file_ >= 0) return;
  const std::string why = std::strerror(errno);
  throw Stop{Exit::outside, phrase("files.cannot_open", {{"file", name}, {"why", why}})};
}

InputStream::~InputStream() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

Result<std::size_t> InputStream::read(char* into, std::size_t size) const {
  while (true) {
    const auto got = ::read(file_, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    const int error = errno;
    if (error == EISDIR) return Error{phrase("files.is_folder", {{"file", shown_name(name_)}})};
    if (error != EINTR)
      return Error{phrase("files.cannot_read",
                          {{"file", shown_name(name_)}, {"why", std::strerror(error)}})};
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
    size += *got;
    if (*got == 0) break;
    // An archive says itself how long it is; more than that need not be read to be refused.
    if (const auto whole = archive_size({file.bytes.data(), size}))
      limit = std::min(*whole, largest_archive) + 1;
  }
  file.bytes.resize(size);
  return file;
}

}  // namespace gcp2::cli
