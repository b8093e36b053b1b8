#include "gcp2/training_report.h"
#include "report/training_words.h"
#include "report/words.h"

namespace gcp2 {
namespace {

/// Numbered as people speak of them in the room.
Facts numbered(const std::vector<std::string>& lines) {
  Facts facts;
  for (std::size_t i = 0; i < lines.size(); ++i)
    facts.rows.emplace_back(std::to_string(i + 1), lines[i]);
  return facts;
}

Facts child_facts(const Language& language, const Case& told, const CaseProfile& profile) {
  Facts facts{
      {{language.say("case.child"),
        language.say("case.child_says", {{"name", profile.child.name},
                                         {"age", words::age(language, profile.age_months)},
                                         {"ref", profile.child.ref}})},
       {language.say("case.window"),
        language.say("case.window_says", {{"from", words::date(language, profile.window_from)},
                                          {"to", words::date(language, profile.window_to)}})},
       {language.say("case.profile"), profile.id},
       {language.say("case.instrument"), told.instrument->id + " " + told.instrument->version}}};
  std::vector<std::string> conditions;
  for (const std::string& name : profile.child.conditions)
    conditions.push_back(language.say("condition." + name));
  if (!conditions.empty())
    facts.rows.emplace_back(language.say("case.conditions"), words::list(language, conditions));
  return facts;
}

Items key_items(const Language& language, const Instrument& instrument,
                const CaseProfile& profile) {
  Items items;
  for (const KeyEntry& entry : profile.key) {
    std::string text = words::node(instrument, entry.node) + ": " +
                       words::grade_or_none(language, instrument, entry.grade);
    for (const std::string& line : training_words::reasons(language, entry)) text += "\n" + line;
    items.items.push_back(std::move(text));
  }
  return items;
}

}  // namespace

View case_list_view(const std::vector<Case>& cases, const Language& language) {
  View view;
  view.language = std::string{language.tag()};
  view.title = language.say("case.list_title");
  Items items;
  for (const Case& each : cases) {
    std::string text =
        language.say("case.listed", {{"id", each.id}, {"title", each.title}}) + "\n" + each.about;
    if (each.profiles.size() > 1) {
      std::vector<std::string> ids;
      for (const CaseProfile& profile : each.profiles) ids.push_back(profile.id);
      text += "\n" + language.say("case.profiles", {{"profiles", words::joined(ids, ", ")}});
    }
    items.items.push_back(std::move(text));
  }
  view.blocks.emplace_back(std::move(items));
  view.blocks.emplace_back(Paragraph{language.say("case.list_end")});
  return view;
}

View case_view(const Case& told, const CaseProfile* only, bool with_key, const Language& language) {
  View view;
  view.language = std::string{language.tag()};
  view.title = told.title;
  view.identity = language.say("case.identity", {{"id", told.id}});
  const auto add = [&view](Block block) { view.blocks.push_back(std::move(block)); };
  if (with_key) add(Notice{Notice::Kind::warning, language.say("case.with_key"), {told.about}});
  for (const CaseProfile& profile : told.profiles) {
    if (only != nullptr && &profile != only) continue;
    add(Heading{2, profile.title});
    add(child_facts(language, told, profile));
    add(Heading{3, language.say("case.lines")});
    add(numbered(profile.vignette));
    if (!with_key) continue;
    add(Heading{3, language.say("case.key")});
    add(key_items(language, *told.instrument, profile));
  }
  if (with_key) {
    add(Heading{2, language.say("case.discussion")});
    add(Items{told.discussion});
    add(Heading{2, language.say("case.facilitator")});
    add(Items{told.facilitator});
    add(Paragraph{language.say("training.one_expert")});
  } else {
    add(Paragraph{language.say("case.how_to_grade")});
  }
  return view;
}

}  // namespace gcp2
