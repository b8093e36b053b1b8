// Its second thread would be a second core.
#undef SIMDJSON_THREADS_ENABLED
#include "bare_read.h"

#include <simdjson.h>

#include <string_view>

namespace gcp2::bench {
namespace {

namespace ondemand = simdjson::ondemand;

std::uint64_t sum_of(std::string_view text) {
  return text.empty() ? 0 : text.size() + static_cast<unsigned char>(text.front());
}

std::uint64_t sum_of(ondemand::value value) {
  std::uint64_t sum = 1;
  switch (value.type()) {
    case ondemand::json_type::object:
      for (auto field : value.get_object()) {
        sum += sum_of(std::string_view{field.unescaped_key()});
        sum += sum_of(ondemand::value{field.value()});
      }
      break;
    case ondemand::json_type::array:
      for (auto item : value.get_array()) sum += sum_of(ondemand::value{item.value()});
      break;
    case ondemand::json_type::string: sum += sum_of(std::string_view{value.get_string()}); break;
    case ondemand::json_type::number:
      sum += static_cast<std::uint64_t>(value.get_double().value());
      break;
    case ondemand::json_type::boolean: sum += value.get_bool().value() ? 1U : 0U; break;
    case ondemand::json_type::null: sum += value.is_null() ? 1U : 0U; break;
  }
  return sum;
}

}  // namespace

struct BareRead::State {
  simdjson::padded_string bytes;
  ondemand::parser parser;
};

BareRead::BareRead(const std::string& file) : state_{std::make_unique<State>()} {
  state_->bytes = simdjson::padded_string::load(file);
}
BareRead::~BareRead() = default;

std::uint64_t BareRead::read() {
  std::uint64_t sum = 0;
  ondemand::document_stream documents = state_->parser.iterate_many(state_->bytes);
  for (auto document : documents) sum += sum_of(ondemand::value{document.get_value()});
  return sum;
}

std::size_t BareRead::bytes() const { return state_->bytes.size(); }

}  // namespace gcp2::bench
