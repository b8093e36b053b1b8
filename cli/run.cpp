#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>

#include "command.h"
#include "gcp2/findings.h"
#include "output.h"

namespace gcp2::cli {
namespace {

constexpr Command commands[] = {
    {"complete", "complete FILE", "answer question by question; every answer is saved at once",
     complete},
    {"validate", "validate FILE...", "say everything that is wrong, doubtful or missing", validate},
    {"score", "score FILE [--explain] | score --ndjson [FILE]",
     "grades of sub-areas and areas, and how each came about", score},
    {"compare", "compare FILE... [--siblings]",
     "one child's records over time, or siblings side by side", compare},

    {"indicate", "indicate FILE... [--locality NAME|FILE] [--rules FILE] [--known FILE]... | indicate --check FILE",
     "what local rules make of one child's records, and what to do", indicate},
    {"agree", "agree RATINGS.csv [--scale 1-5] [--weights NAME,...]",
     "how well raters agree, how sure that is, and who leans", agree},
    {"report", "report FILE... [--to html|pdf|svg|json] [--for family] [--redact]",
     "the whole report on one child, for workers or for the family", report},
    {"sign", "sign FILE --by REF", "sign a record; it never changes after that", sign},
    {"amend", "amend FILE --output NEW", "start the successor of a signed record", amend},
    {"convert", "convert IN... OUT", "between JSON, CSV of grades and archives", convert},
    {"instrument", "instrument list | show [NODE] | check FILE | overlay FILE",
     "look at instruments, check one, lay licensed wording over one", instrument},
};

std::string overview() {
  std::string out =
      "gcp2: graded care profiles, from a practitioner's record to an explained profile\n\n"
      "usage: gcp2 COMMAND ...\n\n";
  for (const Command& command : commands)
    out += fmt::format("  {:<11} {}\n", command.name, command.summary);
  return out +=
         "\n  gcp2 COMMAND --help says more; gcp2 --version the version\n\n"
         "Exit codes: 0 done, 1 the data is invalid, 2 wrong usage, 3 file or disk, 4 our bug.\n"
         "Not affiliated with or endorsed by the NSPCC. No substitute for training, judgement or "
         "a\n"
         "referral. If a child is in immediate danger, call 999.\n";
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
  const std::string_view near = nearest(wanted, known);
  throw Stop{Exit::usage,
             fmt::format("there is no command '{}'.{} gcp2 --help lists them all.", wanted,
                         near.empty() ? "" : fmt::format(" Did you mean {}?", near))};
}

}  // namespace

int run(const Arguments& arguments) {
  // A reader that leaves early and a file that may not grow are answers of the outside world, like
  // a full disk: the write that fails says so.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return dispatch(arguments);
  } catch (const Stop& stop) {
    if (!stop.message.empty()) write_standard_error(fmt::format("gcp2: {}\n", stop.message));
    return stop.code;
  } catch (const std::bad_alloc&) {
    write_standard_error("gcp2: this machine has not enough memory for that.\n");
    return Exit::outside;
  } catch (const std::exception& fault) {
    write_standard_error("gcp2: this is a fault of the program, please report it: ");
    write_standard_error(fault.what());
    write_standard_error("\n");
    return Exit::bug;
  }
}

}  // namespace gcp2::cli
