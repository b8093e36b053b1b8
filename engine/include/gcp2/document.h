// A document as it was written: ordered, nothing dropped, every value with its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gcp2 {

/// Where something stands: line and column from 1 (columns in characters), 0 = unknown. `source`
/// counts the files that a document was put together from.
struct Position {
  std::uint32_t source = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Member;

/// A JSON value. Members keep their order, unknown ones stay, numbers keep their spelling: what
/// is read and written again loses nothing. Equality ignores positions.
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object };

  Value() = default;
  static Value boolean(bool truth);
  static Value number(std::string spelling);
  static Value number(std::int64_t number);
  static Value text(std::string text);
  static Value list();
  static Value object();

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::null; }
  [[nodiscard]] bool is_text() const noexcept { return kind_ == Kind::text; }
  [[nodiscard]] bool is_list() const noexcept { return kind_ == Kind::list; }
  [[nodiscard]] bool is_object() const noexcept { return kind_ == Kind::object; }
  [[nodiscard]] bool truth() const noexcept { return kind_ == Kind::boolean && text_ == "true"; }
  /// A text's characters (UTF-8), a number's spelling, "true" or "false"; else empty.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<Value>& items() const noexcept { return items_; }
  [[nodiscard]] std::vector<Value>& items() noexcept { return items_; }
  [[nodiscard]] const std::vector<Member>& members() const noexcept { return members_; }
  [[nodiscard]] std::vector<Member>& members() noexcept { return members_; }
  [[nodiscard]] Position position() const noexcept { return position_; }
  void set_position(Position position) noexcept { position_ = position; }

  /// The member of that key, or null; a member that is JSON's null counts as absent.
  [[nodiscard]] const Value* find(std::string_view key) const noexcept;
  [[nodiscard]] Value* find(std::string_view key) noexcept;
  /// The text of that member; empty where it is absent or no text.
  [[nodiscard]] std::string_view text_at(std::string_view key) const noexcept;
  /// Replaces the member in its place, or adds it at the end; gives the new value.
  Value& set(std::string_view key, Value value);
  void erase(std::string_view key);

  friend bool operator==(const Value& left, const Value& right);

 private:
  Kind kind_ = Kind::null;
  Position position_;
  std::string text_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

struct Member {
  std::string key;
  Value value;
  Position position = {};  ///< of the key
};

/// The value that a JSON pointer (RFC 6901) leads to; `nearest` gives the deepest one on the way.
const Value* at(const Value& document, std::string_view pointer, bool nearest = false);

/// A key as a step of a JSON pointer, with its leading slash.
std::string pointer_step(std::string_view key);

}  // namespace gcp2
