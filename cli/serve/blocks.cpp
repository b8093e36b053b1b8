#include "blocks.h"

#include "../phrase.h"
#include "page.h"

namespace gcp2::cli::web {
namespace {

Shown list_of(const std::vector<std::string>& texts) {
  Shown list{Shown::type::list};
  for (const std::string& text : texts) list << shown({{"text", text}});
  return list;
}

struct Maker {
  const std::string& name;
  int tables = 0;

  Shown operator()(const Heading& heading) const {
    return shown({{heading.level == 2 ? "heading2" : "heading3", heading.text}});
  }
  Shown operator()(const Paragraph& paragraph) const {
    return shown({{"paragraph", paragraph.text}});
  }
  Shown operator()(const Facts& facts) const {
    Shown rows{Shown::type::list};
    for (const auto& [key, value] : facts.rows) rows << shown({{"key", key}, {"value", value}});
    Shown out;
    out.set("facts", Shown{"rows", rows});
    return out;
  }
  Shown operator()(const Items& items) const {
    Shown out;
    out.set("items", Shown{"entries", list_of(items.items)});
    return out;
  }
  Shown operator()(const Table& table) {
    Shown rows{Shown::type::list};
    for (const std::vector<Cell>& cells : table.rows) {
      Shown row{Shown::type::list};
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& grade = cells[i].grade;
        Shown cell =
            shown({{"text", cells[i].text},
                   {"grade", grade ? "mark grade-" + std::to_string(grade->number()) : ""}});
        cell.set("first", i == 0);
        row << cell;
      }
      rows << Shown{"cells", row};
    }
    Shown content =
        shown({{"caption", table.caption}, {"id", name + "-" + std::to_string(++tables)}});
    content.set("columns", list_of(table.columns));
    content.set("rows", rows);
    Shown out;
    out.set("table", content);
    return out;
  }
  Shown operator()(const Notice& notice) const {
    Shown content = shown({{"title", notice.title}});
    content.set("lines", list_of(notice.lines));
    Shown out;
    out.set("notice", content);
    return out;
  }
  Shown operator()(const Figure& /*left out*/) const { return shown({}); }
};

}  // namespace

std::string blocks_html(const std::vector<Block>& blocks, const std::string& name) {
  Shown list{Shown::type::list};
  Maker maker{name};
  for (const Block& block : blocks) list << std::visit(maker, block);
  return part("blocks", Shown{"blocks", list});
}

Answer picture(std::string svg) {
  return {200,
          {{"Content-Type", "image/svg+xml"},
           {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"}},
          std::move(svg)};
}

std::string svg_over_time(const Visit& visit, const Told& told) {
  const auto report = told.report(visit.site);
  View view;
  view.title = name_of_child(told.records.back());
  view.identity = window_of(told.records.back());
  for (Figure& figure : charts_over_time({.indicated = report}))
    view.blocks.emplace_back(std::move(figure));
  return view.blocks.empty() ? "" : view_svg(view);
}

}  // namespace gcp2::cli::web
