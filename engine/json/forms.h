// What the documents that this module writes are put together from.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gcp2/document.h"
#include "gcp2/instrument.h"

namespace gcp2::forms {

Value word(std::string_view text);
template <std::integral T>
Value whole(T number) {
  return Value::number(static_cast<std::int64_t>(number));
}
/// The shortest text that reads back as this number, which is finite.
Value real(double number);
Value real_or_null(const std::optional<double>& number);
Value grade_or_null(const std::optional<Grade>& grade);
/// Which tree and rules: id, version and digest.
Value instrument_form(const Instrument& instrument);

}  // namespace gcp2::forms
