// What a foreign project does for pages: link gcp2::print.
#include <gcp2/print.h>

#include <cstdio>

int main() {
  gcp2::View view;
  view.title = "Profile";
  view.blocks.push_back(gcp2::Paragraph{"One page."});
  const gcp2::Result<std::string> pdf = gcp2::view_pdf(view);
  std::printf("%s\n", pdf ? pdf->substr(0, 8).c_str() : pdf.error().message.c_str());
}
