#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <utility>

#include "gcp2/report.h"
#include "keys.h"
#include "line_editor.h"

namespace gcp2::cli {
namespace {

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t width_of(std::FILE* out) {
  constexpr std::size_t usual = 80;
  constexpr std::size_t narrowest = 30;
  constexpr std::size_t widest = 100;  // longer lines are hard to read
  winsize size{};
  if (::ioctl(::fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = std::min(text.find_first_not_of(' '), text.size());
  out.append(column, ' ');
  bool at_start = true;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t wide = length(word);
    if (!at_start && column + 1 + wide > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
      at_start = true;
    }
    if (!at_start) out += ' ';
    column += wide + (at_start ? 0 : 1);
    out += word;
    at_start = false;
  }
  return out += '\n';
}

bool can_edit(std::FILE* out) {
  const char* kind = std::getenv("TERM");
  const std::string_view name = kind == nullptr ? "" : kind;
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(::fileno(out)) == 1 && !name.empty() &&
         name != "dumb";
}

}  // namespace

struct Terminal::Lines {
  Keys keys;
  std::unique_ptr<LineEditor> editor;  ///< null: plain lines
};

Terminal::Terminal(std::FILE* out, Style style) : out_{out}, lines_{std::make_unique<Lines>()} {
  // The line editor shows what the locale can show; a bare one should still show every letter.
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  if (style == Style::edited && can_edit(out))
    lines_->editor = std::make_unique<LineEditor>(lines_->keys, out);
}

Terminal::~Terminal() = default;

void Terminal::say(std::string_view text, std::size_t indent) {
  const std::string lines = wrapped(one_line(text), width_of(out_), indent);
  std::fwrite(lines.data(), 1, lines.size(), out_);
}

void Terminal::blank_line() { std::fputc('\n', out_); }

std::optional<std::string> Terminal::ask(std::string_view whole_prompt) {
  // In a narrow window only the last line of a prompt stands before the answer.
  std::string prompt = wrapped(whole_prompt, width_of(out_), 0);
  prompt.back() = ' ';
  const std::size_t said = prompt.rfind('\n') + 1;
  std::fwrite(prompt.data(), 1, said, out_);
  prompt.erase(0, said);
  if (lines_->editor) return lines_->editor->line(prompt);
  std::fwrite(prompt.data(), 1, prompt.size(), out_);
  std::fflush(out_);
  std::string line;
  bool any = false;
  while (const auto byte = lines_->keys.next()) {
    any = true;
    if (*byte == '\n') break;
    line += *byte;
  }
  // Typed lines end by themselves on a screen, piped ones do not.
  if (!any || ::isatty(STDIN_FILENO) != 1) blank_line();
  if (!any) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace gcp2::cli
