#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "report/catalogue.h"

namespace gcp2 {
namespace {

/// The sentence that fits: where what it would name is not to be shown, one that does without.
std::string_view sentence_of(const Finding& finding) {
  const std::string_view sentence = catalogue_sentence(finding.code);
  const auto is_unshown = [sentence](std::string_view name, std::string_view value) {
    return value.empty() && sentence.find(fmt::format("{{{}}}", name)) != std::string_view::npos;
  };
  const bool any_unshown = is_unshown("node", finding.node) ||
                           std::ranges::any_of(finding.details, [&](const auto& detail) {
                             return is_unshown(detail.first, detail.second);
                           });
  const std::string_view other = any_unshown ? unshown_sentence(finding.code) : std::string_view{};
  return other.empty() ? sentence : other;
}

}  // namespace

std::string message(const Finding& finding) {
  const std::string_view sentence = sentence_of(finding);
  if (sentence.empty()) return std::string{finding.code};
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  const std::string node = finding.node.empty() ? "(this node)" : finding.node;
  values.push_back(fmt::arg("node", node));
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
