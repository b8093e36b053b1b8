// What is answered beside the pages: reports that are one file, and files to keep.
#pragma once

#include <string>
#include <string_view>

#include "exchange.h"

namespace gcp2::cli::web {

/// A report as `view_html` gives it, with its own style sheet in it, in place of a page.
Answer document(std::string html);

/// Something to be kept as a file of that name: letters, digits, - and dots.
Answer download(std::string_view type, std::string_view name, std::string bytes);

}  // namespace gcp2::cli::web
