// Databases of the tests' own PostgreSQL server (tests/store/cluster).
#pragma once

#include <string>

namespace gcp2::test {

/// The address of the server that CTest has started for these tests, without a database.
std::string cluster_address();

/// A server of this test alone, for rough treatment.
class Cluster {
 public:
  Cluster();
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  [[nodiscard]] const std::string& address() const noexcept { return address_; }
  /// Where all its files are, its log too.
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }
  /// As after a crash: without shutting down.
  void restart();

 private:
  std::string file_, address_, folder_;
};

/// A database, gone with the object.
class Database {
 public:
  /// Its files in `disk`, a folder that is empty, where one is given: of a server that ends before
  /// the folder does.
  explicit Database(std::string address = cluster_address(), const std::string& disk = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// What an SQL command answers in its first field; empty where nothing.
  std::string run(const std::string& command) const;  // NOLINT: it may change a lot

 private:
  std::string address_, database_, name_;
};

}  // namespace gcp2::test
