// Bytes as a stream of assessments, a line each: the stream's own reader against the full one.
#include <algorithm>
#include <cstring>

#include "claims.h"
#include "mutation.h"
#include "support/readers.h"

namespace {

constexpr std::string_view vocabulary = R"([
  null, true, 0, 1, 5, 6, -1, 2.0, 2.5, "", "A", "A1", "A1a", "C2", "C2a", "D1f", "Z9", "not_observed",
  "not_applicable", "declined", "not_yet", "2026-01-23", "2026-02-30", "2018-02-28", "2026-01-24T10:00:00Z",
  "gcp", "gcp2", "1.0.0", "signed", "draft", "gcp2/assessment/1", "given", "observed", "a\\b", "a\"b", "a\nb",
  "é😀", "5f0f9a0e-2d1e-4a5e-9a53-0d1c6a3b7e11", [], {}, ["behavioural_difficulty"], [null], [[]],
  {"child": {"date_of_birth": "2019-03-14", "expected_date": "2026-05-01", "conditions": []}, "comments": [{"node": "A"}]},
  {"window": {"from": "2026-01-05", "to": "2026-01-23"}, "targets": [{"node": "A1", "from": 1, "to": 2, "actual": 3}]},
  {"observations": [{"node": "A1a", "grade": 2, "not_graded": "declined"}], "judgements": [{"node": "A1", "grade": 2}]},
  {"instrument": {"id": "gcp", "version": "1.0.0", "digest": "x"}, "signed": {"by": "P", "at": "2026-01-24T10:00:00Z"}}
])";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto line = text.substr(0, end); line.find_first_not_of(" \t\r") != line.npos)
      lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The reader for streams, on all of the input: to it, a line break is a space as any other.
void one_line(std::string_view input) {
  using namespace gcp2;
  static SheetReader reader{shipped_instruments()};
  std::string padded{input};
  padded.append(SheetReader::padding, '"');  // of any content
  if (!reader.read(std::string_view{padded}.substr(0, input.size()))) return;
  const std::string difference =
      test::difference(reader, test::read_fully(input, shipped_instruments()));
  fuzz::claim(difference.empty(), "the reader for streams differs: " + difference);
}

/// All of the input as a stream that comes in pieces: a line out for every line in.
void stream(std::string_view input) {
  using namespace gcp2;
  const std::size_t given = lines_of(input).size();
  std::string out;
  const StreamOptions options{.name = "stream", .as_of = *Date::from(2026, 6, 30)};
  const auto result = score_stream(
      shipped_instruments(), options,
      [&input](char* into, std::size_t size) -> Result<std::size_t> {
        const std::size_t some = std::min({size, input.size(), std::size_t{1000}});
        std::memcpy(into, input.data(), some);
        input.remove_prefix(some);
        return some;
      },
      [&out](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
      });
  fuzz::claim(result.has_value(), "a stream without a fault of the outside world ends well");
  fuzz::claim(result->records + result->refused == given, "every line is counted");
  const std::vector<std::string_view> lines = lines_of(out);
  fuzz::claim(lines.size() == given, "a line comes out for every line that goes in");
  for (const std::string_view line : lines) {
    Findings findings;
    const Value document = read_json(line, findings);
    fuzz::claim(findings.empty() && document.text_at("format").starts_with("gcp2/"),
                "every line that comes out is a document");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  one_line(input);
  // Setting one up takes most of the time.
  const bool one_in_four = size % 4 == 0;
  if (one_in_four && input.find('\n') != input.npos) stream(input);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  static const gcp2::fuzz::Vocabulary words{vocabulary};
  return gcp2::fuzz::mutate_json(data, size, most, seed, words);
}
