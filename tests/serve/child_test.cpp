// A child's page with its pictures, and records of a child side by side.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "support/records.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;

/// Signed: one grade of each sub-area, its window beginning and ending on those days.
Value signed_record(int id, std::string_view from, std::string_view to, const std::string& name) {
  Value document = sample({.id = uuid(id), .ref = "C-7", .name = name, .is_signed = true});
  Value window = Value::object();
  window.set("from", Value::text(std::string{from}));
  window.set("to", Value::text(std::string{to}));
  document.set("window", std::move(window));
  Value is_signed = Value::object();
  is_signed.set("by", Value::text("P2"));
  is_signed.set("at", Value::text(std::string{to} + "T12:00:00Z"));
  document.set("signed", std::move(is_signed));
  document.set("review_on", Value::text("2026-12-01"));
  Value targets = *document.find("targets");
  for (Value& target : targets.items()) target.set("review_by", Value::text("2026-11-30"));
  document.set("targets", std::move(targets));
  return document;
}

class Child : public testing::Test {
 protected:
  Child() {
    school.employ("tea", Role::practitioner);
    school.employ("tom", Role::practitioner);
    school.employ("rita", Role::reader);
    at.site.printing.pictures = [](const Assessment&) {
      FamilyPictures out;
      out.genogram = Picture{100, 100, "Family tree", "Robin lives with a <parent>.", {}};
      return out;
    };
    keep(7, "2026-01-12", "2026-02-06");
    keep(8, "2026-04-20", "2026-05-15");
    id = allowed(school.at("tea").find({.ref = "C-7"}, {})).id;
    way = "/children/" + id.text();
    (void)tea.log_in("tea");
  }
  void keep(int record, std::string_view from, std::string_view to,
            const std::string& name = "Robin Example") {
    (void)allowed(
        school.at("tea").add(signed_record(record, from, to, name), shipped_instruments(), {}));
  }

  School school;
  SchoolSite at{school};
  Browser tea{at.site};
  Id id;
  std::string way;
};

TEST_F(Child, ShowsGradesOverTimeTargetsPeopleAndFamily) {
  const Answer page = tea.get(way);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<img class=\"picture\" src=\"" + way + "/over-time.svg\""));
  EXPECT_THAT(page.body, HasSubstr("<li>A Physical care"));
  EXPECT_THAT(page.body, HasSubstr("Targets agreed, and what became of them"));
  EXPECT_THAT(page.body, HasSubstr("designated safeguarding lead"));
  EXPECT_THAT(page.body, HasSubstr("Parent Example (mother), main carer"));
  EXPECT_THAT(page.body, HasSubstr(way + "/family/genogram.svg"));
  EXPECT_THAT(page.body, HasSubstr("Robin lives with a &lt;parent&gt;."));
  EXPECT_THAT(page.body, HasSubstr(way + "/compare"));
  EXPECT_LT(page.body.size(), 20'000U);
}

TEST_F(Child, PicturesRunAndLoadNothing) {
  for (const char* file : {"/over-time.svg", "/family/genogram.svg"}) {
    const Answer drawn = tea.get(way + file);
    EXPECT_EQ(drawn.status, 200) << file;
    EXPECT_EQ(header_of(drawn, "Content-Type"), "image/svg+xml");
    EXPECT_EQ(header_of(drawn, "Cache-Control"), "no-store");
    EXPECT_THAT(std::string{header_of(drawn, "Content-Security-Policy")},
                HasSubstr("default-src 'none'"));
    EXPECT_THAT(drawn.body, HasSubstr("<svg "));
    EXPECT_THAT(drawn.body, Not(HasSubstr("style=")));
  }
  EXPECT_EQ(tea.get(way + "/family/ecomap.svg").status, 404) << "nobody drew it";
  EXPECT_EQ(tea.get(way + "/family/other").status, 404);
}

TEST_F(Child, EachRecordIsReadOnceForAPageAndItsPictures) {
  const auto reads = [&] {
    std::size_t count = 0;
    (void)allowed(school.at("sue").log_entries(1, [&](const Entry& entry) {
      count += entry.action == "read" ? 1U : 0U;
      return true;
    }));
    return count;
  };
  const std::size_t before = reads();
  (void)tea.get(way);
  EXPECT_EQ(reads(), before + 2);
  for (const char* file : {"/over-time.svg", "/family/genogram.svg"})
    EXPECT_EQ(tea.get(way + file).status, 200) << file;
  EXPECT_EQ(reads(), before + 2);
  // Given once, to whom the page was shown, and for a few seconds.
  EXPECT_EQ(tea.get(way + "/over-time.svg").status, 200);
  EXPECT_EQ(reads(), before + 4);
  (void)tea.get(way);
  Browser tom{at.site};
  (void)tom.log_in("tom");
  EXPECT_EQ(tom.get(way + "/over-time.svg").status, 403);
  school.now += cli::web::drawn_kept;
  EXPECT_EQ(tea.get(way + "/over-time.svg").status, 200);
  EXPECT_EQ(reads(), before + 8);
}

TEST_F(Child, WithManyRecordsThePageStaysLight) {
  for (int i = 0; i < 6; ++i)
    keep(20 + i, "2026-06-0" + std::to_string(i + 1), "2026-07-0" + std::to_string(i + 1));
  const Answer page = tea.get(way);
  EXPECT_LT(page.body.size(), 20'000U);
  EXPECT_THAT(page.body, HasSubstr("All 8 records"));
  EXPECT_THAT(page.body, Not(HasSubstr(uuid(7))));
  const Answer all = tea.get(way + "/records");
  EXPECT_THAT(all.body, HasSubstr("/records/" + uuid(7) + "/amend"));
  EXPECT_EQ(tea.post("/records/" + uuid(7) + "/amend", {}).status, 303);
}

TEST_F(Child, ComparesTheChosenRecords) {
  const Answer form = tea.get(way + "/compare");
  EXPECT_THAT(form.body, HasSubstr("value=\"" + uuid(7) + "\" checked"));
  const Answer chosen = tea.post(way + "/compare", {{"record", uuid(8)}, {"record", uuid(7)}});
  EXPECT_EQ(header_of(chosen, "Location"), way + "/compare/" + uuid(8) + "." + uuid(7));
  const Answer compared = tea.get(std::string{header_of(chosen, "Location")});
  EXPECT_EQ(compared.status, 200);
  EXPECT_THAT(compared.body, HasSubstr("What changed, from the grade before to the latest"));
  EXPECT_THAT(compared.body, HasSubstr("How sure is this?"));
  EXPECT_LT(compared.body.size(), 20'000U);
  const Answer drawn = tea.get(std::string{header_of(chosen, "Location")} + "/over-time.svg");
  EXPECT_EQ(header_of(drawn, "Content-Type"), "image/svg+xml");
}

TEST_F(Child, OverlappingRecordsAreComparedAndMarked) {
  keep(9, "2026-05-01", "2026-05-20");
  const Answer compared = tea.get(way + "/compare/" + uuid(8) + "." + uuid(9));
  EXPECT_THAT(compared.body, HasSubstr("Look at this first"));
  EXPECT_THAT(compared.body, HasSubstr("1 May 2026 to 20 May 2026: This window begins before"));
}

TEST_F(Child, ComparesNothingThatIsNoneOfItsSignedRecords) {
  EXPECT_THAT(tea.post(way + "/compare", {{"record", uuid(7)}}).body,
              HasSubstr("Choose two records or more"));
  EXPECT_EQ(tea.post(way + "/compare", {{"record", "x"}, {"record", uuid(7)}}).status, 400);
  for (const std::string& step : {uuid(7) + "." + uuid(50), uuid(7) + "." + uuid(7), uuid(7) + ".",
                                  std::string{"x"}, std::string(3000, '.')})
    EXPECT_EQ(tea.get(way + "/compare/" + step).status, 404) << step;
  EXPECT_THAT(tea.get(way + "/compare/" + uuid(7)).body,
              HasSubstr("These records cannot be compared"));
  // Whose caseload it is not, sees none of it.
  Browser tom{at.site};
  (void)tom.log_in("tom");
  for (const std::string& path : {way, way + "/over-time.svg", way + "/family/genogram.svg",
                                  way + "/compare", way + "/compare/" + uuid(7) + "." + uuid(8),
                                  way + "/compare/" + uuid(7) + "." + uuid(8) + "/over-time.svg"}) {
    const Answer answer = tom.get(path);
    EXPECT_EQ(answer.status, 403) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("Robin"))) << path;
  }
}

TEST_F(Child, APartnersReaderSeesWhatWasSharedAndChangesNothing) {
  Browser rita{at.site};
  (void)rita.log_in("rita");
  EXPECT_EQ(rita.get(way).status, 403);
  (void)allowed(school.at("sue").share(id, "rita", school.now + 86400,
                                       {.code = "safeguarding", .words = ""}));
  for (const std::string& path :
       {way, way + "/over-time.svg", way + "/compare/" + uuid(7) + "." + uuid(8)})
    EXPECT_EQ(rita.get(path).status, 200) << path;
  EXPECT_THAT(rita.get(way).body, Not(HasSubstr("Amend")));
  EXPECT_THAT(rita.get(way).body, Not(HasSubstr("Start a record")));
}

/// What came from another setting stays as it was signed there, with a reference that is another
/// child's here.
TEST_F(Child, ASignedRecordThatCannotBeJudgedIsNotLeftOutInSilence) {
  // Of an instrument that is not at hand here.
  Instruments elsewhere = shipped_instruments();
  for (Instrument& each : elsewhere.list) each.version = "99.0.0";
  Value document = signed_record(9, "2026-03-02", "2026-03-20", "Robin Example");
  document.find("instrument")->set("version", Value::text("99.0.0"));
  (void)allowed(school.at("tea").add(document, elsewhere, {}));
  EXPECT_THAT(tea.get("/records/" + uuid(8) + "/report").body,
              HasSubstr("cannot be judged or contradicts the others: 1."));
  EXPECT_THAT(tea.get("/records/" + uuid(7) + "/report").body, Not(HasSubstr("cannot be judged")))
      << "it is of later days";
}

TEST_F(Child, AReportForSubjectAccessIsWithoutOthersNames) {
  const std::string report = "/records/" + uuid(8) + "/report";
  const auto body_for = [&](const std::string& reason) {
    Browser tom{at.site};
    (void)tom.log_in("tom");
    (void)tom.post("/children/find", {{"ref", "C-7"}, {"reason", reason}});
    (void)tom.get(way + "/records");
    return tom.get(report).body;
  };
  EXPECT_THAT(body_for("cover"), HasSubstr("Parent Example"));
  const std::string handed_out = body_for("subject_access");
  EXPECT_THAT(handed_out, HasSubstr("Names of other people of the family are replaced"));
  EXPECT_THAT(handed_out, HasSubstr("Robin Example"));
  EXPECT_THAT(handed_out, Not(HasSubstr("Parent Example")));
}

/// A child who came with a signed record and a draft, and is called something else here: what they
/// were called there is another child.
class TransferredChild : public testing::Test {
 protected:
  TransferredChild() {
    for (School* school : {&there, &here}) school->employ("rex", Role::records_manager);
    Sample moved = child(1);
    moved.is_signed = true;
    const Id sent = allowed(there.at("sue").add(sample(moved), shipped_instruments(), {})).id;
    moved.id = uuid(2);
    moved.is_signed = false;
    (void)allowed(there.at("sue").add(sample(moved), shipped_instruments(), {}));
    Sample local = child(1);
    local.id = uuid(7);
    local.name = "Another Sample";
    local.nhs = local.upn = "";
    local.born = "2016-01-02";
    other = allowed(here.at("sue").add(sample(local), shipped_instruments(), {})).id;
    const Address to = allowed(here.at("rex").address()), from = allowed(there.at("rex").address());
    (void)allowed(there.at("rex").confirm_partner(to, to.fingerprint()));
    (void)allowed(here.at("rex").confirm_partner(from, from.fingerprint()));
    const std::string bundle = allowed(there.at("rex").send(sent, to.store, {"transfer", ""}));
    const Id arrived = allowed(here.at("rex").receive(bundle)).bundle;
    known = allowed(here.at("sue").accept(arrived, "C-2001", shipped_instruments())).child.id;
    (void)sue.log_in("sue");
  }
  School there, here;
  SchoolSite at{here};
  Browser sue{at.site};
  Id other, known;
};

TEST_F(TransferredChild, IsTheOneItsRecordsAreKeptForWhateverTheyCallThem) {
  const std::string page = sue.get("/records/" + uuid(2)).body;
  EXPECT_THAT(page, HasSubstr("/children/" + known.text()));
  EXPECT_THAT(page, Not(HasSubstr(other.text())));
  EXPECT_EQ(sue.get("/records/" + uuid(1) + "/report").status, 200);
  EXPECT_THAT(sue.get("/children/" + known.text() + "/start").body,
              HasSubstr("name=\"ref\" type=\"text\" value=\"C-2001\""));
}

TEST_F(TransferredChild, IsReportedOnWithWhatIsRecordedHere) {
  const std::string draft = "/records/" + uuid(2);
  EXPECT_THAT(sue.get(draft + "/check").body, HasSubstr("What the local rules make of it"));
  EXPECT_EQ(sue.sign(draft).status, 303);
  const Answer report = sue.get(draft + "/report");
  EXPECT_EQ(report.status, 200);
  EXPECT_THAT(report.body, HasSubstr("(C-2001)"));
  EXPECT_THAT(report.body, Not(HasSubstr("C-1001")));
  EXPECT_THAT(sue.get("/children/" + known.text()).body, HasSubstr("/over-time.svg"));
}

}  // namespace
}  // namespace gcp2::test
