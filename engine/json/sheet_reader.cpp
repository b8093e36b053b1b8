#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "gcp2/json.h"

namespace gcp2 {
namespace {

namespace ondemand = simdjson::ondemand;

/// Beyond this a line could hold more values than the full reader allows.
constexpr std::size_t longest_line = std::size_t{256} << 10;

/// What a field means for the sheet; most are only checked.
enum class Use : std::uint8_t {
  none,
  id,
  instrument_id,
  instrument_version,
  instrument_digest,
  birth,
  expected,
  condition,
  window_to,
  observation,
  judgement,
  observed_node,
  observed_grade,
  observed_not,
  judged_node,
  judged_grade,
  named_node
};

struct PlannedShape;
struct PlannedField {
  const Field* field;
  Use use;
  const PlannedShape* shape;
};

/// The format's own table, with a use for each field.
struct PlannedShape {
  std::vector<PlannedField> fields;
  std::uint32_t required = 0;
};

Use use_of(std::string_view shape, std::string_view key) {
  struct Row {
    std::string_view shape, key;
    Use use;
  };
  constexpr Row rows[] = {
      {"assessment", "id", Use::id},
      {"instrument", "id", Use::instrument_id},
      {"instrument", "version", Use::instrument_version},
      {"instrument", "digest", Use::instrument_digest},
      {"child", "date_of_birth", Use::birth},
      {"child", "expected_date", Use::expected},
      {"child", "conditions", Use::condition},
      {"window", "to", Use::window_to},
      {"assessment", "observations", Use::observation},
      {"assessment", "judgements", Use::judgement},
      {"observation", "node", Use::observed_node},
      {"observation", "grade", Use::observed_grade},
      {"observation", "not_graded", Use::observed_not},
      {"judgement", "node", Use::judged_node},
      {"judgement", "grade", Use::judged_grade},
      {"comment", "node", Use::named_node},
      {"target", "node", Use::named_node},
  };
  const auto row =
      std::ranges::find_if(rows, [&](const Row& r) { return r.shape == shape && r.key == key; });
  return row == std::end(rows) ? Use::none : row->use;
}

std::unique_ptr<PlannedShape> plan(const Shape& shape,
                                   std::vector<std::unique_ptr<PlannedShape>>& all) {
  auto planned = std::make_unique<PlannedShape>();
  for (const Field& field : shape.fields) {
    const PlannedShape* below = nullptr;
    if (field.shape != nullptr) {
      all.push_back(plan(*field.shape, all));
      below = all.back().get();
    }
    if (field.required) planned->required |= 1U << planned->fields.size();
    planned->fields.push_back({&field, use_of(shape.name, field.key), below});
  }
  return planned;
}

/// Node codes to indices: most records name the nodes in tree order, so the next one is tried
/// first.
class CodeTable {
 public:
  explicit CodeTable(const Instrument& instrument) : instrument_{&instrument} {
    for (NodeIndex i = 0; i < instrument.nodes.size(); ++i)
      sorted_.push_back({instrument.nodes[i].code, i});
    std::ranges::sort(sorted_, {}, &Entry::code);
  }
  [[nodiscard]] std::optional<NodeIndex> find(std::string_view code, NodeIndex& next) const {
    if (next < instrument_->nodes.size() && instrument_->nodes[next].code == code) return next++;
    const auto found = std::ranges::lower_bound(sorted_, code, {}, &Entry::code);
    if (found == sorted_.end() || found->code != code) return std::nullopt;
    next = static_cast<NodeIndex>(found->index + 1);
    return found->index;
  }

 private:
  struct Entry {
    std::string_view code;
    NodeIndex index;
  };
  const Instrument* instrument_;
  std::vector<Entry> sorted_;
};

struct Entry {
  std::string_view code;
  std::optional<Grade> grade;
  std::optional<NotGraded> not_graded;
};

}  // namespace

struct SheetReader::State {
  const Instruments& instruments;
  std::vector<std::unique_ptr<PlannedShape>> shapes;
  std::unique_ptr<PlannedShape> root;
  std::vector<CodeTable> codes;  // by instrument
  ondemand::parser parser;
  bool escapes = false;  // the line has a backslash somewhere
  std::array<char, 10> last_date{};
  std::optional<Date> last;

  // Of the line at hand:
  Sheet sheet;
  std::string_view id, instrument_id, instrument_version, instrument_digest;
  std::optional<Date> birth, expected, window_to;
  Conditions conditions;
  std::vector<Entry> observations, judgements;
  std::vector<std::string_view> named;
  std::size_t instrument = 0;

  explicit State(const Instruments& i) : instruments{i}, root{plan(assessment_shape(), shapes)} {
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
    const char* backslash = find(line, 0);
    escapes = backslash != nullptr;
    for (; backslash != nullptr;
         backslash = find(line, static_cast<std::size_t>(backslash - line.data()) + 2))
      if (backslash[1] == 'u') return false;  // surrogates are the full reader's
    clear();
    ondemand::document document;
    ondemand::object top;
    if (parser.iterate(line.data(), line.size(), line.size() + padding).get(document) ||
        document.get_object().get(top) || !object(top, *root) ||
        document.current_location().error() != simdjson::OUT_OF_BOUNDS)
      return false;
    return lay();
  }

  static const char* find(std::string_view line, std::size_t from) {
    if (from >= line.size()) return nullptr;
    return static_cast<const char*>(std::memchr(line.data() + from, '\\', line.size() - from));
  }

  bool object(ondemand::object& source, const PlannedShape& shape) {
    std::uint32_t seen = 0;
    std::size_t next = 0;
    for (auto member : source) {
      ondemand::field field;
      if (std::move(member).get(field)) return false;
      const std::size_t count = shape.fields.size();
      std::size_t at = next;
      for (std::size_t tries = 0;; ++tries, at = at + 1 < count ? at + 1 : 0) {
        if (tries == count) return false;
        if (at < count && field.key().unsafe_is_equal(shape.fields[at].field->key)) break;
      }
      if ((seen >> at & 1U) != 0) return false;
      ondemand::value value = field.value();
      const std::string_view token = value.raw_json_token();
      if (token.empty()) return false;
      if (token.front() == 'n') {
        if (!value.is_null() || (shape.required >> at & 1U) != 0) return false;
      } else if (!this->field(value, token, shape.fields[at])) {
        return false;
      }
      seen |= 1U << at;
      next = at + 1;
    }
    return (shape.required & ~seen) == 0;
  }

  bool field(ondemand::value& value, std::string_view token, const PlannedField& planned) {
    switch (planned.field->kind) {
      case Field::Kind::text:
      case Field::Kind::uuid:
      case Field::Kind::date:
      case Field::Kind::instant: {
        std::string_view characters;
        return text(value, token, characters) && use(characters, planned);
      }
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
    }
    return false;
  }

  bool list(ondemand::value& value, const PlannedField& planned) {
    ondemand::array items;
    if (value.get_array().get(items)) return false;
    for (auto item : items) {
      ondemand::value each;
      if (std::move(item).get(each)) return false;
      if (planned.field->kind == Field::Kind::objects) {
        begin(planned);
        ondemand::object below;
        if (each.get_object().get(below) || !object(below, *planned.shape)) return false;
      } else {
        std::string_view characters;
        const std::string_view token = each.raw_json_token();
        if (!text(each, token, characters) || !use(characters, planned)) return false;
      }
    }
    return true;
  }

  /// A new entry of a list of observations or judgements, before its fields are read.
  void begin(const PlannedField& planned) {
    if (planned.use == Use::observation) observations.emplace_back();
    if (planned.use == Use::judgement) judgements.emplace_back();
  }

  /// Without a backslash in the line, a text is what stands between its quotes: the structural pass
  /// has already checked UTF-8 and control characters, and found the closing quote.
  bool text(ondemand::value& value, std::string_view token, std::string_view& characters) const {
    if (escapes) return value.get_string().get(characters) == simdjson::SUCCESS;
    ondemand::raw_json_string raw;
    if (value.get_raw_json_string().get(raw)) return false;
    while (token.size() > 1 && token.back() != '"') token.remove_suffix(1);
    if (token.size() < 2) return false;
    characters = token.substr(1, token.size() - 2);
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

  bool use(std::string_view characters, const PlannedField& planned) {
    const Field& field = *planned.field;
    if (!field.words.empty() && std::ranges::find(field.words, characters) == field.words.end())
      return false;
    if (field.required && characters.empty()) return false;
    if (field.kind == Field::Kind::date && !date(characters)) return false;
    if (field.kind == Field::Kind::instant && !Instant::parse(characters)) return false;
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
    std::array<std::uint64_t, 64> seen{};  // 4,096 nodes, the most that an instrument has
    for (const Entry& entry : observations) {
      while (next < of.nodes.size() && !of.is_leaf(next)) ++next;
      const auto node = table.find(entry.code, next);
      if (!node || !of.is_leaf(*node) || (entry.grade && entry.not_graded)) return false;
      const std::uint64_t bit = std::uint64_t{1} << (*node % 64U);
      if ((seen[*node / 64U] & bit) != 0) return false;
      seen[*node / 64U] |= bit;
      sheet.marks[*node] = {entry.grade, entry.not_graded.value_or(NotGraded::not_yet)};
    }
    for (const Entry& entry : judgements) {
      const auto node = table.find(entry.code, next);
      if (!node || sheet.judgements[*node]) return false;
      if (of.is_leaf(*node)) continue;
      sheet.judgements[*node] = entry.grade;
      sheet.has_judgements = true;
    }
    return std::ranges::all_of(
        named, [&](std::string_view code) { return table.find(code, next).has_value(); });
  }
};

const std::size_t SheetReader::padding = simdjson::SIMDJSON_PADDING;

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
