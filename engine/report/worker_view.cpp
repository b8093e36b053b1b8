#include "report/sections.h"
#include "report/words.h"

namespace gcp2 {

View worker_view(const ReportInput& input) {
  const Language& language = input.language;
  const Assessment& a = sections::latest(input).assessment;
  const std::string from = words::date(language, a.window_from);
  const std::string to = words::date(language, a.window_to);
  View view;
  view.language = std::string{language.tag()};
  view.title = language.say("report.title", {{"child", sections::child_name(input)}});
  view.identity =
      input.redacted
          ? language.say("report.identity_redacted", {{"from", from}, {"to", to}})
          : language.say("report.identity",
                         {{"child", sections::child_name(input)}, {"from", from}, {"to", to}});
  view.large_print = input.large_print;
  sections::urgent(view, input);
  sections::warnings(view, input);
  sections::who(view, input);
  sections::profile(view, input);
  sections::indications(view, input);
  sections::changes(view, input);
  sections::over_time(view, input);
  sections::explanation(view, input);
  sections::missing(view, input);
  sections::targets(view, input);
  sections::evidence(view, input);
  sections::voices(view, input);
  sections::family(view, input);
  sections::about(view, input);
  return view;
}

View comparison_view(const ReportInput& input) {
  const Language& language = input.language;
  View view;
  view.language = std::string{language.tag()};
  view.title = language.say("report.over_time");
  view.identity = sections::child_name(input);
  view.large_print = input.large_print;
  sections::urgent(view, input);
  sections::changes(view, input);
  sections::over_time(view, input);
  sections::targets(view, input);
  return view;
}

}  // namespace gcp2
