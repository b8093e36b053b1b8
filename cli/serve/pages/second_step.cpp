// Setting up the second step of logging in, before anything else is shown.
#include "gcp2/second_step.h"

#include "../../phrase.h"
#include "../qr.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

Answer offered(const Visit& visit, const std::vector<Slip>& slips) {
  const Secret& secret = *visit.visitor.person->second_step;
  // In groups of four, to be typed.
  std::string key = authenticator_key(secret);
  for (std::size_t at = 4; at < key.size(); at += 5) key.insert(at, " ");
  return page(visit, "second_step", phrase("serve.second_step"),
              shown({{"key", key},
                     {"qr", qr_svg(authenticator_uri(secret, visit.desk().account().name),
                                   phrase("serve.second_step_picture"))}}),
              slips);
}

}  // namespace

Answer second_step_page(Visit& visit) {
  return visit.visitor.person->second_step ? offered(visit, {}) : see("/");
}

Answer set_second_step(Visit& visit) {
  auto& secret = visit.visitor.person->second_step;
  if (!secret) return see("/");
  const auto done = visit.desk().set_second_step(*secret, visit.form.text("code"));
  if (!done) return offered(visit, {{"code", sentence(done.error())}});
  secret.reset();
  return see("/");
}

}  // namespace gcp2::cli::web
