#include "form.h"

#include <algorithm>

#include "gcp2/json.h"

namespace gcp2::cli::web {
namespace {

using std::string_view;

constexpr string_view line_end = "\r\n";

/// What stands before `mark`, which is taken off together with it; all of it where there is no
/// mark.
string_view take_to(string_view& rest, string_view mark) {
  const std::size_t at = rest.find(mark);
  const string_view head = rest.substr(0, at);
  rest.remove_prefix(at == string_view::npos ? rest.size() : at + mark.size());
  return head;
}

string_view trimmed(string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same_word(string_view left, string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; };
  return std::ranges::equal(left, right, {}, lower, lower);
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = digit(text[i + 1]), low = digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

/// As a person typed it, without what no keyboard has.
std::optional<std::string> typed(string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < ' ' && c != '\n' && c != '\t') || c == '\x7f') continue;
    // U+0080 to U+009F, control characters as well.
    if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      ++i;
      continue;
    }
    out += c;
  }
  return out;
}

std::optional<Form> read_urlencoded(string_view body) {
  Form form;
  while (!body.empty()) {
    const string_view pair = take_to(body, "&");
    if (pair.empty()) continue;
    if (form.fields.size() == most_fields) return std::nullopt;
    string_view value = pair;
    const auto name = decoded(take_to(value, "="));
    const auto content = decoded(value);
    if (!name || !content) return std::nullopt;
    auto clean_name = typed(*name), clean = typed(*content);
    if (!clean_name || !clean) return std::nullopt;
    form.fields.push_back({*std::move(clean_name), *std::move(clean)});
  }
  return form;
}

/// `key="value"` or `key=value` behind the first word of a header; nullopt where there is none.
/// Browsers write quotation marks inside a value as %22.
std::optional<std::string> parameter(string_view header, string_view key) {
  (void)take_to(header, ";");
  while (!header.empty()) {
    header = trimmed(header);
    const std::size_t equals = header.find('=');
    if (equals == string_view::npos) return std::nullopt;
    const string_view name = trimmed(header.substr(0, equals));
    header.remove_prefix(equals + 1);
    string_view value;
    if (header.starts_with('"')) {
      header.remove_prefix(1);
      if (header.find('"') == string_view::npos) return std::nullopt;
      value = take_to(header, "\"");
      (void)take_to(header, ";");
    } else {
      value = trimmed(take_to(header, ";"));
    }
    if (same_word(name, key)) return std::string{value};
  }
  return std::nullopt;
}

std::optional<FormField> read_part(string_view headers, string_view content) {
  std::optional<FormField> field;
  while (!headers.empty()) {
    string_view value = take_to(headers, line_end);
    const string_view name = take_to(value, ":");
    if (!same_word(trimmed(name), "content-disposition")) continue;
    value = trimmed(value);
    if (field || !value.starts_with("form-data")) return std::nullopt;
    const auto said = parameter(value, "name");
    auto clean = said ? typed(*said) : std::nullopt;
    if (!clean) return std::nullopt;
    field = FormField{*std::move(clean), {}, {}};
    const auto file = parameter(value, "filename");
    if (!file) continue;
    auto file_name = typed(*file);
    if (!file_name) return std::nullopt;
    field->file_name = file_name->empty() ? "-" : *std::move(file_name);
  }
  if (!field) return std::nullopt;
  if (field->file_name.empty()) {
    auto text = typed(content);
    if (!text) return std::nullopt;
    field->value = *std::move(text);
  } else {
    field->value = std::string{content};
  }
  return field;
}

std::optional<Form> read_multipart(const std::string& boundary, string_view body) {
  constexpr std::size_t longest_boundary = 70;  // RFC 2046
  if (boundary.empty() || boundary.size() > longest_boundary) return std::nullopt;
  const std::string first = "--" + boundary;
  const std::string next = "\r\n--" + boundary;
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  Form form;
  while (!body.starts_with("--")) {
    if (!body.starts_with(line_end) || form.fields.size() == most_fields) return std::nullopt;
    body.remove_prefix(line_end.size());
    const std::size_t blank = body.find("\r\n\r\n");
    if (blank == string_view::npos) return std::nullopt;
    const string_view headers = body.substr(0, blank);
    body.remove_prefix(blank + 2 * line_end.size());
    // An empty content leaves the line break before the boundary to the headers' end.
    if (body.find(next) == string_view::npos) return std::nullopt;
    auto field = read_part(headers, take_to(body, next));
    if (!field) return std::nullopt;
    form.fields.push_back(*std::move(field));
  }
  body.remove_prefix(2);
  if (!body.empty() && body != line_end) return std::nullopt;
  return form;
}

/// A file's bytes are anything: they never count as what somebody typed.
auto is_text(string_view name) {
  return [name](const FormField& each) { return each.name == name && each.file_name.empty(); };
}

}  // namespace

string_view Form::text(string_view name) const noexcept {
  const auto found = std::ranges::find_if(fields, is_text(name));
  return found == fields.end() ? string_view{} : found->value;
}

string_view Form::file(string_view name) const noexcept {
  const auto found = std::ranges::find_if(
      fields, [&](const FormField& each) { return each.name == name && !each.file_name.empty(); });
  return found == fields.end() ? string_view{} : found->value;
}

bool Form::ticks(std::string_view name, std::string_view value) const noexcept {
  return std::ranges::any_of(
      fields, [&](const FormField& each) { return is_text(name)(each) && each.value == value; });
}

bool Form::has(string_view name) const noexcept {
  return std::ranges::any_of(fields, is_text(name));
}

std::vector<std::string> Form::texts(string_view name) const {
  std::vector<std::string> out;
  for (const FormField& field : fields)
    if (is_text(name)(field)) out.push_back(field.value);
  return out;
}

std::optional<Form> read_form(string_view content_type, string_view body) {
  string_view rest = content_type;
  const string_view kind = trimmed(take_to(rest, ";"));
  if (same_word(kind, "application/x-www-form-urlencoded")) return read_urlencoded(body);
  if (!same_word(kind, "multipart/form-data")) return std::nullopt;
  const auto boundary = parameter(content_type, "boundary");
  return boundary ? read_multipart(*boundary, body) : std::nullopt;
}

string_view cookie(string_view header, string_view name) noexcept {
  string_view found;
  std::size_t times = 0;
  while (!header.empty()) {
    string_view pair = trimmed(take_to(header, ";"));
    if (take_to(pair, "=") != name) continue;
    found = pair;
    ++times;
  }
  return times == 1 ? found : string_view{};
}

}  // namespace gcp2::cli::web
