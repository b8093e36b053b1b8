// What a page has in hand: the request with its form, who sent it, and what the server stands on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door.h"
#include "exchange.h"
#include "form.h"
#include "gcp2/indication.h"
#include "gcp2/instrument.h"
#include "gcp2/report.h"
#include "session.h"
#include "training_sessions.h"

namespace gcp2::cli::web {

/// A set of roles. This only keeps pages from those who have no use for them; what may be done
/// there, the desk decides and logs.
using Roles = unsigned;
constexpr Roles only(Role role) { return 1U << static_cast<unsigned>(role); }
inline constexpr Roles writers = only(Role::practitioner) | only(Role::supervisor);
/// Of those who have the setting key.
inline constexpr Roles colleagues = writers | only(Role::records_manager);
inline constexpr Roles readers = colleagues | only(Role::reader);
inline constexpr Roles transfer_viewers = only(Role::supervisor) | only(Role::records_manager);
inline constexpr Roles account_viewers =
    only(Role::supervisor) | only(Role::auditor) | only(Role::administrator);
inline constexpr Roles erasers = only(Role::supervisor) | only(Role::records_manager);
inline constexpr Roles log_readers = erasers | only(Role::auditor);
inline constexpr Roles keepers_of_backups = erasers | only(Role::administrator);
inline constexpr Roles every_role =
    readers | only(Role::trainer) | only(Role::auditor) | only(Role::administrator);

/// What comes from a module that a machine may lack.
struct Printing {
  std::function<Result<std::string>(const View&)> pdf;
  std::function<FamilyPictures(const Assessment&)> pictures;
};

/// Where "Back up now" writes to: two folders, so that one that is lost tells nobody anything.
struct BackupFolders {
  std::string ring_copies, records;
  Clock clock;
};

/// One server. Lives as long as its listener.
struct Site {
  Door door;
  Sessions sessions;
  TrainingSessions trainings;
  const Instruments& instruments;
  const IndicationRules& rules;
  const Locality& locality;
  std::function<Date()> today;
  Printing printing;
  bool demonstration = false;
  std::optional<BackupFolders> backups = {};
};

struct Visit {
  Site& site;
  const Request& request;
  Visitor visitor;
  Form form = {};
  std::vector<std::string> parts = {};  ///< what the {} of the route stand for

  /// Of a trainee; only behind a route that asks for one.
  std::optional<TrainingSessions::Place> place = {};

  /// Of who is logged in; only behind a route that asks for a person.
  [[nodiscard]] Desk& desk() const { return visitor.person->desk; }
  [[nodiscard]] bool has_role(Roles roles) const {
    return (roles & only(desk().account().role)) != 0;
  }
  /// The record or child of the first part.
  [[nodiscard]] Id id() const {
    return parts.empty() ? Id{} : Id::parse(parts.front()).value_or(Id{});
  }
  /// The reason that this person gave for a child, or for the child of a record, since logging in.
  [[nodiscard]] Purpose purpose() const;
  /// The record's child, remembered: reasons are given for children.
  void is_record_of(const Id& record, const Id& child) const;
  /// A picture of this page, if there is one, for the request that is to follow; and the one of
  /// this request, if a page has just kept it.
  void keep_drawn(const std::string& path, std::string svg) const;
  [[nodiscard]] std::optional<std::string> take_drawn() const;
};

/// Lets the answer give the browser its cookie.
void give_cookie(const Visit& visit, Answer& answer, const std::string& cookie);

/// To another page of ours (303).
Answer see(std::string path);

}  // namespace gcp2::cli::web
