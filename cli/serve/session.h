// Who is there: people who are logged in, browsers that came by the link, and the tokens that tell
// a form of ours from another page's. Everything is forgotten when the program ends.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../store/log.h"
#include "gcp2/desk.h"

namespace gcp2::cli::web {

/// An open setting. Who uses it, through any desk on it, holds the mutex.
struct Place {
  Setting setting;
  std::mutex mutex = {};
};

/// How long a picture of a page is kept for the browser that is to ask for it.
inline constexpr Seconds drawn_kept = 10;

/// Somebody who is logged in. When the last one lets go, the keys are wiped.
struct Person {
  std::shared_ptr<Place> place;
  Desk desk;
  std::map<Id, Purpose> purposes = {};  ///< by child: the reasons that were given
  std::map<Id, Id> child_of = {};       ///< by record
  /// Pictures of the page that was answered last, by their paths: the browser asks for them next,
  /// and what they are drawn from has just been read, and logged. Each is given once.
  struct Drawn {
    std::string svg;
    Seconds at = 0;
  };
  std::map<std::string, Drawn> drawn = {};
  /// Parts of the log that were asked for, by an id that their pages are named by.
  std::map<Id, LogFilter> log_parts = {};
  /// What children were called whose erasure this person confirmed: it is kept nowhere else.
  std::map<Id, std::string> erased = {};
  /// What an authenticator is to be given before anything else is shown.
  std::optional<Secret> second_step = {};

  /// A desk's end writes to the store.
  ~Person() {
    const std::lock_guard lock{place->mutex};
    const Desk leaving = std::move(desk);
  }
};

/// Who sent a request, by its cookie.
struct Visitor {
  std::string cookie;  ///< as it came, or a new one that the answer has to give out
  bool is_new = false;
  bool is_let_in = false;  ///< may see the log-in page
  std::shared_ptr<Person> person = {};
};

class Sessions {
 public:
  struct Rules {
    std::function<Allowed<Setting>()> open;
    Clock clock;   ///< of the day, by which codes of the second step go
    Clock steady;  ///< that nobody sets: how long something has lasted
    Seconds idle = Seconds{20} * 60;
    /// Whether only browsers that followed a link with a token see more than a request to do so:
    /// other people at this machine reach the port, too.
    bool by_link = true;
    /// Whether a passphrase alone is not enough: over a network.
    bool second_step = false;
    /// So many people have a setting open for them alone and wait for nobody's disk; more share
    /// these. A server of PostgreSQL takes a hundred connections, if nobody asked for more.
    std::size_t most_settings = 64;
  };
  explicit Sessions(Rules rules);

  /// The token of the link. It lets one browser in; then there is another one.
  [[nodiscard]] std::string link_token();
  /// Whoever has it may see the log-in page, which hands it in together with the passphrase.
  [[nodiscard]] bool is_link_token(std::string_view token);

  /// A request was sent: whoever it is of stays for another `idle`, unless a page sent it by
  /// itself, or is logged out where that is over.
  [[nodiscard]] Visitor visitor(std::string_view cookie, bool by_itself = false);
  /// The same asked by nobody: nothing changes, and nobody is waited for.
  [[nodiscard]] bool is_logged_in(std::string_view cookie);
  /// What a form of this visitor's carries, so that no other page can send it.
  [[nodiscard]] std::string form_token(const Visitor& visitor) const;
  [[nodiscard]] bool is_form_token(const Visitor& visitor, std::string_view token) const;

  /// What somebody logs in with.
  struct Proof {
    std::string_view name, passphrase;
    std::string_view code = {};  ///< of the second step
    std::string_view link = {};
  };
  /// Gives the new cookie: one that an attacker planted before is nobody's afterwards. Waits for
  /// the store's delays (`slow_down`), and is refused like that while many others are at it. A code
  /// lets in once.
  Allowed<std::string> log_in(const Visitor& visitor, const Proof& proof);
  [[nodiscard]] bool wants_code() const { return rules_.second_step; }
  void log_out(const Visitor& visitor);
  /// Logs out whoever asked for nothing for `idle`, and forgets pictures that nobody asked for. To
  /// be called every few seconds.
  void end_idle();
  [[nodiscard]] Seconds now() const { return rules_.steady(); }

 private:
  /// Under which a used code is remembered: blanks do not make another one of it.
  [[nodiscard]] std::string code_name(const Proof& proof) const;
  bool was_used(const Proof& proof);
  /// The setting that somebody who has just logged in works through from now on.
  std::shared_ptr<Place> place_for(Setting&& opened, Desk& desk);
  struct Session {
    std::shared_ptr<Person> person;
    Seconds used = 0;
  };
  [[nodiscard]] bool is_idle(const Session& session) const;
  Rules rules_;
  Secret secret_;  ///< what form tokens and the table's keys are made with
  std::mutex mutex_;
  std::map<std::string, Session> table_;  ///< by the cookie's hash: its bytes are nowhere else
  std::vector<std::weak_ptr<Place>> places_;
  std::map<std::string, Seconds> used_codes_;  ///< by a hash, when they let somebody in
  std::string link_;
  std::atomic<int> logging_in_ = 0;
};

}  // namespace gcp2::cli::web
