// The caseload, and looking a child up.
#include "../children.h"

#include <algorithm>

#include "../../phrase.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer listed(const Visit& visit, const std::vector<Slip>& slips) {
  auto children = visit.desk().children(false, {});
  if (!children) return problem(visit, children.error());
  // Families together; whoever has none stands alone.
  std::ranges::sort(*children, {}, [](const ChildFacts& child) {
    return std::pair{std::string_view{child.family_ref}, std::string_view{child.ref}};
  });
  Shown list{Shown::type::list};
  for (const ChildFacts& child : *children) list << shown_child(child);
  const bool is_caseload = visit.has_role(colleagues);
  Shown content =
      shown({{"list", phrase(is_caseload ? "serve.caseload" : "serve.shared")},
             {"none", phrase(is_caseload ? "serve.caseload.empty" : "serve.shared.none")}});
  content.set("any", !children->empty());
  content.set("children", list);
  ask_reason(
      content, visit.form,
      {phrase("serve.find.reason"), phrase("serve.find.reason_hint"), phrase("serve.find.own")});
  content.set("writes", visit.has_role(writers));
  content.set("looks_up", is_caseload);
  content.set("signs_off", visit.has_role(only(Role::supervisor)));
  content.set("ref", std::string{visit.form.text("ref")});
  return page(visit, "children", phrase("serve.children"), content, slips);
}

}  // namespace

Answer children_page(Visit& visit) { return listed(visit, {}); }

Answer find_child(Visit& visit) {
  const std::string ref{visit.form.text("ref")};
  if (ref.empty()) return listed(visit, {{"ref", phrase("serve.no_ref")}});
  const Purpose purpose = purpose_of(visit.form);
  const auto child = visit.desk().find({.ref = ref}, purpose);
  if (!child) {
    const bool wants_reason = child.error().why == Why::reason_needed;
    return listed(visit, {{wants_reason ? "reason" : "ref", sentence(child.error())}});
  }
  if (!purpose.code.empty()) visit.visitor.person->purposes[child->id] = purpose;
  return see("/children/" + child->id.text());
}

}  // namespace gcp2::cli::web
