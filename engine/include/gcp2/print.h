// A report on paper: A4 pages as a tagged PDF, for a printer and for a screen reader alike.
// Not in gcp2::gcp2, because cairo, pango and qpdf come with it: link gcp2::print.
#pragma once

#include <string>

#include "gcp2/core.h"
#include "gcp2/view.h"

namespace gcp2 {

/// The bytes of a PDF 1.7 document. The same view on the same machine gives the same bytes: there
/// is no date in it but those of the view.
///
/// Every text of the view can be selected; control characters are dropped, and a character that no
/// font of the machine has is drawn as a box with its number. Urgent notices stand first; on every
/// page stand the view's identity and "Page n of m". Error: no font, or not
/// enough memory.
Result<std::string> view_pdf(const View& view);

}  // namespace gcp2
