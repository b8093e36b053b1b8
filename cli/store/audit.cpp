#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>

#include "../output.h"
#include "gcp2/json.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

std::string text_or_nothing(const Id& id) { return id.none() ? "" : id.text(); }

/// An entry's columns, in the order of the header.
constexpr std::string_view columns[] = {"number",  "at",       "actor",  "name",  "action",
                                        "outcome", "reason",   "note",   "child", "table",
                                        "row",     "revision", "digest", "hash",  "whom"};
std::vector<std::string> cells(const Entry& entry, const std::string& name, const std::string& whom,
                               const std::string& note) {
  const bool about_row = !entry.row.none();
  return {std::to_string(entry.number),
          moment_text(entry.at),
          text_or_nothing(entry.actor),
          name,
          entry.action,
          entry.outcome,
          entry.reason,
          note,
          text_or_nothing(entry.subject),
          about_row ? std::string{name_of(entry.table)} : "",
          text_or_nothing(entry.row),
          about_row ? std::to_string(entry.revision) : "",
          hexadecimal(entry.digest),
          hexadecimal(entry.hash),
          whom};
}

/// A cell that no spreadsheet takes for a formula.
std::string quoted(std::string text) {
  if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

bool is_same_act(const Entry& left, const Entry& right) {
  return left.at == right.at && left.actor == right.actor && left.action == right.action &&
         left.outcome == right.outcome && left.reason == right.reason &&
         left.subject == right.subject;
}

std::string act_line(const Entry& entry, const std::string& name, const std::string& whom,
                     std::size_t rows) {
  std::string out = fmt::format("{:>6}  {}  {:<14} {:<16} {}", entry.number, moment_text(entry.at),
                                name.empty() ? phrase("store.nobody") : on_screen(name),
                                entry.action, entry.outcome);
  if (rows > 1) out += " " + phrase("store.rows", {{"count", std::to_string(rows)}});
  if (!entry.reason.empty()) out += "  " + entry.reason;
  if (!whom.empty())
    out += "\n" + std::string(8, ' ') + phrase("store.whom", {{"name", on_screen(whom)}});
  if (!entry.subject.none())
    out += "\n" + std::string(8, ' ') + phrase("store.about", {{"child", entry.subject.text()}});
  return out + "\n";
}

/// What accounts are called, each looked up once.
class Names {
 public:
  explicit Names(Desk& desk) : desk_{desk} {}
  const std::string& actor(const Entry& entry) {
    const auto [at, is_new] = accounts_.try_emplace(entry.actor);
    if (is_new) at->second = desk_.account_name(entry.actor);
    return at->second;
  }
  /// Whose account or involvement it is about.
  const std::string& whom(const Entry& entry) {
    const auto [at, is_new] = rows_.try_emplace(entry.row);
    if (is_new) at->second = desk_.whom_name(entry);
    return at->second;
  }

 private:
  Desk& desk_;
  std::map<Id, std::string> accounts_, rows_;
};

/// Which entries are wanted.
struct Wanted {
  std::int64_t first = 1;
  std::optional<Seconds> since, before;
  std::optional<Id> child;
  std::string account;  ///< its name

  [[nodiscard]] bool takes(const Entry& entry, Names& names) const {
    return (!since || entry.at >= *since) && (!before || entry.at < *before) &&
           (!child || entry.subject == *child) &&
           (account.empty() || names.actor(entry) == account || names.whom(entry) == account);
  }
};

std::optional<Seconds> day_of(const Options& options, const char* name) {
  if (!options.has(name)) return std::nullopt;
  const auto date = Date::parse(options.text(name));
  if (!date) options.refuse(phrase("store.audit_day", {{"option", name}}));
  return start_of(*date);
}

Wanted wanted_of(const Options& options) {
  Wanted wanted;
  wanted.account = options.text("account");
  wanted.since = day_of(options, "since");
  if (const auto last = day_of(options, "until")) wanted.before = *last + 86400;
  if (wanted.since && wanted.before && *wanted.since >= *wanted.before)
    options.refuse(phrase("store.audit_days"));
  if (!options.has("from")) return wanted;
  const std::string text = options.text("from");
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wanted.first);
  if (error != std::errc{} || end != text.data() + text.size() || wanted.first < 1)
    options.refuse(phrase("store.from"));
  return wanted;
}

/// Lines for people: one act can write many rows.
std::string acts_text(const std::vector<Entry>& entries, Names& names) {
  std::string out;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& first = entries[i];
    std::size_t same = 1;
    std::string whom = names.whom(first);
    for (; i + 1 < entries.size() && is_same_act(first, entries[i + 1]); ++i, ++same)
      if (whom.empty()) whom = names.whom(entries[i + 1]);
    out += act_line(first, names.actor(first), whom, same);
  }
  return out.empty() ? phrase("store.no_entries") + "\n" : out;
}

}  // namespace

int store_audit(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  add_replace_option(options);
  options.value("from", "N", "option.audit_from")
      .value("since", "DAY", "option.audit_since")
      .value("until", "DAY", "option.audit_until")
      .value("child", "REF|ID", "option.audit_child")
      .value("account", "NAME", "option.audit_account")
      .value("to", "csv|json|text", "option.audit_to");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const std::string to = options.has("to") ? options.text("to")
                         : options.json()  ? std::string{"json"}
                                           : "text";
  if (to != "text" && to != "csv" && to != "json") options.refuse(phrase("store.audit_to"));
  Wanted wanted = wanted_of(options);
  auto [setting, desk] = enter(options);
  // Who has no keys, and whoever asks about an erased child, names it as the log does.
  if (const std::string child = options.text("child"); !child.empty()) {
    wanted.child = Id::parse(child);
    if (!wanted.child) wanted.child = child_of(desk, child, options).id;
  }
  Names names{desk};
  std::vector<Entry> entries;
  (void)granted(desk.log_entries(wanted.first,
                                 [&](const Entry& entry) {
                                   entries.push_back(entry);
                                   return true;
                                 }),
                options);
  std::erase_if(entries, [&](const Entry& entry) { return !wanted.takes(entry, names); });
  std::string out;
  if (to == "text") out = acts_text(entries, names);
  Value list = Value::list();
  if (to == "csv") out = fmt::format("{}\r\n", fmt::join(columns, ","));
  for (const Entry& entry : entries) {
    if (to == "text") break;
    const auto all =
        cells(entry, names.actor(entry), names.whom(entry), desk.note_of(entry).value_or(""));
    if (to == "csv") {
      std::string line;
      for (const std::string& cell : all) line += quoted(cell) + ",";
      line.back() = '\r';
      out += line + "\n";
      continue;
    }
    Value& one = list.items().emplace_back(Value::object());
    for (std::size_t column = 0; column < all.size(); ++column)
      if (!all[column].empty()) one.set(columns[column], Value::text(all[column]));
  }
  if (to == "json") {
    Value document = Value::object();
    document.set("format", Value::text("gcp2/audit/1"));
    document.set("entries", std::move(list));
    out = write_json(document);
  }
  write_output(options.text("output"), out);
  return Exit::done;
}

}  // namespace gcp2::cli
