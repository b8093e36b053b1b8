// One child's assessment: the facts as practitioners recorded them, and the record sheet of grades.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gcp2/core.h"
#include "gcp2/findings.h"
#include "gcp2/instrument.h"

namespace gcp2 {

inline constexpr std::string_view assessment_format = "gcp2/assessment/1";

/// Why an applicable leaf has no grade. None of these is ever a number.
enum class NotGraded : std::uint8_t { not_yet, not_observed, declined, not_applicable };

std::string_view name_of(NotGraded reason) noexcept;
/// From "not_observed", "declined" or "not_applicable".
std::optional<NotGraded> not_graded_from(std::string_view name) noexcept;

struct Evidence {
  std::string kind;  ///< observed, child_said, carer_said, professional_said, record; or empty
  std::optional<Date> on;
  std::string text;
};

/// An empty text means that it was not written.
struct Observation {
  std::string node;
  std::optional<Grade> grade;
  std::optional<NotGraded> not_graded;
  std::string reason, by, comment;
  std::vector<Evidence> evidence;
};

struct Child {
  std::string ref, family, name, nhs_number, upn;
  std::optional<Date> date_of_birth, expected_date;
  std::vector<std::string> conditions;
};

struct Carer {
  std::string ref, name, relationship;
  bool main = false;
};

struct Assessor {
  std::string ref, name, role, agency;
  std::optional<Date> trained_on;
};

struct Agency {
  std::string name, involvement;
  std::optional<Date> since;
};

/// Someone of the family, for genogram and ecomap (docs/family.md). `sex` is female, male or empty.
struct FamilyMember {
  std::string ref, name, sex;
  std::optional<Date> born, died;
  bool deceased = false;     ///< also where the day of death is not known
  bool is_child = false;     ///< the child of this assessment
  bool in_household = false;  ///< lives where the child lives
  std::string carer;         ///< the carer's ref who this is, or empty
};

/// A union of two members and the children of it; `between` may name one alone.
struct FamilyUnion {
  std::vector<std::string> between, children;
  std::string kind;  ///< married, partners, separated, divorced; or empty
  std::vector<std::vector<std::string>> twins;  ///< children born together
};

/// A tie of the ecomap: from a member (ref) to a member or to an agency (name).
struct FamilyTie {
  std::string from, to, kind;  ///< kind: strong, weak, stressful
};

struct Family {
  std::vector<FamilyMember> members;
  std::vector<FamilyUnion> unions;
  std::vector<FamilyTie> ties;
};

/// Something that happened in the family or around it, marked in pictures over time.
struct Event {
  std::optional<Date> on;
  std::string text;
};

/// What makes a record one for training: the case that was graded, told by nobody about anybody.
struct TrainingCase {
  std::string id, profile;
};

struct Views {
  std::string child, carers, practitioner;
};

struct Judgement {
  std::string node, reason, by;
  std::optional<Grade> grade;
};

struct Comment {
  std::string node, text, by;
};

struct Target {
  std::string node;
  std::optional<Grade> from, to;
  std::optional<Date> review_by;
  std::string support;
  std::optional<Grade> actual;  ///< as recorded at the first review
};

struct Dismissal {
  std::string indication, by, reason;
};

struct Signature {
  std::string by;
  std::optional<Instant> at;
};

/// What an assessment document says, as far as the engine judges by it. Lists stand in the
/// document's order, so that entry i is the pointer "/observations/i".
struct Assessment {
  std::string id, supersedes;
  std::string instrument_id, instrument_version, instrument_digest;
  bool is_signed = false;
  std::optional<Signature> signature;
  Child child;
  std::vector<Carer> carers;
  std::vector<Assessor> assessors;
  std::string lead_professional;
  std::vector<Agency> agencies;
  std::optional<Date> window_from, window_to;
  std::string consent_state, consent_reason;
  std::optional<Date> consent_on;
  std::vector<Observation> observations;
  std::vector<Judgement> judgements;
  std::vector<Comment> comments;
  Views views;
  std::vector<Target> targets;
  std::vector<Dismissal> dismissed;
  std::optional<Date> review_on;
  Family family;
  std::vector<Event> events;
  std::vector<std::string> earlier;  ///< ids of earlier profiles of the child that are known to exist
  std::optional<TrainingCase> training;

  /// Completed months at the window's end; unborn is 0; nullopt where a date is missing.
  [[nodiscard]] std::optional<int> age_months() const noexcept;
};

/// Reads a document of `assessment_format`. What does not have the format's shape is `invalid`,
/// unknown keys are queries; the rest is read all the same.
Assessment read_assessment(const Value& document, Findings& findings);

/// The shape of the format, one table for every reader: keys, what they hold, which are required.
struct Shape;
struct Field {
  enum class Kind : std::uint8_t { text, uuid, date, instant, flag, grade, texts, object, objects };
  std::string_view key;
  Kind kind;
  const Shape* shape = nullptr;                  ///< of an object or of a list's objects
  std::span<const std::string_view> words = {};  ///< the words a text may be; empty = any
  bool required = false;
  bool words_decide = false;  ///< another word than these is `invalid`, else an `error`
};
struct Shape {
  std::string_view name;
  std::span<const Field> fields;
};
const Shape& assessment_shape() noexcept;

using Conditions = std::bitset<2>;  ///< by the numbers of `Condition`

/// What stands on one leaf of the record sheet.
struct Mark {
  std::optional<Grade> grade;
  NotGraded not_graded = NotGraded::not_yet;  ///< without a grade
};

/// The record sheet: the grades of one assessment in the order of an instrument's nodes. All that
/// scoring looks at.
struct Sheet {
  int age_months = 0;
  Conditions conditions;
  std::vector<Mark> marks;                       ///< by node; only leaves are looked at
  std::vector<std::optional<Grade>> judgements;  ///< by node; only parents are looked at
  bool has_judgements = false;

  void clear(std::size_t nodes);
};

/// Whether the node's own band and condition, and those above it, hold for the child.
bool applies(const Instrument& instrument, NodeIndex node, int age_months, Conditions conditions);

/// Lays an assessment on the sheet of its instrument. What cannot be laid there (unknown node, no
/// leaf, a leaf twice, no age) is `invalid`.
Sheet record_sheet(const Assessment& assessment, const Instrument& instrument, Findings& findings);

}  // namespace gcp2
