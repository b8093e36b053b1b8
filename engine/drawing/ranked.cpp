#include "drawing/ranked.h"

#include <fmt/format.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

extern "C" {
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
}

namespace gcp2::drawing {
namespace {

constexpr double points_per_inch = 72;

/// Graphviz takes its texts as `char*` and does not change them.
char* text(const char* literal) { return const_cast<char*>(literal); }  // NOLINT: C interface

/// The one layout that is linked in, so that neither Graphviz's configuration file nor its other
/// plug-ins (fonts, image formats) are looked for when a program runs.
std::shared_ptr<GVC_t> context() {
  static lt_symlist_t linked_in[] = {
      {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library}, {nullptr, nullptr}};
  return {gvContextPlugins(linked_in, 0), [](GVC_t* c) { gvFreeContext(c); }};
}

/// A graph with the attributes that make Graphviz place boxes and nothing else: no text to measure,
/// no edges to route.
struct Graph {
  std::shared_ptr<Agraph_t> graph{agopen(text("family"), Agdirected, nullptr),
                                  [](Agraph_t* g) { agclose(g); }};
  std::vector<Agnode_t*> nodes;

  Graph(const std::vector<Box>& boxes, double gap) {
    attribute(AGRAPH, "splines", "none");
    attribute(AGRAPH, "nodesep", inches(gap));
    attribute(AGRAPH, "ranksep", "0.5");
    attribute(AGRAPH, "rank", "");
    attribute(AGNODE, "shape", "box");
    attribute(AGNODE, "label", "");
    attribute(AGNODE, "fixedsize", "true");
    attribute(AGNODE, "height", "0.1");
    attribute(AGNODE, "width", "1");
    attribute(AGEDGE, "weight", "1");
    for (std::size_t i = 0; i < boxes.size(); ++i)
      agxset(nodes.emplace_back(node(std::to_string(i))), width(), inches(boxes[i].width).data());
  }

  static std::string inches(double points) {
    return fmt::format("{:.3f}", points / points_per_inch);
  }
  void attribute(int kind, const char* name, std::string value) {
    agattr(graph.get(), kind, text(name), value.data());
  }
  Agsym_t* width() { return agattr(graph.get(), AGNODE, text("width"), nullptr); }
  Agnode_t* node(std::string name) { return agnode(graph.get(), name.data(), 1); }

  void edge(Agnode_t* from, Agnode_t* to, int weight) {
    Agedge_t* edge = agedge(graph.get(), from, to, nullptr, 1);
    agxset(edge, agattr(graph.get(), AGEDGE, text("weight"), nullptr),
           std::to_string(weight).data());
  }

  /// Boxes of one row share a rank, and a spine of anchors keeps the ranks in order.
  void set_rows(const std::vector<Box>& boxes) {
    int last = 0;
    for (const Box& box : boxes) last = std::max(last, box.row);
    Agnode_t* above = nullptr;
    for (int row = 0; row <= last; ++row) {
      Agraph_t* rank = agsubg(graph.get(), fmt::format("row{}", row).data(), 1);
      agset(rank, text("rank"), text("same"));
      Agnode_t* anchor = node(fmt::format("anchor{}", row));
      agxset(anchor, width(), text("0.01"));
      agsubnode(rank, anchor, 1);
      for (std::size_t i = 0; i < boxes.size(); ++i)
        if (boxes[i].row == row) agsubnode(rank, nodes[i], 1);
      if (above != nullptr) edge(above, anchor, 0);
      above = anchor;
    }
  }
};

/// Links that pass many rows cost Graphviz minutes, and no family has many of them.
bool is_knotted(const std::vector<Box>& boxes, const std::vector<Link>& links) {
  constexpr int most = 3000;
  int rows = 0;
  for (const Link& link : links) rows += boxes[link.to].row - boxes[link.from].row;
  return rows > most;
}

/// One beside the other, chain after chain.
std::vector<double> side_by_side(const std::vector<Box>& boxes, const std::vector<Chain>& chains,
                                 double gap) {
  std::vector<double> middles(boxes.size());
  std::map<int, double> used;
  for (const Chain& chain : chains)
    for (const std::size_t one : chain) {
      double& right = used[boxes[one].row];
      middles[one] = right + boxes[one].width / 2;
      right += boxes[one].width + gap;
    }
  return middles;
}

}  // namespace

std::vector<double> ranked(const std::vector<Box>& boxes, const std::vector<Link>& links,
                           const std::vector<Chain>& chains, double gap) {
  if (is_knotted(boxes, links)) return side_by_side(boxes, chains, gap);
  // Graphviz keeps its state in global variables.
  static std::mutex alone;
  const std::lock_guard lock{alone};
  agseterr(AGMAX);  // what it has to say belongs on nobody's terminal
  const auto gvc = context();
  Graph g{boxes, gap};
  for (const Link& link : links) g.edge(g.nodes[link.from], g.nodes[link.to], link.weight);
  for (const Chain& chain : chains)
    for (std::size_t i = 1; i < chain.size(); ++i)
      g.edge(g.nodes[chain[i - 1]], g.nodes[chain[i]], 1);
  g.set_rows(boxes);
  if (gvLayout(gvc.get(), g.graph.get(), "dot") != 0)
    throw std::logic_error{"Graphviz does not know its own layout"};
  std::vector<double> middles;
  for (Agnode_t* node : g.nodes) middles.push_back(ND_coord(node).x);
  gvFreeLayout(gvc.get(), g.graph.get());
  return middles;
}

}  // namespace gcp2::drawing
