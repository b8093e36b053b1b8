#include "report/folding.h"

#include <algorithm>
#include <array>

namespace gcp2 {
namespace {

struct Range {
  char32_t first, last;
  char32_t as;  ///< 0 = left out
};

/// Small letters and their capitals alike; what stands nowhere here stays as it is.
constexpr std::array ranges{
    Range{0x09, 0x0D, U' '},      Range{0x60, 0x60, U'\''},     Range{0xA0, 0xA0, U' '},
    Range{0xAD, 0xAD, 0},         Range{0xB4, 0xB4, U'\''},     Range{0xC0, 0xC6, U'a'},
    Range{0xC7, 0xC7, U'c'},      Range{0xC8, 0xCB, U'e'},      Range{0xCC, 0xCF, U'i'},
    Range{0xD0, 0xD0, U'd'},      Range{0xD1, 0xD1, U'n'},      Range{0xD2, 0xD6, U'o'},
    Range{0xD8, 0xD8, U'o'},      Range{0xD9, 0xDC, U'u'},      Range{0xDD, 0xDD, U'y'},
    Range{0xDE, 0xDE, U't'},      Range{0xDF, 0xDF, U's'},      Range{0xE0, 0xE6, U'a'},
    Range{0xE7, 0xE7, U'c'},      Range{0xE8, 0xEB, U'e'},      Range{0xEC, 0xEF, U'i'},
    Range{0xF0, 0xF0, U'd'},      Range{0xF1, 0xF1, U'n'},      Range{0xF2, 0xF6, U'o'},
    Range{0xF8, 0xF8, U'o'},      Range{0xF9, 0xFC, U'u'},      Range{0xFD, 0xFD, U'y'},
    Range{0xFE, 0xFE, U't'},      Range{0xFF, 0xFF, U'y'},      Range{0x100, 0x105, U'a'},
    Range{0x106, 0x10D, U'c'},    Range{0x10E, 0x111, U'd'},    Range{0x112, 0x11B, U'e'},
    Range{0x11C, 0x123, U'g'},    Range{0x124, 0x127, U'h'},    Range{0x128, 0x133, U'i'},
    Range{0x134, 0x135, U'j'},    Range{0x136, 0x138, U'k'},    Range{0x139, 0x142, U'l'},
    Range{0x143, 0x14B, U'n'},    Range{0x14C, 0x153, U'o'},    Range{0x154, 0x159, U'r'},
    Range{0x15A, 0x161, U's'},    Range{0x162, 0x167, U't'},    Range{0x168, 0x173, U'u'},
    Range{0x174, 0x175, U'w'},    Range{0x176, 0x178, U'y'},    Range{0x179, 0x17E, U'z'},
    Range{0x17F, 0x17F, U's'},    Range{0x218, 0x219, U's'},    Range{0x21A, 0x21B, U't'},
    Range{0x2BC, 0x2BC, U'\''},   Range{0x300, 0x36F, 0},       Range{0x1EA0, 0x1EB7, U'a'},
    Range{0x1EB8, 0x1EC7, U'e'},  Range{0x1EC8, 0x1ECB, U'i'},  Range{0x1ECC, 0x1EE3, U'o'},
    Range{0x1EE4, 0x1EF1, U'u'},  Range{0x1EF2, 0x1EF9, U'y'},  Range{0x2000, 0x200A, U' '},
    Range{0x200B, 0x200F, 0},     Range{0x2010, 0x2015, U'-'},  Range{0x2018, 0x2019, U'\''},
    Range{0x202A, 0x202E, 0},     Range{0x202F, 0x202F, U' '},  Range{0x2060, 0x2069, 0},
    Range{0x2212, 0x2212, U'-'},  Range{0xFE00, 0xFE0F, 0},     Range{0xFEFF, 0xFEFF, 0},
    Range{0xFF07, 0xFF07, U'\''}};

/// 0 = left out.
char32_t compared(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 0x20;
  if (c < 0x80 && c > U' ' && c != U'`') return c;
  const auto* found = std::ranges::lower_bound(ranges, c, {}, &Range::last);
  if (found != ranges.end() && found->first <= c) return found->as;
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 0x20;
  return c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
}

/// The character at `at`, which moves behind it; a byte that begins none stands for itself.
char32_t next(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || at + more > text.size()) return lead;
  char32_t c = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i)
    c = c << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return c;
}

}  // namespace

Folded folded(std::string_view text) {
  Folded all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t letter = compared(next(text, at));
    if (letter == 0) continue;
    all.letters += letter;
    all.at.push_back(begin);
  }
  all.at.push_back(text.size());
  return all;
}

bool in_word(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  const auto between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return !between(0x80, 0xBF) && c != 0xD7 && c != 0xF7 && !between(0x2000, 0x206F) &&
         !between(0x2E00, 0x2E7F) && !between(0x3000, 0x303F) && !between(0xFF00, 0xFF0F);
}

}  // namespace gcp2
