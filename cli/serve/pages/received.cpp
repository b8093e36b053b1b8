// A file from another setting that waits to be accepted.
#include <algorithm>

#include "../../phrase.h"
#include "../children.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer looked_at(const Visit& visit, const std::vector<Slip>& slips) {
  const auto quarantine = visit.desk().quarantine();
  if (!quarantine) return problem(visit, quarantine.error());
  const auto found = std::ranges::find(*quarantine, visit.id(), &Received::bundle);
  if (found == quarantine->end()) return problem(visit, {.why = Why::no_such_bundle});
  const ChildFacts& child = found->child;
  Shown content =
      shown({{"id", visit.id().text()},
             {"from", name_of_setting(found->from_title, found->from)},
             {"ref", child.ref},
             {"born", child.date_of_birth ? day_in_words(child.date_of_birth->text()) : ""},
             {"records", std::to_string(found->records)},
             {"new_ref", std::string{visit.form.text("ref")}}});
  content.set("held", found->held);
  content.set("keeps", visit.has_role(only(Role::records_manager)));
  content.set("accepts", visit.has_role(only(Role::supervisor)));
  ask_reason(content, visit.form,
             {phrase("serve.turn_down.reason"), phrase("serve.reason_logged")});
  return page(visit, "received", name_of_child(child), content, slips);
}

}  // namespace

Answer received_page(Visit& visit) { return looked_at(visit, {}); }

Answer accept_bundle(Visit& visit) {
  const auto child =
      visit.desk().accept(visit.id(), visit.form.text("ref"), visit.site.instruments);
  if (!child) return looked_at(visit, {{"ref", sentence(child.error())}});
  // A child who was known here before may be in somebody else's caseload.
  visit.visitor.person->purposes.try_emplace(child->id, Purpose{"transfer", ""});
  return see("/children/" + child->id.text());
}

Answer turn_down_bundle(Visit& visit) {
  const Purpose purpose = purpose_of(visit.form);
  if (purpose.code.empty()) return looked_at(visit, {{"reason", phrase("serve.no_reason")}});
  const auto done = visit.desk().turn_down(visit.id(), purpose);
  return done ? see("/transfer") : looked_at(visit, {{"reason", sentence(done.error())}});
}

}  // namespace gcp2::cli::web
