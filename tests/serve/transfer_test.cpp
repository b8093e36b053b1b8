// A child's records go from Sandwell to Dudley in the browser, and what attackers send instead.
#include <gmock/gmock.h>

#include "../../cli/store/left_out.h"
#include "visitor.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string evil = "\"><script>alert(1)</script>";

class TransferPages : public testing::Test {
 protected:
  TransferPages() {
    for (School* school : {&sandwell, &dudley}) school->employ("rex", Role::records_manager);
    Sample first = child(1);
    first.is_signed = true;
    first.nhs = "9990421013";
    id = allowed(sandwell.at("sue").add(sample(first), shipped_instruments(), none)).id;
    (void)here.log_in("rex");
    (void)there.log_in("rex");
    (void)sue.log_in("sue");
    (void)here.post("/children/find", {{"ref", "C-1001"}, {"reason", "transfer"}});
  }
  /// Both confirm each other.
  void meet() {
    const Address other = address(dudley), own = address(sandwell);
    EXPECT_EQ(confirmed(here, other, "A School in Dudley").status, 303);
    EXPECT_EQ(confirmed(there, own, "A School in Sandwell").status, 303);
    to = other.store.text();
  }
  static Address address(const School& school) { return allowed(school.at("rex").address()); }
  static Answer confirmed(Browser& browser, const Address& of, const std::string& name) {
    return browser.post(
        "/transfer/partners",
        {{"name", name}, {"address", of.text()}, {"fingerprint", of.fingerprint()}});
  }
  Answer sent() {
    return here.post("/children/" + id.text() + "/send", {{"to", to}, {"reason", "transfer"}});
  }
  /// The page of what was received.
  std::string received(const std::string& bundle) {
    return std::string{header_of(there.upload("/transfer/receive", "bundle", bundle), "Location")};
  }

  School sandwell, dudley;
  SchoolSite at_sandwell{sandwell}, at_dudley{dudley};
  Browser here{at_sandwell.site}, there{at_dudley.site}, sue{at_dudley.site};
  Id id;
  std::string to;
};

TEST_F(TransferPages, ASettingIsConfirmedByWhatItReadsOut) {
  const Address other = address(dudley);
  EXPECT_THAT(there.get("/transfer/partners").body, HasSubstr(other.text()));
  EXPECT_THAT(there.get("/transfer/partners").body, HasSubstr(other.fingerprint()));
  const Answer empty = here.post("/transfer/partners", {});
  for (const char* error : {"name-error", "address-error", "fingerprint-error"})
    EXPECT_THAT(empty.body, HasSubstr("id=\"" + std::string{error} + "\""));
  const Answer wrong =
      here.post("/transfer/partners", {{"name", evil},
                                       {"address", other.text()},
                                       {"fingerprint", address(sandwell).fingerprint()}});
  EXPECT_THAT(wrong.body, HasSubstr("do not belong together"));
  EXPECT_THAT(wrong.body, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(confirmed(here, address(sandwell), "Ourselves").body,
              HasSubstr("id=\"address-error\""));
  EXPECT_THAT(here.get("/transfer/partners").body, HasSubstr("No other setting is confirmed yet"));
  EXPECT_THAT(here.get("/children/" + id.text() + "/send").body, HasSubstr("Confirm one first"));
  // However a mail has broken the line.
  std::string broken = other.text();
  broken.insert(20, "\r\n ");
  EXPECT_EQ(here.post("/transfer/partners",
                      {{"name", evil}, {"address", broken}, {"fingerprint", other.fingerprint()}})
                .status,
            303);
  const Answer listed = here.get("/transfer/partners");
  EXPECT_THAT(listed.body, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(listed.body, Not(HasSubstr("<script>alert")));
}

TEST_F(TransferPages, WhatWasLeftOutIsSaid) {
  meet();
  Sample draft = child(1);
  draft.id = uuid(2);
  draft.nhs = "9990421013";
  Desk sender = sandwell.at("sue");
  (void)allowed(sender.add(sample(draft), shipped_instruments(), none));
  EXPECT_EQ(sue.post(received(sent().body) + "/accept", {}).status, 303);
  const Id record = *Id::parse(uuid(2));
  Desk recipient = dudley.at("sue");
  const Value before = allowed(recipient.read(record, none));
  Value after = before;
  after.set("note", Value::text("changed here"));
  (void)allowed(recipient.save_draft(before, after, none));
  (void)allowed(sender.sign(record, "P2", shipped_instruments(), none));
  const Answer accepted = sue.post(received(sent().body) + "/accept", {});
  EXPECT_EQ(accepted.status, 200);
  EXPECT_THAT(accepted.body, HasSubstr("Record " + uuid(2) + " is SIGNED in their file"));
  EXPECT_THAT(accepted.body, HasSubstr("href=\"/children/"));
}

// A birthday was put right, and the record with the wrong one is still signed.
TEST_F(TransferPages, ARecordThatCouldBeAnotherChildsIsNamed) {
  meet();
  Sample right = child(1);
  right.id = uuid(2);
  right.nhs = "9990421013";
  right.born = "2017-06-22";
  (void)allowed(
      sandwell.at("sue").add(sample(right), shipped_instruments(), {"record_mistake", ""}));
  const Answer accepted = sue.post(received(sent().body) + "/accept", {});
  EXPECT_EQ(accepted.status, 200);
  EXPECT_THAT(accepted.body,
              HasSubstr("Record " + uuid(1) + ", SIGNED in their file, says another"));
  EXPECT_THAT(accepted.body, Not(HasSubstr("Draft")));
}

TEST_F(TransferPages, WhateverIsLeftOutHasASentence) {
  for (const bool is_signed : {true, false})
    for (const Why why :
         {Why::already_there, Why::is_signed, Why::invalid, Why::other_child, Why::replayed})
      EXPECT_THAT(cli::sentence({id, is_signed, why}), HasSubstr(id.text()));
}

TEST_F(TransferPages, TheFileArrivesAndTheReceiptComesBack) {
  meet();
  EXPECT_THAT(here.get("/children/" + id.text()).body, HasSubstr("/send\""));
  const Answer asked = here.post("/children/" + id.text() + "/send", {});
  for (const char* error : {"to-error", "reason-error"})
    EXPECT_THAT(asked.body, HasSubstr("id=\"" + std::string{error} + "\""));
  const Answer bundle = sent();
  EXPECT_EQ(bundle.status, 200);
  EXPECT_EQ(header_of(bundle, "Content-Type"), "application/octet-stream");
  EXPECT_EQ(header_of(bundle, "Cache-Control"), "no-store");
  const std::string number = bundle_head(bundle.body)->bundle.text();
  EXPECT_EQ(header_of(bundle, "Content-Disposition"),
            "attachment; filename=\"bundle-" + number + ".gcp2\"");
  EXPECT_THAT(here.get("/transfer").body, HasSubstr("No receipt yet"));

  const std::string way = received(bundle.body);
  EXPECT_EQ(way, "/transfer/received/" + number);
  const Answer page = there.get(way);
  EXPECT_THAT(page.body, HasSubstr("Sample Child 1001"));
  EXPECT_THAT(page.body, HasSubstr("A School in Sandwell"));
  EXPECT_THAT(page.body, Not(HasSubstr("Accept the records")));
  const Answer receipt = there.get(way + "/receipt");
  EXPECT_EQ(header_of(receipt, "Content-Disposition"),
            "attachment; filename=\"receipt-" + number + ".json\"");
  EXPECT_THAT(receipt.body, Not(HasSubstr("Sample")));

  EXPECT_THAT(sue.get("/transfer").body, HasSubstr(way));
  EXPECT_THAT(sue.get(way).body, HasSubstr("Accept the records"));
  const std::string child{header_of(sue.post(way + "/accept", {}), "Location")};
  ASSERT_THAT(child, StartsWith("/children/"));
  EXPECT_THAT(sue.get(child).body, HasSubstr("Sample Child 1001"));
  EXPECT_EQ(sue.get(way).status, 404);
  EXPECT_EQ(there.get(way + "/receipt").body, receipt.body) << "once more, afterwards";
  (void)there.get("/transfer");
  EXPECT_EQ(there.post("/transfer/receipts/again", {{"number", number}}).body, receipt.body);
  for (const std::string& none : {std::string{}, evil, uuid(5)})
    EXPECT_THAT(there.post("/transfer/receipts/again", {{"number", none}}).body,
                HasSubstr("id=\"number-error\""));

  EXPECT_EQ(here.upload("/transfer/receipts", "receipt", receipt.body).status, 303);
  const Answer list = here.get("/transfer");
  EXPECT_THAT(list.body, Not(HasSubstr("No receipt yet")));
  EXPECT_THAT(list.body, HasSubstr("20 February 2026"));
  EXPECT_LT(list.body.size(), 20'000U);
}

TEST_F(TransferPages, AnUploadCanBeAnythingAndIsNotTaken) {
  meet();
  const std::string bundle = sent().body;
  const auto refused = [&](const std::string& bytes, const std::string& name = "a") {
    const Answer answer = there.upload("/transfer/receive", "bundle", bytes, name);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("id=\"bundle-error\""));
    EXPECT_THAT(answer.body, Not(HasSubstr("<script>alert")));
  };
  refused("", "");
  refused(evil, evil);
  refused("<script>alert(1)</script>", "../../ring<script>alert(1)</script>");
  refused(std::string(largest_bundle + 1, 'x'));
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{9}, bundle.size() / 2, bundle.size() - 1}) {
    std::string changed = bundle;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    refused(changed);
  }
  refused(bundle.substr(0, bundle.size() / 2));
  refused(bundle + "x");
  // Sent back to who made it, it is not for them.
  EXPECT_THAT(here.upload("/transfer/receive", "bundle", bundle).body,
              HasSubstr("for another setting"));
  EXPECT_TRUE(allowed(dudley.at("rex").quarantine()).empty());
  EXPECT_THAT(received(bundle), StartsWith("/transfer/received/"));
  const Answer replayed = there.upload("/transfer/receive", "bundle", bundle);
  EXPECT_THAT(replayed.body, HasSubstr("taken in before"));
  EXPECT_EQ(allowed(dudley.at("rex").quarantine()).size(), 1U);
  // Without a form of ours nothing is looked at.
  there.token = "x";
  EXPECT_EQ(there.upload("/transfer/receive", "bundle", bundle).status, 403);
}

TEST_F(TransferPages, NothingIsTakenFromAStranger) {
  (void)confirmed(here, address(dudley), "A School in Dudley");
  to = address(dudley).store.text();
  EXPECT_THAT(there.upload("/transfer/receive", "bundle", sent().body).body,
              HasSubstr("Confirm it first"));
  EXPECT_EQ(received("x"), "");
}

TEST_F(TransferPages, OnlyAGenuineReceiptIsKept) {
  meet();
  const std::string way = received(sent().body);
  const std::string receipt = there.get(way + "/receipt").body;
  (void)sent();
  std::string changed = receipt;
  changed.replace(changed.find("received_at") + 15, 1, "3");
  for (const std::string& bytes : {std::string{}, evil, std::string{"{}"}, changed}) {
    const Answer refused = here.upload("/transfer/receipts", "receipt", bytes, evil);
    EXPECT_THAT(refused.body, HasSubstr("id=\"receipt-error\"")) << bytes;
    EXPECT_THAT(refused.body, Not(HasSubstr("<script>alert")));
  }
  EXPECT_EQ(here.upload("/transfer/receipts", "receipt", receipt).status, 303);
  EXPECT_THAT(here.get("/transfer").body, HasSubstr("No receipt yet")) << "of the other one";
}

TEST_F(TransferPages, AReferenceThatIsAnotherChildsHereIsGivenAnew) {
  meet();
  Sample other = child(1);
  other.id = uuid(50);
  other.name = "Somebody Else";
  other.born = "2015-01-02";
  (void)allowed(dudley.at("sue").add(sample(other), shipped_instruments(), none));
  const std::string way = received(sent().body);
  (void)sue.get(way);
  const Answer refused = sue.post(way + "/accept", {});
  EXPECT_THAT(refused.body, HasSubstr("id=\"ref-error\""));
  EXPECT_THAT(refused.body, HasSubstr("could be another child"));
  EXPECT_THAT(std::string{header_of(sue.post(way + "/accept", {{"ref", "C-2001"}}), "Location")},
              StartsWith("/children/"));
}

TEST_F(TransferPages, WhatIsTurnedDownIsGoneAndNotTakenAgain) {
  meet();
  const std::string bundle = sent().body;
  const std::string way = received(bundle);
  (void)sue.get(way);
  EXPECT_THAT(sue.post(way + "/turn-down", {}).body, HasSubstr("id=\"reason-error\""));
  EXPECT_THAT(sue.post(way + "/turn-down", {{"reason", evil}}).body,
              HasSubstr("id=\"reason-error\""));
  EXPECT_EQ(sue.get(way).status, 200) << "it waits";
  EXPECT_EQ(sue.post(way + "/turn-down", {{"reason", "record_mistake"}}).status, 303);
  EXPECT_EQ(sue.get(way).status, 404);
  EXPECT_EQ(sue.post(way + "/accept", {}).status, 404);
  EXPECT_THAT(there.upload("/transfer/receive", "bundle", bundle).body,
              HasSubstr("taken in before"));
}

TEST_F(TransferPages, EachRoleDoesItsOwnAlone) {
  meet();
  const std::string bundle = sent().body;
  dudley.employ("tea", Role::practitioner);
  dudley.employ("rita", Role::reader);
  Browser tea{at_dudley.site}, rita{at_dudley.site};
  (void)tea.log_in("tea");
  (void)rita.log_in("rita");
  for (Browser* other : {&tea, &rita, &sue})
    EXPECT_EQ(other->upload("/transfer/receive", "bundle", bundle).status, 403);
  const std::string way = received(bundle);
  for (Browser* other : {&tea, &rita}) {
    for (const std::string& path :
         {std::string{"/transfer"}, std::string{"/transfer/partners"}, way, way + "/receipt"}) {
      const Answer refused = other->get(path);
      EXPECT_EQ(refused.status, 403) << path;
      EXPECT_THAT(refused.body, Not(HasSubstr("Sample Child"))) << path;
    }
    EXPECT_EQ(other->post("/transfer/partners", {}).status, 403);
    EXPECT_EQ(other->post(way + "/accept", {}).status, 403);
  }
  EXPECT_EQ(there.post(way + "/accept", {}).status, 403);
  EXPECT_EQ(there.post(way + "/turn-down", {{"reason", "cover"}}).status, 403);
  EXPECT_EQ(sue.get(way + "/receipt").status, 403);
  EXPECT_EQ(allowed(dudley.at("rex").quarantine()).size(), 1U);
  // A child is sent by whoever was let see it.
  Browser other{at_sandwell.site};
  (void)other.log_in("rex");
  EXPECT_EQ(other.get("/children/" + id.text() + "/send").status, 403);
  EXPECT_EQ(there.get("/children/" + id.text() + "/send").status, 403);
  EXPECT_THAT(
      here.post("/children/" + uuid(9) + "/send", {{"to", to}, {"reason", "transfer"}}).body,
      Not(HasSubstr("Sample")));
  EXPECT_THAT(
      here.post("/children/" + id.text() + "/send", {{"to", uuid(9)}, {"reason", "transfer"}}).body,
      HasSubstr("id=\"to-error\""));
}

TEST_F(TransferPages, OnlyAFileOfSomebodyWhoIsLoggedInMayBeLarge) {
  using cli::web::Body;
  const auto most = [&](const std::string& path, const std::string& cookie,
                        const std::string& method = "POST",
                        const std::string& origin = "http://localhost:80",
                        const std::string& host = "localhost:80") {
    return cli::web::most_body(
        at_dudley.site, {method, path, {{"host", host}, {"origin", origin}, {"cookie", cookie}}});
  };
  const std::string cookie = "gcp2=" + there.cookie, way = "/transfer/receive";
  EXPECT_EQ(most(way, cookie), Body::large);
  EXPECT_EQ(most(way, cookie, "GET"), Body::usual);
  EXPECT_EQ(most("/transfer/receipts", cookie), Body::usual);
  EXPECT_EQ(most("/log-in", cookie), Body::usual);
  for (const char* nobody : {"", "gcp2=x"}) {
    EXPECT_EQ(most(way, nobody), Body::small);
    EXPECT_EQ(most("/log-in", nobody), Body::small);
  }
  EXPECT_EQ(most(way, cookie, "POST", "http://elsewhere.example"), Body::small);
  EXPECT_EQ(most(way, cookie, "POST", "http://localhost:80", "elsewhere.example"), Body::small);
  dudley.now += 20 * 60;
  EXPECT_EQ(most(way, cookie), Body::small);
}

}  // namespace
}  // namespace gcp2::test
