#include "gcp2/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "gcp2/indication_report.h"
#include "locality.h"
#include "output.h"
#include "pages.h"
#include "phrase.h"

namespace gcp2::cli {
namespace {

constexpr std::array kinds{"text", "html", "svg", "pdf", "json", "genogram", "ecomap"};

std::string kind_of(const Options& options) {
  const std::string kind = options.has("to") ? options.text("to")
                           : options.json()  ? "json"
                                             : "text";
  if (std::ranges::find(kinds, kind) == kinds.end()) {
    const std::vector<std::string_view> known{kinds.begin(), kinds.end()};
    options.refuse(phrase("usage.report_to",
                          {{"known", fmt::to_string(fmt::join(kinds, ", "))}, {"kind", kind}}) +
                   did_you_mean(kind, known));
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

std::string rendered(const View& view, const std::string& kind, const Options& options) {
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

}  // namespace

int report(const Command& command, const Arguments& arguments) {
  Options options{command};
  add_reading_options(options);
  add_local_options(options);
  options.value("to", "KIND", "option.report_to")
      .value("for", "WHOM", "option.for")
      .value("language", "TAG", "option.language")
      .flag("redact", "option.redact")
      .flag("large-print", "option.large_print")
      .flag("plain", "option.plain_text")
      .value("rule", "NAME", "option.rule_for_all")
      .value("noise", "FILE", "option.noise")
      .values("mapping", "FILE", "option.mapping");
  if (!options.parse(arguments, 1, std::numeric_limits<std::size_t>::max())) return Exit::done;
  const std::string kind = kind_of(options);
  const bool family = for_family(options);
  const Language& language = language_of(options, family);
  const bool redact = options.has("redact");

  const Instruments instruments = instruments_at_hand(options);
  const IndicationRules rules = rules_for(options, instruments);
  const Locality locality = locality_for(options);
  const auto noise = noise_of(options, instruments);
  const auto mappings = mappings_of(options, instruments);
  const ScoredFiles scored = read_scored(options.operands(), options, instruments);
  if (scored.records.empty()) options.refuse(phrase("usage.no_record"));
  Findings notes;
  std::vector<ScoredRecord> series = series_of(scored.records, notes);
  locate_in_files(notes, scored);
  if (any(notes, Severity::invalid)) refuse_invalid(notes, options);

  const IndicationContext context = context_for(options, instruments, scored);
  const Comparison whole = compare(std::move(series), noise ? &*noise : nullptr, mappings);
  const std::vector<Indication> all_indicated = indications(rules, whole, context);
  std::optional<Redacted> shown;
  if (redact) shown = redacted(whole, all_indicated);
  const Comparison& comparison = shown ? shown->comparison : whole;
  const std::vector<Indication>& indicated = shown ? shown->indications : all_indicated;
  const Assessment& latest = comparison.points.back().assessment;
  std::string out;
  if (kind == "genogram" || kind == "ecomap") {
    const auto draw = kind == "genogram" ? pages().genogram : pages().ecomap;
    const Picture picture = drawn(draw(latest, language));
    const double scale = options.has("large-print") ? large_print_scale(picture) : 1;
    out = svg(picture, true, "picture", scale);
  } else {
    const IndicationReport report{indicated, comparison, rules, locality, notes, context.as_of};
    const ReportInput input{.indicated = report,
                            .pictures = family ? FamilyPictures{} : pictures_of(latest, language),
                            .language = language,
                            .redacted = redact,
                            .large_print = options.has("large-print")};
    out = rendered(family ? family_view(input) : worker_view(input), kind, options);
  }
  write_output(options.text("output"), out);
  if (!notes.empty()) write_standard_error(findings_text(notes));
  return Exit::done;
}

}  // namespace gcp2::cli
