// What somebody who is logged in can do. Each function checks the role, the caseload and the keys,
// logs what it did or refused before it answers, and seals and opens by itself.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/bundle.h"
#include "gcp2/document.h"
#include "gcp2/interop.h"
#include "gcp2/setting.h"

namespace gcp2 {

/// Who a child is, as the sealed row says.
struct ChildFacts {
  Id id, family;
  std::string ref, family_ref, name, nhs_number, upn;
  std::optional<Date> date_of_birth;
  bool held = false;
  std::optional<Date> as_of;        ///< the end of the newest record that said so
  std::vector<std::string> former;  ///< names and families that it had before
};

/// What a child can be asked for by. All that are given have to lead to the same child.
struct Identifiers {
  std::string ref = {}, upn = {}, nhs_number = {}, name = {};
  std::optional<Date> date_of_birth = {};  ///< with the name
};

/// A record in a child's history.
struct RecordLine {
  Id id;
  bool is_signed = false, is_superseded = false;
  std::string window_from, window_to, supersedes;
  Seconds at = 0;
  // Of signed ones:
  Id kept_by;               ///< the account that signed it here, or brought it in
  bool brought_in = false;  ///< signed elsewhere: nobody here has seen who signed it
  Id signed_off_by;         ///< a supervisor; none: nobody yet
  Seconds signed_off_at = 0;
};

/// A record and the child that it is kept for: one that came from elsewhere may call them by what
/// is another child's reference here.
struct ChildsRecord {
  ChildFacts child;
  Value document;
};
/// Has a copy of a record call the child what they are called here: it is theirs by where it is
/// kept, and what stands side by side is held to be of one child by that.
void call_as_here(Value& record, const ChildFacts& child);

/// Where a draft says something that `other` lacks or says otherwise: keys of the document, then
/// nodes. Empty where `other` only adds to it; what is empty in the draft says nothing.
std::vector<std::string> taken_back(const Value& draft, const Value& other);

/// Somebody's involvement to a child.
struct Involvement {
  Id account, child;
  bool shared = false;  ///< a reader's; else a caseload
  Seconds until = 0;    ///< 0 = without an end
};

/// Another setting whose fingerprint was confirmed.
struct Partner {
  Address address;
  std::string title;  ///< what it is called here; empty: it was given no name
};

struct RetentionLine {
  ChildFacts child;
  std::optional<Date> review_on;  ///< nullopt: no date of birth, so nobody can say
};
struct Retention {
  int years = 0;                     ///< from birth to review
  std::vector<RetentionLine> lines;  ///< those without a date of birth first, then by the day
};
/// The years from birth to review that a setting can have.
inline constexpr int fewest_retention_years = 1, most_retention_years = 100;

/// An erasure that was asked for, and that nobody has confirmed yet.
struct ErasureRequest {
  ChildFacts child;
  Id asked_by;
  Seconds at = 0;
  std::string reason;  ///< a listed code
};

/// How records, or the log, are shown: on the screen or to a program, as pages that outlive the
/// screen, or in clear in a file that leaves the store, for which a reason is always needed.
enum class Showing : std::uint8_t { read, print, hand_out };

/// One child's records, as they are kept, and where the log ended once that was in it.
struct Shown {
  ChildFacts child;
  std::vector<Value> documents;
  std::vector<std::string> superseded;  ///< ids of those that have a later record in their place
  Head log;
};

/// What the sender says about a child whose records came in a bundle.
struct Received {
  Id bundle;
  Id from;                 ///< the sender's store
  std::string from_title;  ///< what the sender is called here
  ChildFacts child;
  std::size_t records = 0;
  bool held = false;
  std::string receipt;  ///< for the sender: signed JSON
};

/// A record of a bundle that was left out.
struct NotAccepted {
  Id id;
  bool is_signed = false;  ///< in the bundle
  /// `already_there` or `is_signed`: what is kept here under its id, a draft or signed, says
  /// something else, and stays. `invalid`: it is no record that could be kept. `other_child`: it
  /// contradicts what is known of the child. `replayed`: the bundle has another one of that id.
  /// `is_superseded`: it amends, over others too, what was amended here as well.
  Why why = Why::already_there;
};
struct Accepted {
  ChildFacts child;
  std::vector<NotAccepted> left_out;
};

/// A bundle that was sent, as the sender keeps it.
struct SentBundle {
  Id bundle;
  ChildFacts child;
  Id to;
  std::string to_title;  ///< what the recipient is called here
  std::string sent_at;
  std::string received_at, receipt;  ///< empty: no receipt has come
};

/// What is left when a child has been erased.
struct Certificate {
  Id child;
  Id asked_by, confirmed_by;
  Seconds at = 0;
  /// nullopt: the log does not have the erasure, as after a restore of records from before it.
  std::optional<std::size_t> rows;
  /// Of the copies of the ring with the key; nullopt: there was none.
  std::optional<Seconds> last_backup_expires;
};

class Desk {
 public:
  Desk(Desk&&) noexcept;
  Desk& operator=(Desk&&) noexcept;
  /// Logs out: keys are gone from memory. So they are once somebody else has ended the account:
  /// everything is refused then (`not_logged_in`).
  ~Desk();

  [[nodiscard]] const Account& account() const;
  /// Whether the role may do what the log calls `action`, before it is looked for what to do it to.
  /// Only that it may not is logged.
  Allowed<Done> check_right(std::string_view action, const Purpose& purpose = {});
  /// Why everything is done from now on that is given no purpose of its own.
  void because(Purpose purpose);
  /// From now on through another open setting, of the same store. Not while either is in use.
  void work_through(const Setting& setting);

  // Children and records. -------------------------------------------------------------------------
  /// The own caseload; for a reader, the children that were shared. `all`: every child (reason).
  Allowed<std::vector<ChildFacts>> children(bool all, const Purpose& purpose);
  Allowed<ChildFacts> find(const Identifiers& wanted, const Purpose& purpose);
  /// By the id that it has here.
  Allowed<ChildFacts> find(const Id& child, const Purpose& purpose);
  /// Takes in a document, signed or a draft. A child that is not known yet becomes known and joins
  /// the caseload. Gives the child.
  Allowed<ChildFacts> add(const Value& document, const Instruments& instruments,
                          const Purpose& purpose);
  /// Oldest window first, superseded ones too, each before what has taken its place. For a reader
  /// there are no drafts, here and below.
  Allowed<std::vector<RecordLine>> history(const Id& child, const Purpose& purpose);
  Allowed<Value> read(const Id& record, const Purpose& purpose);
  /// The same, with whose it is.
  Allowed<ChildsRecord> read_with_child(const Id& record, const Purpose& purpose);
  /// Writes the leaves that differ from what was read (`base`), so that two people's answers to
  /// different leaves both stay; `changed_meanwhile` where both answered the same one differently.
  /// Gives the draft as it is now.
  Allowed<Value> save_draft(const Value& base, const Value& changed, const Purpose& purpose);
  /// Signs a draft; what is wrong with it is in the refusal's findings. Gives the signed document.
  /// `as_read`: only what whoever signs has read, or `changed_meanwhile`.
  Allowed<Value> sign(const Id& draft, std::string_view by, const Instruments& instruments,
                      const Purpose& purpose, const Value* as_read = nullptr);
  /// A supervisor has looked at a signed record of somebody else and stands by it as well.
  Allowed<Done> sign_off(const Id& record, const Purpose& purpose);
  /// The draft that is to take a signed record's place: the one there is, or a new one.
  Allowed<Value> amend(const Id& record, const Instruments& instruments, const Purpose& purpose);
  /// Records of one child, in one act; `several_children` where they are of more than one.
  Allowed<Shown> show(const std::vector<Id>& records, Showing showing, const Purpose& purpose);
  /// All of a child's, oldest window first, drafts and superseded ones too.
  Allowed<Shown> show_child(const Id& child, Showing showing, const Purpose& purpose);
  /// The same for handing out, in clear; a reason is always needed.
  Allowed<Shown> export_child(const Id& child, const Purpose& purpose);

  // Who works with whom. --------------------------------------------------------------------------
  /// Everybody who has the child in their caseload, or was given it to read, by now.
  Allowed<std::vector<Involvement>> involvements(const Id& child, const Purpose& purpose);
  /// Puts the child into a colleague's caseload. Outside the own one with a reason: nobody takes a
  /// child into their own caseload without one.
  Allowed<Done> assign(const Id& child, std::string_view account, Seconds until,
                       const Purpose& purpose);
  /// Gives a reader, whose fingerprint was compared (`grant`), the child's signed records to read;
  /// a reason is always needed. `day_is_over`: until such a day.
  Allowed<Done> share(const Id& child, std::string_view reader, Seconds until,
                      const Purpose& purpose);
  Allowed<Done> end_involvement(const Id& child, std::string_view account, const Purpose& purpose);

  // Accounts. -------------------------------------------------------------------------------------
  Allowed<std::vector<Account>> accounts();
  /// By an administrator; the account has no keys until a supervisor grants them.
  Allowed<Account> make_account(std::string_view name, Role role, std::string_view passphrase);
  /// By a supervisor, after the fingerprint was compared with the person. A reader gets no keys by
  /// that, and can be given children from then on.
  Allowed<Done> grant(std::string_view name, std::string_view fingerprint);
  /// Ends an account, drops its keys, and gives the setting a new key.
  Allowed<Done> end_account(std::string_view name);
  /// And the account's pair with it, and so its fingerprint: what is sealed from now on, a
  /// passphrase that others knew does not open.
  Allowed<Done> change_passphrase(std::string_view passphrase);
  /// Whether log-ins of this account over a network have a second step.
  Allowed<bool> has_second_step();
  /// From now on they have, in an earlier one's place: `code` shows that an authenticator was given
  /// the secret (`wrong_code`).
  Allowed<Done> set_second_step(const Secret& secret, std::string_view code);
  /// By an administrator, for somebody who has lost their authenticator.
  Allowed<Done> drop_second_step(std::string_view name);
  /// A new recovery key in the printed one's place: `typed_back` is asked for what it was shown;
  /// unless they agree, the old one stays (`recovery`).
  Allowed<Done> renew_recovery_key(
      const std::function<std::string(const std::string&)>& typed_back);

  // Keeping and erasing. --------------------------------------------------------------------------
  /// Every child by the day that its file is to be reviewed: `years` after birth, for this look
  /// alone; nullopt: the setting's own. Nothing is ever deleted by itself.
  Allowed<Retention> retention(std::optional<int> years = {});
  /// The setting's own years from now on; 25 until somebody says otherwise (`out_of_range`).
  Allowed<Done> set_retention_years(int years);
  /// A hold also ends an earlier request for erasure.
  Allowed<Done> hold(const Id& child, bool on, const Purpose& purpose);
  Allowed<std::vector<ErasureRequest>> erasure_requests();
  Allowed<Done> ask_erasure(const Id& child, const Purpose& purpose);
  Allowed<Done> withdraw_erasure(const Id& child, const Purpose& purpose);
  /// `bundle_waits` where a bundle in quarantine would bring the child back.
  Allowed<Certificate> confirm_erasure(const Id& child, const Purpose& purpose);
  /// Of an erasure that is complete, once more and whoever carried it out: by the id that the child
  /// had. Reads the whole log.
  Allowed<Certificate> certificate(const Id& child);

  // Between settings.
  // ------------------------------------------------------------------------------
  /// What others need to send to this setting.
  Allowed<Address> address();
  /// Another setting as one to send to and receive from, once its fingerprint was compared. `title`
  /// is what it is called here; empty leaves what it was called before.
  Allowed<Done> confirm_partner(const Address& partner, std::string_view fingerprint,
                                std::string_view title = {});
  /// Every confirmed one, by what it is called.
  Allowed<std::vector<Partner>> partners();
  /// A bundle of everything about a child, for a confirmed partner. The child stays here as well.
  Allowed<std::string> send(const Id& child, const Id& partner, const Purpose& purpose);
  /// Checks a bundle and keeps it in quarantine. Never twice the same.
  Allowed<Received> receive(std::string_view bundle, const Purpose& purpose = {});
  /// What is in quarantine.
  Allowed<std::vector<Received>> quarantine(const Purpose& purpose = {});
  /// Takes the records out of quarantine. `ref` names the child here, where its own reference is
  /// another child's; empty keeps it, or what a child is called that is surely the same. A signed
  /// record takes the place of its draft where nothing that was said here is lost with that.
  Allowed<Accepted> accept(const Id& bundle, std::string_view ref, const Instruments& instruments,
                           const Purpose& purpose = {});
  /// Drops a bundle that is in quarantine, and its key. It is not taken again.
  Allowed<Done> turn_down(const Id& bundle, const Purpose& purpose);
  /// The receipt for a bundle that was received, once more.
  Allowed<std::string> receipt_of(const Id& bundle, const Purpose& purpose = {});
  /// Every bundle that was sent, the oldest first.
  Allowed<std::vector<SentBundle>> sent_bundles();
  /// A partner's receipt for a bundle that was sent, kept with it.
  Allowed<Done> keep_receipt(std::string_view receipt);

  // The log, and safe keeping. --------------------------------------------------------------------
  /// Entries from a number on; `visit` gives false to stop, and may use the desk. Little more is
  /// read than what is visited, however long the log is. There is no `print` of it.
  Allowed<Done> log_entries(std::int64_t from, const Store::VisitEntry& visit,
                            Showing showing = Showing::read, const Purpose& purpose = {});
  /// The same backwards, from the entry before `number` on (0: from the end).
  Allowed<Done> log_entries_before(std::int64_t number, const Store::VisitEntry& visit);
  /// What an account was called, for entries of the log; empty where there never was one.
  std::string account_name(const Id& account);
  /// Whether there is, or ever was, an account of that name.
  bool ever_had_account(std::string_view name);
  /// Whose account or involvement an entry is about; empty where it is about neither.
  std::string whom_name(const Entry& entry);
  /// The further words of an entry, where the child is in the account's caseload.
  std::optional<std::string> note_of(const Entry& entry);
  /// Copies the ring to a file, and remembers that.
  Allowed<RingBackup> back_up_ring(const std::string& file, const Purpose& purpose = {});
  /// Every copy of the ring that was ever made, oldest first; whether a file is still there is not
  /// looked at.
  Allowed<std::vector<RingBackup>> ring_copies();
  /// Copies the records into a store of their own at `file`, with a manifest beside it. Waits for
  /// nobody: refused unless a ring backup that can be read covers every key.
  Allowed<Head> back_up_records(const std::string& file, const Purpose& purpose = {});

  struct State;
  explicit Desk(std::unique_ptr<State> state);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace gcp2
