#include "postgres/session.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "postgres/statements.h"

namespace gcp2 {
namespace {

/// In the way libpq reads `name='value'`.
std::string setting(std::string_view name, std::string_view value) {
  std::string text{name};
  text += "='";
  for (const char letter : value) {
    if (letter == '\'' || letter == '\\') text += '\\';
    text += letter;
  }
  return text + "' ";
}

Trouble trouble_of_state(std::string_view state) {
  static constexpr std::pair<std::string_view, Trouble> known[] = {
      {"53100", Trouble::no_room},   // disk_full
      {"53300", Trouble::busy},      // too_many_connections
      {"55P03", Trouble::busy},      // lock_not_available
      {"40001", Trouble::busy},      // serialization_failure
      {"40P01", Trouble::busy},      // deadlock_detected
      {"23505", Trouble::conflict},  // unique_violation
      {"3D000", Trouble::absent},    // invalid_catalog_name
      {"42P06", Trouble::present},   // duplicate_schema
      {"42P01", Trouble::damaged},   // undefined_table
      {"42703", Trouble::damaged},   // undefined_column
      {"XX001", Trouble::damaged},   // data_corrupted
      {"XX002", Trouble::damaged},   // index_corrupted
  };
  for (const auto& [code, trouble] : known)
    if (code == state) return trouble;
  return Trouble::outside;
}

struct Finished {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};

/// With which SQLSTATE a server refuses at its door; empty where it does not, or none is there.
/// libpqxx keeps the server's sentence alone, which is in the server's language: libpq is asked
/// once more, to say nothing but the code.
std::string refused_with(const std::string& parameters) {
  constexpr int patience_ms = 10'000;
  constexpr std::size_t length = 5;
  const std::unique_ptr<PGconn, Finished> connection{PQconnectStart(parameters.c_str())};
  if (!connection || PQstatus(connection.get()) == CONNECTION_BAD) return "";
  PQsetErrorVerbosity(connection.get(), PQERRORS_SQLSTATE);
  for (PostgresPollingStatusType next = PGRES_POLLING_WRITING; next != PGRES_POLLING_FAILED;
       next = PQconnectPoll(connection.get())) {
    if (next == PGRES_POLLING_OK) return "";
    const short wanted = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    pollfd wait{PQsocket(connection.get()), wanted, 0};
    if (poll(&wait, 1, patience_ms) != 1) return "";
  }
  std::string said = PQerrorMessage(connection.get());
  while (!said.empty() && said.back() == '\n') said.pop_back();
  const std::string code = said.substr(said.size() < length ? 0 : said.size() - length);
  const bool is_code = code.size() == length && std::ranges::all_of(code, [](unsigned char letter) {
                         return std::isdigit(letter) || std::isupper(letter);
                       });
  return is_code ? code : "";
}

}  // namespace

Fault fault_of(const pqxx::pqxx_exception& thrown) {
  Fault fault{{Trouble::outside, thrown.base().what()}};
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&thrown)) {
    const std::string& state = sql->sqlstate();
    fault.error.trouble = trouble_of_state(state);
    // Such a message may repeat what was to be stored.
    if (state.starts_with("22") || state.starts_with("23")) fault.error.message = "";
    fault.error.message += " (SQLSTATE " + state + ")";
    fault.again = state == "40001" || state == "40P01";
    fault.cut = state.starts_with("57P") || state.starts_with("08") || state.empty();
  } else if (dynamic_cast<const pqxx::deadlock_detected*>(&thrown) != nullptr ||
             dynamic_cast<const pqxx::serialization_failure*>(&thrown) != nullptr) {
    fault.error.trouble = Trouble::busy;
    fault.again = true;
  } else if (dynamic_cast<const pqxx::too_many_connections*>(&thrown) != nullptr) {
    fault.error.trouble = Trouble::busy;
  } else {
    fault.cut = dynamic_cast<const pqxx::broken_connection*>(&thrown) != nullptr ||
                dynamic_cast<const pqxx::in_doubt_error*>(&thrown) != nullptr ||
                dynamic_cast<const pqxx::statement_completion_unknown*>(&thrown) != nullptr;
  }
  return fault;
}

Stored<Session> Session::named(std::string_view name, bool reading) {
  if (!name.starts_with("postgresql://") && !name.starts_with("postgres://"))
    return StoreError{Trouble::outside, "the name of a database begins with postgresql://"};
  char* wrong = nullptr;
  PQconninfoOption* options = PQconninfoParse(std::string{name}.c_str(), &wrong);
  if (options == nullptr) {
    // It would repeat the name, and with it a password that is written in the wrong place.
    PQfreemem(wrong);
    return StoreError{Trouble::outside, "not the name of a PostgreSQL database"};
  }
  std::string parameters;
  bool password = false, timeout = false;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword = option->keyword;
    password |= keyword == "password" || keyword == "sslpassword";
    timeout |= keyword == "connect_timeout";
    parameters += setting(keyword, option->val);
  }
  PQconninfoFree(options);
  if (password) return StoreError{Trouble::outside, "a password in the name of a database"};
  if (!timeout) parameters += setting("connect_timeout", "10");
  return Session{std::move(parameters), reading};
}

struct Session::Link {
  pqxx::connection connection;
  /// Otherwise what the server says goes to standard error.
  pqxx::quiet_errorhandler quiet{connection};

  explicit Link(const std::string& parameters) : connection{parameters} {}
};

std::unique_ptr<Session::Link> Session::linked(const std::string& parameters) {
  try {
    return std::make_unique<Link>(parameters);
  } catch (const pqxx::broken_connection& thrown) {
    const std::string state = refused_with(parameters);
    if (state.empty()) throw;
    throw pqxx::sql_error{thrown.what(), "", state.c_str()};
  }
}

Session::Session(std::string parameters, bool reading)
    : parameters_{std::move(parameters)}, reading_{reading} {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

void Session::drop() noexcept { link_.reset(); }

pqxx::connection& Session::connection() {
  if (link_ == nullptr) {
    auto fresh = linked(parameters_);
    // Without details, which may repeat what was to be stored.
    fresh->connection.set_verbosity(pqxx::connection_base::terse);
    pqxx::nontransaction session{fresh->connection};
    session.exec(
        "SET synchronous_commit = on; SET lock_timeout = '5s'; SET client_encoding = 'UTF8';"
        "SET bytea_output = 'hex'; SET search_path = gcp2;"
        "SET default_transaction_isolation = 'read committed';"
        "SET default_transaction_read_only = " +
        std::string{reading_ ? "on" : "off"});
    session.commit();
    prepare_statements(fresh->connection);
    link_ = std::move(fresh);
  }
  return link_->connection;
}

}  // namespace gcp2
