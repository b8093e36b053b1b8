// What browsers send with a request: form fields and cookies. All of it is somebody else's input:
// it is read whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gcp2::cli::web {

struct FormField {
  std::string name, value;
  std::string file_name = {};  ///< as the browser says it; empty for what is no file
};

/// The fields of a form, in the order of the page.
struct Form {
  std::vector<FormField> fields;

  /// The first field of that name; empty where there is none, as browsers leave out what is not
  /// chosen.
  [[nodiscard]] std::string_view text(std::string_view name) const noexcept;
  /// The bytes of the first file of that name; empty where there is none. The others know no files.
  [[nodiscard]] std::string_view file(std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  /// Whether a box of that name and value is ticked.
  [[nodiscard]] bool ticks(std::string_view name, std::string_view value) const noexcept;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
};

inline constexpr std::size_t most_fields = 1000;

/// Reads `application/x-www-form-urlencoded` and `multipart/form-data`. nullopt: another type, a
/// broken escape or frame, more than `most_fields`, or what is not UTF-8 (files aside). Line breaks
/// of texts become "\n"; control characters but tab and line break are dropped.
std::optional<Form> read_form(std::string_view content_type, std::string_view body);

/// The cookie of that name in a Cookie header; empty where there is none, or more than one of the
/// name: nobody can say which is ours.
std::string_view cookie(std::string_view header, std::string_view name) noexcept;

}  // namespace gcp2::cli::web
