// The options of a command: its own, and those that every command has.
#pragma once

#include <boost/program_options.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "gcp2/core.h"

namespace gcp2::cli {

/// An option of every command that one of them does not take, and the key of what it says instead.
struct Untaken {
  const char* name;
  const char* key;
};

/// Declare options, each with the key of what it is for, then parse. Wrong usage ends the command
/// with exit code 2.
class Options {
 public:
  explicit Options(const Command& command, std::initializer_list<Untaken> untaken = {});

  Options& flag(const char* name, std::string_view key);
  Options& value(const char* name, const char* metavar, std::string_view key);
  Options& values(const char* name, const char* metavar, std::string_view key);

  /// For a command that changes the record it reads, and has its own guard of what is signed.
  Options& changes_its_input() {
    changes_its_input_ = true;
    return *this;
  }

  /// False after --help, which has then been said. `least` and `most` count the operands.
  bool parse(const Arguments& arguments, std::size_t least, std::size_t most);

  /// For one of a command's parts, where others take it: refuses it, as where no part does.
  void refuse_given(const Untaken& untaken) const;

  [[nodiscard]] bool has(const char* name) const { return parsed_.count(name) != 0; }
  [[nodiscard]] std::string text(const char* name) const;  ///< empty where absent
  [[nodiscard]] std::vector<std::string> texts(const char* name) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

  [[nodiscard]] bool json() const { return text("format") == "json"; }
  /// --as-of, or today.
  [[nodiscard]] Date as_of() const;

  [[noreturn]] void refuse(const std::string& message) const;

 private:
  [[nodiscard]] std::string usage_line() const;
  /// Whatever is read is not written over: it could be a child's only record.
  void refuse_output_onto_input() const;

  const Command& command_;
  std::vector<Untaken> untaken_;
  bool changes_its_input_ = false;
  boost::program_options::options_description described_;
  boost::program_options::variables_map parsed_;
  std::vector<std::string> operands_;
};

Date today();
Instant now();

}  // namespace gcp2::cli
