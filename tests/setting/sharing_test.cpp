// What a partner agency's worker is given to read, and who works with a child.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <set>

#include "gcp2/json.h"
#include "school.h"

namespace gcp2::test {
namespace {

using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

class Sharing : public testing::Test {
 protected:
  Sharing() {
    school.employ("rita", Role::reader);
    Desk sue = school.at("sue");
    Sample one = child(1), other = child(2);
    one.is_signed = other.is_signed = true;
    first = allowed(sue.add(sample(one), instruments(), none)).id;
    second = allowed(sue.add(sample(other), instruments(), none)).id;
  }
  School school;
  Id first, second;
  const Purpose agreement{"sharing_agreement", ""};
};

TEST_F(Sharing, AReaderReadsWhatWasSharedUntilTheDayAndNothingElse) {
  EXPECT_THAT(allowed(school.at("rita").children(false, none)), IsEmpty());
  const Seconds until = school.now + 86400;
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.share(first, "rita", until, none)), "reason_needed");
  EXPECT_EQ(why(sue.share(first, "rita", school.now, agreement)), "day_is_over");
  EXPECT_EQ(why(sue.share(first, "adam", until, agreement)), "other_role");
  EXPECT_EQ(why(sue.share(first, "nobody", until, agreement)), "no_such_account");
  EXPECT_EQ(why(sue.share(first, "rita", until, agreement)), "done");
  Desk rita = school.at("rita");
  ASSERT_EQ(allowed(rita.children(false, none)).size(), 1U);
  EXPECT_EQ(why(rita.history(first, none)), "done");
  const Value document = allowed(rita.read(*Id::parse(uuid(1)), none));
  EXPECT_EQ(why(rita.read(*Id::parse(uuid(2)), agreement)), "not_shared");
  EXPECT_EQ(why(rita.history(second, agreement)), "not_shared");
  EXPECT_EQ(why(rita.save_draft(document, document, agreement)), "role");
  EXPECT_EQ(why(rita.children(true, agreement)), "role");
  school.now = until;
  EXPECT_EQ(why(rita.read(*Id::parse(uuid(1)), none)), "not_shared");
  EXPECT_THAT(allowed(rita.children(false, none)), IsEmpty());
  school.now = until - 10;  // what is over stays over when the clock goes back
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(why(rita.read(*Id::parse(uuid(1)), none)), "not_shared");
    EXPECT_EQ(why(school.at("rita").read(*Id::parse(uuid(1)), none)), "not_shared");
    EXPECT_THAT(allowed(school.at("rita").children(false, none)), IsEmpty());
  }
}

TEST_F(Sharing, AReaderReadsOnWithAnotherPassphrase) {
  (void)allowed(school.at("sue").share(first, "rita", school.now + 86400, agreement));
  const std::string other = "kettle violin meadow";
  Desk rita = school.at("rita");
  (void)allowed(rita.change_passphrase(other));
  EXPECT_EQ(why(rita.history(first, none)), "done");
  Setting setting = school.open();
  Desk again = allowed(setting.log_in("rita", other));
  EXPECT_EQ(why(again.read(*Id::parse(uuid(1)), none)), "done");
  Desk sue = school.at("sue");
  EXPECT_EQ(why(sue.share(second, "rita", school.now + 86400, agreement)), "not_compared")
      << "it is another pair";
  (void)allowed(sue.grant("rita", fingerprint(again.account().open)));
  EXPECT_EQ(why(sue.share(second, "rita", school.now + 86400, agreement)), "done");
  EXPECT_EQ(allowed(again.children(false, none)).size(), 2U);
}

TEST_F(Sharing, NothingIsSharedBeforeTheReadersFingerprintWasCompared) {
  const Account rose = allowed(school.at("adam").make_account("rose", Role::reader, passphrase));
  Desk sue = school.at("sue");
  const auto is_compared = [&] {
    for (const Account& each : allowed(sue.accounts()))
      if (each.name == "rose") return each.is_compared;
    return false;
  };
  EXPECT_EQ(why(sue.share(first, "rose", school.now + 86400, agreement)), "not_compared");
  EXPECT_FALSE(is_compared());
  // Written by whoever can write to the ring.
  RingBatch batch;
  batch.named.emplace_back("compared/" + rose.id.text(), "yes");
  ASSERT_TRUE(Ring::open(school.places.ring, Opening::existing)->commit(batch));
  EXPECT_EQ(why(sue.share(first, "rose", school.now + 86400, agreement)), "not_compared");
  EXPECT_EQ(why(sue.grant("rose", "0000")), "fingerprint");
  (void)allowed(sue.grant("rose", fingerprint(rose.open)));
  EXPECT_TRUE(is_compared());
  EXPECT_EQ(why(school.at("rose").history(first, none)), "not_shared") << "it gives no keys";
  EXPECT_EQ(why(sue.share(first, "rose", school.now + 86400, agreement)), "done");
  EXPECT_EQ(why(school.at("rose").history(first, none)), "done");
}

TEST_F(Sharing, ADraftIsNoReaders) {
  Sample begun = child(1);
  begun.id = uuid(11);
  Desk sue = school.at("sue");
  (void)allowed(sue.add(sample(begun), instruments(), none));
  (void)allowed(sue.share(first, "rita", school.now + 86400, agreement));
  const Id draft = *Id::parse(begun.id), record = *Id::parse(uuid(1));
  Desk rita = school.at("rita");
  EXPECT_EQ(why(rita.read(draft, none)), "no_such_record");
  EXPECT_EQ(why(rita.read_with_child(draft, none)), "no_such_record");
  EXPECT_EQ(why(rita.show({record, draft}, Showing::print, none)), "no_such_record");
  EXPECT_EQ(why(rita.show({record}, Showing::print, none)), "done");
  EXPECT_EQ(allowed(rita.show_child(first, Showing::read, none)).documents.size(), 1U);
  EXPECT_EQ(allowed(rita.history(first, none)).size(), 1U);
  EXPECT_EQ(allowed(sue.history(first, none)).size(), 2U);
}

TEST_F(Sharing, WhatIsTakenBackIsGoneAtOnce) {
  Desk sue = school.at("sue");
  (void)allowed(sue.share(first, "rita", school.now + 86400, agreement));
  Desk rita = school.at("rita");
  (void)allowed(rita.history(first, none));
  EXPECT_EQ(why(sue.end_involvement(first, "rita", cover)), "done");
  EXPECT_EQ(why(rita.history(first, none)), "not_shared");
  EXPECT_EQ(why(school.at("rita").history(first, none)), "not_shared");
  EXPECT_EQ(why(sue.end_involvement(first, "rita", cover)), "not_shared");
  (void)allowed(sue.share(first, "rita", school.now + 86400, agreement));
  EXPECT_EQ(why(school.at("rita").history(first, none)), "done");
}

TEST_F(Sharing, TheFamilysKeyGoesWithTheLastOfItsChildren) {
  Desk sue = school.at("sue");
  Sample sister = child(3), brother = child(4);
  sister.family = brother.family = "F-7";
  const Id sister_id = allowed(sue.add(sample(sister), instruments(), none)).id;
  const Id brother_id = allowed(sue.add(sample(brother), instruments(), none)).id;
  for (const Id& id : {sister_id, brother_id})
    (void)allowed(sue.share(id, "rita", school.now + 86400, agreement));
  const Id rita = school.at("rita").account().id;
  const auto keys = [&] {
    return Ring::open(school.places.ring, Opening::reading)->reader_keys(rita)->size();
  };
  EXPECT_EQ(keys(), 3U) << "one each, and the family's";
  (void)allowed(sue.end_involvement(sister_id, "rita", cover));
  EXPECT_EQ(keys(), 2U);
  EXPECT_EQ(allowed(school.at("rita").children(false, none)).size(), 1U);
  (void)allowed(sue.end_involvement(brother_id, "rita", cover));
  EXPECT_EQ(keys(), 0U);
}

TEST_F(Sharing, WhoWorksWithAChildIsSeenByWhoMayReadTheChild) {
  school.employ("tess", Role::practitioner);
  school.employ("theo", Role::practitioner);
  Desk sue = school.at("sue");
  const Seconds until = school.now + 86400;
  (void)allowed(sue.assign(first, "tess", until + 1, cover));
  (void)allowed(sue.share(first, "rita", until, agreement));
  const auto seen = [&](Desk& desk, const Id& child, const Purpose& purpose) {
    std::map<std::string, std::pair<bool, Seconds>> out;
    for (const Involvement& each : allowed(desk.involvements(child, purpose))) {
      EXPECT_EQ(each.child, child);
      out[desk.account_name(each.account)] = {each.shared, each.until};
    }
    return out;
  };
  using Seen = std::map<std::string, std::pair<bool, Seconds>>;
  const Seen all{{"sue", {false, 0}}, {"tess", {false, until + 1}}, {"rita", {true, until}}};
  EXPECT_EQ(seen(sue, first, none), all);
  Desk tess = school.at("tess"), theo = school.at("theo"), rita = school.at("rita");
  EXPECT_EQ(seen(tess, first, none), all);
  EXPECT_EQ(seen(theo, first, cover), all);
  EXPECT_EQ(seen(sue, second, none), (Seen{{"sue", {false, 0}}}));
  EXPECT_EQ(why(theo.involvements(first, none)), "reason_needed");
  EXPECT_EQ(why(tess.involvements(second, none)), "reason_needed");
  EXPECT_EQ(why(rita.involvements(first, none)), "role");
  EXPECT_EQ(why(sue.involvements(Id::random(), cover)), "no_such_child");
  school.now = until;
  EXPECT_EQ(seen(sue, first, none).size(), 2U) << "what is over is no involvement";
  (void)allowed(sue.end_involvement(first, "tess", cover));
  EXPECT_EQ(seen(sue, first, none).size(), 1U);
  (void)allowed(school.at("adam").end_account("theo"));
  std::size_t logged = 0;
  (void)allowed(sue.log_entries(1, [&](const Entry& e) {
    if (e.action == "involvements" && e.outcome == "read" && e.subject == first) ++logged;
    return true;
  }));
  EXPECT_EQ(logged, 3U + 3U + 3U + 2U + 1U) << "each row that was seen";
}

}  // namespace
}  // namespace gcp2::test
