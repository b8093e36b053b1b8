#include "../records.h"

#include <fmt/format.h>

#include "../output.h"
#include "gcp2/report.h"
#include "listing.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

Value to_json(const ChildFacts& child) {
  Value one = Value::object();
  one.set("id", Value::text(child.id.text()));
  one.set("ref", Value::text(child.ref));
  const auto say = [&](std::string_view key, const std::string& text) {
    if (!text.empty()) one.set(key, Value::text(text));
  };
  say("family", child.family_ref);
  say("name", child.name);
  say("date_of_birth", child.date_of_birth ? child.date_of_birth->text() : "");
  say("nhs_number", child.nhs_number);
  say("upn", child.upn);
  one.set("held", Value::boolean(child.held));
  return one;
}

std::string line_of(const ChildFacts& child) {
  std::string out = on_screen(child.ref);
  if (!child.name.empty()) out += "  " + on_screen(child.name);
  if (child.date_of_birth)
    out += "  " + phrase("store.born", {{"day", child.date_of_birth->text()}});
  if (child.held) out += "  " + phrase("store.held");
  return out;
}

void write_children(const std::vector<ChildFacts>& children, const Options& options) {
  write_list(
      children,
      {"gcp2/children/1", "children",
       phrase(options.has("all") ? "store.no_children_at_all" : "store.no_children")},
      options, [](const ChildFacts& each) { return to_json(each); }, line_of);
}

std::string state_of(const RecordLine& line, Desk& desk) {
  if (!line.is_signed) return phrase("store.record.draft");
  const std::string kept_by = on_screen(desk.account_name(line.kept_by));
  std::string out = phrase(line.is_superseded ? "store.record.superseded" : "store.record.signed");
  out += ", " + phrase(line.brought_in ? "store.record.brought_in" : "store.record.signed_here",
                       {{"name", kept_by}});
  if (!line.signed_off_by.none())
    out += ", " + phrase("store.record.signed_off",
                         {{"name", on_screen(desk.account_name(line.signed_off_by))},
                          {"day", day_text(line.signed_off_at)}});
  return out;
}

int sign_off(const Options& options, const Id& id) {
  options.refuse_given(no_output);
  auto [setting, desk] = enter(options);
  (void)granted(desk.sign_off(id, purpose_of(options)), options);
  write_standard_output(phrase("store.signed_off", {{"record", id.text()}}) + "\n");
  return Exit::done;
}

/// A draft that the store has already, from now on as it is in the file. What the store alone has
/// can be somebody's newer answer: it is not taken back unasked.
void save_over(Desk& desk, const Record& record, const std::string& file, const Options& options) {
  const std::string& id = record.assessment.id;
  if (record.assessment.is_signed)
    throw Stop{Exit::invalid,
               phrase("store.is_draft_here", {{"file", file}, {"record", on_screen(id)}})};
  const Value kept = granted(desk.read(record_id(id, options), purpose_of(options)), options);
  const auto lost = taken_back(kept, record.document);
  if (!lost.empty() && !options.has("replace"))
    throw Stop{Exit::invalid,
               phrase("store.draft_says_more",
                      {{"file", file},
                       {"record", on_screen(id)},
                       {"places", on_screen(fmt::format("{}", fmt::join(lost, ", ")))}})};
  (void)granted(desk.save_draft(kept, record.document, purpose_of(options)), options);
}

}  // namespace

int store_add(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  add_reading_options(options);
  options.flag("replace", "option.replace_draft");
  if (!options.parse(arguments, 0, 10000)) return Exit::done;
  (void)operand_of(options, "store.add_what");
  for (const std::string& name : options.operands()) require_input(name);
  const Instruments instruments = instruments_at_hand(options);
  std::vector<ReadFile> files;
  for (const std::string& name : options.operands())
    // A draft may lack much, but a file that says two things at once is not read at random.
    if (const ReadFile& file = files.emplace_back(read_file(name, options, instruments));
        file.records.empty() || any(file.of_reading, Severity::invalid))
      refuse_invalid(file.of_reading, options);
  auto [setting, desk] = enter(options);
  for (const ReadFile& file : files)
    for (std::size_t i = 0; i < file.records.size(); ++i) {
      const Record& record = file.records[i];
      const Assessment& a = record.assessment;
      const auto added = desk.add(record.document, instruments, purpose_of(options));
      const bool is_known = !added && added.error().why == Why::already_there;
      if (!added && !is_known)
        stop(added.error(), options,
             file.records.size() == 1 ? file.name : fmt::format("{}#{}", file.name, i + 1));
      if (is_known) save_over(desk, record, file.name, options);
      const Filling what[] = {
          {"file", file.name}, {"record", on_screen(a.id)}, {"child", on_screen(a.child.ref)}};
      write_standard_output((is_known ? phrase("store.saved_draft", {what[0], what[1], what[2]})
                             : a.is_signed
                                 ? phrase("store.added", {what[0], what[1], what[2]})
                                 : phrase("store.added_draft", {what[0], what[1], what[2]})) +
                            "\n");
    }
  return Exit::done;
}

int store_list(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  options.flag("all", "option.all_children")
      .value("ref", "REF", "option.child_ref")
      .value("upn", "UPN", "option.child_upn")
      .value("nhs-number", "NUMBER", "option.child_nhs")
      .value("name", "NAME", "option.child_name")
      .value("born", "DATE", "option.child_born");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  for (const char* other : {"ref", "upn", "nhs-number", "name"})
    require_one_at_most(options, {"all", other});
  Identifiers wanted{options.text("ref"), options.text("upn"), options.text("nhs-number"),
                     options.text("name"), std::nullopt};
  if (options.has("born")) {
    wanted.date_of_birth = Date::parse(options.text("born"));
    if (!wanted.date_of_birth) options.refuse(phrase("store.born_date"));
  }
  if (options.has("name") != options.has("born")) options.refuse(phrase("store.name_and_born"));
  const bool looks_up =
      options.has("ref") || options.has("upn") || options.has("nhs-number") || options.has("name");
  if (!looks_up) options.refuse_given(no_note);
  auto [setting, desk] = enter(options);
  write_children(looks_up
                     ? std::vector{granted(desk.find(wanted, purpose_of(options)), options)}
                     : granted(desk.children(options.has("all"), purpose_of(options)), options),
                 options);
  return Exit::done;
}

int store_history(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const std::string ref = operand_of(options, "store.which_child");
  auto [setting, desk] = enter(options);
  const ChildFacts child = child_of(desk, ref, "history", options);
  const auto lines = granted(desk.history(child.id, purpose_of(options)), options);
  if (!options.json()) {
    std::string out = line_of(child) + "\n";
    for (const RecordLine& line : lines)
      out += fmt::format("  {}  {}\n", line.id.text(),
                         phrase("store.record.line", {{"from", on_screen(line.window_from)},
                                                      {"to", on_screen(line.window_to)},
                                                      {"state", state_of(line, desk)}}));
    write_standard_output(out);
    return Exit::done;
  }
  Value list = Value::list();
  for (const RecordLine& line : lines) {
    Value one = Value::object();
    one.set("id", Value::text(line.id.text()));
    one.set("status", Value::text(line.is_signed ? "signed" : "draft"));
    one.set("superseded", Value::boolean(line.is_superseded));
    if (!line.supersedes.empty()) one.set("supersedes", Value::text(line.supersedes));
    one.set("from", Value::text(line.window_from));
    one.set("to", Value::text(line.window_to));
    one.set("changed", Value::text(moment_text(line.at)));
    if (line.is_signed) {
      one.set("kept_by", Value::text(line.kept_by.text()));
      one.set("brought_in", Value::boolean(line.brought_in));
    }
    if (!line.signed_off_by.none()) {
      one.set("signed_off_by", Value::text(line.signed_off_by.text()));
      one.set("signed_off_at", Value::text(moment_text(line.signed_off_at)));
    }
    list.items().push_back(std::move(one));
  }
  Value document = Value::object();
  document.set("format", Value::text("gcp2/history/1"));
  document.set("child", to_json(child));
  document.set("records", std::move(list));
  write_standard_output(write_json(document));
  return Exit::done;
}

int store_sign(const Command& command, const Arguments& arguments) {
  Options options{command, {no_format}};
  add_store_options(options);
  add_replace_option(options);
  options.value("by", "REF", "option.sign_by").flag("off", "option.sign_off");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  require_one_at_most(options, {"off", "by"});
  const std::string record = operand_of(options, "store.which_record");
  if (options.has("off")) return sign_off(options, record_id(record, options));
  if (!options.has("by")) options.refuse(phrase("usage.sign_by"));
  const Instruments instruments = instruments_at_hand(options);
  const Id id = record_id(record, options);
  const Purpose purpose = purpose_of(options);
  // A file leaves the store: nothing is signed that could not be written then.
  if (leaves_store(options) && purpose.code.empty()) stop({.why = Why::reason_needed}, options);
  auto [setting, desk] = enter(options);
  const auto document = desk.sign(id, options.text("by"), instruments, purpose);
  if (!document) stop(document.error(), options, id.text());
  const std::string target = options.text("output");
  if (leaves_store(options)) (void)granted(desk.show({id}, Showing::hand_out, purpose), options);
  if (!target.empty())
    write_once_done(target, record_text(*document, Layout::pretty, target, options),
                    phrase("store.signed_but", {{"record", id.text()}}));
  say_in_clear(options);
  write_standard_output(phrase("store.signed", {{"record", id.text()}}) + "\n");
  return Exit::done;
}

int store_amend(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const Id id = record_id(operand_of(options, "store.which_record"), options);
  const Instruments instruments = instruments_at_hand(options);
  auto [setting, desk] = enter(options);
  const Value draft = granted(desk.amend(id, instruments, purpose_of(options)), options);
  write_standard_output(
      phrase("store.amended", {{"old", id.text()}, {"record", std::string{draft.text_at("id")}}}) +
      "\n");
  return Exit::done;
}

}  // namespace gcp2::cli
