#include "told.h"

#include <algorithm>

#include "../phrase.h"
#include "page.h"

namespace gcp2::cli::web {
namespace {

/// The child of a document, by the look-up or, for a reader, among those that were shared.
Allowed<Id> child_of(const Visit& visit, const Value& document) {
  const Value* child = document.find("child");
  const std::string ref{child == nullptr ? std::string_view{} : child->text_at("ref")};
  if (visit.desk().account().role != Role::reader) {
    const auto found = visit.desk().find({.ref = ref}, visit.purpose());
    if (!found) return found.error();
    return found->id;
  }
  const auto shared = visit.desk().children(false, {});
  if (!shared) return shared.error();
  const auto found = std::ranges::find(*shared, ref, &ChildFacts::ref);
  if (found == shared->end()) return Refusal{.why = Why::not_shared};
  return found->id;
}

}  // namespace

bool in_force(const RecordLine& line) { return line.is_signed && !line.is_superseded; }

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

Allowed<Record> judged(const Visit& visit, const Id& record) {
  auto document = visit.desk().read(record, visit.purpose());
  if (!document) return document.error();
  if (!visit.visitor.person->child_of.contains(record)) {
    const auto child = child_of(visit, *document);
    if (!child) return child.error();
    visit.is_record_of(record, *child);
  }
  return judge(*std::move(document), visit.site.instruments, visit.site.today(), {}, {});
}

Allowed<std::optional<Record>> last_signed(const Visit& visit, const Id& child, const Id& but) {
  const auto lines = visit.desk().history(child, visit.purpose());
  if (!lines) return lines.error();
  for (auto line = lines->rbegin(); line != lines->rend(); ++line) {
    if (!in_force(*line) || line->id == but) continue;
    auto record = judged(visit, line->id);
    if (!record) return record.error();
    return std::optional{*std::move(record)};
  }
  return std::optional<Record>{};
}

Allowed<std::unique_ptr<Told>> told(const Visit& visit, const Id& child, const Id& about) {
  const auto lines = visit.desk().history(child, visit.purpose());
  if (!lines) return lines.error();
  std::vector<Id> records;
  for (const RecordLine& line : *lines) {
    visit.is_record_of(line.id, child);
    if (line.id != about && !in_force(line)) continue;
    records.push_back(line.id);
    if (line.id == about) break;
  }
  return told(visit, records);
}

Allowed<std::unique_ptr<Told>> told(const Visit& visit, const std::vector<Id>& records) {
  auto out = std::make_unique<Told>(Told{.context = {.as_of = visit.site.today()}});
  for (const Id& each : records) {
    auto record = judged(visit, each);
    if (!record) return record.error();
    out->records.push_back(*std::move(record));
  }
  std::vector<ScoredRecord> scored;
  for (const Record& record : out->records) {
    out->context.known.push_back(record.assessment.supersedes);
    out->context.known.insert(out->context.known.end(), record.assessment.earlier.begin(),
                              record.assessment.earlier.end());
    out->context.opened.push_back(record.assessment.id);
    if (record.instrument == nullptr || !record.can_be_scored()) continue;
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

}  // namespace gcp2::cli::web
