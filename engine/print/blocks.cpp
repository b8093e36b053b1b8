#include "print/blocks.h"

#include <algorithm>

namespace gcp2::print {
namespace {

Style running(const Flow& flow) { return {.size = flow.measures().base}; }
Style strong(const Flow& flow) { return {.size = flow.measures().base, .bold = true}; }

using print::put;

void put(Flow& flow, const Heading& heading, std::size_t parent) {
  const int level = heading.level;
  flow.skip(flow.measures().gap * (level == 2 ? 1.2 : 0.5));
  const std::size_t element = flow.element({.type = "H" + std::to_string(level), .parent = parent});
  const double size = flow.measures().heading[static_cast<std::size_t>(level)];
  const TextPtr text = flow.fonts().set(heading.text, {.size = size, .bold = true}, flow.width());
  if (text->empty()) return;
  if (text->height() > flow.room() && text->height() <= flow.page_room()) flow.new_page();
  flow.bookmark(level, heading.text);
  flow.band({{text, flow.left(), element}}, {.whole_below = flow.page_room()});
}

void put(Flow& flow, const Paragraph& paragraph, std::size_t parent) {
  flow.text(paragraph.text, running(flow), flow.element({.type = "P", .parent = parent}));
}

void put(Flow& flow, const Facts& facts, std::size_t parent) {
  put_pairs(flow, facts.rows, parent);
}

void put(Flow& flow, const Items& items, std::size_t parent) {
  const std::size_t list = flow.element({.type = "L", .parent = parent});
  const TextPtr bullet = flow.fonts().set("\u2022", running(flow));
  const double indent = flow.measures().base * 1.4;
  for (const std::string& item : items.items) {
    const std::size_t entry = flow.element({.type = "LI", .parent = list});
    const std::size_t label = flow.element({.type = "Lbl", .parent = entry});
    const std::size_t body = flow.element({.type = "LBody", .parent = entry});
    const TextPtr text = flow.fonts().set(item, running(flow), flow.width() - indent);
    flow.band({{bullet, flow.left() + indent * 0.25, label}, {text, flow.left() + indent, body}},
              {.padding = 1.2, .whole_below = 3.6 * flow.measures().base});
  }
}

/// White on black across the frame, so that it is the first thing seen, on any printer.
void put_banner(Flow& flow, const std::string& title, std::size_t element) {
  const double size = flow.measures().heading[2] * 1.1;
  const TextPtr sign = flow.fonts().set("!", {.size = size * 1.3, .bold = true, .ink = white});
  const double indent = size * 1.2;
  const TextPtr text =
      flow.fonts().set(title, {.size = size, .bold = true, .ink = white}, flow.width() - indent);
  const double x = flow.left();
  const double width = flow.width();
  const double edge = size * 0.5;
  flow.band({{text, x + indent, element}},
            {.padding = edge * 0.9,
             .whole_below = flow.page_room(),
             .backdrop = [=](cairo_t* cr, double top, double bottom) {
               use(cr, black);
               cairo_rectangle(cr, x - edge, top, width + 2 * edge, bottom - top);
               cairo_fill(cr);
               sign->draw_on_baseline(cr, x, top + edge * 0.9 + text->lines().front().baseline);
             }});
}

void put_lines(Flow& flow, const Notice& notice, const Style& style, std::size_t part) {
  for (const std::string& line : notice.lines) {
    flow.advance(style.size * 0.35);
    flow.text(line, style, flow.element({.type = "P", .parent = part}));
  }
}

void put(Flow& flow, const Notice& notice, std::size_t parent) {
  const bool urgent = notice.kind == Notice::Kind::urgent;
  const double frame = urgent ? 3 : notice.kind == Notice::Kind::warning ? 1.6 : 0.6;
  flow.skip(flow.measures().gap * 0.4);
  flow.together([&] {
    const std::size_t part = flow.element({.type = "Div", .parent = parent});
    const std::size_t title = flow.element({.type = "P", .parent = part});
    flow.framed(flow.measures().heading[2] * 1.1 * 0.5, frame, [&] {
      if (urgent) {
        flow.advance(-flow.measures().heading[2] * 1.1 * 0.5);
        put_banner(flow, notice.title, title);
      } else {
        flow.text(notice.title, strong(flow), title);
      }
      const double size = flow.measures().base * (urgent ? 1.2 : 1);
      put_lines(flow, notice, {.size = size, .bold = urgent}, part);
    });
  });
}

bool is_urgent(const Block& block) {
  const auto* notice = std::get_if<Notice>(&block);
  return notice != nullptr && notice->kind == Notice::Kind::urgent;
}

void put_block(Flow& flow, const Block& block, std::size_t parent) {
  flow.skip(flow.measures().gap);
  std::visit([&](const auto& b) { put(flow, b, parent); }, block);
}

}  // namespace

void put_pairs(Flow& flow, const std::vector<std::pair<std::string, std::string>>& rows,
               std::size_t parent) {
  const std::size_t list = flow.element({.type = "L", .parent = parent});
  const double gap = flow.measures().base;
  double names = 0;
  for (const auto& [name, value] : rows)
    names = std::max(names, flow.fonts().set(name, strong(flow))->width() + 1);
  names = std::min(names, flow.width() * 0.36);
  for (const auto& [name, value] : rows) {
    const std::size_t entry = flow.element({.type = "LI", .parent = list});
    const std::size_t label = flow.element({.type = "Lbl", .parent = entry});
    const std::size_t body = flow.element({.type = "LBody", .parent = entry});
    flow.band({{flow.fonts().set(name, strong(flow), names), flow.left(), label},
               {flow.fonts().set(value, running(flow), flow.width() - names - gap),
                flow.left() + names + gap, body}},
              {.padding = 1.6, .whole_below = flow.page_room() / 3});
  }
}

void put_urgent(Flow& flow, const std::vector<Block>& blocks, std::size_t parent) {
  for (const Block& block : blocks)
    if (is_urgent(block)) put_block(flow, block, parent);
}

void put_all(Flow& flow, const std::vector<Block>& blocks, std::size_t parent) {
  std::vector<const Block*> rest;
  for (const Block& block : blocks)
    if (!is_urgent(block)) rest.push_back(&block);
  for (std::size_t i = 0; i < rest.size();) {
    std::size_t end = i;  // the block after a run of headings
    while (end + 1 < rest.size() && std::holds_alternative<Heading>(*rest[end])) ++end;
    flow.joined([&] {
      std::optional<std::size_t> first;
      for (std::size_t b = i; b < end; ++b) {
        put_block(flow, *rest[b], parent);
        if (!first) first = flow.page();
      }
      const Flow::Place before = flow.here();
      put_block(flow, *rest[end], parent);
      const std::size_t starts = flow.page_after(before);
      return std::pair{first.value_or(starts), starts};
    });
    i = end + 1;
  }
}

}  // namespace gcp2::print
