#include <cstring>
#include <string_view>

#include "command.h"

int main(int argc, char** argv) {
  const gcp2::cli::Arguments arguments{argv + 1, argv + argc};
  // A child's name and numbers are not for everybody on the machine who lists what runs.
  if (argc > 1 && std::string_view{argv[1]} == "store")
    for (int each = 2; each < argc; ++each) explicit_bzero(argv[each], std::strlen(argv[each]));
  return gcp2::cli::run(arguments);
}
