// A list that a part of `gcp2 store` writes: with --format json one document, else a line each.
#pragma once

#include <string>
#include <string_view>

#include "../options.h"
#include "../output.h"
#include "gcp2/json.h"

namespace gcp2::cli {

struct Listing {
  std::string_view format, key;  ///< of the document, and of the list in it
  std::string nothing;           ///< what is said where there is nothing to list
};

/// `to_json` and `to_line` give what stands there for one of `all`.
template <class All, class ToJson, class ToLine>
void write_list(const All& all, const Listing& listing, const Options& options,
                const ToJson& to_json, const ToLine& to_line) {
  if (options.json()) {
    Value list = Value::list();
    for (const auto& each : all) list.items().push_back(to_json(each));
    Value document = Value::object();
    document.set("format", Value::text(std::string{listing.format}));
    document.set(std::string{listing.key}, std::move(list));
    return write_output(options.text("output"), write_json(document));
  }
  std::string out;
  for (const auto& each : all) out += to_line(each) + "\n";
  write_output(options.text("output"), out.empty() ? listing.nothing + "\n" : out);
}

}  // namespace gcp2::cli
