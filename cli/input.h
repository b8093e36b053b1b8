// Reading files and standard input, with an end to what is taken in.
#pragma once

#include <string>

#include "gcp2/interop.h"

namespace gcp2::cli {

/// The whole of a file, or of standard input for "-". Beyond what any record or archive may be,
/// reading stops; the readers then refuse it as too large. Failing to read ends the command (3).
SourceFile read_source(const std::string& name);

/// Reads piece by piece; "-" is standard input.
class InputStream {
 public:
  explicit InputStream(const std::string& name);
  ~InputStream();
  InputStream(const InputStream&) = delete;
  InputStream& operator=(const InputStream&) = delete;
  [[nodiscard]] Result<std::size_t> read(char* into, std::size_t size) const;

 private:
  std::string name_;
  int file_;
};

/// How a file is called in messages: "-" is "standard input".
std::string shown_name(const std::string& name);

}  // namespace gcp2::cli
