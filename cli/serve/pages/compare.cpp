// Two or more signed records of a child side by side: what changed, and how sure that is.
#include <algorithm>

#include "../../phrase.h"
#include "../blocks.h"
#include "../told.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404, bad_request = 400;
constexpr char between_ids = '.';

/// The ids in a path's step, such as "ID.ID"; nothing where one of them is none.
std::vector<Id> ids_in(std::string_view step) {
  std::vector<Id> out;
  while (true) {
    const auto id = Id::parse(step.substr(0, step.find(between_ids)));
    if (!id) return {};
    out.push_back(*id);
    if (step.find(between_ids) == std::string_view::npos) return out;
    step.remove_prefix(step.find(between_ids) + 1);
  }
}

Allowed<std::vector<RecordLine>> signed_lines(const Visit& visit) {
  auto lines = visit.desk().history(visit.id(), visit.purpose());
  if (!lines) return lines.error();
  for (const RecordLine& line : *lines) visit.is_record_of(line.id, visit.id());
  std::erase_if(*lines, [](const RecordLine& line) { return !line.is_signed; });
  return *std::move(lines);
}

std::string days_of(const RecordLine& line) {
  return phrase("serve.window",
                {{"from", day_in_words(line.window_from)}, {"to", day_in_words(line.window_to)}});
}

/// The form, with what is below it once records are chosen.
Answer form_for(const Visit& visit, const std::vector<RecordLine>& lines,
                const std::vector<Id>& chosen, Shown content, const std::vector<Slip>& slips) {
  Shown records{Shown::type::list};
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    Shown one = shown({{"id", line->id.text()}, {"window", days_of(*line)}});
    one.set("replaced", line->is_superseded);
    one.set("chosen", std::ranges::find(chosen, line->id) != chosen.end());
    records << one;
  }
  content.set("child", visit.id().text());
  content.set("records", records);
  return page(visit, "compare", phrase("serve.compare"), content, slips);
}

/// The chosen records in the history's order; nullopt where one is not a signed one of this child.
std::optional<std::vector<Id>> known(const std::vector<RecordLine>& lines,
                                     const std::vector<Id>& chosen) {
  std::vector<Id> out;
  for (const RecordLine& line : lines)
    if (std::ranges::find(chosen, line.id) != chosen.end()) out.push_back(line.id);
  if (out.size() != chosen.size() || out.empty()) return std::nullopt;
  return out;
}

struct Chosen {
  std::optional<Answer> instead = {};
  std::vector<RecordLine> lines = {};
  std::vector<Id> records = {};
  std::unique_ptr<Told> told = {};
};

Chosen chosen_in(const Visit& visit) {
  auto lines = signed_lines(visit);
  if (!lines) return {.instead = problem(visit, lines.error())};
  auto records = known(*lines, ids_in(visit.parts[1]));
  if (!records) return {.instead = problem(visit, not_found, phrase("serve.no_page"))};
  auto series = told(visit, *records);
  if (!series) return {.instead = problem(visit, series.error())};
  return {{}, *std::move(lines), *std::move(records), *std::move(series)};
}

/// What keeps records apart or must be known of them, in sentences that name the record.
std::vector<std::string> marks(const Told& told) {
  std::vector<std::string> out;
  for (const Record& record : told.records)
    if (!record.can_be_scored())
      out.push_back(phrase("serve.compare.not_scored", {{"record", window_of(record)}}));
  for (const Finding& finding : told.notes)
    out.push_back(
        phrase("serve.compare.mark", {{"record", finding.file}, {"what", message(finding)}}));
  return out;
}

}  // namespace

Answer compare_page(Visit& visit) {
  const auto lines = signed_lines(visit);
  if (!lines) return problem(visit, lines.error());
  // What is asked for most: the last two in force.
  std::vector<Id> usual;
  for (auto line = lines->rbegin(); line != lines->rend() && usual.size() < 2; ++line)
    if (in_force(*line)) usual.push_back(line->id);
  return form_for(visit, *lines, usual, {}, {});
}

Answer choose_records(Visit& visit) {
  const auto lines = signed_lines(visit);
  if (!lines) return problem(visit, lines.error());
  std::vector<Id> chosen;
  std::string step;
  for (const std::string& text : visit.form.texts("record")) {
    const auto id = Id::parse(text);
    if (!id) return problem(visit, bad_request, phrase("serve.no_form"));
    chosen.push_back(*id);
    if (!step.empty()) step += between_ids;
    step += id->text();
  }
  if (chosen.size() < 2)
    return form_for(visit, *lines, chosen, {}, {{"records", phrase("serve.compare.too_few")}});
  return see("/children/" + visit.id().text() + "/compare/" + step);
}

Answer comparison_page(Visit& visit) {
  Chosen chosen = chosen_in(visit);
  if (chosen.instead) return *std::move(chosen.instead);
  const Told& told = *chosen.told;
  const std::vector<std::string> said = marks(told);
  if (!told.comparison || told.comparison->points.size() < 2) {
    std::vector<Slip> slips{{"records", phrase("serve.compare.refused")}};
    for (const std::string& mark : said) slips.push_back({"records", mark});
    return form_for(visit, chosen.lines, chosen.records, {}, slips);
  }
  const auto report = told.report(visit.site);
  View view = comparison_view({.indicated = report});
  std::vector<Block> blocks = std::move(view.blocks);
  if (!said.empty()) {
    blocks.insert(blocks.begin(), Items{said});
    blocks.insert(blocks.begin(), Heading{2, phrase("serve.compare.look_first")});
  }
  visit.keep_drawn(std::string{path_of(visit.request)} + "/over-time.svg",
                   svg_over_time(visit, told));
  Shown content = shown({{"blocks", blocks_html(blocks, "compared")}, {"chosen", visit.parts[1]}});
  return form_for(visit, chosen.lines, chosen.records, content, {});
}

Answer comparison_picture(Visit& visit) {
  if (auto drawn = visit.take_drawn()) return picture(*std::move(drawn));
  Chosen chosen = chosen_in(visit);
  if (chosen.instead) return *std::move(chosen.instead);
  std::string svg;
  if (chosen.told->comparison) svg = svg_over_time(visit, *chosen.told);
  if (svg.empty()) return problem(visit, not_found, phrase("serve.no_page"));
  return picture(std::move(svg));
}

}  // namespace gcp2::cli::web
