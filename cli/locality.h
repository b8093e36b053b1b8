// What a locality brings to a child's records: its rules, its contacts, the profiles it knows of.
#pragma once

#include "gcp2/indication.h"
#include "series.h"

namespace gcp2::cli {

/// --locality, --rules and --known.
void add_local_options(Options& options);

/// Every fault of a rules document, in the nodes that its rules name too; the rules with those that
/// they extend.
IndicationRules read_rules(const Value& document, const Instruments& instruments,
                           Findings& findings);
/// Of --rules, or the shipped ones; a file that is not whole ends the command (1).
IndicationRules rules_for(const Options& options, const Instruments& instruments);
/// Of --locality, or the default one.
Locality locality_for(const Options& options);
/// What is known beside the records, of which there is at least one.
IndicationContext context_for(const Options& options, const Instruments& instruments,
                              const ScoredFiles& scored);

}  // namespace gcp2::cli
