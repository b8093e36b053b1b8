#include <algorithm>
#include <array>
#include <optional>

#include "gcp2/json.h"
#include "interop/csv.h"

namespace gcp2::csv {
namespace {

/// Windows-1252 from 0x80 to 0x9F; 0 = undefined. Everything else is Latin-1.
constexpr std::array<std::uint16_t, 32> upper_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::optional<unsigned> from_1252(unsigned char byte) noexcept {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const unsigned code = upper_1252[byte - 0x80U];
  return code == 0 ? std::nullopt : std::optional{code};
}

void append_utf8(std::string& out, unsigned code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

class Reader {
 public:
  Reader(std::string_view bytes, Table& table, Findings& findings)
      : bytes_{bytes}, table_{table}, findings_{findings} {}

  void read() {
    while (at_ < bytes_.size() && cells_ <= most_values) row();
    if (cells_ > most_values) refuse("too_many_values", position());
  }

 private:
  [[nodiscard]] bool ended() const { return at_ >= bytes_.size(); }
  [[nodiscard]] char here() const { return bytes_[at_]; }
  [[nodiscard]] bool at_break() const { return ended() || here() == '\n' || here() == '\r'; }
  [[nodiscard]] Position position() const {
    return {.source = 0, .line = line_, .column = column_};
  }

  void refuse(std::string_view code, Position where) {
    add_finding(findings_, {.code = code, .severity = Severity::invalid, .position = where});
  }

  /// Takes one character into the cell, in UTF-8.
  void take(std::string& cell) {
    const auto byte = static_cast<unsigned char>(here());
    if (byte == 0) refuse("csv_undefined_character", position());
    if (!table_.windows_1252) {
      cell += here();
      if ((byte & 0xC0U) != 0x80U) ++column_;
    } else {
      if (const auto code = from_1252(byte))
        append_utf8(cell, *code);
      else
        refuse("csv_undefined_character", position());
      ++column_;
    }
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    }
    ++at_;
  }

  void skip_break() {
    if (ended()) return;
    if (here() == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
    column_ = 1;
  }

  void row() {
    std::vector<Cell> cells;
    while (true) {
      cells.push_back(cell());
      if (at_break() || cells_ > most_values) break;
      ++at_;  // the separator
      ++column_;
    }
    skip_break();
    if (std::ranges::any_of(cells, [](const Cell& c) { return !c.text.empty(); }))
      table_.rows.push_back(std::move(cells));
  }

  Cell cell() {
    ++cells_;
    Cell cell{{}, position()};
    if (!ended() && here() == '"') {
      quoted(cell);
      if (!at_break() && here() != table_.separator) refuse("csv_text_after_quote", position());
    }
    while (!at_break() && here() != table_.separator) take(cell.text);
    return cell;
  }

  void quoted(Cell& cell) {
    ++at_;
    ++column_;
    while (!ended()) {
      if (here() == '"') {
        ++at_;
        ++column_;
        if (ended() || here() != '"') return;
      }
      take(cell.text);
    }
    refuse("csv_open_quote", cell.position);
  }

  std::string_view bytes_;
  Table& table_;
  Findings& findings_;
  std::size_t at_ = 0, cells_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
};

/// The one that stands most often in the header line, outside quotes.
char separator_of(std::string_view bytes) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view separators = ",;\t";
  bool quoted = false;
  for (const char c : bytes) {
    if (c == '\n' || c == '\r') break;
    if (c == '"') quoted = !quoted;
    if (const auto which = separators.find(c); !quoted && which != std::string_view::npos)
      ++counts[which];
  }
  return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

constexpr std::string_view formula_starts = "=+-@\t\r";

}  // namespace

bool looks_like_formula(std::string_view text) noexcept {
  return !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
}

// An apostrophe is put before a formula, and before what already looks guarded, so that taking one
// off always gives the text back.
std::string guarded(std::string_view text) {
  const std::string_view after = text.substr(std::min(text.find_first_not_of('\''), text.size()));
  return (looks_like_formula(after) ? "'" : "") + std::string{text};
}

std::string quoted(std::string_view text) {
  const std::string safe = guarded(text);
  if (safe.find_first_of(",;\"\t\r\n") == std::string::npos && !safe.starts_with(' ') &&
      !safe.ends_with(' '))
    return safe;
  std::string out = "\"";
  for (const char c : safe) out.append(c == '"' ? 2 : 1, c);
  return out += '"';
}

std::string plain(std::string_view cell) {
  const std::string_view after = cell.substr(std::min(cell.find_first_not_of('\''), cell.size()));
  if (cell.starts_with('\'') && looks_like_formula(after)) cell.remove_prefix(1);
  return std::string{cell};
}

std::string trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t last = text.find_last_not_of(" \t");
  return std::string{text.substr(first, last == std::string_view::npos ? 0 : last + 1 - first)};
}

std::string normal(std::string_view text) {
  std::string out = trimmed(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Table read_table(std::string_view bytes, Findings& findings) {
  Table table;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  table.windows_1252 = !is_utf8(bytes);
  table.separator = separator_of(bytes);
  Reader{bytes, table, findings}.read();
  return table;
}

}  // namespace gcp2::csv
