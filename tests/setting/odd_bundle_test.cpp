// A bundle from a partner whose program does not do as this one does.
#include <gmock/gmock.h>

#include <algorithm>

#include "gcp2/json.h"
#include "transfer.h"

namespace gcp2::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instruments& instruments() { return shipped_instruments(); }

class OddBundle : public Transfer {
 protected:
  OddBundle() {
    from = {Id::random(), KeyPair::random().open, by.open};
    (void)allowed(dudley.at("rex").confirm_partner(from, from.fingerprint()));
  }
  /// A record of the child with that number as its id.
  static Sample of_child(int number, bool is_signed = true) {
    Sample out = child(1);
    out.id = uuid(number);
    out.nhs = "9990421013";
    out.is_signed = is_signed;
    return out;
  }
  /// They come in a bundle that says whose they are, and are accepted; gives what was left out.
  std::vector<std::string> come(const std::vector<Value>& records, const Value* whose = nullptr) {
    Value content = Value::object();
    content.set("format", Value::text("gcp2/bundle-content/1"));
    content.set("child", whose != nullptr ? *whose : *sample(of_child(1)).find("child"));
    Value& list = content.set("records", Value::list());
    for (const Value& each : records) list.items().push_back(each);
    const Address here = allowed(dudley.at("rex").address());
    const std::string bundle =
        write_bundle({Id::random(), from, here.store}, here, by, write_json(content, Layout::line));
    const Id waits = allowed(dudley.at("rex").receive(bundle)).bundle;
    const Accepted accepted = allowed(dudley.at("sue").accept(waits, "", instruments()));
    there = accepted.child.id;
    return left_out_of(accepted);
  }
  std::vector<std::string> kept() {
    std::vector<std::string> out;
    for (const RecordLine& line : allowed(dudley.at("sue").history(there, none)))
      out.push_back(line.id.text());
    std::ranges::sort(out);
    return out;
  }
  std::vector<std::string> log_of_refusals() {
    std::vector<std::string> out;
    (void)allowed(dudley.at("sue").log_entries(1, [&](const Entry& entry) {
      if (entry.action == "accept" && entry.outcome.starts_with("refused") &&
          entry.subject == there)
        out.push_back(std::string{name_of(entry.table)} + " " + entry.row.text() + " " +
                      entry.outcome);
      return true;
    }));
    return out;
  }
  /// Every record can be shown, and the store is whole.
  void expect_sound() {
    EXPECT_EQ(allowed(dudley.at("sue").show_child(there, Showing::read, none)).documents.size(),
              kept().size());
    EXPECT_THAT(allowed(verify(dudley.places, dudley.means)).flaws, IsEmpty());
  }

  SigningPair by = SigningPair::of(Secret::random());
  Address from;
  Id there;
};

TEST_F(OddBundle, ARecordOfAnotherChildIsLeftOut) {
  Sample other = child(9);
  other.id = uuid(2);
  other.is_signed = true;
  other.nhs = "9990421021";
  other.born = "2012-05-05";
  // What is signed says its birthday, and numbers as they are written.
  Sample born = of_child(3), upn = of_child(4, false), named = of_child(5, false),
         renamed = of_child(6), elsewhere = of_child(7), spaced = of_child(8, false);
  born.born = "2016-01-02";
  upn.upn = "B950000178301";
  named.name = "Zoe Quite-Other";
  named.nhs = "";
  renamed.name = "Alex Adopted";
  elsewhere.ref = "C-9009";
  spaced.nhs = "999 042 1013";
  const Sample first = of_child(1);
  Value whose = *sample(first).find("child");
  whose.set("upn", Value::text("A950000178301"));
  Value by_name = sample(named);
  by_name.find("child")->erase("date_of_birth");
  EXPECT_THAT(come({sample(first), sample(other), sample(born), sample(upn), by_name,
                    sample(renamed), sample(elsewhere), sample(spaced)},
                   &whose),
              ElementsAre(uuid(2) + " signed other_child", uuid(3) + " signed other_child",
                          uuid(4) + " draft other_child", uuid(5) + " draft other_child"));
  EXPECT_THAT(kept(), ElementsAre(uuid(1), uuid(6), uuid(7), uuid(8)));
  EXPECT_THAT(log_of_refusals(), ElementsAre("record " + uuid(2) + " refused.other_child",
                                             "record " + uuid(3) + " refused.other_child",
                                             "draft " + uuid(4) + " refused.other_child",
                                             "draft " + uuid(5) + " refused.other_child"));
  expect_sound();
}

// It was right for all that was known when it came.
TEST_F(OddBundle, WhatIsKeptToTheLetterIsNotLeftOutAgain) {
  const Sample wrong = of_child(1);
  EXPECT_THAT(come({sample(wrong)}), IsEmpty());
  Sample right = of_child(2);
  right.born = "2017-06-22";
  (void)allowed(dudley.at("sue").add(sample(right), instruments(), {"record_mistake", ""}));
  const Value whose = *sample(right).find("child");
  EXPECT_THAT(come({sample(wrong), sample(right)}, &whose), IsEmpty());
  EXPECT_THAT(kept(), ElementsAre(uuid(1), uuid(2)));
  expect_sound();
}

// Somebody had mistyped the birthday, twice.
TEST_F(OddBundle, WhatWasPutRightSinceComesToo) {
  Sample wrong = of_child(1), again = of_child(2);
  wrong.born = "2016-01-02";
  again.born = "2016-01-03";
  Value second = sample(again), right = sample(of_child(3));
  second.set("supersedes", Value::text(uuid(1)));
  right.set("supersedes", Value::text(uuid(2)));
  const Value whose = *sample(of_child(3)).find("child");
  EXPECT_THAT(come({sample(wrong), second, right}, &whose), IsEmpty());
  EXPECT_THAT(kept(), ElementsAre(uuid(1), uuid(2), uuid(3)));
  EXPECT_EQ(allowed(dudley.at("sue").read(Id::parse(uuid(3)).value(), none)).text_at("id"),
            uuid(3));
  expect_sound();
}

// The bundle says no number of the child: what one record says holds for the next.
TEST_F(OddBundle, RecordsThatContradictEachOtherAreNotOfOneChild) {
  Value whose = *sample(of_child(1)).find("child");
  whose.erase("nhs_number");
  Sample other = of_child(2);
  other.nhs = "9990421021";
  EXPECT_THAT(come({sample(of_child(1)), sample(other)}, &whose),
              ElementsAre(uuid(2) + " signed other_child"));
}

TEST_F(OddBundle, WhatIsNoValidRecordIsLeftOut) {
  Value graded = sample(of_child(2)), nobodys = sample(of_child(3)),
        nobodys_draft = sample(of_child(4, false)), odd = sample(of_child(5, false));
  graded.find("observations")->items().front().set("grade", Value::number(77));
  nobodys.erase("child");
  nobodys_draft.erase("child");
  odd.set("child", Value::text("text"));
  // What is wrong in a draft can be put right here.
  Value wrong = sample(of_child(6, false));
  wrong.find("observations")->items().front().set("grade", Value::number(77));
  EXPECT_THAT(come({sample(of_child(1)), graded, nobodys, nobodys_draft, odd, wrong}),
              ElementsAre(uuid(2) + " signed invalid", uuid(3) + " signed invalid",
                          uuid(4) + " draft invalid", uuid(5) + " draft invalid"));
  EXPECT_THAT(kept(), ElementsAre(uuid(1), uuid(6)));
  expect_sound();
}

TEST_F(OddBundle, OfTwoRecordsOfOneIdTheFirstIsTaken) {
  const Value first = sample(of_child(1)), draft = sample(of_child(2, false));
  Value other = first, other_draft = draft;
  other.set("note", Value::text("other"));
  other_draft.set("note", Value::text("other"));
  EXPECT_THAT(come({first, draft, first, draft}), IsEmpty());
  EXPECT_THAT(kept(), ElementsAre(uuid(1), uuid(2)));
  EXPECT_THAT(come({first, draft, other, other_draft}),
              ElementsAre(uuid(1) + " signed replayed", uuid(2) + " draft replayed"));
  EXPECT_EQ(write_json(allowed(dudley.at("sue").read(*Id::parse(uuid(1)), none))),
            write_json(first));
  expect_sound();
}

}  // namespace
}  // namespace gcp2::test
