#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "gcp2/json.h"
#include "json/sheet_plan.h"
#include "json/text.h"

namespace gcp2 {
namespace {

namespace ondemand = simdjson::ondemand;

/// Beyond this a line could hold more values than the full reader allows.
constexpr std::size_t longest_line = std::size_t{256} << 10;

/// Node codes to indices: most records name the nodes in tree order, so the next one is tried
/// first.
class CodeTable {
 public:
  explicit CodeTable(const Instrument& instrument) {
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i) {
      const std::string_view code = instrument.nodes[i].code;
      sorted_.push_back({code, i});
      in_order_.push_back({});
      if (code.size() <= Spelling::longest) in_order_.back().code.emplace(code);
      in_order_.back().is_leaf = instrument.is_leaf(i);
    }
    std::ranges::sort(sorted_, {}, &Sorted::code);
  }
  /// `code` stands in a line; `next` is the node that is tried first and then becomes the one
  /// after.
  [[nodiscard]] std::optional<NodeIndex> find(std::string_view code, NodeIndex& next) const {
    if (next < in_order_.size() && in_order_[next].code &&
        in_order_[next].code->stands_at(code.data()))
      return next++;
    const auto found = std::ranges::lower_bound(sorted_, code, {}, &Sorted::code);
    if (found == sorted_.end() || found->code != code) return std::nullopt;
    next = static_cast<NodeIndex>(found->index + 1);
    return found->index;
  }
  [[nodiscard]] bool is_leaf(NodeIndex node) const { return in_order_[node].is_leaf; }
  [[nodiscard]] NodeIndex leaf_from(NodeIndex node) const {
    while (node < in_order_.size() && !in_order_[node].is_leaf) ++node;
    return node;
  }

 private:
  struct InOrder {
    std::optional<Spelling> code;  // of a usual length
    bool is_leaf = false;
  };
  struct Sorted {
    std::string_view code;
    NodeIndex index;
  };
  std::vector<InOrder> in_order_;
  std::vector<Sorted> sorted_;
};

struct Entry {
  std::string_view code;
  std::optional<Grade> grade;
  std::optional<NotGraded> not_graded;
};

}  // namespace

struct SheetReader::State {
  const Instruments& instruments;
  std::vector<std::unique_ptr<PlannedShape>> shapes = sheet_plan();
  std::vector<CodeTable> codes;  // by instrument
  ondemand::parser parser;
  std::array<char, 10> last_date{};
  std::optional<Date> last;

  // Of the line at hand:
  const char* end = nullptr;
  const char* backslash = nullptr;  // the next one, or the end
  Sheet sheet;
  std::string_view id, instrument_id, instrument_version, instrument_digest;
  std::optional<Date> birth, expected, window_to;
  Conditions conditions;
  std::vector<Entry> observations, judgements;
  std::vector<bool> laid;  // by node
  std::vector<std::string_view> named;
  std::size_t instrument = 0;

  explicit State(const Instruments& i) : instruments{i} {
    for (const Instrument& each : i.list) codes.emplace_back(each);
  }

  void clear() {
    id = instrument_id = instrument_version = instrument_digest = {};
    birth = expected = window_to = std::nullopt;
    conditions.reset();
    observations.clear();
    judgements.clear();
    named.clear();
  }

  bool read(std::string_view line) {
    if (line.size() > longest_line) return false;
    end = line.data() + line.size();
    find_backslash(line.data());
    clear();
    ondemand::document document;
    ondemand::object top;
    if (parser.iterate(line.data(), line.size(), line.size() + padding).get(document) ||
        document.get_object().get(top) || !object(top, *shapes.back()) ||
        document.current_location().error() != simdjson::OUT_OF_BOUNDS)
      return false;
    return lay();
  }

  void find_backslash(const char* from) {
    const auto size = static_cast<std::size_t>(end - std::min(from, end));
    const void* found = size == 0 ? nullptr : std::memchr(from, '\\', size);
    backslash = found == nullptr ? end : static_cast<const char*>(found);
  }

  bool object(ondemand::object& source, const PlannedShape& shape) {
    std::uint32_t seen = 0;
    std::size_t next = 0;
    for (auto member : source) {
      // By reference: each copy of a field just made costs g++ 12 a stalled load, a third of the
      // time.
      if (member.error()) return false;
      ondemand::field& field = member.value_unsafe();
      const std::size_t count = shape.fields.size();
      std::size_t at = next;
      for (std::size_t tries = 0;; ++tries, at = at + 1 < count ? at + 1 : 0) {
        if (tries == count) return false;
        if (at < count && shape.fields[at].key.stands_at(field.key().raw())) break;
      }
      if ((seen >> at & 1U) != 0) return false;
      const PlannedField& planned = shape.fields[at];
      ondemand::value& value = field.value();
      const std::string_view token = value.raw_json_token();
      if (token.empty()) return false;
      if (token.front() == 'n') {
        if (!value.is_null() || planned.required) return false;
      } else if (planned.is_text ? !text(value, token, planned) : !other(value, planned)) {
        return false;
      }
      seen |= 1U << at;
      next = at + 1;
    }
    return (shape.required & ~seen) == 0;
  }

  /// What is no text.
  bool other(ondemand::value& value, const PlannedField& planned) {
    switch (planned.kind) {
      case Field::Kind::grade: {
        std::uint64_t number = 0;
        if (value.get_uint64().get(number) || number > Grade::worst) return false;
        return use_grade(Grade::from(static_cast<int>(number)), planned.use);
      }
      case Field::Kind::flag: {
        bool truth = false;
        return value.get_bool().get(truth) == simdjson::SUCCESS;
      }
      case Field::Kind::object: {
        ondemand::object below;
        return !value.get_object().get(below) && object(below, *planned.shape);
      }
      case Field::Kind::objects:
      case Field::Kind::texts: return list(value, planned);
      default: return false;
    }
  }

  bool list(ondemand::value& value, const PlannedField& planned) {
    ondemand::array items;
    if (value.get_array().get(items)) return false;
    for (auto item : items) {
      if (item.error()) return false;
      ondemand::value& each = item.value_unsafe();
      if (planned.kind == Field::Kind::objects) {
        begin(planned);
        ondemand::object below;
        if (each.get_object().get(below) || !object(below, *planned.shape)) return false;
      } else {
        const std::string_view token = each.raw_json_token();
        if (!text(each, token, planned)) return false;
      }
    }
    return true;
  }

  /// A new entry of a list of observations or judgements, before its fields are read.
  void begin(const PlannedField& planned) {
    if (planned.use == Use::observation) observations.emplace_back();
    if (planned.use == Use::judgement) judgements.emplace_back();
  }

  /// Without a backslash, a text is what stands between its quotes: the structural pass has already
  /// checked UTF-8 and control characters, and found the closing quote.
  bool text(ondemand::value& value, std::string_view token, const PlannedField& planned) {
    if (backslash < token.data() + token.size()) return escaped_text(value, token, planned);
    ondemand::raw_json_string raw;
    if (value.get_raw_json_string().get(raw)) return false;
    return planned.any_text || use(token, planned);
  }

  /// With a backslash, a text is looked at only where any will do.
  bool escaped_text(ondemand::value& value, std::string_view token, const PlannedField& planned) {
    std::string_view characters;
    if (!planned.any_text || has_lone_surrogate(token) || value.get_string().get(characters))
      return false;
    find_backslash(token.data() + token.size());
    return true;
  }

  bool date(std::string_view characters) {
    if (characters.size() != last_date.size()) return false;
    if (last && std::memcmp(characters.data(), last_date.data(), last_date.size()) == 0)
      return true;
    last = Date::parse(characters);
    std::memcpy(last_date.data(), characters.data(), last_date.size());
    return last.has_value();
  }

  /// All are compared: which one it is, nobody can guess.
  static bool is_one_of(const std::vector<Spelling>& words, const char* characters) {
    bool found = false;
    for (const Spelling& word : words) found |= word.stands_at(characters);
    return found;
  }

  /// `token` is a text with its quotes, and perhaps white space behind it.
  bool use(std::string_view token, const PlannedField& planned) {
    while (token.size() > 1 && token.back() != '"') token.remove_suffix(1);
    if (token.size() < 2) return false;
    const std::string_view characters = token.substr(1, token.size() - 2);
    if (planned.required && characters.empty()) return false;
    if (planned.kind == Field::Kind::date && !date(characters)) return false;
    if (planned.kind == Field::Kind::instant && !Instant::parse(characters)) return false;
    if (!planned.words.empty() && !is_one_of(planned.words, characters.data())) return false;
    switch (planned.use) {
      case Use::id: id = characters; break;
      case Use::instrument_id: instrument_id = characters; break;
      case Use::instrument_version: instrument_version = characters; break;
      case Use::instrument_digest: instrument_digest = characters; break;
      case Use::birth: birth = last; break;
      case Use::expected: expected = last; break;
      case Use::window_to: window_to = last; break;
      case Use::condition:
        if (const auto condition = condition_from(characters))
          conditions.set(static_cast<std::size_t>(*condition));
        break;
      case Use::observed_node: observations.back().code = characters; break;
      case Use::observed_not: observations.back().not_graded = not_graded_from(characters); break;
      case Use::judged_node: judgements.back().code = characters; break;
      case Use::named_node: named.push_back(characters); break;
      case Use::none:
      case Use::observation:
      case Use::judgement:
      case Use::observed_grade:
      case Use::judged_grade: break;
    }
    return true;
  }

  bool use_grade(std::optional<Grade> grade, Use use) {
    if (!grade) return false;
    if (use == Use::observed_grade) observations.back().grade = grade;
    if (use == Use::judged_grade) judgements.back().grade = grade;
    return true;
  }

  bool find_instrument() {
    const auto is_named = [this](const Instrument& i) {
      return i.id == instrument_id && i.version == instrument_version &&
             (instrument_digest.empty() || i.digest == instrument_digest);
    };
    const auto found = std::ranges::find_if(instruments.list, is_named);
    if (found == instruments.list.end()) return false;
    instrument = static_cast<std::size_t>(found - instruments.list.begin());
    return true;
  }

  bool lay() {
    if (instruments.list.empty() || !find_instrument()) return false;
    const Instrument& of = instruments.list[instrument];
    const CodeTable& table = codes[instrument];
    if (birth ? !window_to.has_value() : !expected.has_value()) return false;
    sheet.clear(of.nodes.size());
    sheet.conditions = conditions;
    if (birth) sheet.age_months = std::max(0, completed_months(*birth, *window_to));
    NodeIndex next = 0;
    laid.assign(of.nodes.size(), false);
    for (const Entry& entry : observations) {
      next = table.leaf_from(next);
      const auto node = table.find(entry.code, next);
      if (!node || !table.is_leaf(*node) || laid[*node] || (entry.grade && entry.not_graded))
        return false;
      laid[*node] = true;
      Mark& mark = sheet.marks[*node];
      mark.grade = entry.grade;
      if (entry.not_graded) mark.not_graded = *entry.not_graded;
    }
    for (const Entry& entry : judgements) {
      const auto node = table.find(entry.code, next);
      if (!node || sheet.judgements[*node]) return false;
      if (table.is_leaf(*node)) continue;
      sheet.judgements[*node] = entry.grade;
      sheet.has_judgements = true;
    }
    return std::ranges::all_of(
        named, [&](std::string_view code) { return table.find(code, next).has_value(); });
  }
};

const std::size_t SheetReader::padding = std::max(simdjson::SIMDJSON_PADDING, Spelling::reach);

SheetReader::SheetReader(const Instruments& instruments)
    : state_{std::make_unique<State>(instruments)} {}
SheetReader::SheetReader(SheetReader&&) noexcept = default;
SheetReader::~SheetReader() = default;

bool SheetReader::read(std::string_view line) {
  try {
    return state_->read(line);
  } catch (const simdjson::simdjson_error&) {
    return false;
  }
}
const Sheet& SheetReader::sheet() const noexcept { return state_->sheet; }
std::string_view SheetReader::assessment_id() const noexcept { return state_->id; }
std::size_t SheetReader::instrument() const noexcept { return state_->instrument; }

}  // namespace gcp2
