# Writes ${STEM}.h and ${STEM}.cpp, the bytes of ${FILE} as the constant ${NAME}.
# Characters and not a string literal, whose length the standard limits; "\xff" and not 255, so
# that it fits where char is signed and where it is not.
file(READ ${FILE} bytes HEX)
string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
string(REPEAT "......." 16 columns)
string(REGEX REPLACE "(${columns})" "\\1\n" bytes "${bytes}")

file(WRITE ${STEM}.h "#pragma once
#include <string_view>

namespace gcp2::embedded {
extern const std::string_view ${NAME};
}
")
file(WRITE ${STEM}.cpp "#include \"embedded/${NAME}.h\"

namespace gcp2::embedded {
static constexpr char bytes_of_${NAME}[] = {
${bytes}'\\0'};
constinit const std::string_view ${NAME}{bytes_of_${NAME}, sizeof bytes_of_${NAME} - 1};
}
")
