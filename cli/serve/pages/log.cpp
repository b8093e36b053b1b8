// The log, newest first: who did what, when and why; narrowed, and to take away.
#include <algorithm>
#include <charconv>

#include "../../days.h"
#include "../../phrase.h"
#include "../children.h"
#include "../document.h"
#include "pages.h"

namespace gcp2::cli::web {
namespace {

constexpr std::size_t acts_on_a_page = 50, most_parts = 20;

/// Which part of the log a page is of.
struct Part {
  LogFilter filter = {};
  std::string way = "/log";
};

/// nullopt: none that this person asked for since logging in.
std::optional<Part> part_of(const Visit& visit) {
  const auto& known = visit.visitor.person->log_parts;
  const auto found = known.find(visit.id());
  if (found == known.end()) return std::nullopt;
  return Part{found->second, "/log/parts/" + found->first.text()};
}

/// What a code of the log is called; one that nobody has given words stays readable.
std::string words_of(const std::string& key, std::string code) {
  if (Language::english().has(key)) return phrase(key);
  std::ranges::replace(code, '_', ' ');
  return code;
}

/// Why an act came to nothing, or to half; empty where it was done.
std::string failed_why(const std::string& outcome) {
  constexpr std::string_view refused = "refused.";
  if (outcome == "cut_off") return phrase("serve.log.cut_off");
  if (!outcome.starts_with(refused)) return "";
  std::string why = outcome.substr(refused.size());
  std::ranges::replace(why, '_', ' ');
  return phrase("serve.log.refused", {{"why", why}});
}

Shown shown_act(const LoggedAct& act, AccountNames& names) {
  const Entry& entry = act.first;
  const std::string& name = names.actor(entry);
  return shown(
      {{"number", std::to_string(entry.number)},
       {"at", moment_in_words(moment_text(entry.at))},
       {"name", name.empty() ? phrase("store.nobody") : name},
       {"does", words_of("serve.log.act." + entry.action, entry.action)},
       {"rows", act.rows > 1 ? phrase("store.rows", {{"count", std::to_string(act.rows)}}) : ""},
       {"failed", failed_why(entry.outcome)},
       {"whom", act.whom == name ? "" : act.whom},
       {"reason", words_of("serve.reason." + entry.reason, entry.reason)},
       {"child", entry.subject.none() ? "" : entry.subject.text()}});
}

Answer listed(const Visit& visit, const Part& part, std::int64_t before,
              const std::vector<Slip>& slips) {
  AccountNames names{visit.desk()};
  const auto found = acts_before(visit.desk(), before, part.filter, names, acts_on_a_page);
  if (!found) return problem(visit, found.error());
  Shown acts{Shown::type::list};
  for (const LoggedAct& act : found->acts) acts << shown_act(act, names);
  const LogFilter& filter = part.filter;
  // The form of the files asks for a reason alone.
  const bool is_misnarrowed = !slips.empty() && slips.front().field != "reason";
  const auto typed = [&](const char* field, const std::string& kept) {
    return is_misnarrowed ? std::string{visit.form.text(field)} : kept;
  };
  Shown content =
      shown({{"way", part.way},
             {"older", found->older == 0 ? "" : std::to_string(found->older)},
             {"since", typed("since", filter.since ? day_text(*filter.since) : "")},
             {"until", typed("until", filter.before ? day_text(*filter.before - whole_day) : "")},
             {"account", typed("account", filter.account)},
             {"child", typed("child", filter.child ? filter.child->text() : "")}});
  content.set("acts", acts);
  content.set("any", !found->acts.empty());
  content.set("is_part", part.way != "/log");
  content.set("narrows", part.way != "/log" || is_misnarrowed);
  content.set("newer", before != 0);
  ask_reason(
      content, visit.form,
      {.label = phrase("serve.log.why"), .hint = phrase("serve.reason_logged"), .words = false});
  return page(visit, "log", phrase("serve.log"), content, slips);
}

/// The filter of a form, and what is wrong with it.
LogFilter filter_of(const Form& form, Desk& desk, std::vector<Slip>& slips) {
  LogFilter filter;
  filter.account = form.text("account");
  if (!filter.account.empty() && !desk.ever_had_account(filter.account))
    slips.push_back({"account", phrase("serve.log.no_account")});
  const auto day_of_field = [&](const char* field) -> std::optional<Seconds> {
    if (form.text(field).empty()) return std::nullopt;
    const auto date = Date::parse(form.text(field));
    if (date) return start_of(*date);
    slips.push_back({field, phrase("serve.log.no_day")});
    return std::nullopt;
  };
  filter.since = day_of_field("since");
  if (const auto last = day_of_field("until")) filter.before = *last + whole_day;
  if (filter.since && filter.before && *filter.since >= *filter.before)
    slips.push_back({"until", phrase("serve.log.no_days")});
  if (form.text("child").empty()) return filter;
  filter.child = Id::parse(form.text("child"));
  if (!filter.child) slips.push_back({"child", phrase("serve.log.no_child")});
  return filter;
}

Answer older(const Visit& visit, const Part& part) {
  constexpr int not_found = 404;
  const std::string& text = visit.parts.back();
  std::int64_t before = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), before);
  if (error != std::errc{} || end != text.data() + text.size() || before < 1)
    return problem(visit, not_found, phrase("serve.no_page"));
  return listed(visit, part, before, {});
}

Answer taken_away(const Visit& visit, const Part& part) {
  constexpr int bad_request = 400, too_large = 413;
  constexpr std::size_t most = 50'000;
  const std::string_view kind = visit.form.text("kind");
  if (kind != "csv" && kind != "json") return problem(visit, bad_request, phrase("serve.no_form"));
  AccountNames names{visit.desk()};
  const Taking taking{.is_export = true, .purpose = purpose_of(visit.form), .most = most};
  const auto entries = wanted_entries(visit.desk(), 1, part.filter, names, taking);
  if (!entries) {
    const Why why = entries.error().why;
    if (why == Why::reason_needed || why == Why::unknown_reason)
      return listed(visit, part, 0, {{"reason", phrase("serve.no_reason")}});
    return problem(visit, entries.error());
  }
  if (entries->size() > most)
    return problem(visit, too_large,
                   phrase("serve.log.too_many", {{"most", std::to_string(most)}}));
  return kind == "csv"
             ? download("text/csv; charset=utf-8", "audit.csv",
                        log_csv(*entries, visit.desk(), names))
             : download("application/json", "audit.json", log_json(*entries, visit.desk(), names));
}

}  // namespace

Answer log_page(Visit& visit) { return listed(visit, {}, 0, {}); }
Answer older_log_page(Visit& visit) { return older(visit, {}); }
Answer take_log(Visit& visit) { return taken_away(visit, {}); }

Answer narrow_log(Visit& visit) {
  std::vector<Slip> slips;
  const LogFilter filter = filter_of(visit.form, visit.desk(), slips);
  if (!slips.empty()) return listed(visit, {}, 0, slips);
  const bool is_whole = !filter.since && !filter.before && !filter.child && filter.account.empty();
  if (is_whole) return see("/log");
  auto& parts = visit.visitor.person->log_parts;
  // Ids begin with the time they were made at.
  if (parts.size() >= most_parts) parts.erase(parts.begin());
  const Id id = Id::random();
  parts[id] = filter;
  return see("/log/parts/" + id.text());
}

Answer log_part_page(Visit& visit) {
  const auto part = part_of(visit);
  return part ? listed(visit, *part, 0, {}) : see("/log");
}
Answer older_log_part_page(Visit& visit) {
  const auto part = part_of(visit);
  return part ? older(visit, *part) : see("/log");
}
Answer take_log_part(Visit& visit) {
  const auto part = part_of(visit);
  return part ? taken_away(visit, *part) : see("/log");
}

}  // namespace gcp2::cli::web
