#include <algorithm>

#include "indication/reading.h"

namespace gcp2 {
namespace {

using reading_rules::Form;

bool is_telephone(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return '0' <= c && c <= '9'; }) &&
         text.find_first_not_of("0123456789 +()-") == std::string_view::npos;
}

void read_actions(const Form& form, Locality& locality) {
  const auto& levels = reading_rules::level_words();
  if (!form.object(levels)) return;
  for (std::size_t level = 0; level < levels.size(); ++level)
    for (const Form& action : form.items(levels[level], true)) {
      if (!action.value.is_text() || action.value.text().empty())
        action.refuse("wrong_type", {{"expected", "text"}});
      locality.actions[level].push_back(action.value.text());
    }
}

Contact read_contact(const Form& form) {
  Contact contact;
  if (!form.object({"name", "telephone", "email", "hours"})) return contact;
  contact.name = form.text("name", true);
  contact.telephone = form.text("telephone", false);
  contact.email = form.text("email", false);
  contact.hours = form.text("hours", false);
  if (contact.telephone.empty() && contact.email.empty()) form.refuse("contact_without_way");
  if (!contact.telephone.empty() && !is_telephone(contact.telephone))
    form.refuse("bad_telephone");
  return contact;
}

}  // namespace

Locality read_locality(const Value& document, Findings& findings) {
  Locality locality;
  const Form form{document, "", findings};
  if (!form.object({"format", "id", "name", "note", "actions", "contacts"})) return locality;
  if (const std::string format = form.text("format", true);
      !format.empty() && format != "gcp2/locality/1")
    form.refuse("wrong_format", {{"expected", "gcp2/locality/1"}});
  locality.id = form.id();
  locality.name = form.text("name", true);
  locality.note = form.text("note", false);
  if (const auto actions = form.member("actions", true)) read_actions(*actions, locality);
  for (const Form& contact : form.items("contacts", true))
    locality.contacts.push_back(read_contact(contact));
  // Whoever reads an urgent indication needs a number at once.
  if (!locality.contacts.empty() && locality.contacts.front().telephone.empty())
    Form{document, "/contacts/0", findings}.refuse("first_contact_without_telephone");
  return locality;
}

}  // namespace gcp2
