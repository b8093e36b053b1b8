#include "session.h"

#include <algorithm>
#include <utility>

#include "../phrase.h"

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
  const std::string last = " " + phrase("word.and") + " ";
  for (std::size_t i = 0; i < parts.size(); ++i)
    out += (i == 0 ? "" : i + 1 == parts.size() ? last : ", ") + parts[i];
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
      say(phrase("ask.not_text"));
      continue;
    }
    if (characters(tidy->text) > longest_answer) {
      say(phrase("ask.too_long"));
      continue;
    }
    if (tidy->changed) say(phrase("ask.control_characters"));
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
      say(phrase("ask.where_to"));
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
  say(said.empty() ? phrase("ask.saved") : said + " " + phrase("ask.saved"));
  if (instrument().digest == form_before) say_what_now_applies(leaves_before, uncounted_before);
}

void Session::save(const Value& document) {
  while (true) {
    const SaveResult result = file_.save(document);
    if (result.saved == Saved::done) return;
    blank_line();
    if (result.saved == Saved::changed_by_others) {
      say(phrase("ask.not_saved_changed", {{"file", file_.name()}}));
      const auto beside = file_.save_beside(document);
      say(beside ? phrase("ask.saved_beside", {{"file", *beside}})
                 : phrase("ask.not_saved_beside", {{"why", beside.error().message}}));
      throw Unsaved{};
    }
    say(phrase("ask.not_saved", {{"why", result.message}}));
    say(phrase(file_.exists() ? "ask.still_there" : "ask.not_there_yet", {{"file", file_.name()}}));
    const auto line = terminal_.ask(phrase("ask.save_again_prompt"));
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
    say(phrase(uncounted.size() == 1 ? "ask.no_longer_applies" : "ask.no_longer_apply",
               {{"codes", listed(uncounted)}}));
  if (leaves_before.empty()) return;
  std::vector<std::string> added;
  for (const NodeIndex leaf : leaves_)
    if (!std::ranges::binary_search(leaves_before, leaf))
      added.push_back(instrument().node(leaf).code);
  if (!added.empty()) say(phrase("ask.now_asked", {{"codes", listed(added)}}));
}

}  // namespace gcp2::cli
