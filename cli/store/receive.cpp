#include <array>

#include "../input.h"
#include "../output.h"
#include "../records.h"
#include "gcp2/json.h"
#include "left_out.h"
#include "listing.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

Id bundle_of(const Options& options, const char* option) {
  return id_of(options.text(option), options, "store.no_bundle_id");
}

void accept(const Options& options) {
  const Id bundle = bundle_of(options, "accept");
  const Instruments instruments = instruments_at_hand(options);
  auto [setting, desk] = enter(options);
  const Accepted accepted =
      granted(desk.accept(bundle, options.text("ref"), instruments, purpose_of(options)), options);
  say("store.accepted", {{"child", on_screen(accepted.child.ref)}});
  for (const NotAccepted& each : accepted.left_out) write_standard_error(sentence(each) + "\n");
}

void turn_down(const Options& options) {
  const Id bundle = bundle_of(options, "turn-down");
  auto [setting, desk] = enter(options);
  (void)granted(desk.turn_down(bundle, purpose_of(options)), options);
  say("store.turned_down", {{"bundle", bundle.text()}});
}

void show_receipt(const Options& options) {
  const Id bundle = bundle_of(options, "receipt");
  auto [setting, desk] = enter(options);
  const std::string receipt = granted(desk.receipt_of(bundle, purpose_of(options)), options);
  write_output(options.text("output"), receipt + "\n");
}

Value to_json(const Received& received) {
  Value one = Value::object();
  one.set("bundle", Value::text(received.bundle.text()));
  one.set("ref", Value::text(received.child.ref));
  one.set("from", Value::text(received.from.text()));
  if (!received.from_title.empty()) one.set("from_name", Value::text(received.from_title));
  one.set("records", Value::number(static_cast<std::int64_t>(received.records)));
  one.set("held", Value::boolean(received.held));
  return one;
}

std::string line_of(const Received& received) {
  return phrase("store.waits", {{"bundle", received.bundle.text()},
                                {"child", on_screen(received.child.ref)},
                                {"count", std::to_string(received.records)},
                                {"from", setting_name(received.from_title, received.from)}});
}

void list_waiting(const Options& options) {
  auto [setting, desk] = enter(options);
  write_list(
      granted(desk.quarantine(purpose_of(options)), options),
      {"gcp2/waiting-bundles/1", "bundles", phrase("store.nothing_waits")}, options,
      [](const Received& each) { return to_json(each); }, line_of);
}

void receive(const std::string& file, const Options& options) {
  const std::string target = options.text("output");
  if (target.empty() || target == "-") options.refuse(phrase("store.receipt_where"));
  require_input(file, largest_bundle);
  const std::string bundle = read_source(file).bytes;
  auto [setting, desk] = enter(options);
  const Received received = granted(desk.receive(bundle, purpose_of(options)), options);
  const std::string id = received.bundle.text();
  write_once_done(target, received.receipt + "\n", phrase("store.receipt_again", {{"bundle", id}}));
  say("store.received", {{"bundle", id},
                         {"child", on_screen(received.child.ref)},
                         {"count", std::to_string(received.records)},
                         {"file", target}});
}

}  // namespace

int store_receive(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  add_replace_option(options);
  options.value("accept", "BUNDLE", "option.accept")
      .value("ref", "REF", "option.accept_ref")
      .value("turn-down", "BUNDLE", "option.turn_down")
      .value("receipt", "BUNDLE", "option.receipt_again");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  std::size_t wanted = options.operands().size();
  for (const char* each : {"accept", "turn-down", "receipt"})
    if (options.has(each)) ++wanted;
  if (wanted > 1) options.refuse(phrase("store.receive_one"));
  if (wanted != 0) options.refuse_given(no_format);
  if (options.has("accept") || options.has("turn-down")) options.refuse_given(no_output);
  if (!options.has("accept")) options.refuse_given(no_note);
  if (options.has("accept"))
    accept(options);
  else if (options.has("turn-down"))
    turn_down(options);
  else if (options.has("receipt"))
    show_receipt(options);
  else if (options.operands().empty())
    list_waiting(options);
  else
    receive(options.operands().front(), options);
  return Exit::done;
}

}  // namespace gcp2::cli
