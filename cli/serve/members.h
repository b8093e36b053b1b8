// Members of a document that is to be changed. Whoever wrote it may have put anything there, and
// what has another form than is asked for makes way: nothing could be kept in it.
#pragma once

#include <string_view>
#include <vector>

#include "gcp2/document.h"

namespace gcp2::cli::web {

inline Value& object_in(Value& around, std::string_view key) {
  Value* found = around.find(key);
  return found != nullptr && found->is_object() ? *found : around.set(key, Value::object());
}

inline std::vector<Value>& list_in(Value& around, std::string_view key) {
  Value* found = around.find(key);
  return (found != nullptr && found->is_list() ? *found : around.set(key, Value::list())).items();
}

}  // namespace gcp2::cli::web
