// What is in a bundle: as much as is sent can be received, and what cannot be read is no forgery.
#include <gmock/gmock.h>

#include "gcp2/json.h"
#include "support/records.h"
#include "transfer.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

class BundleContent : public Transfer {
 protected:
  BundleContent() { meet(); }
  static Value record(int number, bool is_signed) {
    Sample one = child(1);
    one.id = uuid(number);
    one.nhs = "9990421013";
    one.is_signed = is_signed;
    return sample(one);
  }
  /// With a list of that many values, as large as one record may have it.
  void add_large(int number, std::size_t values) {
    Value document = record(number, false);
    document.set("extra", Value::list()).items().resize(values, Value::number(0));
    (void)allowed(sandwell.at("sue").add(document, instruments(), none));
  }
  /// What a partner has put together with another program.
  Allowed<Received> come(std::string_view content) {
    const Address address = allowed(dudley.at("rex").address());
    const Address own{elsewhere, KeyPair::random().open, by.open};
    (void)allowed(dudley.at("rex").confirm_partner(own, own.fingerprint()));
    return dudley.at("rex").receive(
        write_bundle({Id::random(), own, address.store}, address, by, content));
  }
  static std::string content_of(const std::vector<std::string>& records) {
    std::string out =
        R"({"format":"gcp2/bundle-content/1","child":{"ref":"C-1001","nhs_number":"9990421013"},"records":[)";
    for (const std::string& each : records) out += (out.ends_with('[') ? "" : ",") + each;
    return out + "]}";
  }
  const SigningPair by = SigningPair::of(Secret::random());
  const Id elsewhere = Id::random();
};

TEST_F(BundleContent, RecordsAsLargeAndDeepAsTheyMayBeArrive) {
  for (int number : {3, 4}) add_large(number, most_values / 2 + 10'000);
  Value deepest = record(5, false);
  std::string nested(deepest_nesting - 1, '[');
  nested.append(deepest_nesting - 1, ']');
  deepest.set("extra", parsed(nested));
  (void)allowed(sandwell.at("sue").add(deepest, instruments(), none));
  const Id bundle = allowed(dudley.at("rex").receive(sent())).bundle;
  const Accepted accepted = allowed(dudley.at("sue").accept(bundle, "", instruments()));
  EXPECT_THAT(accepted.left_out, IsEmpty());
  Desk sue = dudley.at("sue");
  EXPECT_EQ(allowed(sue.history(accepted.child.id, none)).size(), 5U);
  EXPECT_EQ(allowed(sue.read(*Id::parse(uuid(5)), none)), deepest);
}

TEST_F(BundleContent, WhatNobodyCouldReceiveIsNotSent) {
  for (int number = 3; number <= 13; ++number) add_large(number, most_values - 2'000);
  EXPECT_EQ(why(sandwell.at("rex").send(id, to, moved)), "too_large");
  EXPECT_THAT(allowed(sandwell.at("rex").sent_bundles()), IsEmpty());
}

TEST_F(BundleContent, WhatCannotBeReadIsCalledThat) {
  EXPECT_EQ(why(come(content_of({std::string(100, '[') + std::string(100, ']')}))), "too_large");
  const auto cut_off = come(R"({"format":)");
  ASSERT_EQ(why(cut_off), "invalid");
  EXPECT_EQ(cut_off.error().findings.front().code, "cut_off");
  EXPECT_EQ(why(come("{}")), "no_bundle");
  EXPECT_THAT(allowed(dudley.at("sue").quarantine()), IsEmpty());
}

TEST_F(BundleContent, ARecordThatCannotBeKeptIsLeftOutAndTheRestComes) {
  std::string twice = write_json(record(7, true), Layout::line);
  twice.insert(twice.size() - 1, R"(,"remark":1,"remark":2)");
  std::string draft = write_json(record(8, false), Layout::line);
  draft.insert(draft.size() - 1, R"(,"remark":1,"remark":2)");
  const Received received =
      allowed(come(content_of({twice, draft, write_json(record(9, true), Layout::line)})));
  Desk sue = dudley.at("sue");
  const Accepted accepted = allowed(sue.accept(received.bundle, "", instruments()));
  std::vector<std::string> left_out;
  for (const NotAccepted& each : accepted.left_out)
    left_out.push_back(each.id.text() + (each.is_signed ? " signed " : " draft ") +
                       std::string{name_of(each.why)});
  EXPECT_THAT(left_out, ElementsAre(uuid(7) + " signed invalid", uuid(8) + " draft invalid"));
  const auto lines = allowed(sue.history(accepted.child.id, none));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().id.text(), uuid(9));
}

}  // namespace
}  // namespace gcp2::test
