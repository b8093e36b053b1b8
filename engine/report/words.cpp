#include "report/words.h"

#include <algorithm>

namespace gcp2::words {

std::string quality(const Instrument& instrument, Grade grade) {
  return one_line(instrument.scale[static_cast<std::size_t>(grade.number() - 1)].quality);
}

std::string node(const Instrument& instrument, NodeIndex index) {
  return instrument.node(index).code + " " + one_line(instrument.node(index).label);
}

std::string grade(const Language& language, const Instrument& instrument, Grade grade) {
  return language.say("grade.word", {{"number", std::to_string(grade.number())},
                                     {"quality", quality(instrument, grade)}});
}

std::string grade_or_none(const Language& language, const Instrument& instrument,
                          const std::optional<Grade>& grade) {
  return grade ? words::grade(language, instrument, *grade) : language.say("grade.none");
}

std::string age(const Language& language, int months) {
  const auto count = [&language](int number, std::string_view one, std::string_view more) {
    return language.say(number == 1 ? one : more, {{"number", std::to_string(number)}});
  };
  if (months < 24) return count(months, "age.month", "age.months");
  std::string years = count(months / 12, "age.year", "age.years");
  if (months % 12 == 0) return years;
  return language.say("age.both", {{"years", std::move(years)},
                                   {"months", count(months % 12, "age.month", "age.months")}});
}

std::string years(const Language& language, int months) {
  if (months < 12) return language.say("age.under_a_year");
  const int number = months / 12;
  return language.say(number == 1 ? "age.year" : "age.years", {{"number", std::to_string(number)}});
}

std::string date(const Language& language, const std::optional<Date>& date) {
  if (!date) return language.say("date.unknown");
  const auto calendar = date->calendar();
  const auto number = [](auto part) { return std::to_string(static_cast<unsigned>(part)); };
  return language.say("date.day", {{"day", number(calendar.day())},
                                   {"month", language.say("month." + number(calendar.month()))},
                                   {"year", std::to_string(static_cast<int>(calendar.year()))}});
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string list(const Language& language, const std::vector<std::string>& parts,
                 std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += i + 1 == parts.size() ? " " + language.say(last) + " " : ", ";
    out += parts[i];
  }
  return out;
}

std::string grades(const Language& language, GradeSet set) {
  std::vector<std::string> parts;
  for (int number = Grade::best; number <= Grade::worst; ++number)
    if (set.contains(*Grade::from(number))) parts.push_back(std::to_string(number));
  return list(language, parts, "word.or");
}

std::string why(const Language& language, LeftOutWhy why) {
  return language.say("left_out." + std::string{name_of(why)});
}

std::string provenance(const Language& language, Source source) {
  return language.say("source." + std::string{name_of(source)});
}

std::string state(const Language& language, const NodeScore& score) {
  if (score.judged) return language.say("state.judged");
  if (score.status == Status::provisional)
    return score.possible.single()
               ? language.say("state.settled")
               : language.say("state.provisional", {{"grades", grades(language, score.possible)}});
  return language.say("state." + std::string{name_of(score.status)});
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> closing(const Language& language, const Instrument& instrument) {
  return {language.say("closing.care"),
          language.say(instrument.licence_state == "demonstration" ? "closing.demonstration"
                                                                   : "closing.licensed")};
}

}  // namespace gcp2::words

namespace gcp2 {
namespace {

/// How many bytes at the start of the text make one character that steers: controls (C0, DEL, C1),
/// line and paragraph separators, the marks that turn the writing direction, and what takes no room
/// and joins nothing. 0 = none does.
std::size_t steering(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;
  const bool separates_or_turns = byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE;
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  const bool hides = (byte(1) == 0x80 && (byte(2) == 0x8B || byte(2) == 0x8E || byte(2) == 0x8F)) ||
                     (byte(1) == 0x81 && byte(2) == 0xA0);
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  return byte(0) == 0xE2 && (separates_or_turns || isolates || hides) ? 3 : 0;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t steers = steering(text);
    const bool spaces = std::string_view{"\t\n\v\f\r"}.find(text.front()) != std::string_view::npos;
    if (steers == 0)
      out += text.front();
    else
      out += spaces ? " " : "\xEF\xBF\xBD";
    text.remove_prefix(std::max<std::size_t>(steers, 1));
  }
  return out;
}

std::string wrapped(std::string_view written, std::size_t width, std::string_view first,
                    std::size_t indent) {
  const std::string clean = one_line(written);
  std::string_view text = clean;
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
