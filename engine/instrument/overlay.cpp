#include <algorithm>

#include "instrument/reading.h"

namespace gcp2 {
namespace {

using reading::Cursor;

void lay_node(const Cursor& entry, Instrument& instrument, std::vector<NodeIndex>& laid) {
  if (!entry.object({"node", "label", "note", "descriptors", "descriptors_by_age"})) return;
  const std::string code = entry.text("node", true);
  const auto index = instrument.find(code);
  if (!index) return entry.refuse("unknown_node", shown(code));
  if (std::ranges::find(laid, *index) != laid.end()) return entry.refuse("code_twice", code);
  laid.push_back(*index);
  Node& node = instrument.nodes[*index];
  if (const std::string label = entry.text("label", false); !label.empty()) node.label = label;
  if (const std::string note = entry.text("note", false); !note.empty()) node.note = note;
  const bool has_wording =
      entry.value.find("descriptors") || entry.value.find("descriptors_by_age");
  if (!has_wording) return;
  if (!instrument.is_leaf(*index)) return entry.refuse("wording_on_parent", code);
  node.wording = reading::wording(entry, node, false);
}

}  // namespace

Instrument overlay(Instrument instrument, const Value& document, Findings& findings) {
  const Cursor cursor{document, "", findings};
  if (!cursor.object({"format", "instrument", "licence", "wording"})) return instrument;
  if (cursor.text("format", true) != "gcp2/overlay/1")
    cursor.refuse("wrong_format", {}, {{"expected", "gcp2/overlay/1"}});
  if (const auto named = cursor.member("instrument", true);
      named && named->object({"id", "version", "digest"})) {
    const std::string digest = named->text("digest", false);
    if (named->text("id", true) != instrument.id ||
        named->text("version", true) != instrument.version ||
        (!digest.empty() && digest != instrument.digest))
      named->refuse("overlay_of_another");
  }
  if (const auto licence = cursor.member("licence", true);
      licence && licence->object({"state", "note"})) {
    instrument.licence_state = licence->text("state", true);
    instrument.licence_note = licence->text("note", false);
  }
  std::vector<NodeIndex> laid;
  for (const Cursor& entry : cursor.items("wording", true)) lay_node(entry, instrument, laid);
  return instrument;
}

}  // namespace gcp2
