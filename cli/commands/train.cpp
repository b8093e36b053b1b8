#include "../parts.h"
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

}  // namespace

int train(const Command& command, const Arguments& arguments) {
  return run_part(command, parts, arguments, "train.which", "train.no_part");
}

}  // namespace gcp2::cli
