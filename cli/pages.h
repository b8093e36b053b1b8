// What only some reports need, and what would make every start of the program slower: it stands in
// a module of its own (gcp2_pages.so) that is loaded on first use.
#pragma once

#include <string>

#include "gcp2/assessment.h"
#include "gcp2/core.h"
#include "gcp2/language.h"
#include "gcp2/view.h"

namespace gcp2::cli {

/// What the module offers. Program and module are built together, and no exception crosses between
/// them.
struct Pages {
  const char* version;  ///< of the program that it belongs to
  Result<std::string> (*view_pdf)(const View& view);
  Result<Picture> (*genogram)(const Assessment& assessment, const Language& language);
  Result<Picture> (*ecomap)(const Assessment& assessment, const Language& language);
};

/// The module that stands in its place beside this program, loaded once. The error says what to do.
const Result<const Pages*>& pages_at_hand();
/// The same; ends the command (3) where there is none or it does not load.
const Pages& pages();

/// The module of a file. It stays loaded.
Result<const Pages*> load_pages(const std::string& file);

}  // namespace gcp2::cli
