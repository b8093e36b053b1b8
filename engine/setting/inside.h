// What an open setting and a desk have in hand, and how an act is checked and logged.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gcp2/desk.h"
#include "setting/rights.h"
#include "setting/sealing.h"

namespace gcp2 {

struct Setting::State {
  Places places;
  Means means;
  std::unique_ptr<Store> store;
  Ring ring;
  bool demonstration = false;

  [[nodiscard]] Seconds now() const { return means.clock(); }
  /// The latest time that the log, the ring or the clock has ever shown: what was over then is
  /// over, also when the clock is put back. That it was is noted in the ring.
  Stored<Seconds> latest();
  Seconds seen = 0;  ///< of it
  /// Puts the log's end into the ring and behind the anchors.
  Stored<Done> note_head();
  Stored<Done> keep_ring_copy();
  /// Carries on with every erasure that was confirmed, unless the child is held by now.
  Allowed<Done> carry_on_erasing();
};

struct Desk::State {
  std::shared_ptr<Setting::State> setting;
  Account account;
  KeyPair pair;
  std::optional<Secret> setting_key;
  std::map<Id, Secret> keys;  ///< those that were opened, by their id
  Purpose purpose = {};       ///< of what is done without one of its own

  [[nodiscard]] Store& store() const { return *setting->store; }
  [[nodiscard]] Ring& ring() const { return setting->ring; }
  [[nodiscard]] Id store_id() const { return setting->store->id(); }

  /// What others have done to this account since it logged in: ended, or given another passphrase
  /// elsewhere (`not_logged_in`, and its keys are gone from memory), granted, or given a new
  /// setting key.
  Allowed<Done> catch_up();
  /// Whether an account is this one, or an ended one of its name: who was recovered is still the
  /// same person, and no second one.
  Allowed<bool> is_of_this_person(const Id& other);
  /// A child's or a family's key, opened if this account can.
  Allowed<const Secret*> key(const Id& id);
  /// A secret of the ring under the setting key: "look_up", "notes".
  Allowed<Secret> named(std::string_view name);
  /// The rows of a child, a family, a record.
  Allowed<Row> row(RowKind table, const Id& id, Why absent);
  Allowed<Value> content(RowKind table, const Row& row);
  /// And the child's row.
  Allowed<ChildFacts> facts(const Id& child, Row* row_of_it = nullptr);
  /// A reader is given what was signed.
  [[nodiscard]] bool sees_drafts() const { return account.role != Role::reader; }
  /// The involvement of an account to a child, where it is live on this day, and its row.
  Allowed<std::optional<Involvement>> involvement(const Id& account, const Id& child,
                                                  Row* row = nullptr);
};

/// Whether an entry says with which serial of the ring it was made: no older ring fits.
bool names_ring(const Entry& entry);

/// The name of the involvement's row: one involvement for each account and child.
Id involvement_id(const Id& account, const Id& child);
/// A involvement as its row is sealed, and back.
Value to_document(const Involvement& involvement);
Involvement involvement_from(const Row& row, const Value& content);

/// One thing that somebody does. Checked first, logged always.
class Act {
 public:
  Act(Desk::State& desk, Action action, const Purpose& purpose = {})
      : desk_{desk},
        action_{action},
        purpose_{purpose.code.empty() && purpose.words.empty() ? desk.purpose : purpose} {}

  /// Whether the account is there still, and its role may: the refusal if not, logged.
  [[nodiscard]] std::optional<Refusal> barred_by_role();
  /// And the keys are there, and the reason is one.
  [[nodiscard]] std::optional<Refusal> barred();
  /// Whether it may be done with this child: caseload or a reason, a reader's share.
  [[nodiscard]] std::optional<Refusal> barred_from(const Id& child);
  /// Logs that it was refused, and gives the refusal back.
  Refusal refuse(Refusal why);
  Refusal refuse(Why why) { return refuse(refusal(why)); }

  /// What was looked at, for the log.
  void looked_at(RowKind table, const Row& row);
  /// A child's facts, looked at.
  Allowed<ChildFacts> facts(const Id& child);
  /// That the rows of one table that are looked at are a list: one entry is of them all.
  void is_list() { is_list_ = true; }
  /// Which child it is about, for the log.
  void about(const Id& child) { child_ = child; }
  /// Which account or bundle it would have been about, for the log of a refusal.
  void about_row(RowKind table, const Id& row) { row_ = {table, row}; }
  /// Which part of what is done was left out and why, for the log.
  void left_out(RowKind table, const Id& row, Why why) { left_out_.push_back({table, row, why}); }
  /// That the ring was changed for it, for the log: from now on an older one is noticed.
  void changed_ring(std::int64_t serial) { ring_serial_ = serial; }

  /// Logs it, with everything in the batch, in one commit: an entry for each row that it writes or
  /// drops, one where there is none.
  Allowed<Done> done(Batch batch = {});
  /// The same; that others were faster (`changed_meanwhile`) is not logged, for it is tried again.
  Allowed<Done> attempted(Batch batch);
  /// The same with a change of the key ring; logs that it was about `account`, if it is one, and
  /// what that, or of none the setting's own secrets, is from now on where it is `changed`.
  Allowed<Done> done(RingBatch change, const Account& account, bool changed, Batch batch = {});

 private:
  Entry entry(std::string outcome);
  void log_rows(Batch& batch, const Entry& model);
  void log_list(Batch& batch, Entry model);
  void need_child(Batch& batch) const;
  struct Omission {
    RowKind table = RowKind::record;
    Id row;
    Why why = Why::is_signed;
  };
  Desk::State& desk_;
  Action action_;
  Purpose purpose_;
  Id child_;
  std::optional<std::pair<RowKind, Id>> row_;
  std::optional<std::int64_t> ring_serial_;
  std::vector<std::pair<RowKind, Row>> seen_;  ///< without their sealed bytes, with their digests
  std::vector<Omission> left_out_;
  bool is_list_ = false;
};

}  // namespace gcp2
