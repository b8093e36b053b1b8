#include "json/real.h"

#include <array>
#include <charconv>

namespace gcp2 {

Value real(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return Value::number(std::string{text.data(), end});
}

}  // namespace gcp2
