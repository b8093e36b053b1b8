#include "setting/signed_row.h"

#include <string>

namespace gcp2 {

Value to_document(const SignedRow& record) {
  Value out = Value::object();
  out.set("kept_by", Value::text(record.kept_by.text()));
  out.set("brought_in", Value::boolean(record.brought_in));
  if (!record.signed_off_by.none()) {
    out.set("signed_off_by", Value::text(record.signed_off_by.text()));
    out.set("signed_off_at", Value::number(record.signed_off_at));
  }
  out.set("record", record.document);
  return out;
}

Allowed<SignedRow> read_signed(Desk::State& desk, const Row& row) {
  const auto content = desk.content(RowKind::record, row);
  if (!content) return content.error();
  const Value* document = content->find("record");
  if (document == nullptr) return refusal(Why::unsealable);
  SignedRow out;
  out.document = *document;
  out.kept_by = Id::parse(content->text_at("kept_by")).value_or(Id{});
  const Value* brought_in = content->find("brought_in");
  out.brought_in = brought_in != nullptr && brought_in->truth();
  out.signed_off_by = Id::parse(content->text_at("signed_off_by")).value_or(Id{});
  if (const Value* at = content->find("signed_off_at")) out.signed_off_at = std::stoll(at->text());
  return out;
}

}  // namespace gcp2
