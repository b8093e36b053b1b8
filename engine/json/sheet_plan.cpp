#include "json/sheet_plan.h"

#include <algorithm>
#include <stdexcept>

namespace gcp2 {
namespace {

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

using Shapes = std::vector<std::unique_ptr<PlannedShape>>;

void plan(const Shape& shape, Shapes& all) {
  auto planned = std::make_unique<PlannedShape>();
  for (const Field& field : shape.fields) {
    PlannedField each{.key = Spelling{field.key},
                      .kind = field.kind,
                      .use = use_of(shape.name, field.key),
                      .required = field.required,
                      .words = {field.words.begin(), field.words.end()}};
    const bool plain = field.kind == Field::Kind::text || field.kind == Field::Kind::uuid;
    each.is_text = plain || field.kind == Field::Kind::date || field.kind == Field::Kind::instant;
    each.any_text = plain && each.use == Use::none && each.words.empty() && !each.required;
    if (field.shape != nullptr) {
      plan(*field.shape, all);
      each.shape = all.back().get();
    }
    if (field.required) planned->required |= 1U << planned->fields.size();
    planned->fields.push_back(std::move(each));
  }
  all.push_back(std::move(planned));
}

}  // namespace

Spelling::Spelling(std::string_view text) {
  if (text.size() > longest) throw std::logic_error{"Spelling: too long"};
  std::array<char, reach> bytes{};
  *std::ranges::copy(text, bytes.begin()).out = '"';
  std::memcpy(words_.data(), bytes.data(), reach);
  std::ranges::fill_n(bytes.begin(), static_cast<std::ptrdiff_t>(text.size()) + 1, '\xff');
  std::memcpy(masks_.data(), bytes.data(), reach);
  long_ = text.size() >= sizeof words_[0];
}

std::vector<std::unique_ptr<PlannedShape>> sheet_plan() {
  Shapes all;
  plan(assessment_shape(), all);
  return all;
}

}  // namespace gcp2
