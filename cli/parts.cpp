#include "parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "options.h"
#include "output.h"
#include "phrase.h"

namespace gcp2::cli {

int run_part(const Command& command, std::span<const Command> parts, const Arguments& arguments,
             std::string_view which, std::string_view no_part) {
  const Options all{command};
  if (arguments.empty()) all.refuse(phrase(which));
  const std::string& wanted = arguments.front();
  const auto name_of_part = [&](const Command& part) {
    return part.name.substr(command.name.size() + 1);
  };
  if (wanted == "--help" || wanted == "-h") {
    std::string help = phrase("usage.line", {{"line", std::string{command.usage}}}) + "\n\n" +
                       summary_of(command) + "\n\n";
    for (const Command& part : parts)
      help += fmt::format("  gcp2 {}\n      {}\n", part.usage, summary_of(part));
    write_standard_output(help);
    return Exit::done;
  }
  const auto part = std::ranges::find_if(
      parts, [&](const Command& each) { return name_of_part(each) == wanted; });
  if (part != parts.end()) return part->function(*part, {arguments.begin() + 1, arguments.end()});
  std::vector<std::string_view> known;
  for (const Command& each : parts) known.push_back(name_of_part(each));
  all.refuse(phrase(no_part, {{"part", wanted}}) + did_you_mean(wanted, known));
}

}  // namespace gcp2::cli
