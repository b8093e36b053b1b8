// What every part of `gcp2 store` needs: where the store is, who is asking, and why.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "../days.h"
#include "../options.h"
#include "../phrase.h"
#include "gcp2/desk.h"
#include "gcp2/safekeeping.h"
#include "log.h"

namespace gcp2::cli {

/// Options that a part of the command does not take, for `Options`.
inline constexpr Untaken no_output{"output", "store.no_output"};
inline constexpr Untaken no_format{"format", "store.no_format"};
/// For parts that are about no one child.
inline constexpr Untaken no_note{"note", "store.note_without_child"};

/// Which options about whoever asks a part of the command takes: none, --as and --passphrase-fd, or
/// --reason and --note, too.
enum class Asking : std::uint8_t { nobody, who, who_and_why };
/// --store, --ring, --anchor, and those.
void add_store_options(Options& options, Asking asking = Asking::who_and_why);

/// --replace, for parts that write a file.
void add_replace_option(Options& options);

/// Whether --anchor or GCP2_ANCHOR says where the anchors are.
bool names_anchors(const Options& options);
Places places_of(const Options& options);
/// The records' file; empty where they are on a server.
std::string file_of(const Places& places);
/// Of --as, or the environment's; ends the command where there is neither.
std::string account_of(const Options& options);
Means means_at_hand();
Purpose purpose_of(const Options& options);

/// Ends the command where more than one of these options is given.
void require_one_at_most(const Options& options, std::initializer_list<const char*> names);
/// Ends the command where something is named beside options that are about nothing else.
void require_no_operand(const Options& options);
/// Ends the command where --reason is none of the listed ones.
void require_known_reason(const Options& options);
/// Of an option that is kept as people wrote it; ends the command where that is no text.
std::string words_of(const Options& options, const char* name);
/// Writes what an act gave; where that cannot be done, `but` says that the act is done, and what to
/// do.
void write_once_done(const std::string& name, std::string_view bytes, const std::string& but);
/// Whether what the command gives goes into a file.
bool leaves_store(const Options& options);
/// Says of such a file that it can be read by whoever has it.
void say_in_clear(const Options& options);
/// Ends the command and says why: 1 where somebody may not or a record is not right, 3 where the
/// store, ring or key cannot. `file` is what it is about: one of many that were taken in, the
/// records as a whole.
[[noreturn]] void stop(const Refusal& refusal, const Options& options,
                       const std::string& file = {});
template <class T>
T granted(Allowed<T> result, const Options& options, const std::string& file = {}) {
  if (!result) stop(result.error(), options, file);
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

/// Makes the setting of --store, with the accounts of --as and --administrator, and says where its
/// parts are.
void found_setting(const Options& options);

/// The child of a reference, for what the log calls `action`, which is refused first where it is
/// not for the role: by look-up, or for a reader among those that were shared.
ChildFacts child_of(Desk& desk, const std::string& ref, std::string_view action,
                    const Options& options);
Id record_id(const std::string& text, const Options& options);
/// Any other id; `otherwise` is what is said where it is none.
Id id_of(const std::string& text, const Options& options, std::string_view otherwise);
/// The first operand; `missing` is what is said where there is none.
std::string operand_of(const Options& options, std::string_view missing);

/// Before anything is done, ends the command where a file could not be written or would be lost:
/// one that is there stays unless --replace, and a backup's always; the store's own ones do.
void require_target(const std::string& name, const Options& options, bool may_replace = true);
/// Ends the command where the anchors would be written into another file of the store's.
void require_anchor_apart(const Places& places, const Options& options);
/// Ends the command where the folders of backups are one, or among the store's own files.
void require_apart(const std::string& ring_copies, const std::string& records,
                   const Options& options);
/// Ends the command where a copy of the ring would be written into the records' backup, or into
/// what is to stand beside that.
void require_backups_apart(const std::string& ring_copy, const std::string& records,
                           const Options& options);
/// Ends the command where the name leads to a pipe or device, which might never end, or to more
/// than `most` bytes (0: whatever the readers take).
void require_input(const std::string& name, std::size_t most = 0);
/// Ends the command where there are records already.
void require_no_store(const Options& options);
/// Ends the command where records or ring are no files, or the ring's copies could not be kept.
void require_places(const Places& places);
/// The same, and where the ring is not there.
void require_ring(const Places& places);
/// A setting as people know it, and its id.
std::string setting_name(const std::string& title, const Id& store);
/// A line for people on standard output.
void say(std::string_view key, std::initializer_list<Filling> fillings);
/// As it may stand on a screen: what people wrote could hold a terminal's commands.
std::string on_screen(const std::string& text);
/// The end of the day of --until, which is not over; 0 where there is none.
Seconds until_of(const Options& options);
}  // namespace gcp2::cli
