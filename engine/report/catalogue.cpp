#include "report/catalogue.h"

#include <algorithm>
#include <array>
#include <span>

namespace gcp2 {
namespace {

struct Sentence {
  std::string_view code, text;
};

constexpr auto sentences = std::to_array<Sentence>({
    {"did_you_mean", "Did you mean \"{nearest}\"?"},

    // Reading a file.
    {"too_large",
     "This is larger than 16 MB; an assessment is a few kilobytes. Check that it is the right "
     "file."},
    {"too_many_values",
     "This holds more than 200,000 values; it is not one child's assessment. Check that it is the "
     "right file."},
    {"too_many_findings",
     "There are more than 1,000 problems; the rest are not listed. Check that it is the right "
     "file."},
    {"empty_document",
     "There is nothing here. Check that the file was saved, and that it is the right one."},
    {"not_a_document", "An assessment is a JSON object in braces; this is something else."},
    {"not_json",
     "This is not valid JSON at this point: a comma, a colon, a bracket or a value is missing, too "
     "many or misspelled."},
    {"cut_off",
     "The document ends here before it is complete. Was the file cut off while it was saved or "
     "sent?"},
    {"open_text",
     "A text opens here with a quotation mark and does not end on the same line. Close it, and "
     "write line breaks as \\n."},
    {"bad_escape",
     "A text here has a backslash that means nothing in JSON. Write \\\\ for a backslash itself."},
    {"lone_surrogate",
     "A text here has half of a character (a lone surrogate, \\uD800 to \\uDFFF). Write the "
     "character itself."},
    {"not_utf8", "This is not UTF-8 from here on. Save the file again as UTF-8."},
    {"bad_number", "This number is misspelled or too large."},
    {"nested_too_deep",
     "Lists and objects are nested more than 64 deep; an assessment needs five. Check that it is "
     "the right file."},
    {"text_after_value",
     "There is more text after the end of the document. Keep one assessment a file, or use "
     "--ndjson for one a line."},
    {"duplicate_key",
     "The key \"{key}\" stands twice in one object; only one can be meant. Remove the other."},

    {"no_record", "There is no record in this archive. Check that it is the right one."},
    {"unknown_content", "This is neither an assessment in JSON, nor a CSV of grades (with a column \"node\"), nor an archive. Check that it is the right file."},
    {"spreadsheet", "This is a spreadsheet (ods, xlsx or xls), which is not read here. Open it and save as CSV."},
    {"utf16", "This is UTF-16. Save it again as UTF-8 (in Excel: CSV UTF-8)."},
    {"csv_needs_header", "A CSV holds grades only. Give the rest of the assessment (child, window, assessors) with --header FILE."},
    {"header_not_json", "The header is an assessment in JSON without its observations; this is something else."},
    {"header_has_observations", "The header already has observations, and the CSV brings its own. Empty the list here."},
    {"csv_read_as", "Read as {encoding} with {separator} between cells."},
    {"csv_undefined_character", "This byte is no character of the file's encoding. Save the file again as UTF-8."},
    {"csv_open_quote", "A quotation mark opens this cell and is never closed."},
    {"csv_text_after_quote", "There is text after this cell's closing quotation mark. Double quotation marks that belong to the text."},
    {"csv_column_missing", "The column \"{column}\" is missing. The first line names the columns: node,grade,evidence,comment."},
    {"csv_column_twice", "The column \"{column}\" stands twice; only one can be meant."},
    {"csv_unknown_column", "The column \"{column}\" is not known and not read."},
    {"csv_evidence_alone", "The column \"{column}\" is not read: further evidence is evidence_2, evidence_3 and so on without a gap, each with its own kind_2 and on_2. Rename the column."},
    {"csv_extra_cell", "This cell stands beyond the last named column and is not read. Was a separator typed into a text?"},
    {"csv_bad_grade", "A grade is 1 to 5, empty for not yet, NO (not observed), NA (not applicable) or DE (declined)."},
    {"csv_cannot_hold", "No column of a CSV can hold this, and it would be lost. Use JSON or an archive, which keep everything."},
    {"archive_damaged", "The archive's seal is broken: something in it was changed, cut off or added. Use another copy."},
    {"archive_too_large", "An archive of more than 256 MB is not read. Check that it is the right file; records can be spread over several archives."},
    {"archive_newer", "The archive was written by a newer version of this program. Update to read it."},
    {"archive_unreadable", "The archive's seal is whole, but its content cannot be read. It was not written by this program."},

    // The shape of a document.
    {"wrong_type", "Something else is expected here: {expected}."},
    {"missing_key", "\"{key}\" is missing here and cannot be done without."},
    {"unknown_key", "The key \"{key}\" is not known here. It is kept but not used."},
    {"wrong_format",
     "This engine reads the format {expected}; this says another or none. A newer file needs a "
     "newer engine."},
    {"unknown_word", "This word is not one of: {expected}."},
    {"impossible_date", "There is no such date. Write it as year-month-day, like 2026-01-23."},
    {"impossible_instant", "There is no such time. Write it in UTC, like 2026-01-23T15:04:05Z."},
    {"not_a_uuid", "An id is a UUID: 36 characters, lower-case hexadecimal digits and dashes."},
    {"grade_not_a_number", "A grade is a number from 1 to 5, without quotation marks."},
    {"no_such_grade", "There is no grade {found}: grades are 1, 2, 3, 4 and 5, without halves."},

    // Instrument and nodes.
    {"unknown_instrument",
     "The instrument or version that this record names is not at hand. Give its file with "
     "--instrument."},
    {"unknown_digest",
     "The record was made with another tree or other rules than the instrument of that name here. "
     "It is judged only by its own: give that file with --instrument."},
    {"unknown_node", "The instrument has no node {node}."},
    {"not_a_leaf",
     "Grades are recorded on leaves, and {node} has items below it. Grade those, or use a "
     "judgement for {node}."},
    {"leaf_twice",
     "{node} has been observed twice; only one entry can count. Remove the other, or join their "
     "evidence."},
    {"grade_and_not_graded", "{node} has both a grade and a reason for none. Keep one of them."},
    {"judgement_twice", "There are two judgements for {node}; only one can stand."},
    {"age_unknown",
     "The child's age is unknown, and with it what applies: give the date of birth (or the "
     "expected date) and the window's end."},

    // Dates.
    {"no_window_start", "The window has no first day. Give window.from."},
    {"no_window_end", "The window has no last day. Give window.to."},
    {"window_before_birth",
     "The window begins before the child was born. Correct one of the dates; an unborn child has "
     "an expected date instead."},
    {"window_reversed", "The window ends before it begins. Correct one of the dates."},
    {"window_long",
     "The window is {days} days long; visits within 28 days give one picture. Shorten it, or say "
     "why in the practitioner's view."},
    {"signed_before_window_end",
     "The record was signed before its window ended. Correct one of the dates."},
    {"signed_after_review",
     "The record was signed after the day of its review. Set a new review date in an amendment."},
    {"review_before_window_end",
     "This review comes before the end of the window. Correct one of the dates."},
    {"trained_after_window",
     "This assessor was trained after the window. Check the date, or who graded."},
    {"evidence_outside_window",
     "Evidence for {node} is dated outside the window. Check the date; older evidence belongs in "
     "the comment."},
    {"future_date", "This date lies after {as_of}. Check it."},

    // The child.
    {"unborn_with_birth_date",
     "The child has both a date of birth and an expected date. Remove the expected date once the "
     "child is born."},
    {"over_18",
     "The child was 18 or older at the window's end. The profile describes the care of a child."},
    {"upn_shape",
     "A UPN has 13 characters: a check letter and twelve digits (the last may be a letter if it is "
     "temporary). Check it against the register."},
    {"upn_check_letter",
     "The UPN's check letter does not fit its digits: something is mistyped. Check it against the "
     "register."},
    {"upn_unknown_authority",
     "The UPN's local authority number is not one in use as far as is known here."},
    {"nhs_shape", "An NHS number has ten digits and nothing else."},
    {"nhs_check_digit",
     "The NHS number's last digit does not fit the others: something is mistyped."},
    {"nhs_no_such_number", "No NHS number looks like this one."},

    // Observations.
    {"not_applicable_without_reason",
     "{node} is recorded as not applicable without a reason. Write why."},
    {"serious_grade_without_evidence",
     "{node} has grade {grade} without evidence. Write what was seen or said, by whom and when."},
    {"grade_without_evidence", "{node} has grade {grade} without evidence. Add some."},
    {"adultification",
     "{node} is worded for children from {from} to {to} months, and this child is {age} months "
     "old. The grade is not counted: grade against the child's actual age."},
    {"grade_for_younger_age",
     "{node} is worded for children from {from} to {to} months, and this child is {age} months "
     "old. The grade is not counted: use the item for the child's age."},
    {"grade_without_condition",
     "{node} applies only to children with a condition that is not recorded. The grade is not "
     "counted: record the condition, or remove the grade."},
    {"left_out_by_exception",
     "{node} has grade {grade}, which does not count because {parent} is taken from elsewhere for "
     "this child. Say in the comment on {parent} what it means."},
    {"exception_without_comment",
     "{node} is taken from {takes_from} for this child. Note the difficulty in a comment on "
     "{node}."},

    // Judgements.
    {"judgement_on_leaf",
     "A judgement sets the grade of a sub-area or area, and {node} is graded itself. Change its "
     "grade instead."},
    {"judgement_not_applicable",
     "Nothing of {node} applies to this child, so the judgement is not used. Remove it."},
    {"judgement_without_reason",
     "The judgement on {node} differs from the computed grade without a reason. Write why."},

    // People, consent, targets.
    {"unknown_assessor",
     "No assessor of the record has this reference. Add the assessor, or correct the reference."},
    {"assessor_without_name", "An assessor has no name."},
    {"consent_without_reason",
     "Consent is {state} and no reason is written. Write it; a referral never waits for consent."},
    {"no_child_view",
     "The child's view is missing. Write what the child said or showed, or why it could not be "
     "asked."},
    {"no_carers_view", "The carers' view is missing. Write it, or why it could not be asked."},
    {"target_not_better",
     "The target for {node} (grade {to}) is not better than its current grade ({from}). Lower is "
     "better."},
    {"target_undated", "The target for {node} has no review date."},
    {"dismissed_without_reason", "An indication was dismissed without a reason. Write why."},

    // Family, events, earlier records.
    {"member_twice",
     "Two members of the family have this reference. Give one of them another."},
    {"unknown_member",
     "No member of the family has this reference. Add the member, or correct the reference."},
    {"unknown_carer",
     "No carer of the record has this reference. Add the carer, or correct the reference."},
    {"unknown_tie",
     "This is neither a member of the family nor the name of an agency in this record. Add it there, "
     "or correct it."},
    {"union_of_how_many",
     "A union is between two members, or names one alone where the other is not known; this one "
     "names {number}."},
    {"union_with_oneself", "A union names the same member twice. Correct one of them."},
    {"twin_of_another_union",
     "This twin is not among the children of the union. Add the child there, or correct the "
     "reference."},
    {"two_are_the_child",
     "Another member is the child of this record already. Keep is_child on one of them."},
    {"child_born_twice",
     "The family gives another date of birth for the child than the record does. Correct one of "
     "them."},
    {"own_ancestor",
     "From this member, parents and children lead round in a circle: someone would be their own "
     "ancestor. Correct the children of one union."},
    {"died_before_born", "This member died before being born. Correct one of the dates."},
    {"born_after_window",
     "This member was born after the window's end. Check the date, or record it in the next "
     "profile."},
    {"event_undated", "This event has no date, so no picture over time can show it. Add one."},
    {"earlier_than_itself",
     "The record names itself as an earlier one. Give the id of the earlier record."},

    // Status and signature.
    {"no_id", "The record has no id (a UUID)."},
    {"signed_without_signature",
     "The status is signed, but the record says neither by whom nor when."},
    {"signature_on_draft", "The record carries a signature, but its status is not signed."},
    {"record_is_signed",
     "This record is signed and never changes. Start its successor with gcp2 amend."},
    {"record_is_draft",
     "This record is a draft: change it with gcp2 complete. Only signed records have successors."},

    // Records beside each other.
    {"another_child",
     "This record is of another child than {other}. Records are compared over time for one child; "
     "children of one family stand side by side with --siblings."},
    {"child_contradicted",
     "This record names the same child as {other}, but says another date of birth or NHS number. "
     "Correct the one that is wrong."},
    {"child_unknown",
     "Nothing says whether this record and {other} are of one child. Give both the child's \"ref\"."},
    {"record_twice", "This is the same record as {other}. Give each record once."},
    {"supersedes_in_a_circle",
     "This record and {other} lead to each other by \"supersedes\". Correct which came first."},
    {"superseded_left_out",
     "This record is left out, because {other} supersedes it and is there too."},
    {"windows_overlap",
     "This window begins before that of {other} has ended. Check the dates: two looks at the same "
     "days are no change over time."},
    {"family_unknown",
     "The child's \"family\" is missing: siblings are told by it. Write the family's reference."},
    {"another_family", "This record is of another family than {other}."},
    {"only_one_child",
     "All records are of one child. Siblings need two children or more; without --siblings the "
     "records are compared over time."},
    {"rating_twice", "This rater has graded {node} of this case already."},
    {"study_of_another_instrument",
     "This study rated another instrument than the latest record's and says nothing of it. It was "
     "not used."},
    {"mapping_twice", "There is another mapping between these two digests already."},
    {"mapping_not_used",
     "This mapping leads from no record that is here to the latest one. It was not used."},
    {"mapped_twice", "Two nodes are mapped to {node}; only one can mean the same."},
    {"mapped_leaf_to_parent",
     "A leaf is mapped to a node with children, or the other way round ({node}): they are not graded "
     "alike."},

    // Instrument and overlay files.
    {"too_many_nodes", "An instrument has at most 4,096 nodes."},
    {"too_many_exceptions", "An instrument has at most 64 exceptions."},
    {"bad_code", "A code is letters, digits, dot, dash and underscore, at most 40 of them."},
    {"code_twice", "The code {node} stands twice."},
    {"bad_band", "An age band goes from a month to a later one, and does not begin below 0."},
    {"bands_overlap", "The age bands of {node} overlap: for some ages two would apply."},
    {"bands_leave_hole", "The age bands of {node} leave a hole: for some ages none applies."},
    {"key_not_allowed",
     "The key \"{key}\" does not belong here. A misspelled one would change how care is judged, so "
     "none is passed over."},
    {"unknown_source", "A source is S (seen), R (recollected) or O (our own)."},
    {"unknown_condition", "A condition is long_term_health_condition or behavioural_difficulty."},
    {"unknown_neglect_type",
     "A neglect type is medical, nutritional, emotional, educational, physical or "
     "lack_of_supervision."},
    {"neglect_type_twice", "The neglect type {type} stands twice in one list. Remove the other."},
    {"unknown_direction", "The only direction is lower_is_better."},
    {"scale_not_1_to_5", "The scale is the grades 1 to 5 in this order."},
    {"unknown_rule",
     "The rule is none that this engine knows or this instrument has: majority-override, majority, "
     "worst."},
    {"rule_twice", "The rule stands twice."},
    {"bad_rule_parameter",
     "override_above is a grade and belongs to majority-override; tie is worse or better and does "
     "not belong to worst."},
    {"descriptors_missing", "{node} is a leaf and needs either descriptors or descriptors_by_age."},
    {"descriptor_missing", "{node} needs a descriptor for each of the grades 1 to 5."},
    {"wording_on_parent", "{node} has children: descriptors belong on leaves."},
    {"exception_twice", "{node} has two exceptions; only one can hold."},
    {"exception_not_between_siblings", "An exception is between two sub-areas of one area."},
    {"exception_on_leaf", "{node} has no items that an exception could leave out."},
    {"exception_cycle", "The exceptions lead back to {node} in a circle."},
    {"overlay_of_another", "This overlay belongs to another instrument, version or digest."},

    // Indication rules, localities, dismissals.
    {"number_out_of_range", "Here stands a whole number from {least} to {most}."},
    {"empty_range", "No grade is at least this and at most that. Swap the two."},
    {"one_of_two", "Say either {first} or {second} here, and not both."},
    {"condition_not_one",
     "A condition is an object with exactly one key, which says what it asks. Join several with all "
     "or any."},
    {"unknown_condition_kind", "There is no condition \"{key}\"."},
    {"condition_without_node",
     "\"{key}\" asks about one node. Put it inside node, some, every, count or types, which say "
     "which one."},
    {"rule_names_no_node",
     "No instrument at hand has a node {node}: the rule would never speak. Correct the code, or "
     "give the instrument with --instrument."},
    {"indication_twice", "There are two rules with the id \"{id}\"; only one can be meant."},
    {"unknown_base_rules",
     "extends names rules that are not at hand: only \"default\" can be extended."},
    {"not_rules_or_locality",
     "This is neither a file of indication rules (gcp2/indication-rules/1) nor a locality "
     "(gcp2/locality/1)."},
    {"contact_without_way", "A contact needs a telephone or an email."},
    {"bad_telephone", "A telephone number is digits and spaces, with +, - or brackets."},
    {"first_contact_without_telephone",
     "The first contact is said beside 999 and needs a telephone."},
    {"dismissed_unknown_indication",
     "The dismissal names \"{id}\", and no rule has this id. It dismisses nothing."},
    {"dismissed_not_indicated",
     "The dismissal names \"{id}\", which is not indicated now. It dismisses nothing."},
});

/// Of what does not look like a key or a code nothing is shown: it could be a name.
constexpr auto unshown = std::to_array<Sentence>({
    {"duplicate_key",
     "A key stands twice in one object; only one can be meant. Remove the other."},
    {"csv_unknown_column", "This column is not known and not read."},
    {"unknown_key", "This key is not known here. It is kept but not used."},
    {"key_not_allowed",
     "This key does not belong here. A misspelled one would change how care is judged, so none is "
     "passed over."},
    {"no_such_grade", "There is no such grade: grades are 1, 2, 3, 4 and 5, without halves."},
    {"unknown_node", "The instrument has no such node."},
    {"unknown_condition_kind", "There is no such condition."},
    {"dismissed_unknown_indication", "The dismissal names no rule's id. It dismisses nothing."},
    {"consent_without_reason",
     "Consent is not recorded as given, and no reason is written. Write it; a referral never waits "
     "for consent."},
});

std::string_view sentence_in(std::span<const Sentence> table, std::string_view code) noexcept {
  const auto found = std::ranges::find(table, code, &Sentence::code);
  return found == table.end() ? std::string_view{} : found->text;
}

}  // namespace

std::string_view catalogue_sentence(std::string_view code) noexcept {
  return sentence_in(sentences, code);
}

std::string_view unshown_sentence(std::string_view code) noexcept {
  return sentence_in(unshown, code);
}

}  // namespace gcp2
