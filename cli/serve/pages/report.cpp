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

/// Reasons are given for a child: a record that came up on no page is looked up first.
Allowed<Id> child_of(const Visit& visit) {
  const auto& known = visit.visitor.person->child_of;
  if (const auto found = known.find(visit.id()); found != known.end()) return found->second;
  const auto read = visit.desk().read_with_child(visit.id(), visit.purpose());
  if (!read) return read.error();
  visit.is_record_of(visit.id(), read->child.id);
  return read->child.id;
}

Reported reported(const Visit& visit) {
  const auto child = child_of(visit);
  if (!child) return {problem(visit, child.error()), {}};
  const auto series = printed(visit, *child, visit.id());
  if (!series) return {problem(visit, series.error()), {}};
  if (!(*series)->comparison) return {problem(visit, not_found, phrase("serve.no_report")), {}};
  const auto indicated = (*series)->report(visit.site);
  const ReportInput input{
      .indicated = indicated,
      .pictures = visit.site.printing.pictures((*series)->records.back().assessment),
      .log = log_state((*series)->log),
      .superseded = (*series)->superseded(),
      .left_out = (*series)->left_out,
      .without_others = (*series)->without_others};
  View view = worker_view(input);
  view.label = phrase("serve.page.report");
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
