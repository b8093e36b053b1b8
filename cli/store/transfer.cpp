#include "../input.h"
#include "../output.h"
#include "../records.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

Address address_of(const std::string& text, const Options& options) {
  const auto address = Address::parse(text);
  if (!address) options.refuse(phrase("store.address"));
  return *address;
}

void say(std::string_view key, std::initializer_list<Filling> fillings) {
  write_standard_output(phrase(key, fillings) + "\n");
}

}  // namespace

int store_transfer(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  options.value("fingerprint", "DIGITS", "option.partner_fingerprint")
      .value("to", "ADDRESS", "option.transfer_to");
  if (!options.parse(arguments, 0, 2)) return Exit::done;
  const auto& operands = options.operands();
  const std::string what = operands.empty() ? "" : operands.front();
  if (what != "address" && what != "partner" && what != "send" && what != "receipt")
    options.refuse(phrase("store.transfer_parts"));
  if (operands.size() != (what == "address" ? 1U : 2U))
    options.refuse(phrase("store.transfer_parts"));

  if (what == "address") {
    auto [setting, desk] = enter(options);
    const Address own = granted(desk.address(), options);
    say("store.own_address", {{"address", own.text()}, {"fingerprint", own.fingerprint()}});
    return Exit::done;
  }
  const std::string& operand = operands.back();
  if (what == "partner") {
    const Address partner = address_of(operand, options);
    if (!options.has("fingerprint")) options.refuse(phrase("store.partner_fingerprint"));
    auto [setting, desk] = enter(options);
    (void)granted(desk.confirm_partner(partner, options.text("fingerprint")), options);
    say("store.partner_confirmed", {{"store", partner.store.text()}});
    return Exit::done;
  }
  if (what == "receipt") {
    const std::string receipt = read_source(operand).bytes;
    auto [setting, desk] = enter(options);
    (void)granted(desk.keep_receipt(receipt), options);
    say("store.receipt_kept", {{"file", operand}});
    return Exit::done;
  }
  const std::string target = options.text("output");
  if (target.empty() || !options.has("to")) options.refuse(phrase("store.send_where"));
  const Address to = address_of(options.text("to"), options);
  auto [setting, desk] = enter(options);
  const Id child = child_of(desk, operand, options).id;
  const std::string bundle = granted(desk.send(child, to.store, purpose_of(options)), options);
  write_output(target, bundle);
  say("store.sent", {{"child", operand}, {"file", target}});
  return Exit::done;
}

int store_receive(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  options.value("accept", "BUNDLE", "option.accept").value("ref", "REF", "option.accept_ref");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  if (options.has("accept")) {
    const Id bundle = record_id(options.text("accept"), options);
    const Instruments instruments = instruments_at_hand(options);
    auto [setting, desk] = enter(options);
    const ChildFacts child =
        granted(desk.accept(bundle, options.text("ref"), instruments), options);
    say("store.accepted", {{"child", on_screen(child.ref)}});
    return Exit::done;
  }
  if (options.operands().empty()) {
    auto [setting, desk] = enter(options);
    const auto waiting = granted(desk.quarantine(), options);
    if (waiting.empty()) say("store.nothing_waits", {});
    for (const Received& each : waiting)
      say("store.waits", {{"bundle", each.bundle.text()},
                          {"child", on_screen(each.child.ref)},
                          {"count", std::to_string(each.records)},
                          {"from", each.from.text()}});
    return Exit::done;
  }
  const std::string target = options.text("output");
  if (target.empty()) options.refuse(phrase("store.receipt_where"));
  const std::string bundle = read_source(options.operands().front()).bytes;
  auto [setting, desk] = enter(options);
  const Received received = granted(desk.receive(bundle), options);
  write_output(target, received.receipt + "\n");
  say("store.received", {{"bundle", received.bundle.text()},
                         {"child", on_screen(received.child.ref)},
                         {"count", std::to_string(received.records)},
                         {"file", target}});
  return Exit::done;
}

}  // namespace gcp2::cli
