#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>

#include "command.h"
#include "gcp2/keys.h"
#include "output.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

constexpr Command commands[] = {
    {"complete", "complete FILE", complete},
    {"validate", "validate FILE...", validate},
    {"score", "score FILE [--explain] | score --ndjson [FILE]", score},
    {"compare", "compare FILE... [--siblings]", compare},
    {"indicate",
     "indicate FILE... [--locality NAME|FILE] [--rules FILE] [--known FILE]... | "
     "indicate --check FILE",
     indicate},
    {"agree", "agree RATINGS.csv [--scale 1-5] [--weights NAME,...]", agree},
    {"report", "report FILE... [--to html|pdf|svg|json] [--for family] [--redact]", report},
    {"sign", "sign FILE --by REF", sign},
    {"amend", "amend FILE --output NEW", amend},
    {"convert", "convert IN... OUT", convert},
    {"train", "train list | show CASE | start CASE | mark FILE... | session DIR", train},
    {"store", "store init | user | add | list | show | history | sign | ...", store},
    {"serve", "serve --store FILE [--port N]", serve},
    {"instrument", "instrument list | show [NODE] | check FILE | overlay FILE", instrument},
};

std::string overview() {
  std::string out = fmt::format("{}\n\n{}\n\n", phrase("overview.title"),
                                phrase("usage.line", {{"line", "COMMAND ..."}}));
  for (const Command& command : commands)
    out += fmt::format("  {:<11} {}\n", command.name, summary_of(command));
  return out += fmt::format("\n  {}\n\n{}\n{}\n", phrase("overview.more"),
                            phrase("overview.exit_codes"), phrase("overview.no_substitute"));
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    write_standard_error(overview());
    return Exit::usage;
  }
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h" || (name == "help" && arguments.size() == 1)) {
    write_standard_output(overview());
    return Exit::done;
  }
  if (name == "--version") {
    write_standard_output("gcp2 " GCP2_VERSION "\n");
    return Exit::done;
  }
  Arguments rest{arguments.begin() + 1, arguments.end()};
  const std::string wanted = name == "help" ? rest.front() : name;
  if (name == "help") rest = {"--help"};
  const auto found = std::ranges::find(commands, wanted, &Command::name);
  if (found != std::end(commands)) return found->function(*found, rest);
  std::vector<std::string_view> known;
  for (const Command& command : commands) known.push_back(command.name);
  throw Stop{Exit::usage, phrase("usage.no_command", {{"command", wanted}}) +
                              did_you_mean(wanted, known) + " " + phrase("usage.all_commands")};
}

}  // namespace

std::string summary_of(const Command& command) {
  return phrase("command." + std::string{command.name});
}

int run(const Arguments& arguments) {
  // A reader that leaves early and a file that may not grow are answers of the outside world, like
  // a full disk: the write that fails says so.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // A child's record is in memory long before there is a secret to keep. Where it cannot be had,
  // what has secrets says so.
  (void)forbid_core_dumps();
  // Put together while there is memory for it.
  const std::string no_memory = fmt::format("gcp2: {}\n", phrase("usage.no_memory"));
  const auto say_fault = [](const char* what) {
    write_standard_error(fmt::format("gcp2: {}\n", phrase("usage.fault", {{"fault", what}})));
    return Exit::bug;
  };
  try {
    return dispatch(arguments);
  } catch (const Stop& stop) {
    if (!stop.message.empty()) write_standard_error(fmt::format("gcp2: {}\n", stop.message));
    return stop.code;
  } catch (const std::bad_array_new_length& fault) {
    return say_fault(fault.what());  // a size that no machine has
  } catch (const std::bad_alloc&) {
    write_standard_error(no_memory);
    return Exit::outside;
  } catch (const std::exception& fault) {
    return say_fault(fault.what());
  }
}

}  // namespace gcp2::cli
