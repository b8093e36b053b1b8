// Other settings, each confirmed by telephone, and how this one is known to them.
#include "../../phrase.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  const auto own = visit.desk().address();
  if (!own) return problem(visit, own.error());
  const auto all = visit.desk().partners();
  if (!all) return problem(visit, all.error());
  Shown list{Shown::type::list};
  for (const Partner& each : *all)
    list << shown({{"name", name_of_setting(each.title, each.address.store)},
                   {"fingerprint", each.address.fingerprint()}});
  Shown content = shown({{"own_address", own->text()},
                         {"own_fingerprint", own->fingerprint()},
                         {"called", std::string{visit.form.text("name")}},
                         {"address", std::string{visit.form.text("address")}},
                         {"fingerprint", std::string{visit.form.text("fingerprint")}}});
  content.set("any", !all->empty());
  content.set("partners", list);
  return page(visit, "partners", phrase("serve.partners"), content, slips);
}

/// As it was pasted: a mail may have broken its line.
std::optional<Address> pasted(std::string_view text) {
  std::string whole{text};
  std::erase_if(whole, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return Address::parse(whole);
}

}  // namespace

Answer partners_page(Visit& visit) { return listed(visit, {}); }

Answer confirm_partner(Visit& visit) {
  const std::string name{visit.form.text("name")};
  const auto address = pasted(visit.form.text("address"));
  std::vector<Slip> slips;
  if (name.empty()) slips.push_back({"name", phrase("serve.partner.no_name")});
  if (!address) slips.push_back({"address", phrase("serve.partner.no_address")});
  if (visit.form.text("fingerprint").empty())
    slips.push_back({"fingerprint", phrase("serve.partner.no_fingerprint")});
  if (!slips.empty()) return listed(visit, slips);
  const auto done = visit.desk().confirm_partner(*address, visit.form.text("fingerprint"), name);
  if (done) return see("/transfer/partners");
  if (done.error().why == Why::fingerprint)
    return listed(visit, {{"fingerprint", phrase("serve.partner.wrong")}});
  return listed(visit, {{"address", sentence(done.error())}});
}

}  // namespace gcp2::cli::web
