#include "report/sections.h"
#include "report/words.h"

namespace gcp2::sections {
namespace {

std::string evidence_text(const Language& language, const Evidence& e) {
  const std::string key = "evidence." + (e.kind.empty() ? "none" : e.kind);
  const std::string kind = Language::english().has(key) ? language.say(key) : e.kind;
  if (!e.on) return language.say("evidence.undated", {{"kind", kind}, {"text", e.text}});
  return language.say("evidence.entry",
                      {{"kind", kind}, {"on", words::date(language, e.on)}, {"text", e.text}});
}

std::string node_name(const ScoredRecord& r, std::string_view code) {
  const auto node = r.instrument.find(code);
  return node ? words::node(r.instrument, *node) : std::string{code};
}

}  // namespace

void evidence(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const ScoredRecord& r = latest(input);
  Table table{language.say("report.evidence_caption"),
              {language.say("column.item"), language.say("column.grade"),
               language.say("column.who"), language.say("column.evidence")},
              {}};
  for (const Observation& o : r.assessment.observations) {
    if (!o.grade) continue;
    std::string texts;
    for (const Evidence& e : o.evidence)
      texts += (texts.empty() ? "" : " ") + evidence_text(language, e);
    if (!o.comment.empty())
      texts +=
          (texts.empty() ? "" : " ") + language.say("evidence.comment", {{"comment", o.comment}});
    table.rows.push_back({{node_name(r, o.node)},
                          grade_cell(input, o.grade),
                          {assessor_name(input, r, o.by)},
                          {std::move(texts)}});
  }
  if (table.rows.empty()) return;
  view.blocks.emplace_back(Heading{2, language.say("report.evidence")});
  view.blocks.emplace_back(std::move(table));
}

void voices(View& view, const ReportInput& input) {
  const Language& language = input.language;
  const ScoredRecord& r = latest(input);
  view.blocks.emplace_back(Heading{2, language.say("report.voices")});
  const auto said = [&language](const std::string& text) {
    return text.empty() ? language.say("report.no_voice") : text;
  };
  const Views& views = r.assessment.views;
  view.blocks.emplace_back(Facts{{{language.say("voice.child"), said(views.child)},
                                  {language.say("voice.carers"), said(views.carers)},
                                  {language.say("voice.practitioner"), said(views.practitioner)}}});
  if (r.assessment.comments.empty()) return;
  view.blocks.emplace_back(Heading{3, language.say("report.comments")});
  Facts comments;
  for (const Comment& comment : r.assessment.comments)
    comments.rows.emplace_back(node_name(r, comment.node), comment.text);
  view.blocks.emplace_back(std::move(comments));
}

void family(View& view, const ReportInput& input) {
  const FamilyPictures& pictures = input.pictures;
  if (!pictures.genogram && !pictures.ecomap) return;
  view.blocks.emplace_back(Heading{2, input.language.say("report.family")});
  for (const auto& picture : {pictures.genogram, pictures.ecomap})
    if (picture) view.blocks.emplace_back(Figure{*picture, picture->description});
}

void about(View& view, const ReportInput& input) {
  view.blocks.emplace_back(Heading{2, input.language.say("report.about")});
  for (std::string& sentence : words::closing(input.language, latest(input).instrument))
    view.blocks.emplace_back(Paragraph{std::move(sentence)});
  log_state(view, input);
}

void log_state(View& view, const ReportInput& input) {
  view.log = input.log;
  if (!input.log) return;
  view.blocks.emplace_back(Paragraph{
      input.language.say("report.log_state", {{"entries", std::to_string(input.log->entries)},
                                              {"hash", input.log->hash},
                                              {"at", input.log->at}})});
}

}  // namespace gcp2::sections
