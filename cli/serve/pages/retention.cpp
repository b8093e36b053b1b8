// How long children's records are kept: every child by the day of its review and the years until
// then, holds, asking for erasure.
#include <algorithm>
#include <charconv>
#include <optional>

#include "../../phrase.h"
#include "../children.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr std::size_t children_on_a_page = 50;

/// What is known about the keeping of all children.
struct Keeping {
  int years;
  std::vector<RetentionLine> lines;
  std::vector<ErasureRequest> requests;
};

Allowed<Keeping> keeping(const Visit& visit) {
  auto retention = visit.desk().retention();
  if (!retention) return retention.error();
  auto requests = visit.desk().erasure_requests();
  if (!requests) return requests.error();
  return Keeping{retention->years, std::move(retention->lines), *std::move(requests)};
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
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

Answer listed(const Visit& visit, std::size_t number, const std::vector<Slip>& slips) {
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
      shown({{"years", std::to_string(kept->years)},
             {"typed",
              slips.empty() ? std::to_string(kept->years) : std::string{visit.form.text("years")}},
             {"all", std::to_string(all)},
             {"due_count", std::to_string(due)},
             {"unknown", unknown == 0 ? "" : std::to_string(unknown)},
             {"requests", kept->requests.empty() ? "" : std::to_string(kept->requests.size())},
             {"next", end < all ? std::to_string(number + 1) : ""},
             {"previous", number > 1 ? std::to_string(number - 1) : ""}});
  content.set("any", all != 0);
  content.set("children", list);
  return page(visit, "retention", phrase("serve.retention"), content, slips);
}

Answer one_child(const Visit& visit, const std::vector<Slip>& slips) {
  const auto kept = keeping(visit);
  if (!kept) return problem(visit, kept.error());
  const auto line = std::ranges::find(kept->lines, visit.id(),
                                      [](const RetentionLine& each) { return each.child.id; });
  if (line == kept->lines.end()) return problem(visit, Refusal{.why = Why::no_such_child});
  Shown content = shown_line(visit, *kept, *line);
  content.set("heading", phrase("serve.retention_child", {{"child", name_of_child(line->child)}}));
  if (const ErasureRequest* request = request_for(kept->requests, visit.id()))
    content.set("request", shown_request(visit, *request));
  ask_reason(content, visit.form,
             {phrase("serve.why_kept"), phrase("serve.why_logged"), phrase("serve.choose")});
  return page(visit, "retention_child", phrase("serve.page.retention"), content, slips);
}

}  // namespace

Answer retention_page(Visit& visit) { return listed(visit, 1, {}); }

Answer further_retention_page(Visit& visit) {
  constexpr int not_found = 404;
  const int number = whole_number(visit.parts.front()).value_or(0);
  if (number < 1) return problem(visit, not_found, phrase("serve.no_page"));
  return listed(visit, static_cast<std::size_t>(number), {});
}

Answer set_retention_years(Visit& visit) {
  // What is no number is out of range, too.
  const int years = whole_number(visit.form.text("years")).value_or(0);
  const auto done = visit.desk().set_retention_years(years);
  if (done) return see("/retention");
  const char* field = done.error().why == Why::out_of_range ? "years" : "";
  return listed(visit, 1, {{field, sentence(done.error())}});
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
