#include "summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../phrase.h"
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
    std::string text = line.text;
    if (line.where.size() == 1)
      text = phrase("ask.end.place", {{"finding", text}, {"code", line.where.front()}});
    if (line.where.size() > 1)
      text += " " + phrase("ask.end.same",
                           {{"codes", listed({line.where.begin() + 1, line.where.end()})}});
    session.say("  - " + text, 4);
  }
}

void say_next(Session& session, bool is_whole) {
  const std::string file = shell_quoted(session.file().name());
  session.blank_line();
  session.say(phrase("ask.end.next"));
  session.say(fmt::format("  gcp2 validate {}", file));
  session.say("    " + phrase("ask.end.validate"), 4);
  session.say(fmt::format("  gcp2 score {} --explain", file));
  session.say("    " + phrase("ask.end.score"), 4);
  if (!is_whole) return;
  std::string by = session.answering;
  if (by.empty() && !session.facts().assessors.empty()) by = session.facts().assessors.front().ref;
  session.say(fmt::format("  gcp2 sign {} --by {}", file, by.empty() ? "P1" : by));
  session.say("    " + phrase("ask.end.sign"), 4);
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
  return phrase(progress.answered == progress.needed ? "ask.progress.all" : "ask.progress.some",
                {{"answered", std::to_string(progress.answered)},
                 {"needed", std::to_string(progress.needed)}});
}

void say_missing(Session& session, std::span<const Question> questions) {
  const Progress count = progress(questions);
  session.say(in_words(count));
  if (count.answered == count.needed) return;
  std::vector<std::string> missing;
  for (const Question& question : questions)
    if (question.needed && !question.answered) missing.push_back(question.code);
  session.say(phrase("ask.progress.missing", {{"codes", listed(missing)}}), 2);
  session.say(phrase("ask.progress.go_there"));
  if (session.leaves().empty()) session.say(phrase("ask.progress.more_follow"));
}

Move ask_at_end(Session& session, std::span<const Question> questions) {
  const Progress count = progress(questions);
  say_missing(session, questions);
  const auto errors = lines_of(session, Severity::error);
  say_lines(session, phrase("ask.end.errors"), errors);
  say_lines(session, phrase("ask.end.queries"), lines_of(session, Severity::query));
  say_next(session, count.answered == count.needed && errors.empty());
  session.blank_line();
  while (true) {
    const Heard heard = session.hear(phrase("ask.end.prompt"));
    if (heard.move) return *heard.move;
    if (heard.text.empty()) return {Move::Kind::finish};
    session.say(phrase("ask.end.please"));
  }
}

}  // namespace gcp2::cli
