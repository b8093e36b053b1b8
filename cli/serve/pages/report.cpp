// A record's report for the workers, as a page of its own and on paper.
#include "../../phrase.h"
#include "../told.h"
#include "gcp2/seal.h"
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
  return {std::nullopt, worker_view(input)};
}

std::string base64(std::string_view hexadecimal) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto value = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  constexpr unsigned bits_of_letter = 6, bits_of_digit = 4;
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : hexadecimal) {
    bits = bits << bits_of_digit | value(c);
    have += bits_of_digit;
    while (have >= bits_of_letter) {
      have -= bits_of_letter;
      out += letters[bits >> have & 63U];
    }
  }
  if (have > 0) out += letters[bits << (bits_of_letter - have) & 63U];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

/// The report's own style sheet stands in it, as it is one file: this one is let through, by its
/// digest, and nothing else.
std::string policy_for(std::string_view html) {
  constexpr std::string_view start = "<style>", end = "</style>";
  std::string_view style = html.substr(html.find(start) + start.size());
  style = style.substr(0, style.find(end));
  return "default-src 'none'; style-src 'sha256-" + base64(sha256(style)) +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace

Answer report_page(Visit& visit) {
  const Reported report = reported(visit);
  if (report.instead) return *report.instead;
  std::string html = view_html(report.view);
  const std::string policy = policy_for(html);
  return {200,
          {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Security-Policy", policy}},
          std::move(html)};
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
