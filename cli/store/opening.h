// What every part of `gcp2 store` needs: where the store is, who is asking, and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../options.h"
#include "../phrase.h"
#include "gcp2/desk.h"
#include "gcp2/safekeeping.h"

namespace gcp2::cli {

/// Options that a part of the command does not take, for `Options`.
inline constexpr Untaken no_output{"output", "store.no_output"};

/// --store, --ring; and with `person` --as, --passphrase-fd, --reason, --note.
void add_store_options(Options& options, bool person = true);

Places places_of(const Options& options);
Means means_at_hand();
Purpose purpose_of(const Options& options);

/// Ends the command and says why: 1 where somebody may not or a record is not right, 3 where the
/// store, ring or key cannot.
[[noreturn]] void stop(const Refusal& refusal, const Options& options);
template <class T>
T granted(Allowed<T> result, const Options& options) {
  if (!result) stop(result.error(), options);
  return *std::move(result);
}

/// Lines that a person types without their being shown, or that come by --passphrase-fd.
class Passphrases {
 public:
  explicit Passphrases(const Options& options);
  /// The next line; `prompt` is said where a person is asked.
  std::string ask(const std::string& prompt);
  /// The same twice, and the same both times where a person is asked.
  std::string ask_new(const std::string& name);
  /// Something that is typed in sight.
  std::string ask_in_sight(const std::string& prompt);

 private:
  std::string line(const std::string& prompt, bool shown);
  int file_ = -1;  ///< of --passphrase-fd
};

/// Prepares this process for secrets, opens the store and logs in.
struct Opened {
  Setting setting;
  Desk desk;
};
Opened enter(const Options& options);

/// The child of a reference: by look-up, or for a reader among those that were shared.
ChildFacts child_of(Desk& desk, const std::string& ref, const Options& options);
Id record_id(const std::string& text, const Options& options);
/// As it may stand on a screen: what people wrote could hold a terminal's commands.
std::string on_screen(const std::string& text);
/// The end of the day of --until; 0 where there is none.
Seconds until_of(const Options& options);

std::string day_text(Seconds at);
std::string moment_text(Seconds at);

}  // namespace gcp2::cli
