// A redacted record holds nothing that the list of identifying fields names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "gcp2/json.h"
#include "gcp2/report.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

using testing::HasSubstr;
using testing::Not;

enum class Holds { identity, words, neither };

/// Every text of the format, and what redaction must make of it. A field that is new in the format
/// fails the test until somebody decides.
const std::map<std::string, Holds>& fields() {
  using enum Holds;
  static const std::map<std::string, Holds> all{
      {"/format", neither},
      {"/id", identity},
      {"/supersedes", identity},
      {"/instrument/id", neither},
      {"/instrument/version", neither},
      {"/instrument/digest", neither},
      {"/status", neither},
      {"/signed/by", identity},
      {"/signed/at", neither},
      {"/child/ref", identity},
      {"/child/family", identity},
      {"/child/name", identity},
      {"/child/date_of_birth", identity},
      {"/child/expected_date", identity},
      {"/child/upn", identity},
      {"/child/nhs_number", identity},
      {"/child/conditions", words},
      {"/carers/ref", identity},
      {"/carers/name", identity},
      {"/carers/relationship", words},
      {"/assessors/ref", identity},
      {"/assessors/name", identity},
      {"/assessors/role", words},
      {"/assessors/agency", identity},
      {"/assessors/trained_on", neither},
      {"/lead_professional", identity},
      {"/agencies/name", identity},
      {"/agencies/involvement", words},
      {"/agencies/since", neither},
      {"/window/from", neither},
      {"/window/to", neither},
      {"/consent/state", neither},
      {"/consent/on", neither},
      {"/consent/reason", words},
      {"/observations/node", neither},
      {"/observations/by", identity},
      {"/observations/evidence/kind", neither},
      {"/observations/evidence/on", neither},
      {"/observations/evidence/text", words},
      {"/observations/not_graded", neither},
      {"/observations/reason", words},
      {"/observations/comment", words},
      {"/judgements/node", neither},
      {"/judgements/reason", words},
      {"/judgements/by", identity},
      {"/comments/node", neither},
      {"/comments/text", words},
      {"/comments/by", identity},
      {"/views/child", words},
      {"/views/carers", words},
      {"/views/practitioner", words},
      {"/targets/node", neither},
      {"/targets/review_by", neither},
      {"/targets/support", words},
      {"/dismissed/indication", neither},
      {"/dismissed/by", identity},
      {"/dismissed/reason", words},
      {"/review_on", neither},
      {"/family/members/ref", identity},
      {"/family/members/name", identity},
      {"/family/members/sex", neither},
      {"/family/members/born", identity},
      {"/family/members/died", identity},
      {"/family/members/carer", identity},
      {"/family/unions/between", identity},
      {"/family/unions/children", identity},
      {"/family/unions/kind", neither},
      {"/family/unions/twins/children", identity},
      {"/family/ties/from", identity},
      {"/family/ties/to", identity},
      {"/family/ties/kind", neither},
      {"/events/on", neither},
      {"/events/text", words},
      {"/earlier", identity},
      {"/training/case", neither},
      {"/training/profile", neither},
  };
  return all;
}

void collect(const Shape& shape, const std::string& place, std::vector<std::string>& out) {
  using enum Field::Kind;
  for (const Field& field : shape.fields) {
    const std::string here = place + "/" + std::string{field.key};
    if (field.shape != nullptr)
      collect(*field.shape, here, out);
    else if (field.kind != flag && field.kind != grade)
      out.push_back(here);
  }
}

TEST(Redact, EveryTextOfTheFormatIsDecidedUpon) {
  std::vector<std::string> all;
  collect(assessment_shape(), "", all);
  std::vector<std::string> decided;
  for (const auto& [field, holds] : fields()) decided.push_back(field);
  EXPECT_THAT(all, testing::UnorderedElementsAreArray(decided));
}

/// A record whose every text is "secretN", where texts that people write hold the child's name too.
std::string text_for(const std::string& place, const Field& field) {
  using enum Field::Kind;
  if (!field.words.empty()) return std::string{field.words.front()};
  if (field.kind == date) return place.ends_with("date_of_birth") ? "2018-03-09" : "2026-01-07";
  if (field.kind == instant) return "2026-01-23T10:00:00Z";
  if (field.kind == uuid) return "7b0c5a54-3f0e-4c39-9a55-6f6d0c6a1b11";
  if (place == "/child/name") return "Zebedee Quillfeather";
  if (place == "/child/nhs_number") return "9990000018";
  if (fields().at(place) == Holds::words)
    return "then zebedee met Quillfeather, born 9 March 2018 (9/3/2018), 999 000 0018.";
  std::string secret = "secret" + place;
  std::ranges::replace(secret, '/', '_');
  return secret;
}

Value filled(const Shape& shape, const std::string& place) {
  using enum Field::Kind;
  Value whole = Value::object();
  for (const Field& field : shape.fields) {
    const std::string here = place + "/" + std::string{field.key};
    const auto list_of = [](Value item) {
      Value list = Value::list();
      list.items().push_back(std::move(item));
      return list;
    };
    Value value;
    if (field.shape != nullptr)
      value = filled(*field.shape, here);
    else if (field.kind == flag)
      value = Value::boolean(true);
    else if (field.kind == grade)
      value = Value::number(std::int64_t{3});
    else
      value = Value::text(text_for(here, field));
    const bool many = field.kind == objects || field.kind == texts;
    whole.set(field.key, many ? list_of(std::move(value)) : std::move(value));
  }
  return whole;
}

/// Everything that an assessment holds, as one text.
std::string everything(const Assessment& a) {
  std::string all;
  const auto add = [&all](const auto&... texts) { ((all += std::string{texts} + "\n"), ...); };
  const auto day = [&add](const std::optional<Date>& d) { add(d ? d->text() : ""); };
  add(a.id, a.supersedes, a.child.ref, a.child.family, a.child.name, a.child.nhs_number,
      a.child.upn, a.lead_professional, a.consent_state, a.consent_reason, a.views.child,
      a.views.carers, a.views.practitioner);
  day(a.child.date_of_birth);
  day(a.child.expected_date);
  for (const auto& c : a.carers) add(c.ref, c.name, c.relationship);
  for (const auto& p : a.assessors) add(p.ref, p.name, p.role, p.agency);
  for (const auto& g : a.agencies) add(g.name, g.involvement);
  for (const auto& o : a.observations) {
    add(o.node, o.reason, o.by, o.comment);
    for (const auto& e : o.evidence) add(e.kind, e.text);
  }
  for (const auto& j : a.judgements) add(j.reason, j.by);
  for (const auto& c : a.comments) add(c.text, c.by);
  for (const auto& t : a.targets) add(t.support);
  for (const auto& d : a.dismissed) add(d.reason, d.by);
  for (const auto& m : a.family.members) {
    add(m.ref, m.name, m.carer);
    day(m.born);
    day(m.died);
  }
  for (const auto& t : a.family.ties) add(t.from, t.to);
  for (const auto& e : a.events) add(e.text);
  for (const auto& e : a.earlier) add(e);
  return all;
}

/// Records of one child; the last one's first dismissal is of what is indicated.
Redacted of(const std::vector<Assessment>& records, Indication indicated = {}) {
  static const Sheet sheet;
  static const Scorecard card;
  Comparison comparison;
  for (const Assessment& a : records)
    comparison.points.push_back(
        {gcp_instrument(), gcp_instrument().rules.front(), a, sheet, card, "robin.json"});
  if (!records.back().dismissed.empty()) indicated.dismissed = &records.back().dismissed.front();
  return redacted(comparison, {indicated});
}
Assessment redacted_alone(const Assessment& a) { return of({a}).records.front(); }
std::string taken_out(const std::string& name, const std::string& text) {
  Assessment a;
  a.child.name = name;
  a.comments = {{"A1", text, ""}};
  return redacted_alone(a).comments.front().text;
}

TEST(Redact, NothingThatIdentifiesStays) {
  Findings findings;
  const Assessment whole = read_assessment(filled(assessment_shape(), ""), findings);
  const std::string before = everything(whole);
  const std::string after = everything(redacted_alone(whole));
  for (const auto& [field, holds] : fields()) {
    if (holds != Holds::identity) continue;
    std::string secret = "secret" + field;
    std::ranges::replace(secret, '/', '_');
    if (before.find(secret) == std::string::npos) continue;
    EXPECT_THAT(after, Not(HasSubstr(secret))) << field;
  }
  for (const char* identity : {"Zebedee", "zebedee", "Quillfeather", "9990000018", "999 000 0018",
                               "2018-03-09", "9/3/2018", "9 March 2018", "7b0c5a54"}) {
    EXPECT_THAT(before, HasSubstr(identity));
    EXPECT_THAT(after, Not(HasSubstr(identity)));
  }
}

TEST(Redact, KeepsWhatPeopleWroteOtherwise) {
  Findings findings;
  const Assessment a = redacted_alone(read_assessment(filled(assessment_shape(), ""), findings));
  EXPECT_EQ(a.comments.at(0).text, "then […] met […], born […] ([…]), […].");
  EXPECT_EQ(a.observations.at(0).grade, Grade::from(3));
}

TEST(Redact, PartsOfOtherWordsStay) {
  EXPECT_EQ(taken_out("Sam Ann", "The same annual sample, said SAM and Ann's aunt. Sam"),
            "The same annual sample, said […] and […]'s aunt. […]");
}

TEST(Redact, NamesAreFoundHoweverTheyAreWritten) {
  const std::string name = "Róisín O'Brien-Example";
  for (const char* written :
       {"Róisín", "ROISIN", "RÓISÍN", "roisin", "Ro\u0301isi\u0301n", "Róisíns", "Rói\u200bsín",
        "O'Brien", "O\u2019Brien", "OBRIEN", "Róisín O\u2019Brien-Example"})
    EXPECT_EQ(taken_out(name, std::string{"then "} + written + " left"), "then […] left") << written;
  EXPECT_EQ(taken_out(name, "\u201cRóisín\u201d\u2014roisin\u2026"), "\u201c[…]\u201d\u2014[…]\u2026");
  EXPECT_EQ(taken_out("Zoë Łuczak", "zoe and LUCZAK, but zoetic"), "[…] and […], but zoetic");
  EXPECT_EQ(taken_out("Анна", "АННА, анна"), "[…], […]");
}

TEST(Redact, DatesOfBirthAreFoundHoweverTheyAreWritten) {
  Assessment a;
  a.child.date_of_birth = Date::parse("2017-06-21");
  for (const char* written : {"2017-06-21", "21/06/2017", "21.6.17", "21 June 2017", "21st June 2017",
                              "21st of June", "June 21st, 2017", "Jun 21 2017", "June 2017"}) {
    a.comments = {{"A1", std::string{"born "} + written + ".", ""}};
    EXPECT_EQ(redacted_alone(a).comments.front().text, "born […].") << written;
  }
}

TEST(Redact, NamesOfOneRecordAreFoundInAllRecords) {
  Assessment first;
  first.carers = {{"K1", "Old Carer", "aunt"}};
  Assessment second;
  second.events = {{Date::parse("2026-02-01"), "Carer left."}};
  EXPECT_EQ(of({first, second}).records.back().events.front().text, "[…] left.");
}

TEST(Redact, PeopleHaveOneAliasInAllRecords) {
  Assessment first;
  first.assessors = {{"Ms Smith", "A. Smith", "teacher", "school", {}}, {"Nan", "B. Jones", "", "", {}}};
  first.observations.resize(1);
  first.observations.front().by = "Nan";
  first.observations.front().comment = "said by Nan";
  Assessment second;
  second.assessors = {{"P9", "b. jones", "", "", {}}};
  second.lead_professional = "P9";
  const Redacted all = of({first, second});
  EXPECT_EQ(all.records[0].observations.front().by, "P2");
  EXPECT_EQ(all.records[0].observations.front().comment, "said by […]");
  EXPECT_EQ(all.records[1].lead_professional, "P2");
  EXPECT_EQ(all.comparison.points[1].file, "");
}

TEST(Redact, WhatWasFoundInTheWholeRecordsStays) {
  Assessment a;
  a.child.name = "Sam Example";
  a.dismissed = {{"start_again", "P1", "Sam moved"}};
  Indication indicated;
  IndicationStep step{};
  step.of = IndicationStep::Of::profile;
  step.word = "7b0c5a54";
  indicated.steps = {step};
  const Redacted all = of({a}, indicated);
  ASSERT_EQ(all.indications.size(), 1U);
  EXPECT_EQ(all.indications.front().steps.front().word, "");
  EXPECT_EQ(all.indications.front().dismissed, &all.records.front().dismissed.front());
  EXPECT_EQ(all.indications.front().dismissed->reason, "[…] moved");
}

TEST(Redact, NobodyIsTiedToAnAgencyWithoutAName) {
  Assessment a;
  a.family.members.resize(2);
  a.family.members[0].ref = "M1";
  a.family.members[1].ref = "Nan";
  a.family.ties = {{"M1", "St Example's", "strong"}, {"M1", "Nan", "weak"}};
  const Family family = redacted_alone(a).family;
  ASSERT_EQ(family.ties.size(), 1U);
  EXPECT_EQ(family.ties.front().to, family.members.back().ref);
  EXPECT_EQ(family.members.back().ref, "M2");
}

}  // namespace
}  // namespace gcp2::test
