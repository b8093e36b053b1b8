// sample_views FOLDER: writes the views of tests/support/views.h as HTML, JSON and SVG, for the
// tests that open them with other people's programs.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "gcp2/json.h"
#include "support/views.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file{path, std::ios::binary};
  file << text;
  return static_cast<bool>(file.flush());
}

bool write_view(const std::filesystem::path& folder, const std::string& name,
                const gcp2::View& view) {
  return write(folder / (name + ".html"), gcp2::view_html(view)) &&
         write(folder / (name + ".json"), gcp2::write_json(gcp2::view_document(view))) &&
         write(folder / (name + ".svg"), gcp2::view_svg(view));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: sample_views FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  gcp2::View large = gcp2::test::long_view();
  large.large_print = true;
  gcp2::View welsh = gcp2::test::sample_view();
  welsh.language = "cy";
  const bool written = write_view(folder, "sample", gcp2::test::sample_view()) &&
                       write_view(folder, "long", gcp2::test::long_view()) &&
                       write_view(folder, "large", large) && write_view(folder, "welsh", welsh) &&
                       write_view(folder, "hostile", gcp2::test::hostile_view()) &&
                       write_view(folder, "empty", gcp2::test::empty_view());
  return written ? 0 : 3;
}
