// The listener with a certificate: what is spoken, and what is not.
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "client.h"

namespace gcp2::test {
namespace {

using cli::web::Answer;
using cli::web::Request;

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    free(it);
  }
};
template <class T, auto free>
using Owned = std::unique_ptr<T, Freed<free>>;

/// A key and a certificate for it, signed by itself, in a folder of their own.
class Certificate {
 public:
  Certificate() {
    std::string name = (std::filesystem::temp_directory_path() / "gcp2-tls-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder"};
    folder_ = name;
    const Owned<EVP_PKEY, EVP_PKEY_free> pair{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
    const Owned<X509, X509_free> made{X509_new()};
    constexpr long day = 86400;
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), day);
    X509_set_pubkey(made.get(), pair.get());
    X509_sign(made.get(), pair.get(), EVP_sha256());
    write(certificate(), [&](std::FILE* to) { PEM_write_X509(to, made.get()); });
    write(key(), [&](std::FILE* to) {
      PEM_write_PrivateKey(to, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }
  ~Certificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  [[nodiscard]] std::string certificate() const { return (folder_ / "certificate.pem").string(); }
  [[nodiscard]] std::string key() const { return (folder_ / "key.pem").string(); }

 private:
  template <class Write>
  static void write(const std::string& name, const Write& put) {
    std::FILE* file = std::fopen(name.c_str(), "w");
    put(file);
    std::fclose(file);
  }
  std::filesystem::path folder_;
};

/// What a client of that version or an earlier one is answered; empty where there is no handshake.
std::string asked(std::uint16_t port, int latest) {
  const Owned<SSL_CTX, SSL_CTX_free> context{SSL_CTX_new(TLS_client_method())};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), latest);
  const Owned<BIO, BIO_free_all> line{BIO_new_ssl_connect(context.get())};
  std::string host = "127.0.0.1:" + std::to_string(port);
  // What the macro of OpenSSL does, without its cast.
  BIO_ctrl(line.get(), BIO_C_SET_CONNECT, 0, host.data());
  constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  if (BIO_write(line.get(), get.data(), static_cast<int>(get.size())) <= 0) return {};
  std::string all;
  std::array<char, 1024> bytes{};
  for (int got; (got = BIO_read(line.get(), bytes.data(), static_cast<int>(bytes.size()))) > 0;)
    all.append(bytes.data(), static_cast<std::size_t>(got));
  return all;
}

TEST(Tls, IsSpokenInVersionsThatHold) {
  const Certificate files;
  const Listener listener{[](const Request&) { return Answer{200, {}, "sealed"}; },
                          {},
                          {"127.0.0.1", 0, files.certificate(), files.key()}};
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    const std::string answer = asked(listener.port(), version);
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_TRUE(answer.ends_with("sealed"));
  }
  EXPECT_EQ(asked(listener.port(), TLS1_1_VERSION), "");
  EXPECT_EQ(status_for(listener.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
}

}  // namespace
}  // namespace gcp2::test
