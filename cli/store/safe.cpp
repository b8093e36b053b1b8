#include <fmt/format.h>

#include <charconv>

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
                                        "row",     "revision", "digest", "hash"};
std::vector<std::string> cells(const Entry& entry, const std::string& name,
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
          hexadecimal(entry.hash)};
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
         left.outcome == right.outcome && left.subject == right.subject;
}

std::string act_line(const Entry& entry, const std::string& name, std::size_t rows) {
  std::string out = fmt::format("{:>6}  {}  {:<14} {:<16} {}", entry.number, moment_text(entry.at),
                                name.empty() ? phrase("store.nobody") : on_screen(name),
                                entry.action, entry.outcome);
  if (rows > 1) out += " " + phrase("store.rows", {{"count", std::to_string(rows)}});
  if (!entry.reason.empty()) out += "  " + entry.reason;
  if (!entry.subject.none())
    out += "\n" + std::string(8, ' ') + phrase("store.about", {{"child", entry.subject.text()}});
  return out + "\n";
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

Value to_json(const Verification& found) {
  Value flaws = Value::list();
  for (const Flaw& flaw : found.flaws) {
    Value one = Value::object();
    one.set("code", Value::text(std::string{flaw.code}));
    one.set("where", Value::text(std::string{flaw.where}));
    if (flaw.number != 0)
      one.set(flaw.code == "planted" ? "line" : "entry", Value::number(flaw.number));
    if (!flaw.row.none()) {
      one.set("table", Value::text(std::string{name_of(flaw.table)}));
      one.set("row", Value::text(flaw.row.text()));
    }
    flaws.items().push_back(std::move(one));
  }
  Value back = Value::list();
  for (const std::int64_t number : found.clock_back) back.items().push_back(Value::number(number));
  Value document = Value::object();
  document.set("format", Value::text("gcp2/verification/1"));
  document.set("whole", Value::boolean(found.flaws.empty()));
  document.set("entries", Value::number(found.head.count));
  document.set("hash", Value::text(hexadecimal(found.head.hash)));
  document.set("rows", Value::number(static_cast<std::int64_t>(found.rows)));
  document.set("anchors", Value::number(static_cast<std::int64_t>(found.anchors)));
  document.set("anchors_found", Value::boolean(found.anchors_found));
  document.set("unreadable_anchors",
               Value::number(static_cast<std::int64_t>(found.unreadable_anchors)));
  document.set("replaced_anchors",
               Value::number(static_cast<std::int64_t>(found.replaced_anchors)));
  document.set("against_ring", Value::boolean(found.against_ring));
  document.set("flaws", std::move(flaws));
  document.set("clock_back", std::move(back));
  return document;
}

}  // namespace

int store_audit(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  options.value("from", "N", "option.audit_from").value("to", "csv|json|text", "option.audit_to");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const std::string to = options.has("to") ? options.text("to")
                         : options.json()  ? std::string{"json"}
                                           : "text";
  if (to != "text" && to != "csv" && to != "json") options.refuse(phrase("store.audit_to"));
  const std::int64_t first = first_of(options);
  auto [setting, desk] = enter(options);
  std::vector<Entry> entries;
  (void)granted(desk.log_entries(first,
                                 [&](const Entry& entry) {
                                   entries.push_back(entry);
                                   return true;
                                 }),
                options);
  std::string out;
  Value list = Value::list();
  if (to == "csv") out = fmt::format("{}\r\n", fmt::join(columns, ","));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    const std::string name = desk.account_name(entry.actor);
    if (to == "text") {
      // One act can write many rows.
      std::size_t same = 1;
      while (i + 1 < entries.size() && is_same_act(entry, entries[i + 1])) ++i, ++same;
      out += act_line(entry, name, same);
      continue;
    }
    const auto all = cells(entry, name, desk.note_of(entry).value_or(""));
    if (to == "csv") {
      std::string line;
      for (const std::string& cell : all) line += (line.empty() ? "" : ",") + quoted(cell);
      out += line + "\r\n";
    } else {
      Value one = Value::object();
      for (std::size_t column = 0; column < all.size(); ++column)
        if (!all[column].empty()) one.set(columns[column], Value::text(all[column]));
      list.items().push_back(std::move(one));
    }
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

int store_verify(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options, false);
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const Verification found = granted(verify(places_of(options), means_at_hand()), options);
  if (options.json()) {
    write_standard_output(write_json(to_json(found)));
    return found.flaws.empty() ? Exit::done : Exit::invalid;
  }
  std::string out = phrase("store.verified", {{"entries", std::to_string(found.head.count)},
                                              {"rows", std::to_string(found.rows)},
                                              {"anchors", std::to_string(found.anchors)},
                                              {"hash", hexadecimal(found.head.hash)}}) +
                    "\n";
  if (!found.against_ring) out += phrase("store.verified_without_ring") + "\n";
  if (!found.anchors_found) out += phrase("store.verified_without_anchors") + "\n";
  if (found.unreadable_anchors != 0)
    out +=
        phrase("store.unreadable_anchors", {{"count", std::to_string(found.unreadable_anchors)}}) +
        "\n";
  if (found.replaced_anchors != 0)
    out += phrase("store.replaced_anchors", {{"count", std::to_string(found.replaced_anchors)}}) +
           "\n";
  for (const Flaw& flaw : found.flaws)
    out += phrase("store.flaw." + std::string{flaw.code},
                  {{"where", phrase("store.where." + std::string{flaw.where})},
                   {"number", std::to_string(flaw.number)},
                   {"table", std::string{name_of(flaw.table)}},
                   {"row", text_or_nothing(flaw.row)}}) +
           "\n";
  for (const std::int64_t number : found.clock_back)
    out += phrase("store.clock_back", {{"number", std::to_string(number)}}) + "\n";
  out += phrase(found.flaws.empty() ? "store.whole" : "store.not_whole") + "\n";
  write_standard_output(out);
  return found.flaws.empty() ? Exit::done : Exit::invalid;
}

int store_backup(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  options.value("ring-copy", "FILE", "option.ring_copy").value("records", "FILE", "option.records");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  if (!options.has("ring-copy") && !options.has("records"))
    options.refuse(phrase("store.backup_what"));
  auto [setting, desk] = enter(options);
  if (options.has("ring-copy")) {
    const std::string file = options.text("ring-copy");
    const RingBackup copy = granted(desk.back_up_ring(file), options);
    write_standard_output(
        phrase("store.ring_copied", {{"file", file}, {"day", day_text(copy.at + 30 * 86400)}}) +
        "\n");
  }
  if (options.has("records")) {
    const std::string file = options.text("records");
    const Head head = granted(desk.back_up_records(file), options);
    write_standard_output(
        phrase("store.records_copied", {{"file", file}, {"entries", std::to_string(head.count)}}) +
        "\n");
  }
  return Exit::done;
}

int store_restore(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  if (!options.parse(arguments, 1, 1)) return Exit::done;
  if (!options.has("as")) options.refuse(phrase("store.who"));
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  const std::string name = options.text("as");
  std::string passphrase =
      Passphrases{options}.ask(phrase("store.ask_passphrase", {{"name", name}}));
  const auto done =
      restore(places_of(options), means_at_hand(), options.operands().front(), name, passphrase);
  wipe(passphrase);
  const Restored restored = granted(done, options);
  write_standard_output(
      phrase("store.restored",
             {{"rows", std::to_string(restored.rows)},
              {"erased", std::to_string(restored.erased_rows)},
              {"lost", std::to_string(std::max<std::int64_t>(
                           0, restored.lost_head.count - restored.head.count + 1))}}) +
      "\n");
  return Exit::done;
}

int store_migrate(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options, false);
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  (void)granted(Setting::open(places_of(options), means_at_hand(), Opening::migrate), options);
  write_standard_output(phrase("store.migrated") + "\n");
  return Exit::done;
}

}  // namespace gcp2::cli
