#include <utility>

#include "gcp2/interop.h"

namespace gcp2 {
namespace {

void refuse(Findings& findings, std::string_view code) {
  findings.push_back({.code = code, .severity = Severity::invalid});
}

/// What is said of a file whose content no reader reads.
std::string_view unread_content(std::string_view bytes, std::string_view otherwise) {
  const Content content = content_of(bytes);
  if (content == Content::spreadsheet) return "spreadsheet";
  if (content == Content::utf16) return "utf16";
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const bool is_blank = bytes.find_first_not_of(" \t\r\n") == std::string_view::npos;
  return is_blank ? "empty_document" : otherwise;
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
  if (!document.is_object() && in_header.empty())
    refuse(in_header, unread_content(options.header->bytes, "header_not_json"));
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
    case Content::spreadsheet:
    case Content::utf16:
    case Content::unknown: refuse(findings, unread_content(file.bytes, "unknown_content")); break;
  }
  std::erase_if(documents, [](const Value& document) { return document.is_null(); });
  if (documents.empty() && findings.empty()) refuse(findings, "no_record");
  return documents;
}

}  // namespace gcp2
