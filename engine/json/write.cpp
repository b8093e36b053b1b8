#include "gcp2/json.h"

namespace gcp2 {
namespace {

void break_line(std::string& out, Layout layout, std::size_t depth) {
  if (layout == Layout::pretty) out.append("\n").append(2 * depth, ' ');
}

void append(std::string& out, const Value& value, Layout layout, std::size_t depth) {
  switch (value.kind()) {
    case Value::Kind::null: out += "null"; return;
    case Value::Kind::boolean:
    case Value::Kind::number: out += value.text(); return;
    case Value::Kind::text: return append_json_text(out, value.text());
    case Value::Kind::list: {
      out += '[';
      const char* separator = "";
      bool flat = true;  // lists of plain values stay on their line
      for (const Value& item : value.items()) flat = flat && !item.is_object() && !item.is_list();
      for (const Value& item : value.items()) {
        out += separator;
        separator = flat && layout == Layout::pretty ? ", " : ",";
        if (!flat) break_line(out, layout, depth + 1);
        append(out, item, layout, depth + 1);
      }
      if (!flat) break_line(out, layout, depth);
      out += ']';
      return;
    }
    case Value::Kind::object: break;
  }
  out += '{';
  const char* separator = "";
  for (const Member& member : value.members()) {
    out += separator;
    separator = ",";
    break_line(out, layout, depth + 1);
    append_json_text(out, member.key);
    out += layout == Layout::pretty ? ": " : ":";
    append(out, member.value, layout, depth + 1);
  }
  if (!value.members().empty()) break_line(out, layout, depth);
  out += '}';
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t written = 0;  // of the text; what needs no escape is written in one piece
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out += text.substr(written, i - written);
    written = i + 1;
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default: out.append("\\u00").append({hex[byte >> 4U], hex[byte & 15U]});
    }
  }
  out += text.substr(written);
  out += '"';
}

std::string write_json(const Value& value, Layout layout) {
  std::string out;
  append(out, value, layout, 0);
  if (layout == Layout::pretty) out += '\n';
  return out;
}

}  // namespace gcp2
