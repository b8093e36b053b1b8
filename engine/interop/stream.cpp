#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "gcp2/interop.h"
#include "gcp2/report.h"
#include "interop/line_chunks.h"

namespace gcp2 {
namespace {

/// Scores the lines of chunks; one a thread.
class LineScorer {
 public:
  LineScorer(const Instruments& instruments, const StreamOptions& options)
      : instruments_{instruments}, options_{options}, reader_{instruments} {
    for (const Instrument& i : instruments.list) {
      const Rule* rule = i.rule(options.rule.empty() ? i.default_rule : options.rule);
      rules_.push_back(rule);
      if (rule != nullptr)
        writers_.emplace_back(CardWriter{i, *rule, options.card});
      else
        writers_.emplace_back();
    }
  }

  struct Refused {
    std::size_t at;  ///< where in `out` its findings object belongs
    std::size_t line;
    Findings findings;
  };
  struct Scored {
    std::string out;
    std::vector<Refused> refused;
    std::size_t lines = 0, records = 0;
  };

  void score(const LineChunk& chunk, Scored& scored) {
    scored.out.clear();
    scored.refused.clear();
    scored.lines = scored.records = 0;
    std::string_view rest = chunk.lines();
    while (!rest.empty()) {
      const void* newline = std::memchr(rest.data(), '\n', rest.size());
      const std::size_t length =
          newline == nullptr
              ? rest.size()
              : static_cast<std::size_t>(static_cast<const char*>(newline) - rest.data());
      ++scored.lines;
      line(rest.substr(0, length), scored);
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
    if (!chunk.overlong) return;
    ++scored.lines;
    refuse({{.code = "too_large", .severity = Severity::invalid, .position = {0, 1, 1}}}, scored);
  }

 private:
  void line(std::string_view line, Scored& scored) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    if (reader_.read(line))
      return card(reader_.instrument(), reader_.sheet(), reader_.assessment_id(), scored);
    Findings findings;
    Value document = read_json(line, findings);
    if (document.is_null()) return refuse(std::move(findings), scored);
    Record record =
        judge(std::move(document), instruments_, options_.as_of, std::move(findings), {});
    if (!record.can_be_scored()) return refuse(std::move(record.findings), scored);
    card(static_cast<std::size_t>(record.instrument - instruments_.list.data()), record.sheet,
         record.assessment.id, scored);
  }

  void card(std::size_t instrument, const Sheet& sheet, std::string_view id, Scored& scored) {
    if (!writers_[instrument])
      return refuse({{.code = "unknown_rule", .severity = Severity::invalid}}, scored);
    const auto grade = options_.card == Card::full ? score_into : grade_into;
    grade(card_, instruments_.list[instrument], *rules_[instrument], sheet);
    writers_[instrument]->append(scored.out, id, card_);
    scored.out += '\n';
    ++scored.records;
  }

  static void refuse(Findings findings, Scored& scored) {
    scored.refused.push_back({scored.out.size(), scored.lines, std::move(findings)});
  }

  const Instruments& instruments_;
  const StreamOptions& options_;
  SheetReader reader_;
  std::vector<const Rule*> rules_;
  std::vector<std::optional<CardWriter>> writers_;
  Scorecard card_;
};

/// Chunks in, results out in the same order, from any number of threads.
class Stream {
 public:
  Stream(const Instruments& instruments, const StreamOptions& options, const ReadSome& read,
         const WriteAll& write)
      : instruments_{instruments}, options_{options}, chunks_{read}, write_{write} {}

  Result<StreamResult> run() {
    {
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < options_.threads; ++i) others.emplace_back([this] { work(); });
      work();
    }
    if (fault_) std::rethrow_exception(fault_);
    if (error_) return *error_;
    return result_;
  }

 private:
  void work() {
    try {
      LineScorer scorer{instruments_, options_};
      LineScorer::Scored scored;
      LineChunk chunk;
      while (take(chunk)) {
        scorer.score(chunk, scored);
        if (!give(chunk.ticket, scored)) return;
      }
    } catch (...) {
      const std::scoped_lock lock{output_};
      if (!fault_) fault_ = std::current_exception();
      stopped_ = true;
      turn_.notify_all();
    }
  }

  bool take(LineChunk& chunk) {
    const std::scoped_lock lock{input_};
    const auto more = chunks_.next(chunk);
    if (more) return *more;
    const std::scoped_lock output{output_};
    error_ = more.error();
    stopped_ = true;
    turn_.notify_all();
    return false;
  }

  bool give(std::size_t ticket, const LineScorer::Scored& scored) {
    std::unique_lock lock{output_};
    turn_.wait(lock, [&] { return stopped_ || next_ == ticket; });
    if (stopped_) return false;
    const auto written = write_(scored.refused.empty() ? scored.out : with_findings(scored));
    if (!written) {
      error_ = written.error();
      stopped_ = true;
    }
    lines_ += scored.lines;
    result_.records += scored.records;
    result_.refused += scored.refused.size();
    ++next_;
    turn_.notify_all();
    return !stopped_;
  }

  /// Only here are the lines before the chunk counted, and so a bad line's number known.
  std::string with_findings(const LineScorer::Scored& scored) const {
    std::string out;
    std::size_t at = 0;
    for (const auto& refused : scored.refused) {
      out.append(scored.out, at, refused.at - at);
      at = refused.at;
      Findings findings = refused.findings;
      for (Finding& finding : findings) {
        finding.file = options_.name;
        finding.position.line = static_cast<std::uint32_t>(lines_ + refused.line);
      }
      out += write_json(findings_document(findings), Layout::line) + "\n";
    }
    return out.append(scored.out, at);
  }

  const Instruments& instruments_;
  const StreamOptions& options_;
  std::mutex input_;
  LineChunks chunks_;
  const WriteAll& write_;
  std::mutex output_;
  std::condition_variable turn_;
  std::size_t next_ = 0, lines_ = 0;
  bool stopped_ = false;
  std::optional<Error> error_;
  std::exception_ptr fault_;
  StreamResult result_;
};

}  // namespace

Result<StreamResult> score_stream(const Instruments& instruments, const StreamOptions& options,
                                  const ReadSome& read, const WriteAll& write) {
  return Stream{instruments, options, read, write}.run();
}

}  // namespace gcp2
