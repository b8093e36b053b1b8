#include "json/forms.h"

#include <array>
#include <charconv>
#include <string>

namespace gcp2::forms {

Value word(std::string_view text) { return Value::text(std::string{text}); }

Value real(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return Value::number(std::string{text.data(), end});
}

Value real_or_null(const std::optional<double>& number) { return number ? real(*number) : Value{}; }

Value grade_or_null(const std::optional<Grade>& grade) {
  return grade ? whole(grade->number()) : Value{};
}

Value instrument_form(const Instrument& instrument) {
  Value form = Value::object();
  form.set("id", word(instrument.id));
  form.set("version", word(instrument.version));
  form.set("digest", word(instrument.digest));
  return form;
}

}  // namespace gcp2::forms
