#include "options.h"

#include <fmt/format.h>

#include <chrono>
#include <sstream>

#include "gcp2/findings.h"
#include "output.h"

namespace gcp2::cli {
namespace po = boost::program_options;

Options::Options(const Command& command) : command_{command}, described_{"options"} {
  value("format", "text|json", "for people (text, the default) or for programs");
  value("output", "FILE", "write there instead of standard output");
  value("as-of", "DATE", "the day that counts as today for dates in the future");
  values("instrument", "FILE", "a further instrument to judge by; may be given again");
  flag("help", "say this");
}

Options& Options::flag(const char* name, const char* description) {
  described_.add_options()(name, description);
  return *this;
}

Options& Options::value(const char* name, const char* metavar, const char* description) {
  described_.add_options()(name, po::value<std::string>()->value_name(metavar), description);
  return *this;
}

Options& Options::values(const char* name, const char* metavar, const char* description) {
  described_.add_options()(
      name, po::value<std::vector<std::string>>()->value_name(metavar)->composing(), description);
  return *this;
}

bool Options::parse(const Arguments& arguments, std::size_t least, std::size_t most) {
  po::options_description all;
  all.add(described_).add_options()("operand", po::value<std::vector<std::string>>());
  po::positional_options_description operands;
  operands.add("operand", -1);
  try {
    namespace style = po::command_line_style;
    const int long_only = style::allow_long | style::long_allow_adjacent | style::long_allow_next;
    po::store(
        po::command_line_parser{arguments}.options(all).positional(operands).style(long_only).run(),
        parsed_);
    po::notify(parsed_);
  } catch (const po::unknown_option& unknown) {
    std::vector<std::string> names;
    for (const auto& option : described_.options()) names.push_back("--" + option->long_name());
    const std::vector<std::string_view> known{names.begin(), names.end()};
    const std::string_view near = nearest(unknown.get_option_name(), known);
    refuse(fmt::format("there is no option {}.{}", unknown.get_option_name(),
                       near.empty() ? "" : fmt::format(" Did you mean {}?", near)));
  } catch (const po::error& error) {
    refuse(std::string{error.what()} + ".");
  }
  if (has("help")) {
    std::ostringstream text;
    text << "usage: gcp2 " << command_.usage << "\n\n" << command_.summary << "\n\n" << described_;
    write_standard_output(text.str());
    return false;
  }
  operands_ = texts("operand");
  if (operands_.size() < least) refuse("a file is missing.");
  if (operands_.size() > most) refuse(fmt::format("'{}' is one too many.", operands_[most]));
  if (const std::string format = text("format");
      !format.empty() && format != "text" && format != "json")
    refuse("--format is text or json.");
  (void)as_of();
  return true;
}

std::string Options::text(const char* name) const {
  return has(name) ? parsed_[name].as<std::string>() : std::string{};
}

std::vector<std::string> Options::texts(const char* name) const {
  return has(name) ? parsed_[name].as<std::vector<std::string>>() : std::vector<std::string>{};
}

Date Options::as_of() const {
  if (!has("as-of")) return today();
  const auto date = Date::parse(text("as-of"));
  if (!date) refuse("--as-of is a date like 2026-01-23.");
  return *date;
}

void Options::refuse(const std::string& message) const {
  throw Stop{Exit::usage, fmt::format("{}\nusage: gcp2 {}", message, command_.usage)};
}

Instant now() {
  using namespace std::chrono;
  const auto moment = floor<seconds>(system_clock::now());
  const auto day = floor<days>(moment);
  const year_month_day date{day};
  return {*Date::from(static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day())),
          static_cast<int>((moment - day).count())};
}

Date today() { return now().date; }

}  // namespace gcp2::cli
