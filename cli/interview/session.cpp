#include "session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gcp2::cli {
namespace {

constexpr std::size_t longest_answer = 100'000;  // characters

/// Whether the node is taken from its sibling for this child, so that nobody grades below it.
bool is_excepted(const Instrument& instrument, NodeIndex leaf, const Sheet& sheet) {
  for (std::optional<NodeIndex> at = leaf; at; at = instrument.node(*at).parent)
    if (const Exception* e = instrument.exception_on(*at);
        e != nullptr && sheet.conditions.test(static_cast<std::size_t>(e->condition)))
      return true;
  return false;
}

}  // namespace

std::string listed(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i)
    out += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return out;
}

std::string named(const Instrument& instrument, NodeIndex node) {
  return instrument.node(node).code + " " + instrument.node(node).label;
}

std::string shell_quoted(const std::string& name) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+,@%";
  if (name.find_first_not_of(plain) == std::string::npos) return name;
  std::string out = "'";
  for (const char c : name) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

Session::Session(Terminal& terminal, SavedFile& file, Value document,
                 const Instruments& instruments, Date today)
    : terminal_{terminal}, file_{file}, instruments_{instruments}, today_{today} {
  judge_again(std::move(document));
}

void Session::judge_again(Value document) {
  record_ = judge(std::move(document), instruments_, today_, {}, {file_.name()});
  leaves_.clear();
  const Instrument& all = instrument();
  if (!facts().age_months()) return;
  for (NodeIndex i = 0; i < all.nodes.size(); ++i)
    if (all.is_leaf(i) && applies(all, i, sheet().age_months, sheet().conditions) &&
        !is_excepted(all, i, sheet()))
      leaves_.push_back(i);
}

bool Session::is_answered(NodeIndex leaf) const {
  const Mark& mark = sheet().marks[leaf];
  return mark.grade || mark.not_graded != NotGraded::not_yet;
}

Heard Session::hear(std::string_view prompt) {
  while (true) {
    const auto line = terminal_.ask(prompt);
    if (!line) return {{}, Move{Move::Kind::finish}};
    auto tidy = tidied(*line);
    if (!tidy) {
      say("Some of that is not text (not UTF-8). Nothing was changed; please type it again.");
      continue;
    }
    if (characters(tidy->text) > longest_answer) {
      say("That is longer than 100,000 characters. Nothing was changed: write the main points, and "
          "where the whole text is kept.");
      continue;
    }
    if (tidy->changed) say("(Control characters were taken out.)");
    const std::string word = lower(tidy->text);
    if (word == "?" || word == "help") {
      say_help();
    } else if (word == "s") {
      say_missing();
    } else if (word == "b") {
      return {{}, Move{Move::Kind::back}};
    } else if (word == "q") {
      return {{}, Move{Move::Kind::finish}};
    } else if (word == "g") {
      say("Type where to go after the g: g A2a, g header, g comments, g views, g targets, g end.");
    } else if (word.starts_with("g ") && word.find(' ', 2) == std::string::npos) {
      if (auto code = question_for(std::string_view{tidy->text}.substr(2)))
        return {{}, Move{Move::Kind::to, std::move(*code)}};
    } else {
      return {std::move(tidy->text)};
    }
  }
}

void Session::keep(const std::string& said, const std::function<void(Value&)>& change) {
  const std::vector<NodeIndex> leaves_before = leaves_;
  const std::vector<std::string> uncounted_before = graded_but_not_asked();
  const std::string form_before = instrument().digest;
  Value changed = record_.document;
  change(changed);
  if (text_at(changed, "/instrument/digest").empty())
    put_text(changed, "/instrument/digest", instrument().digest);
  save(changed);
  judge_again(std::move(changed));
  say(said.empty() ? "Saved." : said + " Saved.");
  if (instrument().digest == form_before) say_what_now_applies(leaves_before, uncounted_before);
}

void Session::save(const Value& document) {
  while (true) {
    const SaveResult result = file_.save(document);
    if (result.saved == Saved::done) return;
    blank_line();
    if (result.saved == Saved::changed_by_others) {
      say(fmt::format(
          "NOT SAVED: {} was changed, moved or deleted by somebody else since your last "
          "answer. It is left as it is.",
          file_.name()));
      const auto beside = file_.save_beside(document);
      say(beside
              ? fmt::format("Everything of yours, the last answer too, is now in {}. Compare the "
                            "two, and keep one.",
                            *beside)
              : "Your version could not be kept either: " + beside.error().message);
      throw Unsaved{};
    }
    say("NOT SAVED: " + result.message);
    say(file_.exists() ? fmt::format("{} still holds every answer before this one.", file_.name())
                       : fmt::format("{} does not exist yet.", file_.name()));
    const auto line =
        terminal_.ask("Put that right, then press Enter to save again (q leaves without it): ");
    if (!line || lower(*line) == "q") throw Unsaved{};
  }
}

std::vector<std::string> Session::graded_but_not_asked() const {
  std::vector<std::string> codes;
  if (!facts().age_months()) return codes;
  const Instrument& all = instrument();
  for (NodeIndex i = 0; i < all.nodes.size(); ++i)
    if (all.is_leaf(i) && is_answered(i) && !std::ranges::binary_search(leaves_, i))
      codes.push_back(all.node(i).code);
  return codes;
}

void Session::say_what_now_applies(const std::vector<NodeIndex>& leaves_before,
                                   const std::vector<std::string>& uncounted_before) {
  std::vector<std::string> uncounted = graded_but_not_asked();
  std::erase_if(uncounted, [&](const std::string& code) {
    return std::ranges::find(uncounted_before, code) != uncounted_before.end();
  });
  if (!uncounted.empty())
    say(
        fmt::format("{} no longer appl{} to this child. What was recorded there stays in the file "
                    "and is not counted.",
                    listed(uncounted), uncounted.size() == 1 ? "ies" : "y"));
  if (leaves_before.empty()) return;
  std::vector<std::string> added;
  for (const NodeIndex leaf : leaves_)
    if (!std::ranges::binary_search(leaves_before, leaf))
      added.push_back(instrument().node(leaf).code);
  if (!added.empty()) say(fmt::format("Now asked about as well: {}.", listed(added)));
}

}  // namespace gcp2::cli
