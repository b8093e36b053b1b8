#include "gcp2/training_files.h"
#include "json/forms.h"

namespace gcp2 {
namespace {

using forms::instrument_form;
using forms::whole;
using forms::word;

Value texts(const std::vector<std::string>& list) {
  Value form = Value::list();
  for (const std::string& text : list) form.items().push_back(word(text));
  return form;
}

Value key_form(const Instrument& instrument, const KeyEntry& entry) {
  Value form = Value::object();
  form.set("node", word(instrument.node(entry.node).code));
  if (!entry.grade) {
    form.set("cannot", word(entry.cannot));
    return form;
  }
  form.set("grade", whole(entry.grade->number()));
  form.set("rationale", word(entry.rationale));
  Value& lines = form.set("lines", Value::list());
  for (const std::size_t line : entry.lines) lines.items().push_back(whole(line));
  form.set("quotes", texts(entry.quotes));
  return form;
}

Value profile_form(const Instrument& instrument, const CaseProfile& profile, bool with_key) {
  Value form = Value::object();
  form.set("id", word(profile.id));
  form.set("title", word(profile.title));
  form.set("child", told_child(profile.child));
  form.set("window", told_window(profile));
  form.set("age_months", whole(profile.age_months));
  form.set("vignette", texts(profile.vignette));
  if (!with_key) return form;
  Value& key = form.set("key", Value::list());
  for (const KeyEntry& entry : profile.key) key.items().push_back(key_form(instrument, entry));
  return form;
}

}  // namespace

Value case_list_document(const std::vector<Case>& cases) {
  Value document = Value::object();
  document.set("format", word("gcp2/case-list/1"));
  Value& list = document.set("cases", Value::list());
  for (const Case& each : cases) {
    Value form = Value::object();
    form.set("case", word(each.id));
    form.set("title", word(each.title));
    form.set("about", word(each.about));
    form.set("instrument", instrument_form(*each.instrument));
    Value& profiles = form.set("profiles", Value::list());
    for (const CaseProfile& profile : each.profiles) {
      Value entry = Value::object();
      entry.set("id", word(profile.id));
      entry.set("title", word(profile.title));
      entry.set("lines", whole(profile.vignette.size()));
      entry.set("leaves", whole(profile.key.size()));
      profiles.items().push_back(std::move(entry));
    }
    list.items().push_back(std::move(form));
  }
  return document;
}

Value told_case_document(const Case& told, const CaseProfile* only, bool with_key) {
  Value document = Value::object();
  document.set("format", word("gcp2/case-told/1"));
  document.set("case", word(told.id));
  document.set("title", word(told.title));
  document.set("instrument", instrument_form(*told.instrument));
  Value& profiles = document.set("profiles", Value::list());
  for (const CaseProfile& profile : told.profiles)
    if (only == nullptr || &profile == only)
      profiles.items().push_back(profile_form(*told.instrument, profile, with_key));
  if (!with_key) return document;
  document.set("about", word(told.about));
  document.set("discussion", texts(told.discussion));
  document.set("facilitator", texts(told.facilitator));
  return document;
}

}  // namespace gcp2
