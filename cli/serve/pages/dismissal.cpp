// A supervisor dismisses what is indicated in a draft, with a reason that is kept and shown.
#include <algorithm>

#include "../../phrase.h"
#include "../answers.h"
#include "../members.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404;

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

/// The draft of the path with the indication that it says, or what is answered instead.
struct Open {
  std::optional<Answer> instead = {};
  std::unique_ptr<Told> told = {};
  const Indication* indication = nullptr;
};

Open opened(const Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return {problem(visit, record.error())};
  if (record->assessment.is_signed) return {problem(visit, {.why = Why::is_signed})};
  auto series = told(visit, visit.visitor.person->child_of.at(visit.id()), visit.id());
  if (!series) return {problem(visit, series.error())};
  const auto& all = (*series)->indicated;
  const auto found = std::ranges::find_if(all, [&](const Indication& each) {
    return each.rule->id == visit.parts[1] && each.rule->level != IndicationLevel::strength;
  });
  if (found == all.end()) return {problem(visit, not_found, phrase("serve.not_indicated"))};
  return {{}, *std::move(series), &*found};
}

Answer shown_indication(const Visit& visit, const Open& open, const std::vector<Slip>& slips) {
  const Record& record = open.told->records.back();
  const IndicationRule& rule = *open.indication->rule;
  const std::string level{name_of(rule.level)};
  Shown content = shown({{"record", visit.id().text()},
                         {"child", name_of_child(record)},
                         {"window", window_of(record)},
                         {"rule", rule.id},
                         {"class", level},
                         {"level", phrase("serve.level." + level)},
                         {"says", rule.says},
                         {"dismissed", dismissal_of(*open.indication, *open.told)}});
  show_urgent(content, visit, *open.told);
  return page(visit, "dismissal", phrase("serve.dismissal"), content, slips);
}

Value with_dismissal(Value document, const std::string& rule, std::string_view reason,
                     const std::string& name) {
  const std::string by = assessor_ref(document, name);
  Value entry = Value::object();
  entry.set("indication", Value::text(rule));
  entry.set("by", Value::text(by));
  entry.set("reason", Value::text(std::string{reason}));
  list_in(document, "dismissed").push_back(std::move(entry));
  return document;
}

Value without_dismissal(Value document, const std::string& rule) {
  Value* list = document.find("dismissed");
  if (list == nullptr || !list->is_list()) return document;
  std::erase_if(list->items(),
                [&](const Value& each) { return each.text_at("indication") == rule; });
  if (list->items().empty()) document.erase("dismissed");
  return document;
}

}  // namespace

Answer dismissal_page(Visit& visit) {
  Open open = opened(visit);
  return open.instead ? *std::move(open.instead) : shown_indication(visit, open, {});
}

Answer dismiss(Visit& visit) {
  Open open = opened(visit);
  if (open.instead) return *std::move(open.instead);
  const std::string& rule = open.indication->rule->id;
  const Value& before = open.told->records.back().document;
  Value changed = without_dismissal(before, rule);
  if (visit.form.text("take_back") != "yes") {
    const std::string_view reason = visit.form.text("words");
    if (open.indication->dismissed != nullptr)
      return shown_indication(visit, open, {{"", phrase("serve.dismissed_already")}});
    if (blank(reason))
      return shown_indication(visit, open, {{"words", phrase("serve.need_dismissal")}});
    changed = with_dismissal(std::move(changed), rule, reason, visit.desk().account().name);
  }
  const auto done = visit.desk().save_draft(before, changed, visit.purpose());
  return done ? see("/records/" + visit.id().text() + "/check#indications")
              : problem(visit, done.error());
}

}  // namespace gcp2::cli::web
