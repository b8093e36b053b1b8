// CSV as spreadsheets save it: characters, separator, rows of cells with their places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/findings.h"

namespace gcp2::csv {

struct Cell {
  std::string text;
  Position position;
};

struct Table {
  char separator = ',';
  bool windows_1252 = false;
  std::vector<std::vector<Cell>> rows;  ///< without wholly empty lines
};

/// RFC 4180, with CRLF, LF or CR, comma, semicolon or tab, UTF-8 (with or without BOM) or
/// Windows-1252. Open quotes, text beside a quoted cell and undefined bytes are `invalid`.
Table read_table(std::string_view bytes, Findings& findings);

/// A spreadsheet takes a cell that begins like this for a formula.
bool looks_like_formula(std::string_view text) noexcept;

/// A text as a cell: formulas are kept from running by an apostrophe, which `plain` takes off
/// again.
std::string guarded(std::string_view text);
std::string plain(std::string_view cell);
/// The same in quotation marks where it needs them: as it stands in a file.
std::string quoted(std::string_view text);

/// Without blanks around it.
std::string trimmed(std::string_view text);
/// The same in lower case: the name of a column, or a word like NO.
std::string normal(std::string_view text);

}  // namespace gcp2::csv
