#include <algorithm>
#include <array>
#include <cctype>

#include "gcp2/report.h"

namespace gcp2 {
namespace {

bool in_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80;
}

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Replaces what identifies somebody in texts: known names, whole and word by word, and known
/// numbers and dates of birth in the forms in which people write them.
class Redactor {
 public:
  explicit Redactor(const Assessment& a) {
    names_of(a.child.name);
    for (const Carer& carer : a.carers) names_of(carer.name);
    for (const Assessor& assessor : a.assessors) {
      names_of(assessor.name);
      add(assessor.agency);
    }
    for (const Agency& agency : a.agencies) add(agency.name);
    for (const FamilyMember& member : a.family.members) {
      names_of(member.name);
      day(member.born);
      day(member.died);
    }
    add(a.child.ref);
    add(a.child.family);
    add(a.child.upn);
    number(a.child.nhs_number);
    day(a.child.date_of_birth);
    day(a.child.expected_date);
    // The longest first, so that a whole name goes before its parts.
    std::ranges::sort(known_, std::greater{}, [](const std::string& s) { return s.size(); });
  }

  void operator()(std::string& text) const {
    for (const std::string& known : known_) replace(text, known);
  }

 private:
  void add(const std::string& text) {
    // One letter alone is no name, and would blot out every text.
    if (text.size() > 1 && std::ranges::find(known_, text) == known_.end()) known_.push_back(text);
  }

  void names_of(const std::string& name) {
    add(name);
    std::string word;
    for (const char c : name + " ") {
      if (in_word(c) || c == '\'') {
        word += c;
        continue;
      }
      add(word);
      word.clear();
    }
  }

  void number(const std::string& digits) {
    add(digits);
    if (digits.size() == 10)
      add(digits.substr(0, 3) + " " + digits.substr(3, 3) + " " + digits.substr(6));
  }

  void day(const std::optional<Date>& date) {
    if (!date) return;
    static constexpr std::array months{"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    const std::string iso = date->text();
    const std::string year = iso.substr(0, 4);
    const auto calendar = date->calendar();
    const std::string day = std::to_string(static_cast<unsigned>(calendar.day()));
    const auto month_number = static_cast<unsigned>(calendar.month());
    const std::string month = std::to_string(month_number);
    const std::string word = months[month_number - 1];
    add(iso);
    for (const char separator : {'/', '.', '-'}) {
      const std::string between{separator};
      add(iso.substr(8) + between + iso.substr(5, 2) + between + year);
      add(day + between + month + between + year);
      add(day + between + month + between + year.substr(2));
      add(iso.substr(8) + between + iso.substr(5, 2) + between + year.substr(2));
    }
    for (const std::string& name : {word, word.substr(0, 3)}) {
      add(day + " " + name + " " + year);
      add(name + " " + day + ", " + year);
      add(day + " " + name);
    }
  }

  static void replace(std::string& text, const std::string& known) {
    static constexpr std::string_view mark = "[…]";
    const auto same = [](char l, char r) { return lower(l) == lower(r); };
    std::size_t from = 0;
    while (true) {
      const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                     known.begin(), known.end(), same);
      if (found == text.end()) return;
      const auto at = static_cast<std::size_t>(found - text.begin());
      const std::size_t end = at + known.size();
      const bool whole = (at == 0 || !in_word(text[at - 1]) || !in_word(known.front())) &&
                         (end == text.size() || !in_word(text[end]) || !in_word(known.back()));
      if (whole) text.replace(at, known.size(), mark);
      from = whole ? at + mark.size() : at + 1;
    }
  }

  std::vector<std::string> known_;
};

}  // namespace

Assessment redacted(const Assessment& assessment) {
  const Redactor redact{assessment};
  Assessment a = assessment;
  a.id.clear();
  a.supersedes.clear();
  a.earlier.clear();
  a.child = Child{};
  a.child.conditions = assessment.child.conditions;
  for (Carer& carer : a.carers) carer.name.clear();
  for (Assessor& assessor : a.assessors) {
    assessor.name.clear();
    assessor.agency.clear();
    redact(assessor.role);
  }
  for (Agency& agency : a.agencies) {
    agency.name.clear();
    redact(agency.involvement);
  }
  redact(a.consent_reason);
  for (Observation& o : a.observations) {
    redact(o.reason);
    redact(o.comment);
    for (Evidence& e : o.evidence) redact(e.text);
  }
  for (Judgement& judgement : a.judgements) redact(judgement.reason);
  for (Comment& comment : a.comments) redact(comment.text);
  for (std::string* view : {&a.views.child, &a.views.carers, &a.views.practitioner}) redact(*view);
  for (Target& target : a.targets) redact(target.support);
  for (Dismissal& dismissal : a.dismissed) redact(dismissal.reason);
  for (FamilyMember& member : a.family.members) {
    member.name.clear();
    member.born.reset();
    member.died.reset();
  }
  for (FamilyTie& tie : a.family.ties)
    for (std::string* end : {&tie.from, &tie.to}) redact(*end);
  for (Event& event : a.events) redact(event.text);
  return a;
}

}  // namespace gcp2
