// What reaches a page, and what attackers send instead of it.
#include "serve/listener.h"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "client.h"

namespace gcp2::test {
namespace {

using namespace std::chrono_literals;
using cli::web::Answer;
using cli::web::Body;
using cli::web::Limits;
using cli::web::Request;
using testing::HasSubstr;
using testing::StartsWith;

/// Answers with what it was asked, and remembers it.
class Echo {
 public:
  cli::web::Handler handler() {
    return [this](const Request& request) {
      const std::lock_guard lock{mutex_};
      seen.push_back(request);
      return Answer{
          200, {{"X-Own", "yes"}}, request.method + " " + request.target + "\n" + request.body};
    };
  }
  std::vector<Request> seen;

 private:
  std::mutex mutex_;
};

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Listener, HandsOverARequestAndSendsItsAnswer) {
  Echo echo;
  const Listener listener{echo.handler()};
  Wire wire{listener.port()};
  wire.send(
      "POST /a?b HTTP/1.1\r\nHOST: x\r\nX-Two: 1\r\nx-two: 2\r\nContent-Length: 4\r\n\r\nbody");
  const std::string answer = wire.answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Own: yes\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nPOST /a?b\nbody"));
  ASSERT_EQ(echo.seen.size(), 1U);
  EXPECT_EQ(echo.seen[0].header("host"), "x");
  EXPECT_EQ(echo.seen[0].header("x-two"), "1");
}

TEST(Listener, KeepsAConnectionForFurtherRequestsInTheirOrder) {
  Echo echo;
  const Listener listener{echo.handler()};
  Wire wire{listener.port()};
  wire.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(wire.answer(), HasSubstr("GET /1"));
  EXPECT_THAT(wire.answer(), HasSubstr("GET /2"));
  wire.send("GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(wire.answer(), HasSubstr("GET /3"));
  EXPECT_EQ(wire.rest(), "");
}

TEST(Listener, SpeaksWithNobodyButTheProxyThatItWasTold) {
  Echo echo;
  const auto answer_for = [&](const std::string& proxy, const std::string& address) {
    const Listener listener{echo.handler(), {}, {.address = address, .only_from = proxy}};
    return status_for(listener.port(), get);
  };
  EXPECT_EQ(answer_for("127.0.0.1", "127.0.0.1"), 200);
  EXPECT_EQ(answer_for("127.0.0.2", "127.0.0.1"), 0);
  EXPECT_EQ(echo.seen.size(), 1U);
}

TEST(Listener, AnswersHeadWithoutABody) {
  Echo echo;
  const Listener listener{echo.handler()};
  Wire wire{listener.port()};
  wire.send("HEAD /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto all = wire.rest();
  ASSERT_TRUE(all);
  EXPECT_THAT(*all, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_TRUE(all->ends_with("\r\n\r\n"));
}

/// What a proxy and this listener could take for different requests never reaches a page.
TEST(Listener, RefusesWhatCouldBeReadInTwoWays) {
  Echo echo;
  const Listener listener{echo.handler()};
  const std::string start = "POST / HTTP/1.1\r\nHost: x\r\n";
  const std::pair<const char*, std::string> smuggled[] = {
      {"both", start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"both, other order",
       start + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"},
      {"chunked", start + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"},
      {"another coding", start + "Transfer-Encoding: xchunked\r\n\r\n"},
      {"two lengths", start + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody"},
      {"a length twice", start + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody"},
      {"a list of lengths", start + "Content-Length: 4, 4\r\n\r\nbody"},
      {"a negative length", start + "Content-Length: -1\r\n\r\n"},
      {"a signed length", start + "Content-Length: +4\r\n\r\nbody"},
      {"a hexadecimal length", start + "Content-Length: 0x4\r\n\r\nbody"},
      {"a length too long", start + "Content-Length: 99999999999999999999\r\n\r\n"},
      {"a space before the colon", start + "Content-Length : 4\r\n\r\nbody"},
      {"a bare line feed", "GET / HTTP/1.1\nHost: x\n\n"},
      {"a header with a NUL", std::string{"GET / HTTP/1.1\r\nHost: x\r\nA: b"} + '\0' + "\r\n\r\n"},
      {"a line that goes on", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"},
      {"a line that goes on behind a tab", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n"},
      {"a length in the next line", start + "Content-Length:\r\n 4\r\n\r\nbody"},
      {"a line that goes on with nothing", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n \r\n\r\n"},
      {"a host that goes on", "GET / HTTP/1.1\r\nHost:\r\n x\r\n\r\n"},
      {"no host", "GET / HTTP/1.1\r\n\r\n"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
      {"a whole address", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"a tunnel", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"a star", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"no letters of a path", "GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n"},
      {"not HTTP", "\x16\x03\x01\x02\r\n\r\n"},
  };
  for (const auto& [name, bytes] : smuggled)
    EXPECT_EQ(status_for(listener.port(), bytes), 400) << name;
  EXPECT_EQ(status_for(listener.port(), "POST / HTTP/1.1\r\nHost: x\r\n\r\n"), 411);
  EXPECT_EQ(status_for(listener.port(), "GET / HTTP/1.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(
      status_for(listener.port(), start + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n"),
      417);
  EXPECT_TRUE(echo.seen.empty());
  EXPECT_EQ(status_for(listener.port(), get), 200);
}

/// However its bytes come.
TEST(Listener, RefusesALineThatGoesOnAlsoWhereItComesInPieces) {
  Echo echo;
  const Listener listener{echo.handler()};
  const auto status_in_pieces = [&](std::string_view bytes) {
    Wire wire{listener.port()};
    for (const char each : bytes) {
      wire.send({&each, 1});
      std::this_thread::sleep_for(1ms);
    }
    return status_of(wire.answer());
  };
  EXPECT_EQ(status_in_pieces("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"), 400);
  EXPECT_EQ(status_in_pieces("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n"), 200);
  // What a body looks like is nobody's business.
  EXPECT_EQ(
      status_for(listener.port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n\n a\n"),
      200);
}

/// What stands behind a refused request is no request.
TEST(Listener, ClosesBehindARefusal) {
  Echo echo;
  const Listener listener{echo.handler()};
  Wire wire{listener.port()};
  wire.send(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" +
      std::string{get});
  EXPECT_EQ(status_of(wire.answer()), 400);
  EXPECT_EQ(wire.rest(), "");
  EXPECT_TRUE(echo.seen.empty());
}

TEST(Listener, RefusesWhatIsTooLarge) {
  Echo echo;
  Limits limits;
  limits.header_bytes = 2000;
  limits.small_body_bytes = 100;
  const Listener listener{echo.handler(), limits};
  const std::string long_header = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(3000, 'a');
  EXPECT_EQ(status_for(listener.port(), long_header + "\r\n\r\n"), 431);
  std::string short_lines = "GET / HTTP/1.1\r\nHost: x\r\n";
  while (short_lines.size() < 50'000) short_lines += "A: b\r\n";
  EXPECT_EQ(status_for(listener.port(), short_lines + "\r\n"), 431);
  const auto with_body = [](std::size_t size) {
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'b');
  };
  EXPECT_EQ(status_for(listener.port(), with_body(100)), 200);
  EXPECT_EQ(status_for(listener.port(), with_body(101)), 413);
  // Also where much more is on its way: the answer is read before the connection breaks.
  EXPECT_EQ(status_for(listener.port(), with_body(1 << 20)), 413);
  EXPECT_EQ(echo.seen.size(), 1U);
  Limits usual;
  const Listener with_usual{echo.handler(), usual};
  EXPECT_EQ(status_for(with_usual.port(),
                       "GET /" + std::string(2048, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"),
            414);
}

TEST(Listener, TakesLargeBodiesWhereTheServiceSaysSoAndFewAtOnce) {
  Echo echo;
  Limits limits;
  limits.small_body_bytes = 10;
  limits.body_bytes = 100;
  limits.large_body_bytes = 1000;
  limits.large_bodies = 1;
  limits.large_body_time = 1s;
  const Listener listener{echo.handler(), limits, {}, [](const Request& head) {
                            if (head.header("host") != "x" || !head.body.empty())
                              return Body::small;
                            return head.target == "/large"   ? Body::large
                                   : head.target == "/small" ? Body::small
                                                             : Body::usual;
                          }};
  const auto posted = [](const std::string& path, std::size_t size) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) +
           "\r\n\r\n" + std::string(size, 'b');
  };
  EXPECT_EQ(status_for(listener.port(), posted("/large", 1000)), 200);
  EXPECT_EQ(status_for(listener.port(), posted("/large", 1001)), 413);
  EXPECT_EQ(status_for(listener.port(), posted("/", 101)), 413);
  EXPECT_EQ(status_for(listener.port(), posted("/", 100)), 200);
  EXPECT_EQ(status_for(listener.port(), posted("/small", 11)), 413);
  EXPECT_EQ(status_for(listener.port(), posted("/small", 10)), 200);
  // Whoever is slow with one keeps others from large ones alone, and not for long.
  const auto comes_to = [&](int status) {
    for (int i = 0; i < 500; ++i) {
      if (status_for(listener.port(), posted("/large", 101)) == status) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  };
  Wire slow{listener.port()};
  slow.send(posted("/large", 1000).substr(0, 500));
  EXPECT_TRUE(comes_to(503));
  EXPECT_EQ(status_for(listener.port(), posted("/", 100)), 200);
  EXPECT_TRUE(comes_to(200));
}

TEST(Listener, CutsOffWhoIsSlow) {
  Echo echo;
  Limits limits;
  limits.header_time = limits.body_time = limits.idle_time = 300ms;
  const Listener listener{echo.handler(), limits};
  const auto is_cut = [&](std::string_view start, std::string_view drop) {
    Wire wire{listener.port()};
    wire.send(start);
    const auto begun = std::chrono::steady_clock::now();
    // A byte now and then does not buy time.
    while (std::chrono::steady_clock::now() - begun < 5s) {
      if (!drop.empty() && !wire.send(drop)) return true;
      if (wire.rest(100ms)) return true;
    }
    return false;
  };
  EXPECT_TRUE(is_cut("", ""));
  EXPECT_TRUE(is_cut("GET / HTTP/1.1\r\n", "a"));
  EXPECT_TRUE(is_cut("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", "b"));
  EXPECT_TRUE(echo.seen.empty());
  Wire idle{listener.port()};
  idle.send(get);
  EXPECT_EQ(status_of(idle.answer()), 200);
  EXPECT_EQ(idle.rest(5s), "");
}

TEST(Listener, SlowOnesDoNotKeepOthersWaiting) {
  Echo echo;
  Limits limits;
  limits.connections = 20;
  const Listener listener{echo.handler(), limits};
  std::vector<std::unique_ptr<Wire>> slow;
  for (int i = 0; i < 19; ++i) {
    slow.push_back(std::make_unique<Wire>(listener.port()));
    slow.back()->send("GET / HT");
  }
  Wire last{listener.port()};
  last.send(get);
  EXPECT_EQ(status_of(last.answer()), 200);
  // One more than may be there at once takes the place of who has been waited for longest.
  Wire more{listener.port()};
  more.send(get);
  EXPECT_EQ(status_of(more.answer()), 200);
  EXPECT_EQ(slow.front()->rest(5s), "");
  EXPECT_EQ(slow[1]->rest(100ms), std::nullopt);
  last.send(get);
  EXPECT_EQ(status_of(last.answer()), 200);
}

TEST(Listener, LetsGoOfNobodyWhoIsBeingAnswered) {
  std::atomic<bool> inside = false, go_on = false;
  Limits limits;
  limits.connections = 1;
  const Listener listener{[&](const Request&) {
                            inside = true;
                            for (int i = 0; i < 500 && !go_on; ++i)
                              std::this_thread::sleep_for(10ms);
                            return Answer{200};
                          },
                          limits};
  Wire asked{listener.port()};
  asked.send(get);
  for (int i = 0; i < 500 && !inside; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(Wire{listener.port()}.rest(5s), "");
  go_on = true;
  EXPECT_EQ(status_of(asked.answer()), 200);
}

TEST(Listener, AnswersSeveralAtOnce) {
  std::atomic<int> inside = 0;
  const Listener listener{[&](const Request&) {
    ++inside;
    for (int i = 0; i < 500 && inside < 2; ++i) std::this_thread::sleep_for(10ms);
    return Answer{inside >= 2 ? 200 : 500};
  }};
  Wire one{listener.port()}, other{listener.port()};
  one.send(get);
  other.send(get);
  EXPECT_EQ(status_of(one.answer()), 200);
  EXPECT_EQ(status_of(other.answer()), 200);
}

TEST(Listener, EndsWithRequestsHalfSent) {
  Echo echo;
  auto listener = std::make_unique<Listener>(echo.handler());
  Wire wire{listener->port()};
  wire.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  Wire asked{listener->port()};
  asked.send(get);
  EXPECT_EQ(status_of(asked.answer()), 200);
  listener.reset();
  EXPECT_TRUE(wire.rest());
}

TEST(Listener, GoesOnTickingWhereOneTickFails) {
  Echo echo;
  std::stop_source stop;
  std::atomic<int> ticks = 0;
  const cli::web::Service service{echo.handler(), [](std::uint16_t) {},
                                  [&] {
                                    if (++ticks == 1) throw std::runtime_error{"full"};
                                    stop.request_stop();
                                  }};
  std::jthread patience{[&](const std::stop_token& over) {
    for (int i = 0; i < 1000 && !over.stop_requested(); ++i) std::this_thread::sleep_for(10ms);
    stop.request_stop();
  }};
  EXPECT_TRUE(cli::web::listen({}, {}, service, stop.get_token()));
  EXPECT_EQ(ticks, 2);
}

TEST(Listener, SaysWhereItCannotListen) {
  Echo echo;
  const Listener listener{echo.handler()};
  const auto refused = [&](const cli::web::Endpoint& endpoint) {
    return !cli::web::listen(endpoint, {}, {echo.handler(), [](std::uint16_t) {}, [] {}}, {});
  };
  EXPECT_TRUE(refused({"127.0.0.1", listener.port()}));
  EXPECT_TRUE(refused({"no address", 0}));
  EXPECT_TRUE(refused({"127.0.0.1", 0, "/no/such/certificate", "/no/such/key"}));
}

}  // namespace
}  // namespace gcp2::test
