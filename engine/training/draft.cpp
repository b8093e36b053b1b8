#include "gcp2/training.h"

namespace gcp2 {
namespace {

Value text(std::string_view text) { return Value::text(std::string{text}); }

}  // namespace

Value told_child(const Child& child) {
  Value form = Value::object();
  const auto set = [&form](std::string_view key, const std::string& value) {
    if (!value.empty()) form.set(key, text(value));
  };
  set("ref", child.ref);
  set("family", child.family);
  set("name", child.name);
  set("nhs_number", child.nhs_number);
  set("upn", child.upn);
  if (child.date_of_birth) set("date_of_birth", child.date_of_birth->text());
  if (child.expected_date) set("expected_date", child.expected_date->text());
  // Said also where there are none, so that nobody is asked.
  Value& conditions = form.set("conditions", Value::list());
  for (const std::string& condition : child.conditions)
    conditions.items().push_back(text(condition));
  return form;
}

Value told_window(const CaseProfile& profile) {
  Value form = Value::object();
  if (profile.window_from) form.set("from", text(profile.window_from->text()));
  if (profile.window_to) form.set("to", text(profile.window_to->text()));
  return form;
}

Value training_draft(const ToldCase& told, std::string id, std::string trainee) {
  constexpr const char* only_assessor = "P1";
  const Instrument& instrument = *told.told->instrument;
  const CaseProfile& profile = *told.profile;
  Value draft = Value::object();
  draft.set("format", text(assessment_format));
  draft.set("id", Value::text(std::move(id)));
  Value& training = draft.set("training", Value::object());
  training.set("case", text(told.told->id));
  training.set("profile", text(profile.id));
  Value& named = draft.set("instrument", Value::object());
  named.set("id", text(instrument.id));
  named.set("version", text(instrument.version));
  named.set("digest", text(instrument.digest));
  draft.set("status", text("draft"));
  draft.set("child", told_child(profile.child));
  Value assessor = Value::object();
  assessor.set("ref", text(only_assessor));
  assessor.set("name", Value::text(std::move(trainee)));
  draft.set("assessors", Value::list()).items().push_back(std::move(assessor));
  draft.set("lead_professional", text(only_assessor));
  draft.set("window", told_window(profile));
  Value& consent = draft.set("consent", Value::object());
  consent.set("state", text("not_sought"));
  consent.set("reason", text("training"));
  return draft;
}

}  // namespace gcp2
