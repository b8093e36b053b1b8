// Parts of a report inside a page: the same blocks, drawn by the pages' style sheet.
#pragma once

#include <string>
#include <vector>

#include "gcp2/view.h"
#include "told.h"

namespace gcp2::cli::web {

/// Headings, texts, lists, tables and notices as HTML. Figures are left out: they are too heavy for
/// a page, which shows them as images (`picture`). `name` keeps ids apart on a page.
std::string blocks_html(const std::vector<Block>& blocks, const std::string& name);

/// A picture on its own: nothing may run or load in it.
Answer picture(std::string svg);
/// Grades over time of all areas, one below the other; empty with fewer than two records.
std::string svg_over_time(const Visit& visit, const Told& told);

}  // namespace gcp2::cli::web
