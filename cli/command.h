// A sub-command: what it is called, what it is for, what it does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gcp2::cli {

using Arguments = std::vector<std::string>;

struct Exit {
  static constexpr int done = 0;
  static constexpr int invalid = 1;  ///< what a person wrote cannot be judged
  static constexpr int usage = 2;    ///< the command line is wrong
  static constexpr int outside = 3;  ///< file, disk, terminal
  static constexpr int bug = 4;
};

/// Thrown anywhere in a command to end it; only `run` catches it.
struct Stop {
  int code;
  std::string message;  ///< for standard error; empty = already said
};

struct Command {
  std::string_view name;
  std::string_view usage;  ///< after the program's name
  int (*function)(const Command& command, const Arguments& arguments);
};

/// What the command is for, in a few words.
std::string summary_of(const Command& command);

int run(const Arguments& arguments);

int validate(const Command& command, const Arguments& arguments);
int score(const Command& command, const Arguments& arguments);
int compare(const Command& command, const Arguments& arguments);
int agree(const Command& command, const Arguments& arguments);
int report(const Command& command, const Arguments& arguments);
int convert(const Command& command, const Arguments& arguments);
int complete(const Command& command, const Arguments& arguments);
int sign(const Command& command, const Arguments& arguments);
int amend(const Command& command, const Arguments& arguments);
int indicate(const Command& command, const Arguments& arguments);
int instrument(const Command& command, const Arguments& arguments);
int store(const Command& command, const Arguments& arguments);
int serve(const Command& command, const Arguments& arguments);
int train(const Command& command, const Arguments& arguments);

}  // namespace gcp2::cli
