// One picture as an <svg> element, and text inside of it.
#pragma once

#include <string>
#include <string_view>

#include "gcp2/picture.h"

namespace gcp2 {

/// What is printable of a text, escaped for XML.
std::string xml_text(std::string_view text);

/// Where an element stands and in what its size is counted. Inside another picture: user units.
struct SvgPlace {
  std::string_view unit = "pt";
  double y = 0;
  double scale = 1;  ///< of the picture
};
void append_svg(std::string& out, const Picture& picture, std::string_view id, SvgPlace place = {});

}  // namespace gcp2
