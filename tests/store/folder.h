// A folder of its own for a test, gone with it.
#pragma once

#include <cstdlib>
#include <filesystem>
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

}  // namespace gcp2::test
