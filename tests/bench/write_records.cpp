// bench_records N: N fictional records, one a line.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "gcp2/json.h"
#include "records.h"

int main(int count, char** arguments) {
  unsigned number = 0;
  if (count == 2) std::from_chars(arguments[1], arguments[1] + std::strlen(arguments[1]), number);
  if (number == 0) {
    std::fputs("usage: bench_records N\n", stderr);
    return 2;
  }
  gcp2::bench::Records records{gcp2::shipped_instruments().list.front()};
  for (unsigned i = 0; i < number; ++i) {
    const std::string line = records.next() + "\n";
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 3;
  }
  return std::fflush(stdout) == 0 ? 0 : 3;
}
