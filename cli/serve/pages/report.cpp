// A record's report for the workers, as a page of its own and on paper.
#include "../../phrase.h"
#include "../document.h"
#include "../told.h"
#include "gcp2/view.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr int not_found = 404, unavailable = 503;

struct Reported {
  std::optional<Answer> instead;
  View view;
};

Reported reported(const Visit& visit) {
  const auto record = judged(visit, visit.id());
  if (!record) return {problem(visit, record.error()), {}};
  const auto series = told(visit, visit.visitor.person->child_of.at(visit.id()), visit.id());
  if (!series) return {problem(visit, series.error()), {}};
  if (!(*series)->comparison) return {problem(visit, not_found, phrase("serve.no_report")), {}};
  const auto indicated = (*series)->report(visit.site);
  const ReportInput input{.indicated = indicated,
                          .pictures = visit.site.printing.pictures(record->assessment)};
  View view = worker_view(input);
  if (std::string signatures = signatures_of(visit, (*series)->line); !signatures.empty())
    view.blocks.insert(view.blocks.begin(), Paragraph{std::move(signatures)});
  return {std::nullopt, std::move(view)};
}

}  // namespace

Answer report_page(Visit& visit) {
  const Reported report = reported(visit);
  if (report.instead) return *report.instead;
  return document(view_html(report.view));
}

Answer report_pdf(Visit& visit) {
  const Reported report = reported(visit);
  if (report.instead) return *report.instead;
  auto pdf = visit.site.printing.pdf(report.view);
  if (!pdf) return problem(visit, unavailable, pdf.error().message);
  return {200,
          {{"Content-Type", "application/pdf"},
           {"Content-Disposition", "inline; filename=\"report.pdf\""}},
          *std::move(pdf)};
}

}  // namespace gcp2::cli::web
