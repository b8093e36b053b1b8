// Files from other settings, what was sent to them, and receipts of both.
#include "../../phrase.h"
#include "../children.h"
#include "../document.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

std::string day_of(std::string_view moment) {
  constexpr std::size_t date_length = 10;
  return day_in_words(moment.substr(0, date_length));
}

Shown shown_waiting(const Received& each) {
  Shown one = shown({{"id", each.bundle.text()},
                     {"child", name_of_child(each.child)},
                     {"from", name_of_setting(each.from_title, each.from)},
                     {"records", std::to_string(each.records)}});
  one.set("held", each.held);
  return one;
}

Shown shown_sent(const SentBundle& each) {
  return shown({{"id", each.bundle.text()},
                {"child", name_of_child(each.child)},
                {"to", name_of_setting(each.to_title, each.to)},
                {"day", day_of(each.sent_at)},
                {"arrived", day_of(each.received_at)}});
}

Answer receipt_file(const Id& bundle, std::string receipt) {
  receipt += '\n';
  return download("application/json", "receipt-" + bundle.text() + ".json", std::move(receipt));
}

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  const auto quarantine = visit.desk().quarantine();
  if (!quarantine) return problem(visit, quarantine.error());
  Shown waiting{Shown::type::list};
  for (const Received& each : *quarantine) waiting << shown_waiting(each);
  Shown content = shown({{"number", std::string{visit.form.text("number")}}});
  content.set("any_waiting", !quarantine->empty());
  content.set("waiting", waiting);
  content.set("keeps", visit.has_role(only(Role::records_manager)));
  if (visit.has_role(only(Role::records_manager))) {
    const auto bundles = visit.desk().sent_bundles();
    if (!bundles) return problem(visit, bundles.error());
    Shown sent{Shown::type::list};
    for (auto each = bundles->rbegin(); each != bundles->rend(); ++each) sent << shown_sent(*each);
    content.set("any_sent", !bundles->empty());
    content.set("sent", sent);
  }
  return page(visit, "transfer", phrase("serve.transfer"), content, slips);
}

}  // namespace

Answer transfer_page(Visit& visit) { return listed(visit, {}); }

Answer receive_bundle(Visit& visit) {
  const std::string_view bundle = visit.form.file("bundle");
  if (bundle.empty()) return listed(visit, {{"bundle", phrase("serve.no_file")}});
  const auto received = visit.desk().receive(bundle);
  if (!received) return listed(visit, {{"bundle", sentence(received.error())}});
  return see("/transfer/received/" + received->bundle.text());
}

Answer keep_receipt(Visit& visit) {
  const std::string_view receipt = visit.form.file("receipt");
  if (receipt.empty()) return listed(visit, {{"receipt", phrase("serve.no_file")}});
  const auto kept = visit.desk().keep_receipt(receipt);
  return kept ? see("/transfer") : listed(visit, {{"receipt", sentence(kept.error())}});
}

Answer receipt_again(Visit& visit) {
  const auto bundle = Id::parse(visit.form.text("number"));
  if (!bundle) return listed(visit, {{"number", phrase("serve.no_number")}});
  auto receipt = visit.desk().receipt_of(*bundle);
  if (!receipt) return listed(visit, {{"number", sentence(receipt.error())}});
  return receipt_file(*bundle, *std::move(receipt));
}

Answer receipt_of_bundle(Visit& visit) {
  auto receipt = visit.desk().receipt_of(visit.id());
  if (!receipt) return problem(visit, receipt.error());
  return receipt_file(visit.id(), *std::move(receipt));
}

}  // namespace gcp2::cli::web
