#include <algorithm>

#include "../output.h"
#include "gcp2/json.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

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
  Value erasing = Value::list();
  for (const Id& child : found.erasing) erasing.items().push_back(Value::text(child.text()));
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
  document.set("against_copy", Value::boolean(found.against_copy));
  document.set("flaws", std::move(flaws));
  document.set("erasing", std::move(erasing));
  document.set("clock_back", std::move(back));
  return document;
}

/// Anchors that are asked for and not there are not passed over.
int exit_of(const Verification& found, const Options& options) {
  if (!found.flaws.empty()) return Exit::invalid;
  return !found.anchors_found && names_anchors(options) ? Exit::outside : Exit::done;
}

}  // namespace

int store_verify(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options, Asking::nobody);
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const Places places = places_of(options);
  const Verification found = granted(verify(places, means_at_hand()), options, places.records);
  if (options.json()) {
    write_standard_output(write_json(to_json(found)));
    return exit_of(found, options);
  }
  std::string out = phrase("store.verified", {{"entries", std::to_string(found.head.count)},
                                              {"rows", std::to_string(found.rows)},
                                              {"anchors", std::to_string(found.anchors)},
                                              {"hash", hexadecimal(found.head.hash)}}) +
                    "\n";
  if (!found.against_ring) out += phrase("store.verified_without_ring") + "\n";
  if (found.against_ring && !found.against_copy)
    out += phrase("store.verified_without_copy") + "\n";
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
                   {"row", flaw.row.none() ? "" : flaw.row.text()}}) +
           "\n";
  for (const Id& child : found.erasing)
    out += phrase("store.erasing", {{"row", child.text()}}) + "\n";
  for (const std::int64_t number : found.clock_back)
    out += phrase("store.clock_back", {{"number", std::to_string(number)}}) + "\n";
  out += phrase(found.flaws.empty() ? "store.whole" : "store.not_whole") + "\n";
  write_standard_output(out);
  return exit_of(found, options);
}

int store_backup(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  options.value("ring-copy", "FILE", "option.ring_copy").value("records", "FILE", "option.records");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  if (!options.has("ring-copy") && !options.has("records"))
    options.refuse(phrase("store.backup_what"));
  for (const char* name : {"ring-copy", "records"})
    require_target(options.text(name), options, false);
  if (options.has("records")) require_target(options.text("records") + ".manifest", options, false);
  if (options.has("ring-copy") && options.has("records"))
    require_backups_apart(options.text("ring-copy"), options.text("records"), options);
  options.refuse_given(no_note);
  auto [setting, desk] = enter(options);
  if (options.has("ring-copy")) {
    const std::string file = options.text("ring-copy");
    const RingBackup copy = granted(desk.back_up_ring(file, purpose_of(options)), options, file);
    write_standard_output(phrase("store.ring_copied",
                                 {{"file", file}, {"day", day_text(copy.at + ring_copies_live)}}) +
                          "\n");
  }
  if (options.has("records")) {
    const std::string file = options.text("records");
    const Head head = granted(desk.back_up_records(file, purpose_of(options)), options, file);
    write_standard_output(
        phrase("store.records_copied", {{"file", file}, {"entries", std::to_string(head.count)}}) +
        "\n");
  }
  return Exit::done;
}

int store_restore(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options, Asking::who);
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const std::string backup = operand_of(options, "store.which_backup");
  const std::string name = account_of(options);
  require_input(backup, 0);
  if (!is_restore_cut_off(places_of(options))) require_no_store(options);
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  std::string passphrase =
      Passphrases{options}.ask(phrase("store.ask_passphrase", {{"name", name}}));
  const auto done = restore(places_of(options), means_at_hand(), backup, name, passphrase);
  wipe(passphrase);
  const bool is_present = !done && done.error().store.trouble == Trouble::present;
  const Restored restored =
      granted(done, options, is_present ? places_of(options).records : backup);
  const std::int64_t lost = restored.lost_head.count - restored.backup_head.count;
  write_standard_output(
      phrase("store.restored", {{"rows", std::to_string(restored.rows)},
                                {"erased", std::to_string(restored.erased_rows)},
                                {"lost", std::to_string(std::max<std::int64_t>(0, lost))}}) +
      "\n");
  if (lost > 0)
    write_standard_output(
        phrase("store.restored_older", {{"moment", Instant::at(restored.backup_head.at).text()}}) +
        "\n");
  return Exit::done;
}

int store_migrate(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options, Asking::nobody);
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const Places places = places_of(options);
  (void)granted(Setting::open(places, means_at_hand(), Opening::migrate), options, places.records);
  write_standard_output(phrase("store.migrated") + "\n");
  return Exit::done;
}

}  // namespace gcp2::cli
