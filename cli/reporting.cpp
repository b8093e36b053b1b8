#include "reporting.h"

#include <fmt/format.h>

#include <algorithm>

#include "gcp2/indication_report.h"
#include "output.h"
#include "pages.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

std::string kind_of(const Options& options, std::span<const std::string_view> kinds) {
  const std::string kind = options.has("to") ? options.text("to")
                           : options.json()  ? std::string{"json"}
                                             : std::string{kinds.front()};
  if (std::ranges::find(kinds, kind) == kinds.end()) {
    options.refuse(phrase("usage.report_to",
                          {{"known", fmt::to_string(fmt::join(kinds, ", "))}, {"kind", kind}}) +
                   did_you_mean(kind, {kinds.begin(), kinds.end()}));
  }
  return kind;
}

const Language& language_of(const Options& options, bool for_family) {
  if (!options.has("language")) return Language::english();
  const Language* language = Language::find(options.text("language"));
  if (language == nullptr) options.refuse(phrase("usage.language"));
  if (language != &Language::english() && !for_family)
    options.refuse(phrase("usage.welsh_for_family"));
  return *language;
}

bool for_family(const Options& options) {
  const std::string audience = options.has("for") ? options.text("for") : "workers";
  if (audience != "workers" && audience != "family") options.refuse(phrase("usage.for"));
  return audience == "family";
}

Picture drawn(Result<Picture> picture) {
  if (!picture) throw Stop{Exit::outside, picture.error().message};
  return std::move(picture).value();
}

/// A family is drawn where somebody of it is named; a network also where an agency is. A report is
/// made without them rather than not at all.
FamilyPictures pictures_of(const Assessment& a, const Language& language) {
  const bool has_family = !a.family.members.empty();
  if (!has_family && a.agencies.empty()) return {};
  if (const auto& loaded = pages_at_hand(); !loaded) {
    write_standard_error(
        fmt::format("gcp2: {}\n", phrase("pages.no_pictures", {{"why", loaded.error().message}})));
    return {};
  }
  FamilyPictures pictures;
  if (has_family) pictures.genogram = drawn(pages().genogram(a, language));
  pictures.ecomap = drawn(pages().ecomap(a, language));
  return pictures;
}

std::string pages_of(const View& view, const std::string& kind, const Options& options) {
  if (kind == "html") return view_html(view);
  if (kind == "json") return write_json(view_document(view));
  if (kind == "svg") {
    const bool any = std::ranges::any_of(
        view.blocks, [](const Block& block) { return std::holds_alternative<Figure>(block); });
    if (!any) options.refuse(phrase("usage.no_picture"));
    return view_svg(view);
  }
  if (kind == "pdf") {
    auto pdf = pages().view_pdf(view);
    if (!pdf) throw Stop{Exit::outside, pdf.error().message};
    return std::move(pdf).value();
  }
  return view_text(view, terminal_width(), options.has("plain"));
}

bool is_picture(const std::string& kind) { return kind == "genogram" || kind == "ecomap"; }

}  // namespace

void add_report_options(Options& options, std::string_view kinds) {
  add_local_options(options);
  options.value("to", "KIND", kinds)
      .value("for", "WHOM", "option.for")
      .value("language", "TAG", "option.language")
      .flag("redact", "option.redact")
      .flag("large-print", "option.large_print")
      .flag("plain", "option.plain_text")
      .value("rule", "NAME", "option.rule_for_all")
      .value("noise", "FILE", "option.noise")
      .values("mapping", "FILE", "option.mapping");
}

ReportMeans report_means(const Options& options, const Instruments& instruments,
                         std::span<const std::string_view> kinds) {
  std::string kind = kind_of(options, kinds);
  const bool family = for_family(options);
  const Language& language = language_of(options, family);
  return {.kind = std::move(kind),
          .for_family = family,
          .redacted = options.has("redact"),
          .language = language,
          .rules = rules_for(options, instruments),
          .locality = locality_for(options),
          .noise = noise_of(options, instruments),
          .mappings = mappings_of(options, instruments)};
}

Report report_of(const ScoredFiles& scored, const ReportMeans& means, const Options& options,
                 const Instruments& instruments, const FromStore& store) {
  Report report;
  for (const std::string& id : store.left_out)
    report.notes.push_back({.code = "draft_left_out", .severity = Severity::note, .file = id});
  std::vector<ScoredRecord> series = series_of(scored.records, report.notes);
  locate_in_files(report.notes, scored);
  if (any(report.notes, Severity::invalid)) refuse_invalid(report.notes, options);

  const IndicationContext context = context_for(options, instruments, scored);
  const Comparison whole =
      compare(std::move(series), means.noise ? &*means.noise : nullptr, means.mappings);
  const std::vector<Indication> all_indicated = indications(means.rules, whole, context);
  std::optional<Redacted> shown;
  if (means.redacted) shown = redacted(whole, all_indicated);
  const Comparison& comparison = shown ? shown->comparison : whole;
  const std::vector<Indication>& indicated = shown ? shown->indications : all_indicated;
  report.latest = comparison.points.back().assessment;
  if (is_picture(means.kind)) return report;
  std::vector<bool> superseded;
  for (const ScoredRecord& point : whole.points)
    superseded.push_back(std::ranges::find(store.superseded, point.assessment.id) !=
                         store.superseded.end());
  const IndicationReport said{indicated,      comparison,   means.rules,
                              means.locality, report.notes, context.as_of};
  const ReportInput input{
      .indicated = said,
      .pictures = means.for_family ? FamilyPictures{} : pictures_of(report.latest, means.language),
      .language = means.language,
      .redacted = means.redacted,
      .large_print = options.has("large-print"),
      .log = store.log,
      .superseded = std::move(superseded),
      .left_out = store.left_out.size(),
      .without_others = store.without_others};
  report.view = means.for_family ? family_view(input) : worker_view(input);
  return report;
}

std::string rendered(const Report& report, const ReportMeans& means, const Options& options) {
  if (!is_picture(means.kind)) return pages_of(report.view, means.kind, options);
  const auto draw = means.kind == "genogram" ? pages().genogram : pages().ecomap;
  const Picture picture = drawn(draw(report.latest, means.language));
  const double scale = options.has("large-print") ? large_print_scale(picture) : 1;
  return svg(picture, true, "picture", scale);
}

}  // namespace gcp2::cli
