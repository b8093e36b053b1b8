#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace gcp2::words {

std::string quality(const Instrument& instrument, Grade grade) {
  return instrument.scale[static_cast<std::size_t>(grade.number() - 1)].quality;
}

std::string grade(const Instrument& instrument, Grade grade) {
  return fmt::format("{} ({})", grade.number(), quality(instrument, grade));
}

std::string node(const Instrument& instrument, NodeIndex index) {
  return instrument.node(index).code + " " + instrument.node(index).label;
}

std::string age(int months) {
  const auto count = [](int number, std::string_view unit) {
    return fmt::format("{} {}{}", number, unit, number == 1 ? "" : "s");
  };
  if (months < 24) return count(months, "month");
  const std::string years = count(months / 12, "year");
  return months % 12 == 0 ? years : years + " " + count(months % 12, "month");
}

std::string list(const std::vector<std::string>& parts, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += i + 1 == parts.size() ? fmt::format(" {} ", last) : ", ";
    out += parts[i];
  }
  return out;
}

std::string grades(GradeSet set) {
  std::vector<std::string> parts;
  for (int number = Grade::best; number <= Grade::worst; ++number)
    if (set.contains(*Grade::from(number))) parts.push_back(std::to_string(number));
  return list(parts, "or");
}

std::string_view why(LeftOutWhy why) {
  switch (why) {
    case LeftOutWhy::not_yet: return "not graded yet";
    case LeftOutWhy::not_observed: return "not observed";
    case LeftOutWhy::declined: return "declined";
    case LeftOutWhy::not_applicable: return "does not apply";
    case LeftOutWhy::ungraded: return "nothing graded yet";
    case LeftOutWhy::exception: break;
  }
  return "left out by the exception";
}

std::string_view provenance(Source source) {
  switch (source) {
    case Source::seen: return "[S] seen in a public source";
    case Source::recollected: return "[R] recollected from the public manual, unverified";
    case Source::own: break;
  }
  return "[O] this project's own choice";
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string closing(const Instrument& instrument, std::size_t width) {
  std::string out;
  out += wrapped(
      "This describes care; it is not a diagnosis and has no overall grade. A good grade never "
      "removes a concern, and a referral never waits for a profile. If a child is in immediate "
      "danger, call 999.",
      width);
  if (instrument.licence_state == "demonstration")
    out += wrapped(
        "Wording: demonstration, this project's own. Not affiliated with or endorsed by the NSPCC; "
        "carrying out a GCP2 needs training and a licence.",
        width);
  else
    out += wrapped(
        "Not affiliated with or endorsed by the NSPCC; carrying out a GCP2 needs training and a "
        "licence.",
        width);
  return out;
}

}  // namespace gcp2::words

namespace gcp2 {

std::string wrapped(std::string_view text, std::size_t width, std::string_view first,
                    std::size_t indent) {
  std::string out{first};
  std::size_t column = words::length(first);
  bool at_start = true;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t wide = words::length(word);
    if (!at_start && column + 1 + wide > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
      at_start = true;
    }
    if (!at_start) out += ' ';
    column += wide + (at_start ? 0 : 1);
    out += word;
    at_start = false;
  }
  return out += '\n';
}

}  // namespace gcp2
