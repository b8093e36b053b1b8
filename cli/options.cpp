#include "options.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sstream>

#include "output.h"
#include "phrase.h"

namespace gcp2::cli {
namespace po = boost::program_options;

Options::Options(const Command& command, std::initializer_list<Untaken> untaken)
    : command_{command}, untaken_{untaken}, described_{phrase("option.heading")} {
  const auto taken = [this](const char* name) {
    return std::ranges::none_of(
        untaken_, [name](const Untaken& each) { return std::string_view{each.name} == name; });
  };
  if (taken("format")) value("format", "text|json", "option.format");
  if (taken("output")) value("output", "FILE", "option.output");
  if (taken("as-of")) value("as-of", "DATE", "option.as_of");
  if (taken("instrument")) values("instrument", "FILE", "option.instrument");
  flag("help", "option.help");
}

Options& Options::flag(const char* name, std::string_view key) {
  described_.add_options()(name, phrase(key).c_str());
  return *this;
}

Options& Options::value(const char* name, const char* metavar, std::string_view key) {
  described_.add_options()(name, po::value<std::string>()->value_name(metavar),
                           phrase(key).c_str());
  return *this;
}

Options& Options::values(const char* name, const char* metavar, std::string_view key) {
  described_.add_options()(name,
                           po::value<std::vector<std::string>>()->value_name(metavar)->composing(),
                           phrase(key).c_str());
  return *this;
}

bool Options::parse(const Arguments& arguments, std::size_t least, std::size_t most) {
  po::options_description all;
  all.add(described_).add_options()("operand", po::value<std::vector<std::string>>());
  // Known, so that giving one says why not; not described, as it is not taken.
  for (const Untaken& each : untaken_) all.add_options()(each.name, po::value<std::string>());
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
    const std::string name = unknown.get_option_name();
    refuse(phrase("usage.no_option", {{"option", name}}) + did_you_mean(name, known));
  } catch (const po::error& error) {
    refuse(std::string{error.what()} + ".");
  }
  if (has("help")) {
    std::ostringstream text;
    text << usage_line() << "\n\n" << summary_of(command_) << "\n\n" << described_;
    write_standard_output(text.str());
    return false;
  }
  for (const Untaken& each : untaken_) refuse_given(each);
  operands_ = texts("operand");
  if (operands_.size() < least) refuse(phrase("usage.no_file"));
  if (operands_.size() > most) refuse(phrase("usage.too_many", {{"operand", operands_[most]}}));
  if (const std::string format = text("format");
      !format.empty() && format != "text" && format != "json")
    refuse(phrase("usage.format"));
  if (!changes_its_input_) refuse_output_onto_input();
  (void)as_of();
  return true;
}

void Options::refuse_given(const Untaken& untaken) const {
  if (has(untaken.name)) refuse(phrase(untaken.key));
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
  if (!date) refuse(phrase("usage.as_of"));
  return *date;
}

void Options::refuse_output_onto_input() const {
  const std::string output = text("output");
  if (output.empty() || output == "-") return;
  for (const auto& [name, option] : parsed_) {
    if (name == "output") continue;
    std::vector<std::string> files;
    if (const auto* one = boost::any_cast<std::string>(&option.value())) files = {*one};
    if (const auto* many = boost::any_cast<std::vector<std::string>>(&option.value()))
      files = *many;
    for (const std::string& file : files) {
      std::error_code absent;
      if (std::filesystem::equivalent(file, output, absent))
        refuse(phrase("usage.output_is_input", {{"file", output}}));
    }
  }
}

void Options::refuse(const std::string& message) const {
  throw Stop{Exit::usage, message + "\n" + usage_line()};
}

std::string Options::usage_line() const {
  return phrase("usage.line", {{"line", std::string{command_.usage}}});
}

Instant now() {
  using namespace std::chrono;
  return Instant::at(duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
}

Date today() { return now().date; }

}  // namespace gcp2::cli
