#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "../output.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

std::string act_line(const LoggedAct& act, const std::string& name) {
  const Entry& entry = act.first;
  std::string out = fmt::format("{:>6}  {}  {:<14} {:<16} {}", entry.number, moment_text(entry.at),
                                name.empty() ? phrase("store.nobody") : on_screen(name),
                                entry.action, entry.outcome);
  if (act.rows > 1) out += " " + phrase("store.rows", {{"count", std::to_string(act.rows)}});
  if (!entry.reason.empty()) out += "  " + entry.reason;
  if (!act.whom.empty() && act.whom != name)
    out += "\n" + std::string(8, ' ') + phrase("store.whom", {{"name", on_screen(act.whom)}});
  if (!entry.subject.none())
    out += "\n" + std::string(8, ' ') + phrase("store.about", {{"child", entry.subject.text()}});
  return out + "\n";
}

std::optional<Seconds> day_of(const Options& options, const char* name) {
  if (!options.has(name)) return std::nullopt;
  const auto date = Date::parse(options.text(name));
  if (!date) options.refuse(phrase("store.audit_day", {{"option", name}}));
  return start_of(*date);
}

LogFilter filter_of(const Options& options) {
  LogFilter filter;
  filter.account = options.text("account");
  filter.since = day_of(options, "since");
  if (const auto last = day_of(options, "until")) filter.before = *last + whole_day;
  if (filter.since && filter.before && *filter.since >= *filter.before)
    options.refuse(phrase("store.audit_days"));
  return filter;
}

std::int64_t first_of(const Options& options) {
  std::int64_t first = 1;
  if (!options.has("from")) return first;
  const std::string text = options.text("from");
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), first);
  if (error != std::errc{} || end != text.data() + text.size() || first < 1)
    options.refuse(phrase("store.from"));
  return first;
}

std::string acts_text(const std::vector<Entry>& entries, AccountNames& names) {
  std::string out;
  for (const LoggedAct& act : acts_of(entries, names)) out += act_line(act, names.actor(act.first));
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
  options.refuse_given(no_note);
  const std::string to = options.has("to") ? options.text("to")
                         : options.json()  ? std::string{"json"}
                                           : "text";
  if (to != "text" && to != "csv" && to != "json") options.refuse(phrase("store.audit_to"));
  LogFilter filter = filter_of(options);
  const std::int64_t first = first_of(options);
  auto [setting, desk] = enter(options);
  const Taking taking{.is_export = leaves_store(options), .purpose = purpose_of(options)};
  // Who has no keys, and whoever asks about an erased child, names it as the log does.
  if (const std::string child = options.text("child"); !child.empty()) {
    filter.child = Id::parse(child);
    if (!filter.child && desk.account().role == Role::auditor)
      options.refuse(phrase("store.audit_by_id"));
    if (!filter.child) filter.child = child_of(desk, child, taking.action(), options).id;
  }
  AccountNames names{desk};
  const auto entries = granted(wanted_entries(desk, first, filter, names, taking), options);
  // Nothing found is no answer about somebody who never was here.
  if (options.has("account") && !desk.ever_had_account(filter.account))
    throw Stop{Exit::invalid, phrase("store.audit_nobody", {{"name", on_screen(filter.account)}})};
  write_output(options.text("output"), to == "csv"    ? log_csv(entries, desk, names)
                                       : to == "json" ? log_json(entries, desk, names)
                                                      : acts_text(entries, names));
  say_in_clear(options);
  return Exit::done;
}

}  // namespace gcp2::cli
