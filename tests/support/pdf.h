// PDFs as poppler reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gcp2/view.h"

namespace gcp2::test {

/// A PDF in a file of its own, gone with the object. Fails the test where the view gives none.
class Pdf {
 public:
  explicit Pdf(const View& view);
  ~Pdf();
  Pdf(const Pdf&) = delete;
  Pdf& operator=(const Pdf&) = delete;

  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
  /// What a command answers; %s in it is the file.
  [[nodiscard]] std::string ask(const std::string& command) const;
  /// The text of each page.
  [[nodiscard]] std::vector<std::string> pages() const;
  /// The structure tree, a line per element, with its texts in quotes.
  [[nodiscard]] std::string structure() const { return ask("pdfinfo -struct-text %s"); }

 private:
  std::string bytes_, file_;
};

/// Without white space, as lines break where they will.
std::string squeezed(std::string_view text);
std::string repeated(std::string_view text, int times);
std::size_t count_of(std::string_view text, std::string_view part);

}  // namespace gcp2::test
