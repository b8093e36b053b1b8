#include <charconv>
#include <optional>

#include "../output.h"
#include "gcp2/json.h"
#include "listing.h"
#include "opening.h"
#include "store.h"

namespace gcp2::cli {
namespace {

/// nullopt where the option is not given.
std::optional<int> years_of(const Options& options, const char* name, int fewest, int most) {
  if (!options.has(name)) return std::nullopt;
  const std::string text = options.text(name);
  int years = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), years);
  if (error != std::errc{} || end != text.data() + text.size() || years < fewest || years > most)
    options.refuse(phrase(
        "store.years",
        {{"option", name}, {"fewest", std::to_string(fewest)}, {"most", std::to_string(most)}}));
  return years;
}

Value to_json(const Certificate& certificate, const std::string& ref) {
  Value document = Value::object();
  document.set("format", Value::text("gcp2/erasure/1"));
  document.set("child", Value::text(certificate.child.text()));
  if (!ref.empty()) document.set("ref", Value::text(ref));
  document.set("asked_by", Value::text(certificate.asked_by.text()));
  document.set("confirmed_by", Value::text(certificate.confirmed_by.text()));
  document.set("at", Value::text(moment_text(certificate.at)));
  document.set("rows", certificate.rows
                           ? Value::number(static_cast<std::int64_t>(*certificate.rows))
                           : Value{});
  document.set("last_ring_backup_expires",
               certificate.last_backup_expires
                   ? Value::text(day_text(*certificate.last_backup_expires))
                   : Value{});
  return document;
}

/// `ref`: what the child was called; empty where nobody knows that any more.
void write_certificate(const Certificate& certificate, const std::string& ref,
                       const Options& options) {
  if (options.json()) {
    write_standard_output(write_json(to_json(certificate, ref)));
    return;
  }
  const std::string id = certificate.child.text();
  std::string out = phrase(certificate.rows ? "store.erased" : "store.erased_uncounted",
                           {{"child", ref.empty() ? id : ref},
                            {"id", id},
                            {"rows", std::to_string(certificate.rows.value_or(0))},
                            {"day", day_text(certificate.at)}});
  out += "\n" + (certificate.last_backup_expires
                     ? phrase("store.erased_backups",
                              {{"day", day_text(*certificate.last_backup_expires)}})
                     : phrase("store.erased_no_backups"));
  write_standard_output(out + "\n");
}

Value to_json(const ErasureRequest& request) {
  Value one = Value::object();
  one.set("child", Value::text(request.child.id.text()));
  one.set("ref", Value::text(request.child.ref));
  one.set("asked_by", Value::text(request.asked_by.text()));
  one.set("at", Value::text(moment_text(request.at)));
  one.set("reason", Value::text(request.reason));
  return one;
}

void list_requests(const Options& options) {
  auto [setting, desk] = enter(options);
  const auto line_of = [&asked = desk](const ErasureRequest& request) {
    return phrase("store.erasure_request",
                  {{"child", on_screen(request.child.ref)},
                   {"name", on_screen(asked.account_name(request.asked_by))},
                   {"day", day_text(request.at)},
                   {"reason", request.reason}});
  };
  write_list(
      granted(desk.erasure_requests(), options),
      {"gcp2/erasure-requests/1", "requests", phrase("store.no_erasure_requests")}, options,
      [](const ErasureRequest& each) { return to_json(each); }, line_of);
}

/// As the log calls it.
std::string_view erasure_step(const Options& options) {
  if (options.has("withdraw")) return "withdraw_erasure";
  return options.has("confirm") ? "confirm_erasure" : "ask_erasure";
}

}  // namespace

int store_hold(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output, no_format}};
  add_store_options(options);
  options.flag("lift", "option.lift");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  const std::string ref = operand_of(options, "store.which_child");
  auto [setting, desk] = enter(options);
  const bool on = !options.has("lift");
  const Id child = child_of(desk, ref, on ? "hold" : "lift_hold", options).id;
  (void)granted(desk.hold(child, on, purpose_of(options)), options);
  write_standard_output(phrase(on ? "store.hold_set" : "store.hold_lifted", {{"child", ref}}) +
                        "\n");
  return Exit::done;
}

int store_retention(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  options.value("years", "N", "option.years").value("set-years", "N", "option.set_years");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  require_one_at_most(options, {"years", "set-years"});
  options.refuse_given(no_note);
  constexpr int most_to_look = 150;
  const auto years = years_of(options, "years", 0, most_to_look);
  const auto own = years_of(options, "set-years", fewest_retention_years, most_retention_years);
  auto [setting, desk] = enter(options);
  if (own) {
    (void)granted(desk.set_retention_years(*own), options);
    write_standard_output(phrase("store.retention_set", {{"years", std::to_string(*own)}}) + "\n");
    return Exit::done;
  }
  const Retention retention = granted(desk.retention(years), options);
  const Date today = options.as_of();
  if (!options.json()) {
    std::string out =
        phrase("store.retention", {{"years", std::to_string(retention.years)}}) + "\n";
    for (const RetentionLine& line : retention.lines) {
      const std::string key = !line.review_on           ? "store.review_unknown"
                              : *line.review_on > today ? "store.review_later"
                                                        : "store.review_due";
      out += phrase(key, {{"child", on_screen(line.child.ref)},
                          {"day", line.review_on ? line.review_on->text() : ""}});
      if (line.child.held) out += "  " + phrase("store.held");
      out += "\n";
    }
    write_standard_output(out);
    return Exit::done;
  }
  Value list = Value::list();
  for (const RetentionLine& line : retention.lines) {
    Value one = Value::object();
    one.set("id", Value::text(line.child.id.text()));
    one.set("ref", Value::text(line.child.ref));
    one.set("review_on", line.review_on ? Value::text(line.review_on->text()) : Value{});
    one.set("due", Value::boolean(line.review_on && *line.review_on <= today));
    one.set("held", Value::boolean(line.child.held));
    list.items().push_back(std::move(one));
  }
  Value document = Value::object();
  document.set("format", Value::text("gcp2/retention/1"));
  document.set("years", Value::number(retention.years));
  document.set("children", std::move(list));
  write_standard_output(write_json(document));
  return Exit::done;
}

int store_erase(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options);
  options.flag("confirm", "option.confirm_erasure")
      .flag("withdraw", "option.withdraw_erasure")
      .flag("requests", "option.erasure_requests")
      .value("certificate", "ID", "option.erasure_certificate");
  if (!options.parse(arguments, 0, 1)) return Exit::done;
  require_one_at_most(options, {"confirm", "withdraw", "requests", "certificate"});
  if (options.has("requests") || options.has("certificate")) {
    require_no_operand(options);
    options.refuse_given(no_note);
  }
  if (options.has("requests")) {
    list_requests(options);
    return Exit::done;
  }
  if (options.has("certificate")) {
    const Id child = id_of(options.text("certificate"), options, "store.no_child_id");
    auto [setting, desk] = enter(options);
    write_certificate(granted(desk.certificate(child), options), "", options);
    return Exit::done;
  }
  const std::string ref = operand_of(options, "store.which_child");
  if (!options.has("confirm")) options.refuse_given(no_format);
  auto [setting, desk] = enter(options);
  const Id child = child_of(desk, ref, erasure_step(options), options).id;
  if (options.has("withdraw")) {
    (void)granted(desk.withdraw_erasure(child, purpose_of(options)), options);
    write_standard_output(phrase("store.erasure_withdrawn", {{"child", ref}}) + "\n");
    return Exit::done;
  }
  if (!options.has("confirm")) {
    (void)granted(desk.ask_erasure(child, purpose_of(options)), options);
    write_standard_output(phrase("store.erasure_asked", {{"child", ref}}) + "\n");
    return Exit::done;
  }
  const Certificate certificate =
      granted(desk.confirm_erasure(child, purpose_of(options)), options);
  write_certificate(certificate, ref, options);
  return Exit::done;
}

}  // namespace gcp2::cli
