// Hosts, origins, methods and paths; and what every answer carries.
#include "serve/door.h"

#include <gtest/gtest.h>

namespace gcp2::test {
namespace {

using cli::web::Answer;
using cli::web::Door;
using cli::web::Request;

const Door door{cli::web::own_hosts(8080), false};

/// 0 where the request may pass.
int status(const Request& request, const Door& at = door) {
  const auto no = cli::web::turned_away(at, request);
  return no ? no->status : 0;
}

Request post(std::string origin, std::string site = "same-origin") {
  return {"POST",
          "/x",
          {{"host", "127.0.0.1:8080"},
           {"origin", std::move(origin)},
           {"sec-fetch-site", std::move(site)}}};
}

TEST(Door, TakesOnlyItsOwnNames) {
  for (const char* host : {"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"})
    EXPECT_EQ(status({"GET", "/", {{"host", host}}}), 0) << host;
  for (const char* host : {"attacker.example", "attacker.example:8080", "127.0.0.1", "127.0.0.1:80",
                           "127.0.0.1:8080.attacker.example", "", "localhost.:8080"})
    EXPECT_EQ(status({"GET", "/", {{"host", host}}}), 421) << host;
}

TEST(Door, TakesPostsOfItsOwnPagesOnly) {
  EXPECT_EQ(status(post("http://127.0.0.1:8080")), 0);
  EXPECT_EQ(status(post("http://localhost:8080", "")), 0);
  for (const char* origin : {"", "null", "https://127.0.0.1:8080", "http://127.0.0.1:8081",
                             "http://attacker.example", "http://127.0.0.1:8080.attacker.example"})
    EXPECT_EQ(status(post(origin)), 403) << origin;
  for (const char* site : {"cross-site", "same-site", "none"})
    EXPECT_EQ(status(post("http://127.0.0.1:8080", site)), 403) << site;
  const Door encrypted{{"gcp.school.example"}, true};
  Request request = post("https://gcp.school.example");
  request.headers[0].second = "gcp.school.example";
  EXPECT_EQ(status(request, encrypted), 0);
  request.headers[1].second = "http://gcp.school.example";
  EXPECT_EQ(status(request, encrypted), 403);
}

TEST(Door, TakesThreeMethods) {
  for (const char* method : {"GET", "HEAD"})
    EXPECT_EQ(status({method, "/", {{"host", "localhost:8080"}}}), 0) << method;
  for (const char* method : {"PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "get"})
    EXPECT_EQ(status({method, "/", {{"host", "localhost:8080"}}}), 405) << method;
}

TEST(Door, TakesPlainPathsOnly) {
  const auto asked = [](const char* target) {
    return status({"GET", target, {{"host", "localhost:8080"}}});
  };
  for (const char* target :
       {"/", "/records/3c9d2f64-8a1b-4e57-b0c6-5d7e9f1a2b30", "/assets/a-1.css", "/x?y=%2e%2e/.."})
    EXPECT_EQ(asked(target), 0) << target;
  for (const char* target : {"/../etc/passwd", "/a/../b", "/a/./b", "/%2e%2e/etc", "/a%2fb",
                             "//host/path", "/a//b", "/a\\..\\b", "/a;b", "/.git", "/a%00"})
    EXPECT_EQ(asked(target), 404) << target;
}

std::string_view said(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return value;
  return "";
}

TEST(Door, EveryAnswerSaysWhatAPageMayDo) {
  Answer answer;
  cli::web::fortify(door, answer);
  EXPECT_EQ(said(answer, "Cache-Control"), "no-store");
  EXPECT_EQ(said(answer, "X-Content-Type-Options"), "nosniff");
  const std::string policy{said(answer, "Content-Security-Policy")};
  EXPECT_TRUE(policy.starts_with("default-src 'none';"));
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(said(answer, "Strict-Transport-Security"), "");
  cli::web::fortify({{"x"}, true}, answer);
  EXPECT_NE(said(answer, "Strict-Transport-Security"), "");
  Answer kept{200, {{"Cache-Control", "private, immutable"}}};
  cli::web::fortify(door, kept);
  EXPECT_EQ(said(kept, "Cache-Control"), "private, immutable");
}

}  // namespace
}  // namespace gcp2::test
