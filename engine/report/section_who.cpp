#include <algorithm>

#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

std::string joined(const Language& language, std::vector<std::string> parts) {
  std::erase(parts, std::string{});
  return parts.empty() ? language.say("report.none") : words::list(language, parts);
}

std::string carers(const ReportInput& input) {
  const Language& language = input.language;
  std::vector<std::string> all;
  for (const Carer& carer : latest(input).assessment.carers) {
    std::string who = carer.name.empty() ? carer.relationship
                      : carer.relationship.empty()
                          ? carer.name
                          : language.say("report.carer", {{"name", carer.name},
                                                          {"relationship", carer.relationship}});
    if (carer.main) who = language.say("report.main_carer", {{"carer", who}});
    all.push_back(std::move(who));
  }
  return joined(language, std::move(all));
}

std::string assessors(const ReportInput& input) {
  std::vector<std::string> all;
  for (const Assessor& assessor : latest(input).assessment.assessors) {
    std::string who = assessor.name;
    for (const std::string& more : {assessor.role, assessor.agency})
      if (!more.empty()) who += who.empty() ? more : ", " + more;
    all.push_back(std::move(who));
  }
  return all.size() < 2 ? joined(input.language, std::move(all)) : words::joined(all, "; ");
}

std::string agencies(const ReportInput& input) {
  std::vector<std::string> all;
  for (const Agency& agency : latest(input).assessment.agencies) {
    std::string what = agency.name;
    if (!agency.involvement.empty()) what += (what.empty() ? "" : ": ") + agency.involvement;
    if (agency.since)
      what = input.language.say(
          "report.agency_since",
          {{"agency", what}, {"since", words::date(input.language, agency.since)}});
    all.push_back(std::move(what));
  }
  return all.size() < 2 ? joined(input.language, std::move(all)) : words::joined(all, "; ");
}

std::string consent(const ReportInput& input) {
  const Assessment& a = latest(input).assessment;
  const Language& language = input.language;
  const std::string key = "consent." + (a.consent_state.empty() ? "none" : a.consent_state);
  const std::string state = Language::english().has(key) ? language.say(key) : a.consent_state;
  if (!a.consent_reason.empty())
    return language.say("report.consent_reason", {{"state", state}, {"reason", a.consent_reason}});
  if (!a.consent_on) return state;
  return language.say("report.consent_on",
                      {{"state", state}, {"on", words::date(language, a.consent_on)}});
}

std::string status(const ReportInput& input, std::size_t point) {
  const ScoredRecord& record = input.indicated.comparison.points[point];
  const Assessment& a = record.assessment;
  if (!a.is_signed || !a.signature) return input.language.say("record.draft");
  return input.language.say(
      is_superseded(input, point) ? "report.signed_superseded" : "report.signed",
      {{"by", assessor_name(input, record, a.signature->by)},
       {"on", words::date(input.language,
                          a.signature->at ? std::optional{a.signature->at->date} : std::nullopt)}});
}

std::string window(const Language& language, const Assessment& a) {
  return language.say("report.window_of", {{"from", words::date(language, a.window_from)},
                                           {"to", words::date(language, a.window_to)}});
}

}  // namespace

const ScoredRecord& latest(const ReportInput& input) {
  return input.indicated.comparison.points.back();
}

bool is_superseded(const ReportInput& input, std::size_t point) {
  return point < input.superseded.size() && input.superseded[point];
}

std::string child_name(const ReportInput& input) {
  if (input.redacted) return input.language.say("report.child_redacted");
  const Child& child = latest(input).assessment.child;
  if (child.name.empty())
    return child.ref.empty() ? input.language.say("report.child_unnamed") : child.ref;
  if (child.ref.empty()) return child.name;
  return input.language.say("report.name_and_reference",
                            {{"name", child.name}, {"ref", child.ref}});
}

std::string assessor_name(const ReportInput& input, const ScoredRecord& record,
                          std::string_view ref) {
  const auto& all = record.assessment.assessors;
  const auto found = std::ranges::find(all, ref, &Assessor::ref);
  if (found == all.end())
    return input.redacted && !ref.empty() ? input.language.say("report.someone_withheld")
                                          : std::string{ref};
  if (!found->name.empty()) return found->name;
  if (!found->role.empty()) return found->role;
  return input.redacted ? input.language.say("report.someone_withheld") : std::string{ref};
}

void warnings(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const auto add = [&](std::string_view title, std::string line) {
    view.blocks.emplace_back(Notice{Notice::Kind::warning, language.say(title), {std::move(line)}});
  };
  const ScoredRecord& record = latest(input);
  const auto& points = input.indicated.comparison.points;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (is_superseded(input, i))
      add("report.superseded_title",
          language.say("report.superseded",
                       {{"from", words::date(language, points[i].assessment.window_from)},
                        {"to", words::date(language, points[i].assessment.window_to)}}));
  if (input.left_out != 0)
    add("report.left_out_title",
        language.say("report.left_out", {{"count", std::to_string(input.left_out)}}));
  if (!record.assessment.is_signed) add("report.draft_title", language.say("report.draft"));
  if (record.rule.name != record.instrument.default_rule)
    add("report.teaching_title",
        language.say("report.teaching",
                     {{"rule", record.rule.name}, {"own", record.instrument.default_rule}}));
  if (input.redacted) add("report.redacted_title", language.say("report.redacted"));
  if (input.without_others)
    add("report.without_others_title", language.say("report.without_others"));
}

void who(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const ScoredRecord& record = latest(input);
  const Assessment& a = record.assessment;
  view.blocks.emplace_back(Heading{2, language.say("report.who")});
  Facts facts;
  const auto add = [&](std::string_view key, std::string text) {
    facts.rows.emplace_back(language.say(key), std::move(text));
  };
  add("report.child", child_name(input));
  const bool unborn = !a.child.date_of_birth && a.child.expected_date;
  if (input.redacted) {
    add("report.age", words::years(language, record.sheet.age_months));
  } else {
    add("report.age",
        unborn ? language.say("age.unborn") : words::age(language, record.sheet.age_months));
    if (unborn)
      add("report.expected", words::date(language, a.child.expected_date));
    else
      add("report.born", words::date(language, a.child.date_of_birth));
  }
  if (!a.child.conditions.empty()) {
    std::vector<std::string> conditions;
    for (const std::string& condition : a.child.conditions)
      conditions.push_back(condition_from(condition) ? language.say("condition." + condition)
                                                     : condition);
    add("report.conditions", words::list(language, conditions));
  }
  add("report.carers", carers(input));
  add("report.window", window(language, a));
  add("report.assessors", assessors(input));
  add("report.lead", a.lead_professional.empty()
                         ? language.say("report.none")
                         : assessor_name(input, record, a.lead_professional));
  add("report.agencies", agencies(input));
  add("report.consent", consent(input));
  const auto& points = input.indicated.comparison.points;
  add("report.status", status(input, points.size() - 1));
  if (points.size() > 1) {
    std::vector<std::string> records;
    for (std::size_t i = 0; i < points.size(); ++i)
      records.push_back(language.say(
          "report.record_of", {{"from", words::date(language, points[i].assessment.window_from)},
                               {"to", words::date(language, points[i].assessment.window_to)},
                               {"status", status(input, i)}}));
    add("report.records", words::joined(records, "; "));
  }
  add("report.instrument",
      record.instrument.id + " " + record.instrument.version + ": " + record.instrument.title);
  add("report.rule", record.rule.name + ", " + words::provenance(language, record.rule.source));
  if (a.review_on) add("report.review", words::date(language, a.review_on));
  view.blocks.emplace_back(std::move(facts));
}

}  // namespace gcp2::sections
