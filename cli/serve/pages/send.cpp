// A child's records for another setting, as one file that only they can open.
#include "../../phrase.h"
#include "../children.h"
#include "../document.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer asked(const Visit& visit, const std::vector<Slip>& slips) {
  const auto child = visit.desk().find(visit.id(), visit.purpose());
  if (!child) return problem(visit, child.error());
  const auto all = visit.desk().partners();
  if (!all) return problem(visit, all.error());
  Shown list{Shown::type::list};
  for (const Partner& each : *all) {
    Shown one = shown({{"store", each.address.store.text()},
                       {"name", name_of_setting(each.title, each.address.store)}});
    one.set("chosen", visit.form.text("to") == each.address.store.text());
    list << one;
  }
  Shown content = shown({{"id", visit.id().text()}, {"child", name_of_child(*child)}});
  content.set("any", !all->empty());
  content.set("partners", list);
  ask_reason(content, visit.form, {phrase("serve.send.reason"), phrase("serve.reason_logged")});
  return page(visit, "send", phrase("serve.send"), content, slips);
}

}  // namespace

Answer send_page(Visit& visit) { return asked(visit, {}); }

Answer send_bundle(Visit& visit) {
  const auto to = Id::parse(visit.form.text("to"));
  const Purpose purpose = purpose_of(visit.form);
  std::vector<Slip> slips;
  if (!to) slips.push_back({"to", phrase("serve.send.nobody")});
  if (purpose.code.empty()) slips.push_back({"reason", phrase("serve.no_reason")});
  if (!slips.empty()) return asked(visit, slips);
  auto bundle = visit.desk().send(visit.id(), *to, purpose);
  if (!bundle) return asked(visit, {{"to", sentence(bundle.error())}});
  const std::string name = "bundle-" + bundle_head(*bundle)->bundle.text() + ".gcp2";
  return download("application/octet-stream", name, *std::move(bundle));
}

}  // namespace gcp2::cli::web
