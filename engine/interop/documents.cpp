#include <utility>

#include "gcp2/interop.h"

namespace gcp2 {
namespace {

void refuse(Findings& findings, std::string_view code) {
  findings.push_back({.code = code, .severity = Severity::invalid});
}

void from_source(Value& value, std::uint32_t source) {
  Position position = value.position();
  position.source = source;
  value.set_position(position);
  for (Value& item : value.items()) from_source(item, source);
  for (Member& member : value.members()) {
    member.position.source = source;
    from_source(member.value, source);
  }
}

/// The header's document with the rows of the CSV as its observations.
Value from_csv(const SourceFile& file, const ReadingOptions& options, Findings& findings) {
  constexpr std::uint32_t header_source = 1;
  if (options.header == nullptr) {
    refuse(findings, "csv_needs_header");
    return {};
  }
  Findings in_header;
  Value document = content_of(options.header->bytes) == Content::json
                       ? read_json(options.header->bytes, in_header)
                       : Value{};
  if (!document.is_object() && in_header.empty()) refuse(in_header, "header_not_json");
  if (const Value* own = document.find("observations"); own != nullptr && !own->items().empty())
    in_header.push_back({.code = "header_has_observations",
                         .severity = Severity::invalid,
                         .pointer = "/observations",
                         .position = own->position()});
  for (Finding& finding : in_header) finding.position.source = header_source;
  findings.insert(findings.end(), in_header.begin(), in_header.end());
  if (any(in_header, Severity::invalid)) return {};
  from_source(document, header_source);
  const std::string by =
      options.by.empty() ? std::string{document.text_at("lead_professional")} : options.by;
  document.set("observations", read_grades_csv(file.bytes, by, findings));
  return document;
}

}  // namespace

std::vector<Value> read_documents(const SourceFile& file, const ReadingOptions& options,
                                  Findings& findings) {
  std::vector<Value> documents;
  switch (content_of(file.bytes)) {
    case Content::json: documents.push_back(read_json(file.bytes, findings)); break;
    case Content::csv: documents.push_back(from_csv(file, options, findings)); break;
    case Content::archive: documents = read_archive(file.bytes, findings); break;
    case Content::spreadsheet: refuse(findings, "spreadsheet"); break;
    case Content::utf16: refuse(findings, "utf16"); break;
    case Content::unknown:
      refuse(findings, file.bytes.empty() ? "empty_document" : "unknown_content");
      break;
  }
  std::erase_if(documents, [](const Value& document) { return document.is_null(); });
  return documents;
}

}  // namespace gcp2
