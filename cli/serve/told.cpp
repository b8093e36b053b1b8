#include "told.h"

#include <algorithm>

#include "../phrase.h"
#include "gcp2/report.h"

namespace gcp2::cli::web {

std::vector<bool> Told::superseded() const {
  std::vector<bool> out;
  for (const ScoredRecord& point : comparison->points)
    out.push_back(line.is_superseded && &point.assessment == &records.back().assessment);
  return out;
}

bool in_force(const RecordLine& line) { return line.is_signed && !line.is_superseded; }

std::string signatures_of(const Visit& visit, const RecordLine& line) {
  if (!line.is_signed) return "";
  const auto by = [&](std::string_view key, const Id& account) {
    return phrase(key, {{"name", visit.desk().account_name(account)},
                        {"day", day_in_words(Instant::at(line.signed_off_at).date.text())}});
  };
  std::string out = by(line.brought_in ? "serve.brought_in" : "serve.signed_here", line.kept_by);
  if (!line.signed_off_by.none())
    out += " " + by("serve.signed_off", line.signed_off_by);
  else if (in_force(line))
    out += " " + phrase("serve.not_signed_off");
  return out;
}

bool waits_for_sign_off(const Visit& visit, const RecordLine& line) {
  return visit.has_role(only(Role::supervisor)) && in_force(line) && line.signed_off_by.none() &&
         line.kept_by != visit.desk().account().id;
}

void show_urgent(Shown& content, const Visit& visit, const Told& told) {
  content.set("urgent_notice", inner("urgent"));
  if (!told.comparison) return;
  const std::string line = urgent_line(told.report(visit.site), Language::english());
  if (!line.empty()) content.set("urgent", line);
}

std::string dismissal_of(const Indication& indication, const Told& told) {
  if (indication.dismissed == nullptr) return "";
  const auto& people = told.records.back().assessment.assessors;
  const auto who = std::ranges::find(people, indication.dismissed->by, &Assessor::ref);
  std::string by = who == people.end() ? indication.dismissed->by : who->name;
  if (by.empty()) by = phrase("indications.nobody");
  return phrase("indications.dismissed", {{"by", by}, {"reason", indication.dismissed->reason}});
}

std::string name_of_child(const Record& record) {
  const Child& child = record.assessment.child;
  return child.name.empty() ? child.ref : child.name;
}

std::string window_of(const Record& record) {
  const Assessment& a = record.assessment;
  if (!a.window_from || !a.window_to) return "";
  return phrase("serve.window", {{"from", day_in_words(a.window_from->text())},
                                 {"to", day_in_words(a.window_to->text())}});
}

namespace {

Record judged(const Visit& visit, Value document, const ChildFacts& child) {
  call_as_here(document, child);
  return judge(std::move(document), visit.site.instruments, visit.site.today(), {}, {});
}

}  // namespace

Allowed<Record> judged(const Visit& visit, const Id& record) {
  auto read = visit.desk().read_with_child(record, visit.purpose());
  if (!read) return read.error();
  visit.is_record_of(record, read->child.id);
  return judged(visit, std::move(read->document), read->child);
}

Allowed<std::optional<Id>> last_in_force(const Visit& visit, const Id& child, const Id& but) {
  const auto lines = visit.desk().history(child, visit.purpose());
  if (!lines) return lines.error();
  for (auto line = lines->rbegin(); line != lines->rend(); ++line)
    if (in_force(*line) && line->id != but) return std::optional{line->id};
  return std::optional<Id>{};
}

Allowed<std::optional<Record>> last_signed(const Visit& visit, const Id& child, const Id& but) {
  const auto last = last_in_force(visit, child, but);
  if (!last) return last.error();
  if (!*last) return std::optional<Record>{};
  auto record = judged(visit, **last);
  if (!record) return record.error();
  return std::optional{*std::move(record)};
}

namespace {

/// Of the child's signed records in force up to the one that it is about, and that one; not what
/// has taken its place, which may be of earlier days.
Allowed<std::vector<RecordLine>> lines_up_to(const Visit& visit, const Id& child, const Id& about) {
  auto lines = visit.desk().history(child, visit.purpose());
  if (!lines) return lines.error();
  std::vector<RecordLine> out;
  for (RecordLine& line : *lines) {
    visit.is_record_of(line.id, child);
    if (line.id != about && (!in_force(line) || Id::parse(line.supersedes) == about)) continue;
    out.push_back(std::move(line));
    if (out.back().id == about) break;
  }
  return out;
}

std::vector<Id> ids_of(const std::vector<RecordLine>& lines) {
  std::vector<Id> out;
  for (const RecordLine& line : lines) out.push_back(line.id);
  return out;
}

std::unique_ptr<Told> told_of(const Visit& visit, std::deque<Record> records) {
  auto out = std::make_unique<Told>(
      Told{.records = std::move(records), .context = {.as_of = visit.site.today()}});
  std::vector<ScoredRecord> scored;
  for (const Record& record : out->records) {
    out->context.known.push_back(record.assessment.supersedes);
    out->context.known.insert(out->context.known.end(), record.assessment.earlier.begin(),
                              record.assessment.earlier.end());
    out->context.opened.push_back(record.assessment.id);
    if (record.instrument == nullptr || !record.can_be_scored()) {
      if (&record != &out->records.back()) ++out->left_out;
      continue;
    }
    const Instrument& instrument = *record.instrument;
    const Rule& rule = *instrument.rule(instrument.default_rule);
    out->cards.push_back(score(instrument, rule, record.sheet));
    out->windows.push_back(window_of(record));
    scored.push_back({instrument, rule, record.assessment, record.sheet, out->cards.back(),
                      out->windows.back()});
  }
  const bool is_whole = !out->records.empty() && out->records.back().can_be_scored();
  auto series = is_whole ? series_of(scored, out->notes) : std::vector<ScoredRecord>{};
  if (series.empty() || any(out->notes, Severity::invalid)) return out;
  out->comparison = compare(std::move(series));
  out->indicated = indications(visit.site.rules, *out->comparison, out->context);
  return out;
}

}  // namespace

Allowed<std::unique_ptr<Told>> told(const Visit& visit, const Id& child, const Id& about) {
  auto lines = lines_up_to(visit, child, about);
  if (!lines) return lines.error();
  auto out = told(visit, ids_of(*lines));
  if (out && !lines->empty()) (*out)->line = std::move(lines->back());
  return out;
}

Allowed<std::unique_ptr<Told>> told(const Visit& visit, const std::vector<Id>& records) {
  std::deque<Record> all;
  for (const Id& each : records) {
    auto record = judged(visit, each);
    if (!record) return record.error();
    all.push_back(*std::move(record));
  }
  return told_of(visit, std::move(all));
}

Allowed<std::unique_ptr<Told>> printed(const Visit& visit, const Id& child, const Id& about) {
  auto lines = lines_up_to(visit, child, about);
  if (!lines) return lines.error();
  // What the history does not have is refused, and logged, as what was asked for.
  const bool is_there = !lines->empty() && lines->back().id == about;
  auto shown = visit.desk().show(is_there ? ids_of(*lines) : std::vector{about}, Showing::print,
                                 visit.purpose());
  if (!shown) return shown.error();
  const bool without_others = visit.purpose().code == "subject_access";
  if (without_others) shown->documents = without_third_parties(std::move(shown->documents));
  std::deque<Record> all;
  for (Value& each : shown->documents) all.push_back(judged(visit, std::move(each), shown->child));
  auto out = told_of(visit, std::move(all));
  out->log = shown->log;
  out->without_others = without_others;
  if (is_there) out->line = std::move(lines->back());
  return out;
}

}  // namespace gcp2::cli::web
