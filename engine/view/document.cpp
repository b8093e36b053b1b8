#include "gcp2/view.h"
#include "view/prepared.h"

namespace gcp2 {
namespace {

Value texts(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const std::string& text : texts) list.items().push_back(Value::text(text));
  return list;
}

Value block_of(std::string_view kind) {
  Value block = Value::object();
  block.set("kind", Value::text(std::string{kind}));
  return block;
}

Value cell_value(const Cell& cell) {
  Value value = Value::object();
  value.set("text", Value::text(cell.text));
  if (cell.grade) value.set("grade", Value::number(std::int64_t{cell.grade->number()}));
  return value;
}

std::string_view urgency(Notice::Kind kind) {
  switch (kind) {
    case Notice::Kind::urgent: return "urgent";
    case Notice::Kind::warning: return "warning";
    case Notice::Kind::information: break;
  }
  return "information";
}

struct BlockValue {
  Value operator()(const Heading& heading) const {
    Value block = block_of("heading");
    block.set("level", Value::number(std::int64_t{heading.level}));
    block.set("text", Value::text(heading.text));
    return block;
  }
  Value operator()(const Paragraph& paragraph) const {
    Value block = block_of("paragraph");
    block.set("text", Value::text(paragraph.text));
    return block;
  }
  Value operator()(const Facts& facts) const {
    Value block = block_of("facts");
    Value& rows = block.set("rows", Value::list());
    for (const auto& [name, value] : facts.rows) {
      Value& row = rows.items().emplace_back(Value::object());
      row.set("name", Value::text(name));
      row.set("value", Value::text(value));
    }
    return block;
  }
  Value operator()(const Items& items) const {
    Value block = block_of("items");
    block.set("items", texts(items.items));
    return block;
  }
  Value operator()(const Table& table) const {
    Value block = block_of("table");
    block.set("caption", Value::text(table.caption));
    block.set("columns", texts(table.columns));
    Value& rows = block.set("rows", Value::list());
    for (const std::vector<Cell>& cells : table.rows) {
      Value& row = rows.items().emplace_back(Value::list());
      for (const Cell& cell : cells) row.items().push_back(cell_value(cell));
    }
    return block;
  }
  Value operator()(const Notice& notice) const {
    Value block = block_of("notice");
    block.set("urgency", Value::text(std::string{urgency(notice.kind)}));
    block.set("title", Value::text(notice.title));
    block.set("lines", texts(notice.lines));
    return block;
  }
  Value operator()(const Figure& figure) const {
    Value block = block_of("figure");
    block.set("title", Value::text(figure.picture.title));
    block.set("description", Value::text(figure.picture.description));
    block.set("sentence", Value::text(figure.sentence));
    return block;
  }
};

}  // namespace

Value view_document(const View& given) {
  const View view = prepared(given);
  Value document = Value::object();
  document.set("format", Value::text("gcp2/report/1"));
  document.set("title", Value::text(view.title));
  document.set("identity", Value::text(view.identity));
  document.set("language", Value::text(view.language));
  Value& blocks = document.set("blocks", Value::list());
  for (const Block& block : view.blocks) blocks.items().push_back(std::visit(BlockValue{}, block));
  if (!view.log) return document;
  Value& log = document.set("log", Value::object());
  log.set("entries", Value::number(view.log->entries));
  log.set("hash", Value::text(view.log->hash));
  log.set("at", Value::text(view.log->at));
  return document;
}

}  // namespace gcp2
