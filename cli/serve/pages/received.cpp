// A file from another setting that waits to be accepted.
#include <algorithm>

#include "../../phrase.h"
#include "../../store/left_out.h"
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
      shown({{"heading", name_of_child(child)},
             {"id", visit.id().text()},
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
  return page(visit, "received", phrase("serve.page.received"), content, slips);
}

/// What was left out, which nobody is told a second time.
Answer accepted_page(const Visit& visit, const Accepted& accepted) {
  Shown list{Shown::type::list};
  for (const NotAccepted& each : accepted.left_out) list << shown({{"text", cli::sentence(each)}});
  Shown content =
      shown({{"heading", name_of_child(accepted.child)}, {"child", accepted.child.id.text()}});
  content.set("left_out", list);
  return page(visit, "accepted", phrase("serve.page.accepted"), content);
}

}  // namespace

Answer received_page(Visit& visit) { return looked_at(visit, {}); }

Answer accept_bundle(Visit& visit) {
  const auto accepted =
      visit.desk().accept(visit.id(), visit.form.text("ref"), visit.site.instruments);
  if (!accepted) return looked_at(visit, {{"ref", sentence(accepted.error())}});
  if (!accepted->left_out.empty()) return accepted_page(visit, *accepted);
  return see("/children/" + accepted->child.id.text());
}

Answer turn_down_bundle(Visit& visit) {
  const Purpose purpose = purpose_of(visit.form);
  if (purpose.code.empty()) return looked_at(visit, {{"reason", phrase("serve.no_reason")}});
  const auto done = visit.desk().turn_down(visit.id(), purpose);
  return done ? see("/transfer") : looked_at(visit, {{"reason", sentence(done.error())}});
}

}  // namespace gcp2::cli::web
