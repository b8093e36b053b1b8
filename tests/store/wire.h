// The wire between a client and a PostgreSQL server, which can be cut.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace gcp2::test {

class Wire {
 public:
  /// What becomes of the next COMMIT, with the connection cut in any case: it does not arrive; it
  /// arrives; it arrives and is carried out, and the answer is lost.
  enum class Cut { none, before, during, after };

  /// To the server of that address (see cluster_address).
  explicit Wire(const std::string& address);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] std::string address() const;
  void cut_next(Cut how) { cut_ = how; }
  /// The server speaks another language from now on.
  void be_foreign() { foreign_ = true; }
  /// How many were cut.
  [[nodiscard]] int cuts() const { return cuts_; }

 private:
  void accept_all();
  void carry(int client);
  [[nodiscard]] std::string translated(std::string_view bytes) const;

  int server_port_, listener_, port_ = 0;
  std::atomic<Cut> cut_ = Cut::none;
  std::atomic<int> cuts_ = 0;
  std::atomic<bool> ended_ = false, foreign_ = false;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace gcp2::test
