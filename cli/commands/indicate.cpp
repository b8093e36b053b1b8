#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <limits>

#include "gcp2/indication_files.h"
#include "gcp2/indication_report.h"
#include "gcp2/report.h"
#include "input.h"
#include "output.h"
#include "records.h"

namespace gcp2::cli {
namespace {

void refuse_file(Findings findings, const std::string& file, const Options& options) {
  if (findings.empty()) return;
  for (Finding& finding : findings) finding.file = file;
  sort_by_place(findings);
  refuse_invalid(findings, options);
}

/// Rules of a file, with what they extend; every fault is found, in the nodes that they name too.
IndicationRules read_rules(const SourceFile& file, const Instruments& instruments,
                           Findings& findings) {
  Findings found;
  IndicationRules rules = read_indication_rules_json(file.bytes, found);
  const IndicationRules& shipped = shipped_indication_rules();
  if (!rules.extends.empty() && rules.extends != shipped.id)
    found.push_back({.code = "unknown_base_rules",
                     .severity = Severity::invalid,
                     .pointer = "/extends"});
  check_rule_nodes(rules, instruments, found);
  Findings ignored;
  locate(found, read_json(file.bytes, ignored));
  findings.insert(findings.end(), found.begin(), found.end());
  return rules.extends == shipped.id ? extended(shipped, std::move(rules)) : rules;
}

IndicationRules rules_for(const Options& options, const Instruments& instruments) {
  if (!options.has("rules")) return shipped_indication_rules();
  const SourceFile file = read_source(options.text("rules"));
  Findings findings;
  IndicationRules rules = read_rules(file, instruments, findings);
  refuse_file(std::move(findings), file.name, options);
  return rules;
}

Locality locality_for(const Options& options) {
  const std::string wanted = options.has("locality") ? options.text("locality") : "default";
  std::vector<std::string_view> known;
  for (const Locality& each : shipped_localities()) {
    if (each.id == wanted) return each;
    known.push_back(each.id);
  }
  std::error_code unreadable;
  if (wanted != "-" && !std::filesystem::exists(wanted, unreadable)) {
    const std::string_view near = nearest(wanted, known);
    options.refuse(fmt::format(
        "there is no locality '{}', and no file of that name; there are {}.{}", wanted,
        fmt::join(known, ", "), near.empty() ? "" : fmt::format(" Did you mean {}?", near)));
  }
  const SourceFile file = read_source(wanted);
  Findings findings;
  Locality locality = read_locality_json(file.bytes, findings);
  refuse_file(std::move(findings), file.name, options);
  return locality;
}

/// Records with their scorecards, kept in place while a series refers to them.
struct Scored {
  std::deque<Scorecard> cards = {};
  std::vector<ScoredRecord> records = {};

  void add(const ReadFile& file) {
    for (const Record& record : file.records) {
      if (!record.can_be_scored()) continue;
      const Instrument& instrument = *record.instrument;
      const Rule& rule = *instrument.rule(instrument.default_rule);
      const Scorecard& card = cards.emplace_back(score(instrument, rule, record.sheet));
      records.push_back(
          {instrument, rule, record.assessment, record.sheet, card, std::string_view{file.name}});
    }
  }
};

/// A profile is known by its id, or, where it has none, by its file.
std::string known_by(const Assessment& assessment, const std::string& file) {
  return assessment.id.empty() ? file : assessment.id;
}

/// Ids of a text file, one a line; empty lines and what follows # are passed over.
void add_listed(const SourceFile& file, const Options& options, std::vector<std::string>& known) {
  Findings findings;
  std::string_view rest = file.bytes;
  for (std::uint32_t line = 1; !rest.empty(); ++line) {
    std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    text = text.substr(0, text.find('#'));
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t'))
      text.remove_suffix(1);
    if (text.empty()) continue;
    if (is_uuid(text))
      known.emplace_back(text);
    else
      findings.push_back(
          {.code = "not_a_uuid", .severity = Severity::invalid, .position = {0, line, 1}});
  }
  refuse_file(std::move(findings), file.name, options);
}

/// What --known names: records that are known to exist, or lists of their ids.
std::vector<std::string> known_profiles(const Options& options, const Instruments& instruments,
                                        const std::vector<ScoredRecord>& opened) {
  std::vector<std::string> known;
  for (const std::string& name : options.texts("known")) {
    const SourceFile source = read_source(name);
    const Content content = content_of(source.bytes);
    if (content != Content::json && content != Content::archive) {
      add_listed(source, options, known);
      continue;
    }
    const ReadFile file = read_file(name, options, instruments);
    if (file.records.empty()) require_valid(file, options);
    Scored scored;
    scored.add(file);
    for (const ScoredRecord& record : scored.records) {
      Findings found;
      (void)series_of({opened.front(), record}, found);
      std::erase_if(found, [](const Finding& f) {
        return f.code != "another_child" && f.code != "child_contradicted";
      });
      if (!found.empty()) refuse_invalid(found, options);
    }
    for (const Record& record : file.records)
      known.push_back(known_by(record.assessment, file.name));
  }
  return known;
}

int check(const Options& options, const Instruments& instruments) {
  const SourceFile file = read_source(options.text("check"));
  Findings findings;
  const Value document = read_json(file.bytes, findings);
  std::string well;
  if (const std::string_view format = document.text_at("format");
      format.starts_with("gcp2/indication-rules/")) {
    const IndicationRules rules = read_rules(file, instruments, findings);
    well = fmt::format("{}: {} {} is whole ({} rules{})\n", file.name, rules.id, rules.version,
                       rules.rules.size(),
                       rules.extends.empty() ? "" : " with those of " + rules.extends);
  } else if (format.starts_with("gcp2/locality/")) {
    const Locality locality = read_locality_json(file.bytes, findings);
    well = fmt::format("{}: {} is whole ({} contacts)\n", file.name, locality.id,
                       locality.contacts.size());
  } else if (findings.empty()) {
    findings.push_back({.code = "not_rules_or_locality",
                        .severity = Severity::invalid,
                        .position = {0, 1, 1}});
  }
  for (Finding& finding : findings) finding.file = file.name;
  sort_by_place(findings);
  write_output(options.text("output"), options.json()     ? write_json(findings_document(findings))
                                       : findings.empty() ? well
                                                          : findings_text(findings));
  return findings.empty() ? Exit::done : Exit::invalid;
}

/// Dismissals are looked at where they are written.
Findings dismissal_notes(const IndicationRules& rules, const std::vector<Indication>& indicated,
                         const ScoredRecord& latest, const std::vector<ReadFile>& files) {
  Findings notes;
  check_dismissals(rules, indicated, latest.assessment, notes);
  for (const ReadFile& file : files)
    for (const Record& record : file.records)
      if (&record.assessment == &latest.assessment) locate(notes, record.document);
  for (Finding& note : notes) note.file = std::string{latest.file};
  return notes;
}

}  // namespace

int indicate(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  options
      .value("locality", "NAME|FILE", "whom to call and what to do: default, sandwell, dudley, or a file")
      .value("rules", "FILE", "local rules instead of the default ones, or extending them")
      .values("known", "FILE",
              "profiles of the child that are known to exist: a record, or a text with one id a "
              "line; may be given again")
      .value("check", "FILE", "say everything that is wrong with a file of rules or a locality");
  if (!options.parse(arguments, 0, std::numeric_limits<std::size_t>::max())) return Exit::done;
  const Instruments instruments = instruments_at_hand(options);
  if (options.has("check")) {
    if (!options.operands().empty()) options.refuse("--check takes its own file and no other.");
    return check(options, instruments);
  }
  if (options.operands().empty()) options.refuse("a file is missing.");
  const IndicationRules rules = rules_for(options, instruments);
  const Locality locality = locality_for(options);

  std::vector<ReadFile> files;
  for (const std::string& name : options.operands()) {
    files.push_back(read_file(name, options, instruments));
    require_valid(files.back(), options);
  }
  Scored scored;
  for (const ReadFile& file : files) scored.add(file);
  if (scored.records.empty()) options.refuse("there is no record in what was given.");
  Findings notes;
  std::vector<ScoredRecord> series = series_of(scored.records, notes);
  if (any(notes, Severity::invalid)) refuse_invalid(notes, options);

  IndicationContext context{.as_of = options.as_of(),
                            .known = known_profiles(options, instruments, scored.records)};
  for (const ScoredRecord& record : scored.records) {
    const Assessment& a = record.assessment;
    context.opened.push_back(known_by(a, std::string{record.file}));
    context.known.push_back(a.supersedes);
    context.known.insert(context.known.end(), a.earlier.begin(), a.earlier.end());
  }
  const Comparison comparison = compare(std::move(series));
  const std::vector<Indication> indicated = indications(rules, comparison, context);
  const Findings dismissals =
      dismissal_notes(rules, indicated, comparison.points.back(), files);
  notes.insert(notes.end(), dismissals.begin(), dismissals.end());

  const IndicationReport report{indicated, comparison, rules, locality, notes, context.as_of};
  const Language& language = Language::english();
  write_output(options.text("output"),
               options.json() ? write_json(indications_document(report, language))
                              : indications_text(report, language, terminal_width()));
  if (!options.json()) fmt::print(stderr, "{}", findings_text(notes));
  return Exit::done;
}

}  // namespace gcp2::cli
