#include "log.h"

#include <fmt/format.h>

#include <algorithm>

#include "../days.h"
#include "gcp2/json.h"

namespace gcp2::cli {
namespace {

std::string text_or_nothing(const Id& id) { return id.none() ? "" : id.text(); }

/// An entry's columns, in the order of the header.
constexpr std::string_view columns[] = {"number",  "at",       "actor",  "name",  "action",
                                        "outcome", "reason",   "note",   "child", "table",
                                        "row",     "revision", "digest", "hash",  "whom"};
std::vector<std::string> cells(const Entry& entry, Desk& desk, AccountNames& names) {
  const bool about_rows = !entry.row.none() || entry.outcome == "read";
  return {std::to_string(entry.number),
          moment_text(entry.at),
          text_or_nothing(entry.actor),
          names.actor(entry),
          entry.action,
          entry.outcome,
          entry.reason,
          desk.note_of(entry).value_or(""),
          text_or_nothing(entry.subject),
          about_rows ? std::string{name_of(entry.table)} : "",
          text_or_nothing(entry.row),
          about_rows ? std::to_string(entry.revision) : "",
          hexadecimal(entry.digest),
          hexadecimal(entry.hash),
          names.whom(entry)};
}

bool is_number(std::string_view column) { return column == "number" || column == "revision"; }

/// A cell that no spreadsheet takes for a formula.
std::string quoted(std::string text) {
  if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

/// Whose account the entry is about; none where it is about no account.
Id account_of(const Entry& entry) { return entry.table == RowKind::account ? entry.row : Id{}; }

bool is_same_act(const Entry& left, const Entry& right) {
  return left.at == right.at && left.actor == right.actor && left.action == right.action &&
         left.outcome == right.outcome && left.reason == right.reason &&
         left.subject == right.subject && account_of(left) == account_of(right);
}

}  // namespace

const std::string& AccountNames::actor(const Entry& entry) {
  const auto [at, is_new] = accounts_.try_emplace(entry.actor);
  if (is_new) at->second = desk_.account_name(entry.actor);
  return at->second;
}

const std::string& AccountNames::whom(const Entry& entry) {
  const auto [at, is_new] = rows_.try_emplace(entry.row);
  if (is_new) at->second = desk_.whom_name(entry);
  return at->second;
}

bool LogFilter::takes(const Entry& entry, AccountNames& names) const {
  return (!since || entry.at >= *since) && (!before || entry.at < *before) &&
         (!child || entry.subject == *child) &&
         (account.empty() || names.actor(entry) == account || names.whom(entry) == account);
}

std::vector<LoggedAct> acts_of(std::span<const Entry> entries, AccountNames& names) {
  std::vector<LoggedAct> acts;
  for (const Entry& entry : entries) {
    if (!acts.empty() && is_same_act(acts.back().first, entry)) {
      ++acts.back().rows;
      if (acts.back().whom.empty()) acts.back().whom = names.whom(entry);
    } else {
      acts.push_back({entry, 1, names.whom(entry)});
    }
  }
  return acts;
}

Allowed<std::vector<Entry>> wanted_entries(Desk& desk, std::int64_t from, const LogFilter& filter,
                                           AccountNames& names, const Taking& taking) {
  std::vector<Entry> entries;
  const auto read = desk.log_entries(
      from,
      [&](const Entry& entry) {
        if (filter.takes(entry, names)) entries.push_back(entry);
        return entries.size() <= taking.most;
      },
      taking.is_export ? Showing::hand_out : Showing::read, taking.purpose);
  if (!read) return read.error();
  return entries;
}

Allowed<LogPage> acts_before(Desk& desk, std::int64_t before, const LogFilter& filter,
                             AccountNames& names, std::size_t most) {
  constexpr std::size_t most_looked_at = 100'000;
  std::vector<Entry> found;
  std::size_t acts = 0, looked_at = 0;
  LogPage page;
  const auto read = desk.log_entries_before(before, [&](const Entry& entry) {
    if (++looked_at > most_looked_at) {
      page.older = entry.number + 1;
      return false;
    }
    if (!filter.takes(entry, names)) return true;
    const bool is_another = found.empty() || !is_same_act(found.back(), entry);
    if (is_another && acts == most) {
      page.older = found.back().number;
      return false;
    }
    acts += is_another ? 1U : 0U;
    found.push_back(entry);
    return true;
  });
  if (!read) return read.error();
  std::ranges::reverse(found);
  page.acts = acts_of(found, names);
  std::ranges::reverse(page.acts);
  return page;
}

LogState log_state(const Head& head) {
  return {head.count, hexadecimal(head.hash), moment_text(head.at)};
}

std::string log_csv(std::span<const Entry> entries, Desk& desk, AccountNames& names) {
  std::string out = fmt::format("{}\r\n", fmt::join(columns, ","));
  for (const Entry& entry : entries) {
    for (const std::string& cell : cells(entry, desk, names)) out += quoted(cell) + ",";
    out.back() = '\r';
    out += '\n';
  }
  return out;
}

std::string log_json(std::span<const Entry> entries, Desk& desk, AccountNames& names) {
  Value list = Value::list();
  for (const Entry& entry : entries) {
    const auto all = cells(entry, desk, names);
    Value& one = list.items().emplace_back(Value::object());
    for (std::size_t column = 0; column < all.size(); ++column)
      if (!all[column].empty())
        one.set(columns[column],
                is_number(columns[column]) ? Value::number(all[column]) : Value::text(all[column]));
  }
  Value document = Value::object();
  document.set("format", Value::text("gcp2/audit/1"));
  document.set("entries", std::move(list));
  return write_json(document);
}

}  // namespace gcp2::cli
