#include "view/columns.h"

#include <utf8proc.h>

#include <algorithm>

namespace gcp2 {
namespace {

/// Takes the first character as people see it (letter with its accents, emoji with its joiners)
/// off the text.
std::string_view take_character(std::string_view& text) {
  std::size_t length = 0;
  utf8proc_int32_t before = -1, state = 0;
  while (length < text.size()) {
    utf8proc_int32_t c = -1;
    const auto read =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + length),
                         static_cast<utf8proc_ssize_t>(text.size() - length), &c);
    if (length > 0 && (read <= 0 || utf8proc_grapheme_break_stateful(before, c, &state))) break;
    length += read > 0 ? static_cast<std::size_t>(read) : 1;
    before = c;
  }
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

/// Joined emoji are drawn as one, hence never more than two columns.
std::size_t columns_of_character(std::string_view character) {
  std::size_t sum = 0;
  while (!character.empty()) {
    utf8proc_int32_t c = -1;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(character.data()),
                                       static_cast<utf8proc_ssize_t>(character.size()), &c);
    sum += read > 0 ? static_cast<std::size_t>(utf8proc_charwidth(c)) : 1;
    character.remove_prefix(read > 0 ? static_cast<std::size_t>(read) : 1);
  }
  return std::min<std::size_t>(sum, 2);
}

template <class Use>
void each_part(std::string_view text, char separator, Use use) {
  for (;;) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// Puts words into lines one after the other.
class Filler {
 public:
  explicit Filler(std::size_t width) : width_{std::max<std::size_t>(width, 1)} {}

  void word(std::string_view word) {
    const std::size_t wide = columns(word);
    if (used_ > 0 && used_ + 1 + wide > width_) end_line();
    if (used_ > 0) {
      line_ += ' ';
      ++used_;
    }
    if (wide <= width_) {
      line_ += word;
      used_ += wide;
    } else {
      broken(word);
    }
  }
  void end_line() {
    lines_.push_back(std::move(line_));
    line_.clear();
    used_ = 0;
  }
  std::vector<std::string> lines() && { return std::move(lines_); }

 private:
  void broken(std::string_view word) {
    while (!word.empty()) {
      const std::string_view character = take_character(word);
      const std::size_t wide = columns_of_character(character);
      if (used_ > 0 && used_ + wide > width_) end_line();
      line_ += character;
      used_ += wide;
    }
  }

  std::size_t width_, used_ = 0;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) sum += columns_of_character(take_character(text));
  return sum;
}

std::size_t widest_word(std::string_view text) {
  std::size_t widest = 0;
  each_part(text, '\n', [&](std::string_view line) {
    each_part(line, ' ', [&](std::string_view word) { widest = std::max(widest, columns(word)); });
  });
  return widest;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  if (text.empty()) return {};
  Filler filler{width};
  each_part(text, '\n', [&](std::string_view line) {
    each_part(line, ' ', [&](std::string_view word) {
      if (!word.empty()) filler.word(word);
    });
    filler.end_line();
  });
  return std::move(filler).lines();
}

}  // namespace gcp2
