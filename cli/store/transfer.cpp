#include "../input.h"
#include "../output.h"
#include "gcp2/json.h"
#include "listing.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

Address address_of(const std::string& text, const Options& options) {
  const auto address = Address::parse(text);
  if (!address) options.refuse(phrase("store.address"));
  return *address;
}

void show_address(const Options& options) {
  auto [setting, desk] = enter(options);
  const Address own = granted(desk.address(), options);
  say("store.own_address", {{"address", own.text()}, {"fingerprint", own.fingerprint()}});
}

void confirm_partner(const std::string& text, const Options& options) {
  const std::string title = words_of(options, "name");
  const Address partner = address_of(text, options);
  if (!options.has("fingerprint")) options.refuse(phrase("store.partner_fingerprint"));
  if (title.empty()) options.refuse(phrase("store.partner_name"));
  auto [setting, desk] = enter(options);
  const auto done = desk.confirm_partner(partner, options.text("fingerprint"), title);
  if (!done && done.error().why == Why::fingerprint)
    throw Stop{Exit::invalid, phrase("store.partner_wrong")};
  (void)granted(done, options);
  say("store.partner_confirmed", {{"name", on_screen(title)}, {"store", partner.store.text()}});
}

Value to_json(const Partner& partner) {
  Value one = Value::object();
  one.set("store", Value::text(partner.address.store.text()));
  if (!partner.title.empty()) one.set("name", Value::text(partner.title));
  one.set("address", Value::text(partner.address.text()));
  one.set("fingerprint", Value::text(partner.address.fingerprint()));
  return one;
}

std::string line_of(const Partner& partner) {
  return phrase("store.partner", {{"name", setting_name(partner.title, partner.address.store)},
                                  {"address", partner.address.text()},
                                  {"fingerprint", partner.address.fingerprint()}});
}

void list_partners(const Options& options) {
  auto [setting, desk] = enter(options);
  write_list(
      granted(desk.partners(), options),
      {"gcp2/partners/1", "partners", phrase("store.no_partners")}, options,
      [](const Partner& each) { return to_json(each); },
      [](const Partner& each) { return line_of(each); });
}

void send(const std::string& ref, const Options& options) {
  const std::string target = options.text("output");
  if (target.empty() || target == "-" || !options.has("to"))
    options.refuse(phrase("store.send_where"));
  const Address to = address_of(options.text("to"), options);
  auto [setting, desk] = enter(options);
  const Id child = child_of(desk, ref, "send", options).id;
  const std::string bundle = granted(desk.send(child, to.store, purpose_of(options)), options);
  write_once_done(target, bundle, phrase("store.sent_but"));
  say("store.sent", {{"child", on_screen(ref)}, {"file", target}});
}

void keep_receipt(const std::string& file, const Options& options) {
  require_input(file, largest_bundle);
  const std::string receipt = read_source(file).bytes;
  auto [setting, desk] = enter(options);
  (void)granted(desk.keep_receipt(receipt), options);
  say("store.receipt_kept", {{"file", file}});
}

Value to_json(const SentBundle& sent) {
  Value one = Value::object();
  one.set("bundle", Value::text(sent.bundle.text()));
  one.set("ref", Value::text(sent.child.ref));
  one.set("to", Value::text(sent.to.text()));
  if (!sent.to_title.empty()) one.set("to_name", Value::text(sent.to_title));
  one.set("sent_at", Value::text(sent.sent_at));
  one.set("received_at", sent.received_at.empty() ? Value{} : Value::text(sent.received_at));
  if (!sent.receipt.empty()) one.set("receipt", Value::text(sent.receipt));
  return one;
}

std::string line_of(const SentBundle& sent) {
  return phrase(sent.received_at.empty() ? "store.sent_without_receipt" : "store.sent_and_received",
                {{"bundle", sent.bundle.text()},
                 {"child", on_screen(sent.child.ref)},
                 {"to", setting_name(sent.to_title, sent.to)},
                 {"sent", sent.sent_at},
                 {"received", sent.received_at}});
}

void list_sent(const Options& options) {
  auto [setting, desk] = enter(options);
  write_list(
      granted(desk.sent_bundles(), options),
      {"gcp2/sent-bundles/1", "bundles", phrase("store.nothing_sent")}, options,
      [](const SentBundle& each) { return to_json(each); },
      [](const SentBundle& each) { return line_of(each); });
}

}  // namespace

std::string setting_name(const std::string& title, const Id& store) {
  return title.empty() ? store.text() : on_screen(title) + " (" + store.text() + ")";
}

int store_transfer(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  add_replace_option(options);
  options.value("fingerprint", "DIGITS", "option.partner_fingerprint")
      .value("name", "NAME", "option.partner_name")
      .value("to", "ADDRESS", "option.transfer_to");
  if (!options.parse(arguments, 0, 2)) return Exit::done;
  const auto& operands = options.operands();
  const std::string what = operands.empty() ? "" : operands.front();
  const bool is_alone = what == "address" || what == "partners" || what == "list";
  const bool is_known = is_alone || what == "partner" || what == "send" || what == "receipt";
  if (!is_known || operands.size() != (is_alone ? 1U : 2U))
    options.refuse(phrase("store.transfer_parts"));
  const bool is_list = what == "partners" || what == "list";
  if (!is_list) options.refuse_given(no_format);
  if (!is_list && what != "send") options.refuse_given(no_output);
  if (what != "send") options.refuse_given(no_note);
  const std::string& operand = operands.back();
  if (what == "address")
    show_address(options);
  else if (what == "partners")
    list_partners(options);
  else if (what == "list")
    list_sent(options);
  else if (what == "partner")
    confirm_partner(operand, options);
  else if (what == "receipt")
    keep_receipt(operand, options);
  else
    send(operand, options);
  return Exit::done;
}

}  // namespace gcp2::cli
