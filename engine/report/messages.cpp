#include <fmt/args.h>
#include <fmt/format.h>

#include "gcp2/report.h"
#include "report/catalogue.h"

namespace gcp2 {

std::string message(const Finding& finding) {
  const std::string_view sentence = catalogue_sentence(finding.code);
  if (sentence.empty()) return std::string{finding.code};
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  values.push_back(fmt::arg("node", finding.node));
  std::string nearest;
  for (const auto& [name, value] : finding.details) {
    if (name == "nearest" && !value.empty())
      nearest =
          fmt::format(fmt::runtime(catalogue_sentence("did_you_mean")), fmt::arg("nearest", value));
    else if (name != "nearest")
      values.push_back(fmt::arg(std::string{name}.c_str(), value));
  }
  std::string said = fmt::vformat(fmt::string_view{sentence.data(), sentence.size()}, values);
  return nearest.empty() ? said : said + " " + nearest;
}

}  // namespace gcp2
