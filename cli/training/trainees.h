// Training records as the commands need them: read, judged, and laid beside the case that they
// name.
#pragma once

#include <optional>
#include <string>

#include "../records.h"
#include "gcp2/marking.h"

namespace gcp2::cli {

/// How the trainee is called: the lead professional, or else the first assessor who has a name.
std::string trainee_name(const Assessment& assessment);

/// The record beside the key; what keeps it from that is added to the findings, of the record's
/// file.
std::optional<Trainee> trainee_of(const Record& record, const std::string& file,
                                  Findings& findings);

}  // namespace gcp2::cli
