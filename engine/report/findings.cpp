#include <fmt/format.h>

#include "gcp2/report.h"

namespace gcp2 {

Value findings_document(const Findings& findings) {
  Value document = Value::object();
  document.set("format", Value::text("gcp2/findings/1"));
  Value list = Value::list();
  for (const Finding& f : findings) {
    Value entry = Value::object();
    entry.set("code", Value::text(std::string{f.code}));
    entry.set("severity", Value::text(std::string{name_of(f.severity)}));
    entry.set("file", Value::text(f.file));
    entry.set("line", Value::number(std::int64_t{f.position.line}));
    entry.set("column", Value::number(std::int64_t{f.position.column}));
    entry.set("pointer", Value::text(f.pointer));
    entry.set("node", f.node.empty() ? Value{} : Value::text(f.node));
    entry.set("message", Value::text(message(f)));
    list.items().push_back(std::move(entry));
  }
  document.set("findings", std::move(list));
  return document;
}

std::string findings_text(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) {
    out += one_line(f.file);
    if (f.position.line != 0)
      out += fmt::format("{}{}:{}", f.file.empty() ? "" : ":", f.position.line, f.position.column);
    out += fmt::format("{}{}: {} [{}]\n", out.empty() || out.back() == '\n' ? "" : ": ",
                       name_of(f.severity), message(f), f.code);
  }
  return out;
}

}  // namespace gcp2
