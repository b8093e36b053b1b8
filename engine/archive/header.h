// The seal in front of an archive's content.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/archive.h"

namespace gcp2::archive {

/// One line of fixed width in front of the content; see docs/archive.md.
std::string sealed(ArchiveKind kind, std::string_view content);

struct Opened {
  ArchiveKind kind = ArchiveKind::text;
  std::string_view content;
};
/// The content, if not a byte has changed; otherwise a finding and nothing.
std::optional<Opened> open(std::string_view bytes, Findings& findings);

}  // namespace gcp2::archive
