#include "report/known_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "report/folding.h"

namespace gcp2 {
namespace {

/// "21", "21st", "21st of" and, below ten, "09".
std::vector<std::string> days_of_month(unsigned day) {
  const std::string number = std::to_string(day);
  const bool teen = day / 10 == 1;
  const std::string ordinal = number + (teen || day % 10 == 0 || day % 10 > 3 ? "th"
                                        : day % 10 == 1                       ? "st"
                                        : day % 10 == 2                       ? "nd"
                                                                              : "rd");
  std::vector<std::string> all{number, ordinal, ordinal + " of"};
  if (day < 10) all.push_back("0" + number);
  return all;
}

/// Where a known word ends that begins there, with apostrophes in it or without: "O'Connor".
std::optional<std::size_t> end_of(std::u32string_view known, std::u32string_view letters,
                                  std::size_t at) {
  for (std::size_t i = 0; i < known.size(); ++i, ++at) {
    if (i > 0 && at < letters.size() && letters[at] == U'\'') ++at;
    if (at >= letters.size() || letters[at] != known[i]) return std::nullopt;
  }
  return at;
}

}  // namespace

void KnownWords::learn(const Assessment& a) {
  name(a.child.name);
  for (const Carer& carer : a.carers) {
    name(carer.name);
    reference(carer.ref);
  }
  for (const Assessor& assessor : a.assessors) {
    name(assessor.name);
    reference(assessor.ref);
    add(assessor.agency);
  }
  for (const Agency& agency : a.agencies) add(agency.name);
  for (const FamilyMember& member : a.family.members) {
    name(member.name);
    reference(member.ref);
    day(member.born);
    day(member.died);
  }
  add(a.child.ref);
  add(a.child.family);
  add(a.child.upn);
  number(a.child.nhs_number);
  day(a.child.date_of_birth);
  day(a.child.expected_date);
  // A whole name goes before its parts.
  std::ranges::sort(known_, std::greater{}, [](const std::u32string& s) { return s.size(); });
}

void KnownWords::add(std::string_view text) {
  std::u32string letters = folded(text).letters;
  std::erase(letters, U'\'');  // passed over where the words are looked for, too
  // One letter alone is no name, and would blot out every text.
  if (letters.size() > 1 && std::ranges::find(known_, letters) == known_.end())
    known_.push_back(std::move(letters));
}

void KnownWords::name(std::string_view name) {
  add(name);
  const Folded all = folded(name);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= all.letters.size(); ++i) {
    if (i < all.letters.size() && (in_word(all.letters[i]) || all.letters[i] == U'\'')) continue;
    add(name.substr(all.at[begin], all.at[i] - all.at[begin]));
    begin = std::min(i + 1, all.letters.size());
  }
}

/// "K1" names nobody; "Nan" does.
void KnownWords::reference(std::string_view ref) {
  const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (ref.size() > 2 && std::ranges::none_of(ref, digit)) name(ref);
}

void KnownWords::number(std::string_view digits) {
  add(digits);
  if (digits.size() != 10) return;
  for (const char* between : {" ", "-"})
    add(std::string{digits.substr(0, 3)} + between + std::string{digits.substr(3, 3)} + between +
        std::string{digits.substr(6)});
}

void KnownWords::day(const std::optional<Date>& date) {
  if (!date) return;
  static constexpr std::array months{"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
  const std::string iso = date->text();
  const std::string year = iso.substr(0, 4);
  const auto calendar = date->calendar();
  const auto day_number = static_cast<unsigned>(calendar.day());
  const auto month_number = static_cast<unsigned>(calendar.month());
  const std::string day = std::to_string(day_number);
  const std::string month = std::to_string(month_number);
  const std::string word = months[month_number - 1];
  add(iso);
  for (const char separator : {'/', '.', '-'}) {
    const std::string between{separator};
    for (const std::string& y : {year, year.substr(2)}) {
      add(iso.substr(8) + between + iso.substr(5, 2) + between + y);
      add(day + between + month + between + y);
    }
  }
  for (const std::string& month_name : {word, word.substr(0, 3)}) {
    add(month_name + " " + year);
    for (const std::string& of_month : days_of_month(day_number)) {
      add(of_month + " " + month_name + " " + year);
      add(of_month + " " + month_name);
      add(month_name + " " + of_month + ", " + year);
      add(month_name + " " + of_month + " " + year);
      add(month_name + " " + of_month);
    }
  }
}

std::string KnownWords::taken_out_of(std::string_view text) const {
  const Folded all = folded(text);
  const std::u32string& letters = all.letters;
  const auto word_at = [&letters](std::size_t i) {
    return i < letters.size() && in_word(letters[i]);
  };
  struct Found {
    std::size_t begin, end;
  };
  std::vector<Found> taken;
  std::vector<bool> gone(letters.size());
  for (const std::u32string& known : known_)
    for (std::size_t at = letters.find(known.front()); at != std::u32string::npos;
         at = letters.find(known.front(), at + 1)) {
      const auto ends = end_of(known, letters, at);
      if (!ends) continue;
      std::size_t end = *ends;
      const bool ends_in_word = in_word(known.back());
      if (at > 0 && in_word(letters[at - 1]) && in_word(known.front())) continue;
      if (known.size() > 2 && ends_in_word && word_at(end) && letters[end] == U's' &&
          !word_at(end + 1))
        ++end;
      if (ends_in_word && word_at(end)) continue;
      const auto first = gone.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = gone.begin() + static_cast<std::ptrdiff_t>(end);
      if (std::find(first, last, true) != last) continue;
      std::fill(first, last, true);
      taken.push_back({all.at[at], all.at[end]});
    }
  std::ranges::sort(taken, {}, &Found::begin);
  std::string out;
  std::size_t from = 0;
  for (const Found& found : taken) {
    out += text.substr(from, found.begin - from);
    out += "[…]";
    from = found.end;
  }
  return out += text.substr(from);
}

}  // namespace gcp2
