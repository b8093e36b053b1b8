// Erasures that one person asked for and another one confirms, and the certificate that is left.
#include "../../days.h"
#include "../../phrase.h"
#include "../children.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer one_request(const Visit& visit, const std::vector<Slip>& slips) {
  const auto requests = visit.desk().erasure_requests();
  if (!requests) return problem(visit, requests.error());
  const ErasureRequest* request = request_for(*requests, visit.id());
  if (request == nullptr) return problem(visit, Refusal{.why = Why::not_asked});
  Shown content = shown_request(visit, *request);
  content.set("heading", phrase("serve.erasure", {{"child", name_of_child(request->child)}}));
  content.set("typed", std::string{visit.form.text("typed")});
  ask_reason(content, visit.form,
             {phrase("serve.why_kept"), phrase("serve.why_logged"), phrase("serve.choose")});
  return page(visit, "erasure", phrase("serve.page.erasure"), content, slips);
}

/// What the second person typed, held against the child that was asked for.
std::vector<Slip> slips_in(const Form& form, const std::string& ref) {
  std::vector<Slip> slips;
  if (form.text("reason").empty()) slips.push_back({"reason", phrase("serve.no_reason")});
  if (form.text("typed") != ref) slips.push_back({"typed", phrase("serve.erasure_ref")});
  if (form.text("sure") != "yes") slips.push_back({"sure", phrase("serve.erasure_not_sure")});
  return slips;
}

}  // namespace

Answer erasures_page(Visit& visit) {
  const auto requests = visit.desk().erasure_requests();
  if (!requests) return problem(visit, requests.error());
  Shown list{Shown::type::list};
  for (const ErasureRequest& each : *requests) list << shown_request(visit, each);
  Shown content;
  content.set("any", !requests->empty());
  content.set("requests", list);
  return page(visit, "erasures", phrase("serve.erasures"), content);
}

Answer erasure_page(Visit& visit) { return one_request(visit, {}); }

Answer confirm_erasure(Visit& visit) {
  const auto requests = visit.desk().erasure_requests();
  if (!requests) return problem(visit, requests.error());
  const ErasureRequest* request = request_for(*requests, visit.id());
  if (request == nullptr) return problem(visit, Refusal{.why = Why::not_asked});
  if (const auto slips = slips_in(visit.form, request->child.ref); !slips.empty())
    return one_request(visit, slips);
  const auto certificate = visit.desk().confirm_erasure(visit.id(), purpose_of(visit.form));
  if (!certificate) return one_request(visit, {{"", sentence(certificate.error())}});
  visit.visitor.person->erased[visit.id()] = request->child.ref;
  return see("/erasures/" + visit.id().text() + "/certificate");
}

Answer withdraw_erasure(Visit& visit) {
  const Purpose purpose = purpose_of(visit.form);
  if (purpose.code.empty()) return one_request(visit, {{"reason", phrase("serve.no_reason")}});
  const auto done = visit.desk().withdraw_erasure(visit.id(), purpose);
  return done ? see("/erasures") : one_request(visit, {{"", sentence(done.error())}});
}

Answer certificate_page(Visit& visit) {
  constexpr int not_found = 404;
  const auto found = visit.desk().certificate(visit.id());
  if (!found && found.error().why == Why::not_asked)
    return problem(visit, not_found, phrase("serve.no_certificate"));
  if (!found) return problem(visit, found.error());
  const Certificate& certificate = *found;
  const auto expires = certificate.last_backup_expires;
  const auto& known = visit.visitor.person->erased;
  const auto ref = known.find(visit.id());
  return page(visit, "certificate", phrase("serve.certificate"),
              shown({{"ref", ref == known.end() ? phrase("serve.erased_ref") : ref->second},
                     {"child", certificate.child.text()},
                     {"at", moment_in_words(moment_text(certificate.at))},
                     {"asked_by", visit.desk().account_name(certificate.asked_by)},
                     {"confirmed_by", visit.desk().account_name(certificate.confirmed_by)},
                     {"rows", certificate.rows ? std::to_string(*certificate.rows) : ""},
                     {"copies", expires ? phrase("store.erased_backups",
                                                 {{"day", day_in_words(day_text(*expires))}})
                                        : phrase("store.erased_no_backups")}}));
}

}  // namespace gcp2::cli::web
