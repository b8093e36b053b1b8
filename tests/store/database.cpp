#include "database.h"

#include <pwd.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pqxx/pqxx>
#include <stdexcept>

namespace gcp2::test {
namespace {

struct Server {
  std::string address, folder;
};
Server server_in(const std::string& file) {
  std::ifstream stream{file};
  Server server;
  if (!std::getline(stream, server.address) || !std::getline(stream, server.folder))
    throw std::runtime_error("No server: use ctest, or tests/store/cluster start " + file);
  return server;
}

void run_cluster(const std::string& arguments) {
  const std::string command = GCP2_SOURCE_DIR "/tests/store/cluster " + arguments;
  if (std::system(command.c_str()) != 0) throw std::runtime_error("Failed: " + command);
}

std::string answer(const std::string& name, const std::string& command) {
  pqxx::connection connection{name};
  const pqxx::quiet_errorhandler quiet{connection};
  pqxx::nontransaction work{connection};
  const pqxx::result result = work.exec(command);
  return result.empty() || result[0][0].is_null() ? "" : result[0][0].c_str();
}

}  // namespace

std::string cluster_address() { return server_in(GCP2_CLUSTER).address; }

Cluster::Cluster()
    : file_{std::filesystem::temp_directory_path().string() + "/gcp2-cluster-file-" +
            std::to_string(getpid())} {
  run_cluster("start " + file_ + " " + std::to_string(getpid()));
  const Server server = server_in(file_);
  address_ = server.address;
  folder_ = server.folder;
}
Cluster::~Cluster() {
  (void)!std::system((GCP2_SOURCE_DIR "/tests/store/cluster stop " + file_).c_str());
}
void Cluster::restart() { run_cluster("restart " + file_); }

Database::Database(std::string address, const std::string& disk) : address_{std::move(address)} {
  static std::atomic<int> last = 0;
  database_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++last);
  name_ = address_ + database_;
  std::string where;
  if (!disk.empty()) {
    const std::string folder = disk + "/tables";
    std::filesystem::create_directory(folder);
    const passwd* server = getuid() == 0 ? getpwnam("postgres") : nullptr;
    if (server != nullptr && chown(folder.c_str(), server->pw_uid, server->pw_gid) != 0)
      throw std::runtime_error("Not the server's: " + folder);
    answer(address_ + "postgres", "CREATE TABLESPACE small LOCATION '" + folder + "'");
    where = " TABLESPACE small";
  }
  answer(address_ + "postgres", "CREATE DATABASE " + database_ + where);
}
Database::~Database() {
  try {
    answer(address_ + "postgres", "DROP DATABASE " + database_ + " WITH (FORCE)");
  } catch (const std::exception&) {
    // It goes with its server.
  }
}
std::string Database::run(const std::string& command) const { return answer(name_, command); }

}  // namespace gcp2::test
