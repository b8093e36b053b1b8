// A folder of its own for a test, gone with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gcp2::test {

class Folder {
 public:
  explicit Folder(const std::string& within = std::filesystem::temp_directory_path().string())
      : path_{within + "/gcp2-store-XXXXXX"} {
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("No temporary folder");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::string path(std::string_view name) const {
    return path_ + "/" + std::string{name};
  }

 private:
  std::string path_;
};

/// What is in a file; nothing where there is none.
inline std::string bytes_of(const std::string& file) {
  std::error_code absent;
  const std::uintmax_t size = std::filesystem::file_size(file, absent);
  std::string bytes(absent ? 0 : size, '\0');
  std::ifstream{file, std::ios::binary}.read(bytes.data(),
                                             static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace gcp2::test
