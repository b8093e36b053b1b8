#include <algorithm>
#include <cmath>
#include <map>

#include "drawing/around.h"
#include "drawing/symbols.h"
#include "drawing/words.h"
#include "gcp2/drawing.h"

namespace gcp2 {
namespace {

using namespace drawing;

constexpr double margin = 18;
constexpr double agency_width = 118;
constexpr double lead_width = 150;
constexpr double agency_padding = 7;

/// Gathers what an ecomap shows, in spots and strands.
struct Gathering {
  const Assessment& assessment;
  const Language& language;
  Kin kin = kin_of(assessment, language);
  Around around = {};
  std::vector<Strand> strands = {};
  std::vector<std::string> names = {};  ///< by spot
  std::string words = {};
  std::vector<std::string> not_drawn = {};
  std::map<std::size_t, std::size_t> of_person = {};
  std::map<std::string, std::size_t, std::less<>> of_agency = {};

  void say(const std::string& sentence) { words += (words.empty() ? "" : " ") + sentence; }

  Spot spot_of(std::size_t person) const {
    Spot spot{.person = person, .lines = label_of(kin.people[person], language)};
    spot.width = std::max(symbol_size, width_of(spot.lines, letter_size));
    spot.height = symbol_size + 2 + height_of(spot.lines, letter_size);
    return spot;
  }

  void add_inside(std::size_t person) {
    of_person[person] = around.inside.size();
    around.inside.push_back(spot_of(person));
    names.push_back(kin.people[person].name);
  }

  /// Everybody of the household is there before anybody else comes.
  std::size_t add_outside(Spot spot, std::string name) {
    around.outside.push_back(std::move(spot));
    names.push_back(std::move(name));
    return names.size() - 1;
  }

  void add_household() {
    if (!kin.child) {
      kin.people.push_back({.name = child_name(assessment, kin, language), .child = true,
                            .household = true});
      kin.child = kin.people.size() - 1;
    }
    add_inside(*kin.child);
    for (std::size_t i = 0; i < kin.people.size(); ++i)
      if (i != *kin.child && kin.people[i].household && !kin.people[i].deceased) add_inside(i);
    say(kin.household_known()
            ? language.say("kin.household", {{"names", listed(language, names)}})
            : language.say("kin.household_unknown", {{"child", names.front()}}));
  }

  /// Others with a tie, and carers.
  void add_others() {
    std::vector<bool> tied(kin.people.size());
    for (const FamilyTie& tie : assessment.family.ties)
      for (const std::string& ref : {tie.from, tie.to})
        if (const auto person = person_of(assessment, kin, ref)) tied[*person] = true;
    std::vector<std::string> outside;
    for (std::size_t i = 0; i < kin.people.size(); ++i) {
      const Person& p = kin.people[i];
      if (of_person.contains(i)) continue;
      if (tied[i] || (!p.relation.empty() && !p.deceased)) {
        of_person[i] = add_outside(spot_of(i), p.name);
        outside.push_back(p.name);
      } else {
        not_drawn.push_back(p.name);
      }
    }
    if (!outside.empty())
      say(language.say("kin.outside", {{"names", listed(language, outside)}}));
  }

  void add_agency(const std::string& name, const std::string& involvement, const std::string& since,
                  const std::string& lead) {
    Spot spot{.lead = !lead.empty()};
    const auto add = [&spot](const std::string& text, bool bold, Ink ink, double width,
                             std::size_t most) {
      for (std::string& line : broken(text, letter_size * (bold ? 1.08 : 1), width, most))
        spot.lines.push_back({.text = std::move(line), .bold = bold, .ink = ink});
    };
    add(name, true, Ink::text, agency_width, 3);
    add(involvement, false, Ink::text, agency_width, 5);
    add(since, false, Ink::quiet, agency_width, 1);
    if (spot.lead)
      add(language.say("kin.lead", {{"name", lead}}), true, Ink::text, lead_width, 3);
    spot.width = width_of(spot.lines, letter_size) + 2 * agency_padding + 4;
    spot.height = height_of(spot.lines, letter_size) + 2 * agency_padding;
    const std::size_t index = add_outside(std::move(spot), name);
    of_agency.emplace(name, index);
    std::string does = involvement;
    if (!since.empty()) does += (does.empty() ? "" : ", ") + since;
    say(does.empty() ? language.say("kin.agency", {{"agency", name}})
                     : language.say("kin.agency_does", {{"agency", name}, {"involvement", does}}));
  }

  void add_agencies() {
    const auto& assessors = assessment.assessors;
    const auto lead = assessment.lead_professional.empty()
                          ? assessors.end()
                          : std::ranges::find(assessors, assessment.lead_professional, &Assessor::ref);
    std::string lead_name;
    std::string lead_agency;
    if (lead != assessors.end()) {
      lead_name = plain(lead->name.empty() ? lead->ref : lead->name);
      lead_agency = plain(lead->agency);
      if (lead_agency.empty()) lead_agency = plain(lead->role);
    }
    for (const Agency& agency : assessment.agencies) {
      const std::string name = plain(agency.name);
      if (name.empty()) continue;
      if (of_agency.contains(name)) continue;
      const std::string since =
          agency.since ? language.say("kin.since", {{"date", agency.since->text()}}) : "";
      add_agency(name, plain(agency.involvement), since, name == lead_agency ? lead_name : "");
    }
    if (lead_name.empty()) return;
    if (lead_agency.empty()) lead_agency = lead_name;
    if (!of_agency.contains(lead_agency)) add_agency(lead_agency, "", "", lead_name);
    say(language.say("kin.lead_of", {{"name", lead_name}, {"agency", lead_agency}}));
  }

  std::optional<std::size_t> spot_named(const std::string& ref, bool agencies) const {
    if (const auto person = person_of(assessment, kin, ref)) {
      const auto found = of_person.find(*person);
      return found == of_person.end() ? std::nullopt : std::optional{found->second};
    }
    const auto found = of_agency.find(plain(ref));
    return agencies && found != of_agency.end() ? std::optional{found->second} : std::nullopt;
  }

  void add_ties() {
    std::vector<bool> tied(names.size());
    for (const FamilyTie& tie : assessment.family.ties) {
      const auto from = spot_named(tie.from, false);
      const auto to = spot_named(tie.to, true);
      if (!from || !to || *from == *to) {
        kin.whole = false;
        continue;
      }
      tied[*from] = tied[*to] = true;
      strands.push_back({*from, *to, std::string{known_tie(tie.kind)}});
      say(tie_in_words(language, names[*from], names[*to], tie.kind));
    }
    for (const auto& [name, spot] : of_agency)
      if (!tied[spot]) say(language.say("kin.agency_no_tie", {{"agency", name}}));
    for (std::size_t i = around.inside.size(); i < names.size(); ++i)
      if (!tied[i]) strands.push_back({Strand::household, i, ""});
    if (!not_drawn.empty())
      say(language.say("kin.not_drawn", {{"names", listed(language, not_drawn)}}));
    if (!kin.whole) say(language.say("kin.left_out"));
  }
};

/// Draws what was gathered; the household's middle is the origin.
struct Drawer {
  const Gathering& all;
  Picture& picture;
  Point origin;

  Point at(Point p) const { return {origin.x + p.x, origin.y + p.y}; }

  /// Several ties of the same two run side by side.
  void strand(const Strand& s, double aside) {
    const auto ends = all.around.ends(s);
    if (!ends) return;
    const auto& [a, b] = *ends;
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const Point off{-(b.y - a.y) / length * aside, (b.x - a.x) / length * aside};
    add_tie_line(picture, at({a.x + off.x, a.y + off.y}), at({b.x + off.x, b.y + off.y}), s.kind);
  }

  void strands() {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<const Strand*>> pairs;
    for (const Strand& s : all.strands) pairs[std::minmax(s.from, s.to)].push_back(&s);
    for (const auto& [pair, together] : pairs)
      for (std::size_t i = 0; i < together.size(); ++i) {
        const double aside =
            (static_cast<double>(i) - static_cast<double>(together.size() - 1) / 2) * 10;
        strand(*together[i], together[i]->from < together[i]->to ? aside : -aside);
      }
  }

  void rect(Point middle, double width, double height, bool dashed, Ink stroke = Ink::line) {
    const Point m = at(middle);
    picture.shapes.emplace_back(PictureRect{.x = m.x - width / 2,
                                            .y = m.y - height / 2,
                                            .width = width,
                                            .height = height,
                                            .stroke = stroke,
                                            .stroke_width = 1.2,
                                            .dashed = dashed,
                                            .radius = 7});
  }

  void spot(const Spot& s) {
    const double top = s.middle.y - s.height / 2;
    double lines_top = top + agency_padding - 2;
    if (s.person) {
      lines_top = top + symbol_size + 2;
      const double height = height_of(s.lines, letter_size);
      // Letters stay readable where a line passes behind them.
      rect({s.middle.x, lines_top + height / 2}, width_of(s.lines, letter_size), height, false,
           Ink::paper);
      add_symbol(picture, at(s.heart()), all.kin.people[*s.person]);
    } else {
      rect(s.middle, s.width, s.height, false);
      if (s.lead) rect(s.middle, s.width - 6, s.height - 6, false);
    }
    add_lines(picture, at({s.middle.x, lines_top}), s.lines, letter_size);
  }
};

std::vector<KeyEntry> key_of(const Gathering& all) {
  std::vector<KeyEntry> key;
  for (const std::string_view kind : {"strong", "weak", "stressful", ""})
    if (std::ranges::find(all.strands, kind, &Strand::kind) != all.strands.end())
      key.push_back({.kind = KeyEntry::Kind::tie,
                     .word = std::string{kind},
                     .text = all.language.say("kin.key." +
                                              std::string{kind.empty() ? "plain" : kind})});
  if (all.kin.household_known())
    key.push_back(
        {.kind = KeyEntry::Kind::household, .text = all.language.say("kin.key.household")});
  if (std::ranges::any_of(all.around.outside, &Spot::lead))
    key.push_back({.kind = KeyEntry::Kind::lead, .text = all.language.say("kin.key.lead")});
  key.push_back({.person = {.sex = all.kin.people[*all.kin.child].sex, .child = true},
                 .text = all.language.say("kin.key.child")});
  return key;
}

}  // namespace

Picture ecomap(const Assessment& assessment, const Language& language) {
  Gathering all{assessment, language};
  all.add_household();
  all.add_others();
  all.add_agencies();
  all.add_ties();
  place(all.around, all.strands);

  const Around& around = all.around;
  Picture picture;
  picture.width = around.high.x - around.low.x + 2 * margin;
  picture.height = around.high.y - around.low.y + 2 * margin;
  picture.title =
      language.say("kin.ecomap", {{"child", all.kin.people[*all.kin.child].name}});
  picture.description = all.words;
  Drawer drawer{all, picture, {margin - around.low.x, margin - around.low.y}};
  if (all.kin.household_known())
    drawer.rect({}, 2 * around.household.x, 2 * around.household.y, true);
  drawer.strands();
  for (const Spot& spot : around.inside) drawer.spot(spot);
  for (const Spot& spot : around.outside) drawer.spot(spot);
  add_key(picture, key_of(all));
  return picture;
}

}  // namespace gcp2
