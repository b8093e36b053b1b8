#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "../output.h"
#include "../pages.h"
#include "../reporting.h"
#include "log.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

constexpr std::string_view shown_as[] = {"text", "html", "pdf", "json"};
constexpr std::string_view exported_as[] = {"archive", "html", "pdf"};

/// Records of the store as if each had been read from a file of its id.
std::deque<ReadFile> as_read(std::vector<Value> documents, const ChildFacts& child,
                             const Options& options, const Instruments& instruments) {
  std::deque<ReadFile> files;
  for (Value& document : documents) {
    const std::string name{document.text_at("id")};
    call_as_here(document, child);
    ReadFile file{name, Content::json, {}, {}, {}};
    file.records.push_back(judge(std::move(document), instruments, options.as_of(), {}, {name}));
    file.findings = file.records.back().findings;
    files.push_back(std::move(file));
  }
  return files;
}

/// Takes drafts that cannot be judged out of what is shown of a whole child, and gives their ids:
/// what nobody has finished yet keeps no one from what is signed. Where they are all there is, they
/// stay, and are refused.
std::vector<std::string> take_out_drafts(std::deque<ReadFile>& files) {
  const auto goes = [](const ReadFile& file) {
    const Record& record = file.records.front();
    return !record.assessment.is_signed && !record.can_be_scored();
  };
  std::vector<std::string> out;
  if (std::ranges::all_of(files, goes)) return out;
  for (const ReadFile& file : files)
    if (goes(file)) out.push_back(file.name);
  std::erase_if(files, goes);
  return out;
}

/// What is shown of a whole child, scored, and the ids of the drafts that are left out: those that
/// cannot be judged, and those that say of the child what the signed records contradict.
struct Whole {
  ScoredFiles scored;
  std::vector<std::string> left_out;
};
Whole whole_child(std::deque<ReadFile> files, const Options& options) {
  Whole out;
  out.left_out = take_out_drafts(files);
  out.scored = scored(std::move(files), options);
  std::vector<ScoredRecord> kept, drafts;
  for (const ScoredRecord& record : out.scored.records)
    (record.assessment.is_signed ? kept : drafts).push_back(record);
  for (const ScoredRecord& draft : drafts) {
    std::vector<ScoredRecord> beside = kept;
    beside.push_back(draft);
    Findings found;
    if (series_of(beside, found).empty())
      out.left_out.push_back(draft.assessment.id);
    else
      kept = std::move(beside);
  }
  // Where nothing fits together the report says what does not.
  if (!kept.empty()) out.scored.records = std::move(kept);
  return out;
}

/// As the log calls it.
std::string_view action_of(Showing showing) {
  if (showing == Showing::hand_out) return "export";
  return showing == Showing::print ? "print" : "read";
}

bool is_on_pages(const std::string& kind) { return kind == "html" || kind == "pdf"; }

/// What the family is handed is without the rest of it, unless somebody says otherwise.
bool names_go(const Options& options) {
  return options.text("reason") == "subject_access" && !options.has("unredacted");
}

/// Takes them out of what is shown, where it can be handed on, and says so. True where it did.
bool take_out_names(Shown& shown, const Options& options, const std::string& kind) {
  if (!names_go(options) || !(leaves_store(options) || is_on_pages(kind))) return false;
  shown.documents = without_third_parties(std::move(shown.documents));
  write_standard_error(phrase("store.shown_redacted") + "\n");
  return true;
}

/// Before anything is logged: whatever the report needs is at hand.
ReportMeans means_of(const Options& options, const Instruments& instruments,
                     std::span<const std::string_view> kinds) {
  ReportMeans means = report_means(options, instruments, kinds);
  if (means.kind == "pdf") (void)pages();
  return means;
}

bool wants_report(const Options& options) {
  return options.operands().size() != 1 ||
         std::ranges::any_of(std::array{"child", "to", "for", "redact", "large-print", "plain"},
                             [&](const char* name) { return options.has(name); });
}

void show_report(Desk& desk, const std::vector<Id>& records, const ReportMeans& means,
                 const Options& options, const Instruments& instruments) {
  // Pages are printed, to a file as to anything else: a reader may, who may not export.
  const Showing showing = is_on_pages(means.kind) ? Showing::print
                          : leaves_store(options) ? Showing::hand_out
                                                  : Showing::read;
  const Purpose purpose = purpose_of(options);
  Shown shown = granted(
      options.has("child")
          ? desk.show_child(child_of(desk, options.text("child"), action_of(showing), options).id,
                            showing, purpose)
          : desk.show(records, showing, purpose),
      options);
  if (shown.documents.empty()) throw Stop{Exit::invalid, phrase("store.nothing_to_show")};
  const bool without_others = take_out_names(shown, options, means.kind);
  std::deque<ReadFile> files = as_read(shown.documents, shown.child, options, instruments);
  FromStore store{.log = log_state(shown.log),
                  .superseded = shown.superseded,
                  .without_others = without_others};
  Whole whole = options.has("child") ? whole_child(std::move(files), options)
                                     : Whole{scored(std::move(files), options), {}};
  store.left_out = std::move(whole.left_out);
  const Report made = report_of(whole.scored, means, options, instruments, store);
  write_output(options.text("output"), rendered(made, means, options));
  say_in_clear(options);
  if (!made.notes.empty()) write_standard_error(findings_text(made.notes));
}

/// An older record on pages that begin with the newest. What was urgent then is a warning now: the
/// first page says what is.
void append(View& pages, View older) {
  pages.blocks.emplace_back(Heading{2, older.identity});
  for (Block& block : older.blocks) {
    if (Notice* notice = std::get_if<Notice>(&block);
        notice != nullptr && notice->kind == Notice::Kind::urgent)
      notice->kind = Notice::Kind::warning;
    pages.blocks.push_back(std::move(block));
  }
}

/// Every record in full, superseded ones and drafts too: the newest first, with what changed.
/// Drafts that are left out are taken out of what is shown.
std::string pages_of(Shown& shown, bool without_others, const ReportMeans& means,
                     const Options& options, const Instruments& instruments) {
  std::vector<Value>& documents = shown.documents;
  const auto [all, left_out] =
      whole_child(as_read(documents, shown.child, options, instruments), options);
  std::erase_if(documents, [&](const Value& document) {
    return std::ranges::find(left_out, document.text_at("id")) != left_out.end();
  });
  Report first = report_of(all, means, options, instruments,
                           {.log = log_state(shown.log),
                            .superseded = shown.superseded,
                            .left_out = left_out,
                            .without_others = without_others});
  // It stands on every page, also on those about older records.
  first.view.identity =
      phrase("store.pages_identity",
             {{"title", first.view.title}, {"count", std::to_string(documents.size())}});
  for (auto document = documents.rbegin(); document != documents.rend(); ++document) {
    if (document->text_at("id") == first.latest.id) continue;
    const ScoredFiles one =
        scored(as_read({*document}, shown.child, options, instruments), options);
    append(first.view,
           report_of(one, means, options, instruments, {.superseded = shown.superseded}).view);
  }
  // Superseded ones are here, and not left out.
  std::erase_if(first.notes, [](const Finding& note) { return note.code != "draft_left_out"; });
  if (!first.notes.empty()) write_standard_error(findings_text(first.notes));
  return rendered(first, means, options);
}

}  // namespace

int store_show(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_store_options(options);
  add_replace_option(options);
  add_report_options(options, "option.show_to");
  options.value("child", "REF", "option.show_child")
      .flag("unredacted", "option.unredacted")
      .value("overlay", "FILE", "option.overlay");
  if (!options.parse(arguments, 0, 1000)) return Exit::done;
  if (options.operands().empty() != options.has("child")) options.refuse(phrase("store.show_what"));
  std::vector<Id> records;
  for (const std::string& text : options.operands()) records.push_back(record_id(text, options));
  const Instruments instruments = instruments_at_hand(options);
  if (wants_report(options)) {
    const ReportMeans means = means_of(options, instruments, shown_as);
    auto [setting, desk] = enter(options);
    show_report(desk, records, means, options, instruments);
    return Exit::done;
  }
  auto [setting, desk] = enter(options);
  Shown shown =
      granted(desk.show(records, leaves_store(options) ? Showing::hand_out : Showing::read,
                        purpose_of(options)),
              options);
  (void)take_out_names(shown, options, "json");
  const std::string target = options.text("output");
  write_output(target, record_text(shown.documents.front(), Layout::pretty, target, options));
  say_in_clear(options);
  // The record itself is to the letter.
  if (!shown.superseded.empty())
    write_standard_error(phrase("store.superseded", {{"record", records.front().text()}}) + "\n");
  return Exit::done;
}

int store_export(const Command& command, const Arguments& arguments) {
  Options options{command, {no_format}};
  add_store_options(options);
  add_replace_option(options);
  add_local_options(options);
  options.value("to", "archive|html|pdf", "option.export_to")
      .flag("redact", "option.redact_others")
      .flag("unredacted", "option.unredacted")
      .flag("large-print", "option.large_print")
      .value("overlay", "FILE", "option.overlay");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  require_one_at_most(options, {"redact", "unredacted"});
  const std::string ref = operand_of(options, "store.which_child");
  const std::string target = options.text("output");
  if (target.empty() || target == "-") options.refuse(phrase("store.export_where"));
  const bool as_archive = !options.has("to") || options.text("to") == "archive";
  const Instruments instruments = instruments_at_hand(options);
  std::optional<ReportMeans> means;
  if (!as_archive) {
    means.emplace(means_of(options, instruments, exported_as));
    // Other people's names go, not the child's own.
    means->redacted = false;
  }
  auto [setting, desk] = enter(options);
  const Id child = child_of(desk, ref, "export", options).id;
  Shown shown = granted(desk.export_child(child, purpose_of(options)), options);
  if (shown.documents.empty()) throw Stop{Exit::invalid, phrase("store.nothing_to_show")};
  const bool redact = options.has("redact") || names_go(options);
  if (redact) shown.documents = without_third_parties(std::move(shown.documents));
  write_output(target, as_archive ? write_archive(shown.documents, ArchiveKind::text)
                                  : pages_of(shown, redact, *means, options, instruments));
  const std::string_view key = as_archive ? redact ? "store.exported_redacted" : "store.exported"
                               : redact   ? "store.exported_pages_redacted"
                                          : "store.exported_pages";
  write_standard_error(phrase(key, {{"child", ref},
                                    {"count", std::to_string(shown.documents.size())},
                                    {"file", target}}) +
                       "\n");
  return Exit::done;
}

}  // namespace gcp2::cli
