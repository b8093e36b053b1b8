// A connection to one database, made again when it was cut, and what its errors mean.
#pragma once

#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <string_view>

#include "gcp2/store.h"

namespace gcp2 {

/// What libpqxx threw, as the caller sees it and as it can be answered.
struct Fault {
  StoreError error;
  bool cut = false;    ///< the connection is of no use any more
  bool again = false;  ///< nothing has happened, and the same may work now
};
Fault fault_of(const pqxx::pqxx_exception& thrown);

class Session {
 public:
  /// Nothing is connected yet. `outside`: not a name of a database, or a password in it.
  static Stored<Session> named(std::string_view name, bool reading);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Connects where there is no connection; throws what libpqxx does.
  pqxx::connection& connection();
  /// The next `connection` is a new one.
  void drop() noexcept;

 private:
  Session(std::string parameters, bool reading);

  std::string parameters_;
  bool reading_;
  struct Link;
  static std::unique_ptr<Link> linked(const std::string& parameters);
  std::unique_ptr<Link> link_;
};

}  // namespace gcp2
