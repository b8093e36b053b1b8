// The log as people read it and take it away: which entries are wanted, acts of several rows
// folded, spreadsheets and JSON. For the terminal and for the browser.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gcp2/desk.h"
#include "gcp2/view.h"

namespace gcp2::cli {

/// What accounts are called, each looked up once.
class AccountNames {
 public:
  explicit AccountNames(Desk& desk) : desk_{desk} {}
  const std::string& actor(const Entry& entry);
  /// Whose account or involvement it is about.
  const std::string& whom(const Entry& entry);

 private:
  Desk& desk_;
  std::map<Id, std::string> accounts_, rows_;
};

/// Which entries are wanted.
struct LogFilter {
  std::optional<Seconds> since = {}, before = {};
  std::optional<Id> child = {};
  std::string account = {};  ///< its name

  [[nodiscard]] bool takes(const Entry& entry, AccountNames& names) const;
};

/// An act: one or more entries that follow each other, as one act can write many rows. Of two
/// accounts they are two acts.
struct LoggedAct {
  Entry first;
  std::size_t rows = 1;
  std::string whom;
};
std::vector<LoggedAct> acts_of(std::span<const Entry> entries, AccountNames& names);

/// What entries are read for.
struct Taking {
  bool is_export = false;  ///< into a file
  Purpose purpose = {};
  std::size_t most = std::numeric_limits<std::size_t>::max() - 1;

  /// As the log calls it.
  [[nodiscard]] std::string_view action() const { return is_export ? "export_log" : "audit"; }
};
/// What is wanted from an entry on, in order; of more than `most`, one more than that.
Allowed<std::vector<Entry>> wanted_entries(Desk& desk, std::int64_t from, const LogFilter& filter,
                                           AccountNames& names, const Taking& taking);

/// A page of the log, the newest act first.
struct LogPage {
  std::vector<LoggedAct> acts;
  std::int64_t older = 0;  ///< the next page is of entries before this one; 0: there is none
};
/// At most `most` of the wanted acts, of entries before a number (0: the end). Looks through a
/// part of the log at a time: there can be fewer than that, and still an older page.
Allowed<LogPage> acts_before(Desk& desk, std::int64_t before, const LogFilter& filter,
                             AccountNames& names, std::size_t most);

/// Where the log ended, as reports say it.
LogState log_state(const Head& head);

/// For a spreadsheet (no cell is taken for a formula), and for programs.
std::string log_csv(std::span<const Entry> entries, Desk& desk, AccountNames& names);
std::string log_json(std::span<const Entry> entries, Desk& desk, AccountNames& names);

}  // namespace gcp2::cli
