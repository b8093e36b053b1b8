#include <fmt/format.h>

#include <algorithm>

#include "../options.h"
#include "../output.h"
#include "../phrase.h"
#include "../training/training.h"

namespace gcp2::cli {
namespace {

constexpr Command parts[] = {
    {"train_list", "train list", train_list},
    {"train_show", "train show CASE [--profile ID] [--key]", train_show},
    {"train_start", "train start CASE --as NAME [--profile ID] --output FILE [--sheet CSV]",
     train_start},
    {"train_mark", "train mark FILE...", train_mark},
    {"train_session",
     "train session DIR [--to html|csv|json] [--anonymous] [--before DIR] [--study FILE]",
     train_session},
};
constexpr std::string_view prefix = "train_";

}  // namespace

int train(const Command& command, const Arguments& arguments) {
  const Options all{command};
  if (arguments.empty()) all.refuse(phrase("train.which"));
  const std::string& wanted = arguments.front();
  if (wanted == "--help") {
    std::string help = phrase("usage.line", {{"line", std::string{command.usage}}}) + "\n\n" +
                       summary_of(command) + "\n\n";
    for (const Command& each : parts)
      help += fmt::format("  gcp2 {}\n      {}\n", each.usage, summary_of(each));
    write_standard_output(help);
    return Exit::done;
  }
  const auto part = std::ranges::find_if(
      parts, [&](const Command& each) { return each.name.substr(prefix.size()) == wanted; });
  if (part != std::end(parts))
    return part->function(*part, {arguments.begin() + 1, arguments.end()});
  std::vector<std::string_view> known;
  for (const Command& each : parts) known.push_back(each.name.substr(prefix.size()));
  all.refuse(phrase("train.no_part", {{"part", wanted}}) + did_you_mean(wanted, known));
}

}  // namespace gcp2::cli
