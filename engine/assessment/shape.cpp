#include "gcp2/assessment.h"

namespace gcp2 {
namespace {

using enum Field::Kind;
using Words = std::string_view;

constexpr Words formats[] = {assessment_format};
constexpr Words statuses[] = {"draft", "signed"};
constexpr Words conditions[] = {"long_term_health_condition", "behavioural_difficulty"};
constexpr Words consents[] = {"given", "refused", "absent", "withdrawn", "not_sought"};
constexpr Words not_graded_words[] = {"not_observed", "not_applicable", "declined"};
constexpr Words evidence_kinds[] = {"observed", "child_said", "carer_said", "professional_said",
                                    "record"};

constexpr Words sexes[] = {"female", "male"};
constexpr Words unions[] = {"married", "partners", "separated", "divorced"};
constexpr Words ties[] = {"strong", "weak", "stressful"};

constexpr Field instrument_fields[] = {
    {.key = "id", .kind = text, .required = true},
    {.key = "version", .kind = text, .required = true},
    {.key = "digest", .kind = text},
};
constexpr Shape instrument{"instrument", instrument_fields};

constexpr Field child_fields[] = {
    {.key = "ref", .kind = text},
    {.key = "family", .kind = text},
    {.key = "name", .kind = text},
    {.key = "date_of_birth", .kind = date},
    {.key = "expected_date", .kind = date},
    {.key = "upn", .kind = text},
    {.key = "nhs_number", .kind = text},
    {.key = "conditions", .kind = texts, .words = conditions},
};
constexpr Shape child{"child", child_fields};

constexpr Field carer_fields[] = {
    {.key = "ref", .kind = text},
    {.key = "name", .kind = text},
    {.key = "relationship", .kind = text},
    {.key = "main", .kind = flag},
};
constexpr Shape carer{"carer", carer_fields};

constexpr Field assessor_fields[] = {
    {.key = "ref", .kind = text},        {.key = "name", .kind = text},
    {.key = "role", .kind = text},       {.key = "agency", .kind = text},
    {.key = "trained_on", .kind = date},
};
constexpr Shape assessor{"assessor", assessor_fields};

constexpr Field agency_fields[] = {
    {.key = "name", .kind = text},
    {.key = "involvement", .kind = text},
    {.key = "since", .kind = date},
};
constexpr Shape agency{"agency", agency_fields};

constexpr Field window_fields[] = {
    {.key = "from", .kind = date},
    {.key = "to", .kind = date},
};
constexpr Shape window{"window", window_fields};

constexpr Field consent_fields[] = {
    {.key = "state", .kind = text, .words = consents},
    {.key = "on", .kind = date},
    {.key = "reason", .kind = text},
};
constexpr Shape consent{"consent", consent_fields};

constexpr Field evidence_fields[] = {
    {.key = "kind", .kind = text, .words = evidence_kinds},
    {.key = "on", .kind = date},
    {.key = "text", .kind = text},
};
constexpr Shape evidence{"evidence", evidence_fields};

constexpr Field observation_fields[] = {
    {.key = "node", .kind = text, .required = true},
    {.key = "grade", .kind = grade},
    {.key = "by", .kind = text},
    {.key = "evidence", .kind = objects, .shape = &evidence},
    {.key = "not_graded", .kind = text, .words = not_graded_words, .words_decide = true},
    {.key = "reason", .kind = text},
    {.key = "comment", .kind = text},
};
constexpr Shape observation{"observation", observation_fields};

constexpr Field judgement_fields[] = {
    {.key = "node", .kind = text, .required = true},
    {.key = "grade", .kind = grade, .required = true},
    {.key = "reason", .kind = text},
    {.key = "by", .kind = text},
};
constexpr Shape judgement{"judgement", judgement_fields};

constexpr Field comment_fields[] = {
    {.key = "node", .kind = text, .required = true},
    {.key = "text", .kind = text},
    {.key = "by", .kind = text},
};
constexpr Shape comment{"comment", comment_fields};

constexpr Field views_fields[] = {
    {.key = "child", .kind = text},
    {.key = "carers", .kind = text},
    {.key = "practitioner", .kind = text},
};
constexpr Shape views{"views", views_fields};

constexpr Field target_fields[] = {
    {.key = "node", .kind = text, .required = true},
    {.key = "from", .kind = grade},
    {.key = "to", .kind = grade},
    {.key = "review_by", .kind = date},
    {.key = "support", .kind = text},
    {.key = "actual", .kind = grade},
};
constexpr Shape target{"target", target_fields};

constexpr Field dismissed_fields[] = {
    {.key = "indication", .kind = text, .required = true},
    {.key = "by", .kind = text},
    {.key = "reason", .kind = text},
};
constexpr Shape dismissal{"dismissal", dismissed_fields};

constexpr Field signed_fields[] = {
    {.key = "by", .kind = text, .required = true},
    {.key = "at", .kind = instant, .required = true},
};
constexpr Shape signature{"signature", signed_fields};

constexpr Field member_fields[] = {
    {.key = "ref", .kind = text, .required = true},
    {.key = "name", .kind = text},
    {.key = "sex", .kind = text, .words = sexes},
    {.key = "born", .kind = date},
    {.key = "died", .kind = date},
    {.key = "deceased", .kind = flag},
    {.key = "is_child", .kind = flag},
    {.key = "in_household", .kind = flag},
    {.key = "carer", .kind = text},
};
constexpr Shape member{"family member", member_fields};

constexpr Field twins_fields[] = {
    {.key = "children", .kind = texts, .required = true},
};
constexpr Shape twins{"children born together", twins_fields};

constexpr Field union_fields[] = {
    {.key = "between", .kind = texts, .required = true},
    {.key = "children", .kind = texts},
    {.key = "kind", .kind = text, .words = unions},
    {.key = "twins", .kind = objects, .shape = &twins},
};
constexpr Shape family_union{"union", union_fields};

constexpr Field tie_fields[] = {
    {.key = "from", .kind = text, .required = true},
    {.key = "to", .kind = text, .required = true},
    {.key = "kind", .kind = text, .words = ties},
};
constexpr Shape tie{"tie", tie_fields};

constexpr Field family_fields[] = {
    {.key = "members", .kind = objects, .shape = &member},
    {.key = "unions", .kind = objects, .shape = &family_union},
    {.key = "ties", .kind = objects, .shape = &tie},
};
constexpr Shape family{"family", family_fields};

constexpr Field event_fields[] = {
    {.key = "on", .kind = date},
    {.key = "text", .kind = text},
};
constexpr Shape event{"event", event_fields};

constexpr Field training_fields[] = {
    {.key = "case", .kind = text, .required = true},
    {.key = "profile", .kind = text, .required = true},
};
constexpr Shape training{"training", training_fields};

constexpr Field assessment_fields[] = {
    {.key = "format", .kind = text, .words = formats, .required = true, .words_decide = true},
    {.key = "id", .kind = uuid},
    {.key = "supersedes", .kind = uuid},
    {.key = "instrument", .kind = object, .shape = &instrument, .required = true},
    {.key = "status", .kind = text, .words = statuses, .words_decide = true},
    {.key = "signed", .kind = object, .shape = &signature},
    {.key = "child", .kind = object, .shape = &child, .required = true},
    {.key = "carers", .kind = objects, .shape = &carer},
    {.key = "assessors", .kind = objects, .shape = &assessor},
    {.key = "lead_professional", .kind = text},
    {.key = "agencies", .kind = objects, .shape = &agency},
    {.key = "window", .kind = object, .shape = &window, .required = true},
    {.key = "consent", .kind = object, .shape = &consent},
    {.key = "observations", .kind = objects, .shape = &observation},
    {.key = "judgements", .kind = objects, .shape = &judgement},
    {.key = "comments", .kind = objects, .shape = &comment},
    {.key = "views", .kind = object, .shape = &views},
    {.key = "targets", .kind = objects, .shape = &target},
    {.key = "dismissed", .kind = objects, .shape = &dismissal},
    {.key = "review_on", .kind = date},
    {.key = "family", .kind = object, .shape = &family},
    {.key = "events", .kind = objects, .shape = &event},
    {.key = "earlier", .kind = texts},
    {.key = "training", .kind = object, .shape = &training},
};
constexpr Shape assessment{"assessment", assessment_fields};

}  // namespace

const Shape& assessment_shape() noexcept { return assessment; }

}  // namespace gcp2
