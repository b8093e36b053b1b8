#include "children.h"

#include <algorithm>

#include "../days.h"
#include "../phrase.h"

namespace gcp2::cli::web {

std::string name_of_child(const ChildFacts& child) {
  return child.name.empty() ? child.ref : child.name;
}

Shown shown_child(const ChildFacts& child) {
  Shown out =
      shown({{"id", child.id.text()},
             {"ref", child.ref},
             {"family", child.family_ref},
             {"name", name_of_child(child)},
             {"born", child.date_of_birth ? day_in_words(child.date_of_birth->text()) : ""}});
  out.set("held", child.held);
  return out;
}

const ErasureRequest* request_for(const std::vector<ErasureRequest>& requests, const Id& child) {
  const auto found =
      std::ranges::find(requests, child, [](const ErasureRequest& each) { return each.child.id; });
  return found == requests.end() ? nullptr : &*found;
}

Shown shown_request(const Visit& visit, const ErasureRequest& request) {
  Shown out = shown_child(request.child);
  out.set("by", visit.desk().account_name(request.asked_by));
  out.set("day", day_in_words(day_text(request.at)));
  out.set("why", phrase("serve.reason." + request.reason));
  out.set("own", request.asked_by == visit.desk().account().id);
  return out;
}

void ask_reason(Shown& content, const Form& form, const ReasonWords& words) {
  Shown list{Shown::type::list};
  for (const std::string_view reason : reasons()) {
    Shown one = shown(
        {{"code", std::string{reason}}, {"says", phrase("serve.reason." + std::string{reason})}});
    one.set("chosen", form.text("reason") == reason);
    list << one;
  }
  content.set("reasons", list);
  content.set("reason_label", words.label);
  content.set("reason_hint", words.hint);
  content.set("no_reason", words.none.empty() ? phrase("serve.choose") : words.none);
  content.set("takes_words", words.words);
  content.set("further_words", std::string{form.text("words")});
  content.set("reason", inner("reason"));
}

Purpose purpose_of(const Form& form) {
  return {std::string{form.text("reason")}, std::string{form.text("words")}};
}

}  // namespace gcp2::cli::web
