// How long children's records are kept: every child by the day of its review, holds, asking for
// erasure.
#include <algorithm>
#include <charconv>

#include "../../phrase.h"
#include "../children.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int years = 25;
constexpr std::size_t children_on_a_page = 50;

/// What is known about the keeping of all children.
struct Keeping {
  std::vector<RetentionLine> lines;
  std::vector<ErasureRequest> requests;
};

Allowed<Keeping> keeping(const Visit& visit) {
  auto lines = visit.desk().retention(years);
  if (!lines) return lines.error();
  auto requests = visit.desk().erasure_requests();
  if (!requests) return requests.error();
  return Keeping{*std::move(lines), *std::move(requests)};
}

bool is_due(const Visit& visit, const RetentionLine& line) {
  return line.review_on && *line.review_on <= visit.site.today();
}

Shown shown_line(const Visit& visit, const Keeping& kept, const RetentionLine& line) {
  const ChildFacts& child = line.child;
  Shown out = shown_child(child);
  out.set("review_on", line.review_on ? Shown{day_in_words(line.review_on->text())} : Shown{false});
  out.set("due", is_due(visit, line));
  out.set("asked", request_for(kept.requests, child.id) != nullptr);
  return out;
}

Answer listed(const Visit& visit, std::size_t number) {
  constexpr int not_found = 404;
  const auto kept = keeping(visit);
  if (!kept) return problem(visit, kept.error());
  const std::size_t begin = (number - 1) * children_on_a_page, all = kept->lines.size();
  if (number != 1 && begin >= all) return problem(visit, not_found, phrase("serve.no_page"));
  const std::size_t end = std::min(begin + children_on_a_page, all);
  Shown list{Shown::type::list};
  for (std::size_t i = begin; i < end; ++i) list << shown_line(visit, *kept, kept->lines[i]);
  const auto due = std::ranges::count_if(
      kept->lines, [&](const RetentionLine& line) { return is_due(visit, line); });
  const auto unknown =
      std::ranges::count_if(kept->lines, [](const RetentionLine& line) { return !line.review_on; });
  Shown content =
      shown({{"years", std::to_string(years)},
             {"all", std::to_string(all)},
             {"due_count", std::to_string(due)},
             {"unknown", unknown == 0 ? "" : std::to_string(unknown)},
             {"requests", kept->requests.empty() ? "" : std::to_string(kept->requests.size())},
             {"next", end < all ? std::to_string(number + 1) : ""},
             {"previous", number > 1 ? std::to_string(number - 1) : ""}});
  content.set("any", all != 0);
  content.set("children", list);
  return page(visit, "retention", phrase("serve.retention"), content);
}

Answer one_child(const Visit& visit, const std::vector<Slip>& slips) {
  const auto kept = keeping(visit);
  if (!kept) return problem(visit, kept.error());
  const auto line = std::ranges::find(kept->lines, visit.id(),
                                      [](const RetentionLine& each) { return each.child.id; });
  if (line == kept->lines.end()) return problem(visit, Refusal{.why = Why::no_such_child});
  Shown content = shown_line(visit, *kept, *line);
  if (const ErasureRequest* request = request_for(kept->requests, visit.id()))
    content.set("request", shown_request(visit, *request));
  ask_reason(content, visit.form,
             {phrase("serve.why_kept"), phrase("serve.why_logged"), phrase("serve.choose")});
  return page(visit, "retention_child",
              phrase("serve.retention_child", {{"child", name_of_child(line->child)}}), content,
              slips);
}

}  // namespace

Answer retention_page(Visit& visit) { return listed(visit, 1); }

Answer further_retention_page(Visit& visit) {
  constexpr int not_found = 404;
  const std::string& text = visit.parts.front();
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0)
    return problem(visit, not_found, phrase("serve.no_page"));
  return listed(visit, number);
}

Answer retention_child_page(Visit& visit) { return one_child(visit, {}); }

Answer decide_retention(Visit& visit) {
  constexpr int bad_request = 400;
  const std::string_view act = visit.form.text("act");
  if (act != "hold" && act != "lift" && act != "ask")
    return problem(visit, bad_request, phrase("serve.no_form"));
  const Purpose purpose = purpose_of(visit.form);
  if (purpose.code.empty()) return one_child(visit, {{"reason", phrase("serve.no_reason")}});
  const auto done = act == "ask" ? visit.desk().ask_erasure(visit.id(), purpose)
                                 : visit.desk().hold(visit.id(), act == "hold", purpose);
  if (!done) return one_child(visit, {{"", sentence(done.error())}});
  return see("/retention/" + visit.id().text());
}

}  // namespace gcp2::cli::web
