#include "support/pdf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "gcp2/print.h"

namespace gcp2::test {

Pdf::Pdf(const View& view) {
  const Result<std::string> made = view_pdf(view);
  if (!made) {
    ADD_FAILURE() << made.error().message;
    return;
  }
  bytes_ = *made;
  static int number = 0;
  file_ = testing::TempDir() + "gcp2_" + std::to_string(getpid()) + "_" + std::to_string(number++) +
          ".pdf";
  std::ofstream{file_, std::ios::binary} << bytes_;
}

Pdf::~Pdf() { std::remove(file_.c_str()); }

std::string Pdf::ask(const std::string& command) const {
  std::string whole = command;
  whole.replace(whole.find("%s"), 2, file_);
  FILE* answer = popen(whole.c_str(), "r");
  if (answer == nullptr) throw std::runtime_error{"cannot run " + whole};
  std::string out;
  std::array<char, 4096> part;
  while (const std::size_t got = std::fread(part.data(), 1, part.size(), answer))
    out.append(part.data(), got);
  EXPECT_EQ(pclose(answer), 0) << whole;
  return out;
}

std::vector<std::string> Pdf::pages() const {
  const std::string all = ask("pdftotext -layout %s -");
  std::vector<std::string> out;
  for (std::size_t from = 0, to = 0; (to = all.find('\f', from)) != std::string::npos;
       from = to + 1)
    out.push_back(all.substr(from, to - from));
  return out;
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::string_view{" \n\t\r\f"}.find(c) == std::string_view::npos) out += c;
  return out;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size())
    ++count;
  return count;
}

}  // namespace gcp2::test
