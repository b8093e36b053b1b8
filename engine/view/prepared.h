// What all renderers do first, so that they agree on what is shown and in which order.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/language.h"
#include "gcp2/view.h"

namespace gcp2 {

/// Valid UTF-8 without what XML, HTML and terminals cannot show or could obey: control characters
/// but the line break, noncharacters, and marks that turn the direction of what follows. Tabs
/// become spaces, broken bytes U+FFFD.
std::string printable(std::string_view text);

/// The view with printable texts, urgent notices first, and a heading of level 3 only below one of
/// level 2. A table with a row of another length is a bug (std::logic_error).
View prepared(const View& view);

/// The block where it is an urgent notice; else null.
const Notice* urgent_notice(const Block& block);

/// The words of the view's language; English where there is none.
const Language& language_of(const View& view);

std::string notice_label(const Language& language, Notice::Kind kind);  ///< "Warning"

}  // namespace gcp2
