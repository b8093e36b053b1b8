#include <simdjson.h>

#include <algorithm>
#include <new>
#include <optional>
#include <unordered_set>

#include "gcp2/json.h"
#include "json/text.h"

namespace gcp2 {
namespace {

namespace ondemand = simdjson::ondemand;

/// Turns ascending byte offsets into lines and columns (in characters) in one pass.
class Locator {
 public:
  explicit Locator(std::string_view text) : text_{text} {}
  Position at(std::size_t offset) {
    if (offset < at_) *this = Locator{text_};
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
        ++column_;
      }
    }
    return {.source = 0, .line = line_, .column = column_};
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
};

/// The way from the root to a value; only spelled out when something is found there.
struct Path {
  const Path* parent = nullptr;
  std::string_view key = {};
  std::size_t index = 0;

  [[nodiscard]] std::string pointer() const {
    if (parent == nullptr) return {};
    if (key.data() == nullptr) return parent->pointer() + "/" + std::to_string(index);
    const std::string name = shown(key);
    return name.empty() ? parent->pointer() : parent->pointer() + pointer_step(name);
  }
};

/// Thrown inside this file only, to leave a document at its first fault of grammar.
struct Fault {
  std::string_view code;
  std::string_view what;
  std::size_t offset;
};

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\n' ||
                            token.back() == '\r'))
    token.remove_suffix(1);
  return token;
}

class Reader {
 public:
  Reader(std::string_view text, Findings& findings, const JsonLimits& limits)
      : text_{text}, locator_{text}, findings_{findings}, limits_{limits} {}

  Value read() {
    simdjson::padded_string padded{text_};
    if (padded.data() == nullptr) throw std::bad_alloc{};  // simdjson says nothing of it
    base_ = padded.data();
    ondemand::parser parser;
    ondemand::document document;
    check(parser.iterate(padded).get(document), 0);
    document_ = &document;
    ondemand::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS)
      throw Fault{"not_a_document", {}, first_character()};
    Value value = this->value(root, Path{}, 1);
    // On-Demand stops silently at the end of the root value; whatever is left has a location.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
      throw Fault{"text_after_value", {}, here()};
    return value;
  }

 private:
  [[nodiscard]] std::size_t first_character() const {
    return std::min(text_.find_first_not_of(" \t\r\n"), text_.size());
  }

  [[nodiscard]] std::size_t here() const {
    const char* location = nullptr;
    if (document_ == nullptr || document_->current_location().get(location) != simdjson::SUCCESS)
      return text_.size();
    return std::min(static_cast<std::size_t>(location - base_), text_.size());
  }

  void check(simdjson::error_code error, std::size_t offset) const {
    if (error == simdjson::SUCCESS) return;
    if (error == simdjson::MEMALLOC) throw std::bad_alloc{};  // no fault of what was read
    if (error == simdjson::EMPTY) throw Fault{"empty_document", {}, 0};
    if (error == simdjson::UTF8_ERROR) throw Fault{"not_utf8", {}, first_bad_utf8(text_)};
    if (error == simdjson::UNCLOSED_STRING || error == simdjson::UNESCAPED_CHARS)
      throw Fault{"open_text", {}, first_open_text(text_)};
    throw Fault{"not_json", simdjson::error_message(error), offset};
  }

  template <class T>
  T must(simdjson::simdjson_result<T> result) const {
    T value{};
    if (const auto error = std::move(result).get(value); error != simdjson::SUCCESS)
      check(error, here());
    return value;
  }

  Value value(ondemand::value source, const Path& path, int depth) {
    if (depth > limits_.nesting) throw Fault{"nested_too_deep", {}, here()};
    if (++values_ > limits_.values) throw Fault{"too_many_values", {}, here()};
    const std::string_view token = source.raw_json_token();
    const std::size_t offset = static_cast<std::size_t>(token.data() - base_);
    const Position position = locator_.at(offset);
    Value read;
    switch (token.empty() ? '\0' : token.front()) {
      case '{': read = object(source, path, depth); break;
      case '[': read = list(source, path, depth); break;
      case '"': read = Value::text(std::string{text(source.get_string(), token, offset)}); break;
      default: read = scalar(source, trimmed(token), offset);
    }
    read.set_position(position);
    return read;
  }

  static std::string_view text(simdjson::simdjson_result<std::string_view> result,
                               std::string_view token, std::size_t offset) {
    // Which escapes the library refuses by itself differs by version; a lone half never passes.
    if (has_lone_surrogate(token)) throw Fault{"lone_surrogate", {}, offset};
    std::string_view characters;
    if (std::move(result).get(characters) != simdjson::SUCCESS)
      throw Fault{"bad_escape", {}, offset};
    return characters;
  }

  Value scalar(ondemand::value source, std::string_view token, std::size_t offset) const {
    if (token == "null") {
      if (!source.is_null()) throw Fault{"not_json", {}, offset};
      return {};
    }
    if (token == "true" || token == "false") return Value::boolean(must(source.get_bool()));
    double number = 0;
    if (const auto error = source.get_double().get(number); error != simdjson::SUCCESS) {
      const bool looks_right =
          !token.empty() && token.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
      throw Fault{looks_right ? "bad_number" : "not_json", simdjson::error_message(error), offset};
    }
    return Value::number(std::string{token});
  }

  Value list(ondemand::value source, const Path& path, int depth) {
    Value list = Value::list();
    for (auto item : must(source.get_array())) {
      const Path step{&path, {}, list.items().size()};
      list.items().push_back(value(must(std::move(item)), step, depth + 1));
    }
    return list;
  }

  Value object(ondemand::value source, const Path& path, int depth) {
    Value object = Value::object();
    for (auto member : must(source.get_object())) {
      ondemand::field field = must(std::move(member));
      const std::size_t offset = static_cast<std::size_t>(field.key().raw() - base_) - 1;
      const Position position = locator_.at(offset);
      std::string key{text(field.unescaped_key(), text_.substr(offset), offset)};
      const Path step{&path, key, 0};
      Value value = this->value(field.value(), step, depth + 1);
      object.members().push_back({std::move(key), std::move(value), position});
    }
    duplicates(object, path);
    return object;
  }

  void duplicates(const Value& object, const Path& path) {
    std::unordered_set<std::string_view> keys;
    for (const Member& member : object.members())
      if (!keys.insert(member.key).second)
        add_finding(findings_, {.code = "duplicate_key",
                                .severity = Severity::invalid,
                                .pointer = Path{&path, member.key, 0}.pointer(),
                                .details = {{"key", shown(member.key)}},
                                .position = member.position});
  }

  std::string_view text_;
  Locator locator_;
  Findings& findings_;
  const JsonLimits& limits_;
  const char* base_ = nullptr;
  ondemand::document* document_ = nullptr;
  std::size_t values_ = 0;
};

}  // namespace

Value read_json(std::string_view text, Findings& findings, const JsonLimits& limits) {
  const auto refuse = [&](const Fault& fault) {
    add_finding(findings, {.code = fault.code,
                           .severity = Severity::invalid,
                           .details = {{"what", std::string{fault.what}}},
                           .position = Locator{text}.at(fault.offset)});
    return Value{};
  };
  if (looks_like_utf16(text)) return refuse({"utf16", {}, 0});
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > limits.bytes) return refuse({"too_large", {}, 0});
  try {
    return Reader{text, findings, limits}.read();
  } catch (const Fault& fault) {
    // A file that was cut off fails anywhere near its end; that is what to say then.
    const std::string_view whole = trimmed(text);
    const bool by_grammar =
        fault.code == "not_json" || fault.code == "bad_number" || fault.code == "open_text";
    if (by_grammar && !whole.empty() && whole.front() == '{' && whole.back() != '}')
      return refuse({"cut_off", {}, whole.size()});
    return refuse(fault);
  } catch (const simdjson::simdjson_error& error) {
    return refuse({"not_json", error.what(), 0});
  }
}

bool is_utf8(std::string_view bytes) noexcept {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

bool looks_like_utf16(std::string_view bytes) noexcept {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  if (bytes.size() < 2 || (bytes[0] == '\0') == (bytes[1] == '\0')) return false;
  const char other = bytes[0] == '\0' ? bytes[1] : bytes[0];
  return (other >= ' ' && other <= '~') || other == '\t' || other == '\n' || other == '\r';
}

bool is_number(std::string_view text) {
  Findings findings;
  const Value list = read_json("[" + std::string{text} + "]", findings);
  return findings.empty() && list.items().size() == 1 &&
         list.items().front().kind() == Value::Kind::number && list.items().front().text() == text;
}

}  // namespace gcp2
