#include <algorithm>
#include <charconv>
#include <utility>

#include "gcp2/strict.h"
#include "gcp2/training.h"

namespace gcp2 {
namespace {

/// Entries of a member that is a list of texts with at least one, none of them empty.
std::vector<std::string> texts(const Spot& spot, std::string_view key) {
  std::vector<std::string> read;
  for (const Spot& item : spot.items(key)) {
    if (!item.value.is_text() || item.value.text().empty())
      item.refuse("wrong_type", {}, {{"expected", "text"}});
    read.push_back(item.value.is_text() ? item.value.text() : "");
  }
  const Value* list = spot.value.find(key);
  if (list != nullptr && list->is_list() && read.empty())
    spot.member(key).refuse("wrong_type", {}, {{"expected", "list with at least one entry"}});
  return read;
}

/// An id that is told from those before it.
std::string id_of(const Spot& spot, const std::vector<std::string>& before = {}) {
  std::string id = spot.text("id");
  if (!id.empty() && shown(id) != id)
    spot.member("id").refuse("bad_code");
  else if (!id.empty() && std::ranges::find(before, id) != before.end())
    spot.member("id").refuse("profile_twice");
  return id;
}

/// Child and window are those of an assessment, and read as such; but nothing is passed over.
Assessment header_of(const Spot& spot, const Spot& document) {
  Value header = Value::object();
  header.set("format", Value::text(std::string{assessment_format}));
  header.set("instrument", document.member("instrument").value);
  header.set("child", spot.member("child").value);
  header.set("window", spot.member("window").value);
  Findings found;
  Assessment read = read_assessment(header, found);
  for (Finding& finding : found) {
    if (!finding.pointer.starts_with("/child") && !finding.pointer.starts_with("/window")) continue;
    if (finding.code == "unknown_key") finding.code = "key_not_allowed";
    finding.severity = Severity::invalid;
    finding.pointer.insert(0, spot.pointer);
    add_finding(spot.findings, std::move(finding));
  }
  return read;
}

/// Whether the age is known, and with it what applies.
bool read_child(const Spot& spot, const Spot& document, CaseProfile& profile) {
  const std::size_t before = spot.findings.size();
  Assessment header = header_of(spot, document);
  const Spot window = spot.member("window");
  if (window.value.is_object())
    for (const char* end : {"from", "to"})
      if (window.value.find(end) == nullptr) window.refuse("missing_key", {}, {{"key", end}});
  if (header.window_from && header.window_to && *header.window_to < *header.window_from)
    window.refuse("window_reversed");
  if (header.child.date_of_birth && header.window_from &&
      *header.window_from < *header.child.date_of_birth)
    window.refuse("window_before_birth");
  const auto age = header.age_months();
  profile.age_months = age.value_or(0);
  if (!age && spot.findings.size() == before && spot.value.find("child") != nullptr &&
      spot.value.find("window") != nullptr)
    spot.member("child").refuse("age_unknown");
  for (const std::string& name : header.child.conditions)
    if (const auto condition = condition_from(name))
      profile.conditions.set(static_cast<std::size_t>(*condition));
  profile.window_from = header.window_from;
  profile.window_to = header.window_to;
  profile.child = std::move(header.child);
  return age && spot.findings.size() == before;
}

/// A line's number, or 0.
std::size_t line_of(const Spot& spot, std::size_t most) {
  const std::string& spelling = spot.value.text();
  const char* end = spelling.data() + spelling.size();
  std::size_t number = 0;
  const auto [stop, error] = std::from_chars(spelling.data(), end, number);
  if (spot.value.kind() == Value::Kind::number && error == std::errc{} && stop == end &&
      number >= 1 && number <= most)
    return number;
  spot.refuse("number_out_of_range", {}, {{"least", "1"}, {"most", std::to_string(most)}});
  return 0;
}

void read_quotes(const Spot& spot, const std::vector<std::string>& vignette, KeyEntry& entry) {
  for (const Spot& line : spot.items("lines"))
    entry.lines.push_back(line_of(line, vignette.size()));
  entry.quotes = texts(spot, "quotes");
  const Spot quotes = spot.member("quotes");
  const Spot lines = spot.member("lines");
  if (!quotes.value.is_list() || !lines.value.is_list()) return;
  if (entry.lines.size() != entry.quotes.size()) return lines.refuse("lines_and_quotes_differ");
  for (std::size_t i = 0; i < entry.lines.size(); ++i)
    if (entry.lines[i] != 0 &&
        vignette[entry.lines[i] - 1].find(entry.quotes[i]) == std::string::npos)
      Spot{quotes.value.items()[i], quotes.pointer + "/" + std::to_string(i), spot.findings}.refuse(
          "quote_not_in_line", {}, {{"line", std::to_string(entry.lines[i])}});
}

std::optional<KeyEntry> read_entry(const Spot& spot, const Instrument& instrument,
                                   const std::vector<std::string>& vignette) {
  const bool cannot = spot.value.find("cannot") != nullptr;
  const bool graded = spot.value.find("grade") != nullptr;
  if (spot.value.is_object() && cannot && graded) spot.refuse("key_grade_and_cannot");
  if (spot.value.is_object() && !cannot && !graded) spot.refuse("key_without_grade");
  using Keys = std::vector<std::string_view>;
  const Keys always = graded ? Keys{"node", "grade", "rationale", "lines", "quotes"} : Keys{"node"};
  if (!spot.object(always, cannot || !graded ? Keys{"cannot", "grade"} : Keys{}))
    return std::nullopt;
  KeyEntry entry;
  const std::string code = spot.text("node");
  entry.grade = spot.member("grade").grade();
  entry.cannot = spot.text("cannot");
  entry.rationale = spot.text("rationale");
  read_quotes(spot, vignette, entry);
  const auto node = code.empty() ? std::nullopt : spot.member("node").node(instrument, code);
  if (!node) return std::nullopt;
  entry.node = *node;
  return entry;
}

/// Takes the entries that belong to the key; refuses the others, and what is missing.
void read_key(const Spot& spot, const Instrument& instrument, bool age_known,
              CaseProfile& profile) {
  const std::vector<NodeIndex> leaves =
      key_leaves(instrument, profile.age_months, profile.conditions);
  for (const Spot& item : spot.items("key")) {
    auto entry = read_entry(item, instrument, profile.vignette);
    if (!entry) continue;
    const std::string& code = instrument.node(entry->node).code;
    const Spot place = item.member("node");
    if (!instrument.is_leaf(entry->node))
      place.refuse("not_a_leaf", code);
    else if (age_known && std::ranges::find(leaves, entry->node) == leaves.end())
      place.refuse("key_leaf_not_applicable", code);
    else if (std::ranges::find(profile.key, entry->node, &KeyEntry::node) != profile.key.end())
      place.refuse("key_leaf_twice", code);
    else {
      if (!profile.key.empty() && entry->node < profile.key.back().node)
        place.refuse("key_out_of_order", code);
      profile.key.push_back(std::move(*entry));
    }
  }
  if (!age_known || !spot.member("key").value.is_list()) return;
  for (const NodeIndex leaf : leaves)
    if (std::ranges::find(profile.key, leaf, &KeyEntry::node) == profile.key.end())
      spot.member("key").refuse("key_leaf_missing", instrument.node(leaf).code);
}

/// `ids` are those of the profiles before it.
CaseProfile read_profile(const Spot& spot, const Spot& document, const Instrument* instrument,
                         std::vector<std::string>& ids) {
  CaseProfile profile;
  if (!spot.object({"id", "title", "child", "window", "vignette", "key"}, {"early_indicators"}))
    return profile;
  profile.id = id_of(spot, ids);
  ids.push_back(profile.id);
  profile.title = spot.text("title");
  const bool age_known = read_child(spot, document, profile);
  const Spot flag = spot.member("early_indicators");
  if (!flag.value.is_null() && flag.value.kind() != Value::Kind::boolean)
    flag.refuse("wrong_type", {}, {{"expected", "true or false"}});
  profile.early_indicators = flag.value.truth();
  profile.vignette = texts(spot, "vignette");
  if (instrument != nullptr) read_key(spot, *instrument, age_known, profile);
  return profile;
}

}  // namespace

const CaseProfile* Case::profile(std::string_view wanted) const noexcept {
  const auto found = std::ranges::find(profiles, wanted, &CaseProfile::id);
  return found == profiles.end() ? nullptr : &*found;
}

std::vector<NodeIndex> key_leaves(const Instrument& instrument, int age_months,
                                  Conditions conditions) {
  std::vector<NodeIndex> leaves;
  for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
    if (!instrument.is_leaf(i) || !applies(instrument, i, age_months, conditions)) continue;
    bool replaced = false;
    for (std::optional<NodeIndex> at = i; at; at = instrument.node(*at).parent)
      if (const Exception* exception = instrument.exception_on(*at))
        replaced |= conditions.test(static_cast<std::size_t>(exception->condition));
    if (!replaced) leaves.push_back(i);
  }
  return leaves;
}

Sheet key_sheet(const Instrument& instrument, const CaseProfile& profile) {
  Sheet sheet;
  sheet.clear(instrument.nodes.size());
  sheet.age_months = profile.age_months;
  sheet.conditions = profile.conditions;
  for (const KeyEntry& entry : profile.key)
    sheet.marks[entry.node] = {entry.grade, NotGraded::not_observed};
  return sheet;
}

Case read_case(const Value& document, const Instruments& instruments, Findings& findings) {
  Case read;
  const Spot spot{document, "", findings};
  if (!spot.object({"format", "id", "title", "about", "instrument", "profiles", "discussion",
                    "facilitator"}))
    return read;
  require_format(spot, case_format);
  read.id = id_of(spot);
  read.title = spot.text("title");
  read.about = spot.text("about");
  read.instrument = spot.instrument(instruments);
  read.discussion = texts(spot, "discussion");
  read.facilitator = texts(spot, "facilitator");
  const Spot profiles = spot.member("profiles");
  if (profiles.value.is_list() && profiles.value.items().empty())
    profiles.refuse("wrong_type", {}, {{"expected", "list with at least one entry"}});
  std::vector<std::string> ids;
  for (const Spot& item : spot.items("profiles"))
    read.profiles.push_back(read_profile(item, spot, read.instrument, ids));
  return read;
}

}  // namespace gcp2
