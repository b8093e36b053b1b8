// Texts as XML archives hold them.
#pragma once

#include <string>
#include <string_view>

namespace gcp2::archive {

/// XML 1.0 has no control characters, and the library's parser is one for ASCII: every other byte,
/// and the percent sign, is written as %XX.
std::string xml_text(std::string_view text);
/// The text again. Throws std::invalid_argument where an escape is broken.
std::string plain_text(std::string_view xml);

}  // namespace gcp2::archive
