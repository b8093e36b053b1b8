#include "gcp2/report.h"

namespace gcp2 {
namespace {

/// Of what does not look like a key or a code nothing is shown, because it could be a name: then the
/// sentence is one that does without.
std::string key_of(const Finding& finding) {
  std::string without = "finding_unshown." + std::string{finding.code};
  if (!Language::english().has(without)) return "finding." + std::string{finding.code};
  bool names_details = false;
  for (const auto& [name, value] : finding.details) {
    if (name == "nearest") continue;
    if (value.empty()) return without;
    names_details = true;
  }
  return names_details || !finding.node.empty() ? "finding." + std::string{finding.code} : without;
}

}  // namespace

std::string message(const Finding& finding) {
  const Language& language = Language::english();
  std::vector<Filling> fillings{
      {"node", finding.node.empty() ? language.say("finding.this_node") : finding.node}};
  std::string nearest;
  for (const auto& [name, value] : finding.details) {
    if (name == "nearest" && !value.empty())
      nearest = " " + language.say("finding.did_you_mean", {{"nearest", value}});
    else
      fillings.emplace_back(name, value);
  }
  return language.say(key_of(finding), fillings) + nearest;
}

}  // namespace gcp2
