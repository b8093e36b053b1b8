#include "summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gcp2/report.h"

namespace gcp2::cli {
namespace {

/// The question that a finding is put right at; empty where none asks for it.
std::string question_of(const Session& session, const Finding& finding) {
  if (!finding.node.empty() && !finding.pointer.starts_with("/targets")) return finding.node;
  struct Place {
    std::string_view pointer, thing, part = {};
  };
  static constexpr auto places = std::to_array<Place>({
      {"/child/date_of_birth", "born"},
      {"/child/expected_date", "born"},
      {"/child/conditions", "conditions"},
      {"/window/from", "from"},
      {"/window", "to"},
      {"/lead_professional", "lead"},
      {"/consent/on", "consent", "on"},
      {"/consent", "consent"},
      {"/views/child", "view", "child"},
      {"/views/carers", "view", "carers"},
      {"/targets", "targets"},
      {"/review_on", "review"},
  });
  for (const auto& [pointer, thing, part] : places)
    if (finding.pointer.starts_with(pointer))
      return part.empty() ? std::string{thing} : code_in(thing, part);
  constexpr std::string_view assessors = "/assessors/";
  if (!finding.pointer.starts_with(assessors)) return {};
  const std::string index = finding.pointer.substr(assessors.size());
  return text_at(session.document(),
                 std::string{assessors} + index.substr(0, index.find('/')) + "/ref");
}

struct Line {
  std::string_view code;
  std::string text;
  std::vector<std::string> where;
};

/// Findings of one severity; those that differ in their place only share a line.
std::vector<Line> lines_of(const Session& session, Severity severity) {
  std::vector<Line> lines;
  for (const Finding& finding : session.findings()) {
    if (finding.severity != severity) continue;
    std::string where = question_of(session, finding);
    const auto same = std::ranges::find_if(lines, [&](const Line& line) {
      return line.code == finding.code && !finding.node.empty() && !line.where.empty();
    });
    if (same == lines.end()) {
      lines.push_back({finding.code, message(finding), {}});
      if (!where.empty()) lines.back().where.push_back(std::move(where));
    } else if (!where.empty() && std::ranges::find(same->where, where) == same->where.end()) {
      same->where.push_back(std::move(where));
    }
  }
  return lines;
}

void say_lines(Session& session, std::string_view heading, const std::vector<Line>& lines) {
  if (lines.empty()) return;
  session.blank_line();
  session.say(heading);
  for (const Line& line : lines) {
    std::string text = "  - " + line.text;
    if (line.where.size() == 1) text += fmt::format(" (g {})", line.where.front());
    if (line.where.size() > 1)
      text += fmt::format(" The same for {}.", listed({line.where.begin() + 1, line.where.end()}));
    session.say(text, 4);
  }
}

void say_next(Session& session, bool is_whole) {
  const std::string file = shell_quoted(session.file().name());
  session.blank_line();
  session.say("What to do next:");
  session.say(fmt::format("  gcp2 validate {}", file));
  session.say("    lists again what is wrong or doubtful", 4);
  session.say(fmt::format("  gcp2 score {} --explain", file));
  session.say("    shows the profile and how it came about", 4);
  if (!is_whole) return;
  std::string by = session.answering;
  if (by.empty() && !session.facts().assessors.empty()) by = session.facts().assessors.front().ref;
  session.say(fmt::format("  gcp2 sign {} --by {}", file, by.empty() ? "P1" : by));
  session.say("    signs it; after that it never changes", 4);
}

}  // namespace

Progress progress(std::span<const Question> questions) {
  Progress count;
  for (const Question& question : questions) {
    if (!question.needed) continue;
    ++count.needed;
    if (question.answered) ++count.answered;
  }
  return count;
}

std::string in_words(const Progress& progress) {
  if (progress.answered == progress.needed)
    return fmt::format("All {} needed answers are there", progress.needed);
  return fmt::format("{} of {} needed answers are there", progress.answered, progress.needed);
}

void say_missing(Session& session, std::span<const Question> questions) {
  const Progress count = progress(questions);
  session.say(in_words(count) + ".");
  if (count.answered == count.needed) return;
  std::vector<std::string> missing;
  for (const Question& question : questions)
    if (question.needed && !question.answered) missing.push_back(question.code);
  session.say(fmt::format("Not answered yet: {}.", listed(missing)), 2);
  session.say("Type g and one of these to go there.");
  if (session.leaves().empty()) session.say("More questions follow once the child's age is known.");
}

Move ask_at_end(Session& session, std::span<const Question> questions) {
  const Progress count = progress(questions);
  say_missing(session, questions);
  const auto errors = lines_of(session, Severity::error);
  say_lines(session, "To be put right before signing:", errors);
  say_lines(session, "Please look at these; put them right, or leave them for a reason:",
            lines_of(session, Severity::query));
  say_next(session, count.answered == count.needed && errors.empty());
  session.blank_line();
  while (true) {
    const Heard heard = session.hear("Enter finishes; g CODE goes back to a question: ");
    if (heard.move) return *heard.move;
    if (heard.text.empty()) return {Move::Kind::finish};
    session.say("Please press Enter alone to finish, or type g and a code, for example: g A1a");
  }
}

}  // namespace gcp2::cli
