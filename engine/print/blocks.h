// Blocks of a view on their pages. `parent` is the element that a block belongs to.
#pragma once

#include "gcp2/view.h"
#include "print/flow.h"

namespace gcp2::print {

void put(Flow& flow, const Table& table, std::size_t parent);
void put(Flow& flow, const Figure& figure, std::size_t parent);
/// All of them: headings stay with what follows, urgent notices are left out.
void put_all(Flow& flow, const std::vector<Block>& blocks, std::size_t parent);
void put_urgent(Flow& flow, const std::vector<Block>& blocks, std::size_t parent);
/// A list of names and what stands behind them.
void put_pairs(Flow& flow, const std::vector<std::pair<std::string, std::string>>& rows,
               std::size_t parent);

}  // namespace gcp2::print
