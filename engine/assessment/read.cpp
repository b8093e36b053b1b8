#include <algorithm>
#include <charconv>

#include "gcp2/assessment.h"

namespace gcp2 {
namespace {

struct Checker {
  Findings& findings;

  void add(Severity severity, std::string_view code, const std::string& pointer,
           std::vector<std::pair<std::string_view, std::string>> details = {},
           Position position = {}) {
    add_finding(findings, {.code = code,
                           .severity = severity,
                           .pointer = pointer,
                           .details = std::move(details),
                           .position = position});
  }

  void wrong_type(const std::string& pointer, std::string expected) {
    add(Severity::invalid, "wrong_type", pointer, {{"expected", std::move(expected)}});
  }

  void object(const Value& value, const Shape& shape, const std::string& pointer) {
    if (!value.is_object()) return wrong_type(pointer, "object");
    for (const Member& member : value.members()) {
      const auto field = std::ranges::find(shape.fields, member.key, &Field::key);
      if (field == shape.fields.end())
        unknown_key(member, shape, pointer);
      else if (!member.value.is_null())
        this->field(member.value, *field, pointer + pointer_step(member.key));
    }
    for (const Field& field : shape.fields)
      if (field.required && is_missing(value.find(field.key)))
        add(Severity::invalid, "missing_key", pointer, {{"key", std::string{field.key}}});
  }

  static bool is_missing(const Value* value) {
    return value == nullptr || (value->is_text() && value->text().empty());
  }

  void unknown_key(const Member& member, const Shape& shape, const std::string& pointer) {
    std::vector<std::string_view> known;
    for (const Field& field : shape.fields) known.push_back(field.key);
    const std::string key = shown(member.key);
    add(Severity::query, "unknown_key", key.empty() ? pointer : pointer + pointer_step(key),
        {{"key", key}, {"nearest", nearest_of(member.key, known)}}, member.position);
  }

  /// Not looked for where it would not be listed: that takes most of the time of a file of faults.
  std::string nearest_of(std::string_view word, const std::vector<std::string_view>& known) const {
    return findings.size() < most_findings ? std::string{nearest(word, known)} : std::string{};
  }

  void field(const Value& value, const Field& field, const std::string& pointer) {
    using enum Field::Kind;
    switch (field.kind) {
      case object: return this->object(value, *field.shape, pointer);
      case objects:
      case texts: return list(value, field, pointer);
      case flag:
        if (value.kind() != Value::Kind::boolean) wrong_type(pointer, "true or false");
        return;
      case grade: return grade_value(value, pointer);
      case text:
      case uuid:
      case date:
      case instant: return words(value, field, pointer);
    }
  }

  void list(const Value& value, const Field& field, const std::string& pointer) {
    if (!value.is_list()) return wrong_type(pointer, "list");
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const std::string place = pointer + "/" + std::to_string(i);
      if (field.kind == Field::Kind::objects)
        object(value.items()[i], *field.shape, place);
      else
        words(value.items()[i], field, place);
    }
  }

  void words(const Value& value, const Field& field, const std::string& pointer) {
    if (!value.is_text()) return wrong_type(pointer, "text");
    const std::string& text = value.text();
    if (field.kind == Field::Kind::date && !Date::parse(text))
      add(Severity::invalid, "impossible_date", pointer);
    if (field.kind == Field::Kind::instant && !Instant::parse(text))
      add(Severity::invalid, "impossible_instant", pointer);
    if (field.kind == Field::Kind::uuid && !is_uuid(text))
      add(Severity::error, "not_a_uuid", pointer);
    if (field.words.empty() || std::ranges::find(field.words, text) != field.words.end()) return;
    const std::vector<std::string_view> known{field.words.begin(), field.words.end()};
    std::string all;
    for (const std::string_view word : known) all.append(all.empty() ? "" : ", ").append(word);
    add(field.words_decide ? Severity::invalid : Severity::error,
        field.key == "format" ? "wrong_format" : "unknown_word", pointer,
        {{"expected", std::move(all)}, {"nearest", nearest_of(text, known)}});
  }

  void grade_value(const Value& value, const std::string& pointer);
};

/// A whole number as JSON spells it; "2.0" is one, "2.5" and "1e1" are not.
std::optional<int> whole_number(const Value& value) {
  if (value.kind() != Value::Kind::number) return std::nullopt;
  std::string_view spelling = value.text();
  if (const auto point = spelling.find('.'); point != std::string_view::npos) {
    if (spelling.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
    spelling = spelling.substr(0, point);
  }
  int number = 0;
  const auto [end, error] =
      std::from_chars(spelling.data(), spelling.data() + spelling.size(), number);
  if (error != std::errc{} || end != spelling.data() + spelling.size()) return std::nullopt;
  return number;
}

std::optional<Grade> grade_of(const Value& value) {
  const auto number = whole_number(value);
  return number ? Grade::from(*number) : std::nullopt;
}

void Checker::grade_value(const Value& value, const std::string& pointer) {
  if (value.kind() != Value::Kind::number)
    add(Severity::invalid, "grade_not_a_number", pointer);
  else if (!grade_of(value))
    add(Severity::invalid, "no_such_grade", pointer, {{"found", shown(value.text())}});
}

// The readers below take what has the right shape; the checker has already refused the rest.

std::string text(const Value& value, std::string_view key) {
  return std::string{value.text_at(key)};
}
std::optional<Date> date(const Value& value, std::string_view key) {
  return Date::parse(value.text_at(key));
}
std::optional<Grade> grade(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr ? grade_of(*found) : std::nullopt;
}

template <class Read>
auto list(const Value& value, std::string_view key, Read read) {
  std::vector<decltype(read(value))> all;
  if (const Value* found = value.find(key); found != nullptr)
    for (const Value& item : found->items()) all.push_back(read(item));
  return all;
}

std::vector<std::string> texts(const Value& v, std::string_view key) {
  return list(v, key, [](const Value& item) { return item.text(); });
}

Evidence evidence(const Value& v) { return {text(v, "kind"), date(v, "on"), text(v, "text")}; }

Observation observation(const Value& v) {
  return {.node = text(v, "node"),
          .grade = grade(v, "grade"),
          .not_graded = not_graded_from(v.text_at("not_graded")),
          .reason = text(v, "reason"),
          .by = text(v, "by"),
          .comment = text(v, "comment"),
          .evidence = list(v, "evidence", evidence)};
}

Child child(const Value& v) {
  return {.ref = text(v, "ref"),
          .family = text(v, "family"),
          .name = text(v, "name"),
          .nhs_number = text(v, "nhs_number"),
          .upn = text(v, "upn"),
          .date_of_birth = date(v, "date_of_birth"),
          .expected_date = date(v, "expected_date"),
          .conditions = texts(v, "conditions")};
}

bool flag(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->truth();
}

FamilyMember family_member(const Value& v) {
  return {.ref = text(v, "ref"),
          .name = text(v, "name"),
          .sex = text(v, "sex"),
          .born = date(v, "born"),
          .died = date(v, "died"),
          .deceased = flag(v, "deceased") || v.find("died") != nullptr,
          .is_child = flag(v, "is_child"),
          .in_household = flag(v, "in_household"),
          .carer = text(v, "carer")};
}

FamilyUnion family_union(const Value& v) {
  return {.between = texts(v, "between"),
          .children = texts(v, "children"),
          .kind = text(v, "kind"),
          .twins = list(v, "twins", [](const Value& born_together) {
            return texts(born_together, "children");
          })};
}

Family family(const Value& v) {
  return {.members = list(v, "members", family_member),
          .unions = list(v, "unions", family_union),
          .ties = list(v, "ties", [](const Value& tie) {
            return FamilyTie{text(tie, "from"), text(tie, "to"), text(tie, "kind")};
          })};
}

}  // namespace

Assessment read_assessment(const Value& document, Findings& findings) {
  Checker{findings}.object(document, assessment_shape(), "");
  static const Value nothing = Value::object();
  const auto part = [&document](std::string_view key) -> const Value& {
    const Value* found = document.find(key);
    return found != nullptr ? *found : nothing;
  };
  Assessment a;
  a.id = text(document, "id");
  a.supersedes = text(document, "supersedes");
  a.instrument_id = text(part("instrument"), "id");
  a.instrument_version = text(part("instrument"), "version");
  a.instrument_digest = text(part("instrument"), "digest");
  a.is_signed = document.text_at("status") == "signed";
  if (const Value* by = document.find("signed"); by != nullptr)
    a.signature = Signature{text(*by, "by"), Instant::parse(by->text_at("at"))};
  a.child = child(part("child"));
  a.carers = list(document, "carers", [](const Value& v) {
    return Carer{text(v, "ref"), text(v, "name"), text(v, "relationship"), flag(v, "main")};
  });
  a.assessors = list(document, "assessors", [](const Value& v) {
    return Assessor{text(v, "ref"), text(v, "name"), text(v, "role"), text(v, "agency"),
                    date(v, "trained_on")};
  });
  a.lead_professional = text(document, "lead_professional");
  a.agencies = list(document, "agencies", [](const Value& v) {
    return Agency{text(v, "name"), text(v, "involvement"), date(v, "since")};
  });
  a.window_from = date(part("window"), "from");
  a.window_to = date(part("window"), "to");
  a.consent_state = text(part("consent"), "state");
  a.consent_reason = text(part("consent"), "reason");
  a.consent_on = date(part("consent"), "on");
  a.observations = list(document, "observations", observation);
  a.judgements = list(document, "judgements", [](const Value& v) {
    return Judgement{text(v, "node"), text(v, "reason"), text(v, "by"), grade(v, "grade")};
  });
  a.comments = list(document, "comments", [](const Value& v) {
    return Comment{text(v, "node"), text(v, "text"), text(v, "by")};
  });
  a.views = {text(part("views"), "child"), text(part("views"), "carers"),
             text(part("views"), "practitioner")};
  a.targets = list(document, "targets", [](const Value& v) {
    return Target{text(v, "node"),         grade(v, "from"),   grade(v, "to"),
                  date(v, "review_by"),    text(v, "support"), grade(v, "actual")};
  });
  a.dismissed = list(document, "dismissed", [](const Value& v) {
    return Dismissal{text(v, "indication"), text(v, "by"), text(v, "reason")};
  });
  a.review_on = date(document, "review_on");
  a.family = family(part("family"));
  a.events = list(document, "events",
                  [](const Value& v) { return Event{date(v, "on"), text(v, "text")}; });
  a.earlier = texts(document, "earlier");
  if (const Value* told = document.find("training"); told != nullptr)
    a.training = TrainingCase{text(*told, "case"), text(*told, "profile")};
  return a;
}

}  // namespace gcp2
