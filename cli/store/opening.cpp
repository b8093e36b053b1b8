#include "opening.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "../output.h"
#include "../records.h"
#include "../refused.h"
#include "../server.h"
#include "gcp2/json.h"
#include "gcp2/report.h"

namespace gcp2::cli {
namespace {

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string option_or(const Options& options, const char* name, const char* variable) {
  return options.has(name) ? options.text(name) : from_environment(variable);
}

/// Whether it is the store, its ring or a key that does not fit, and not what was asked for.
bool is_outside(Why why) {
  switch (why) {
    case Why::not_logged_in:
    case Why::slow_down:
    case Why::not_granted:
    case Why::other_store:
    case Why::stale_ring:
    case Why::rolled_back:
    case Why::missing_keys:
    case Why::unsealable:
    case Why::no_ring_backup:
    case Why::recovery:
    case Why::bad_backup:
    case Why::not_copied:
    case Why::erasure_goes_on: return true;
    default: return false;
  }
}

bool is_of_a_server(std::string_view name) {
  return name.starts_with("postgresql:") || name.starts_with("postgres:");
}

/// A server's name as it may be said: a password that was typed into it is not to be seen again.
std::string without_password(const std::string& name) {
  if (!is_of_a_server(name)) return name;
  const auto begin = std::min(name.size(), name.find_first_not_of('/', name.find(':') + 1));
  const auto host = name.rfind('@');
  const auto colon = name.find(':', begin);
  const bool is_plain = name.find('?') == std::string::npos &&
                        (host == std::string::npos || colon == std::string::npos || colon > host);
  return is_plain ? name : name.substr(0, begin) + "...";
}

}  // namespace

void add_store_options(Options& options, Asking asking) {
  options.value("store", "NAME", "option.store")
      .value("ring", "FILE", "option.ring")
      .value("anchor", "FILE", "option.anchor");
  if (asking == Asking::nobody) return;
  options.value("as", "NAME", "option.store_as")
      .value("passphrase-fd", "N", "option.passphrase_fd");
  if (asking == Asking::who) return;
  options.value("reason", "CODE", "option.store_reason").value("note", "TEXT", "option.store_note");
}

void add_replace_option(Options& options) { options.flag("replace", "option.replace"); }

bool names_anchors(const Options& options) {
  return !option_or(options, "anchor", "GCP2_ANCHOR").empty();
}

Places places_of(const Options& options) {
  Places places;
  places.records = option_or(options, "store", "GCP2_STORE");
  if (places.records.empty()) options.refuse(phrase("store.which"));
  places.ring = option_or(options, "ring", "GCP2_RING");
  if (places.ring.empty()) {
    if (is_of_a_server(places.records)) options.refuse(phrase("store.which_ring"));
    std::string_view file = places.records;
    if (file.starts_with("sqlite:")) file.remove_prefix(std::string_view{"sqlite:"}.size());
    places.ring = std::string{file} + ".ring";
  }
  places.erased = places.ring + ".erased";
  places.ring_backups = places.ring + ".copies";
  if (!names_anchors(options)) {
    places.anchor = places.ring + ".anchor";
    require_anchor_apart(places, options);
    return places;
  }
  places.anchor = option_or(options, "anchor", "GCP2_ANCHOR");
  // A stick that is not plugged in would be missed only when the anchors are.
  const auto folder = std::filesystem::absolute(places.anchor).parent_path();
  if (!std::filesystem::is_directory(folder))
    throw Stop{Exit::outside, phrase("store.anchor_folder", {{"folder", folder.string()}})};
  require_anchor_apart(places, options);
  return places;
}

Means means_at_hand() {
  return {.open_records =
              [](std::string_view name, Opening opening, const Id& id) {
                return is_of_a_server(name) ? open_on_server(name, opening, id)
                                            : open_store(name, opening, id);
              },
          .clock =
              [] {
                return std::chrono::duration_cast<std::chrono::seconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                    .count();
              }};
}

Purpose purpose_of(const Options& options) {
  return {options.text("reason"), words_of(options, "note")};
}

std::string words_of(const Options& options, const char* name) {
  std::string words = options.text(name);
  if (!is_utf8(words)) options.refuse(phrase("store.not_utf8", {{"option", name}}));
  return words;
}

void write_once_done(const std::string& name, std::string_view bytes, const std::string& but) {
  try {
    write_output(name, bytes);
  } catch (const Stop& stop) {
    throw Stop{stop.code, stop.message + " " + but};
  }
}

void require_one_at_most(const Options& options, std::initializer_list<const char*> names) {
  std::vector<std::string> given;
  for (const char* name : names)
    if (options.has(name)) given.push_back("--" + std::string{name});
  if (given.size() > 1)
    options.refuse(
        phrase("store.one_of_them", {{"options", fmt::format("{}", fmt::join(given, ", "))}}));
}

void require_no_operand(const Options& options) {
  const auto& operands = options.operands();
  if (!operands.empty()) options.refuse(phrase("usage.too_many", {{"operand", operands.front()}}));
}

void require_known_reason(const Options& options) {
  const Purpose purpose = purpose_of(options);
  if (!purpose.code.empty() && std::ranges::find(reasons(), purpose.code) == reasons().end())
    stop({.why = Why::unknown_reason}, options);
}

bool leaves_store(const Options& options) {
  return options.has("output") && options.text("output") != "-";
}

void say_in_clear(const Options& options) {
  if (leaves_store(options))
    write_standard_error(phrase("store.in_clear", {{"file", options.text("output")}}) + "\n");
}

void stop(const Refusal& refusal, const Options& options, const std::string& file) {
  const std::string about = file.empty() ? "" : without_password(on_screen(file)) + ": ";
  if (refusal.why == Why::store) {
    const std::string key = "store.trouble." + std::string{name_of(refusal.store.trouble)};
    std::string said = phrase(key, {{"what", one_line(refusal.store.message)}});
    if (refusal.store.message.starts_with("key ring")) {
      const Places places = places_of(options);
      said = phrase("store.ring_trouble",
                    {{"file", places.ring}, {"copies", places.ring_backups}, {"what", said}});
    }
    throw Stop{Exit::outside, about + said};
  }
  if (refusal.why == Why::invalid) {
    Findings findings = refusal.findings;
    if (!file.empty())
      for (Finding& finding : findings) finding.file = file;
    refuse_invalid(findings, options);
  }
  throw Stop{is_outside(refusal.why) ? Exit::outside : Exit::invalid,
             about + why_refused(refusal, fmt::to_string(fmt::join(reasons(), ", ")))};
}

std::string account_of(const Options& options) {
  std::string name = option_or(options, "as", "GCP2_ACCOUNT");
  if (name.empty()) options.refuse(phrase("store.who"));
  return name;
}

Opened enter(const Options& options) {
  require_known_reason(options);
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  const std::string name = account_of(options);
  const Places places = places_of(options);
  require_target(options.text("output"), options);
  require_ring(places);
  Setting setting = granted(Setting::open(places, means_at_hand()), options, places.records);
  std::string passphrase =
      Passphrases{options}.ask(phrase("store.ask_passphrase", {{"name", name}}));
  auto desk = setting.log_in(name, passphrase);
  wipe(passphrase);
  Opened opened{std::move(setting), granted(std::move(desk), options)};
  opened.desk.because(purpose_of(options));
  return opened;
}

ChildFacts child_of(Desk& desk, const std::string& ref, std::string_view action,
                    const Options& options) {
  (void)granted(desk.check_right(action, purpose_of(options)), options);
  if (desk.account().role != Role::reader)
    return granted(desk.find({.ref = ref}, purpose_of(options)), options);
  const auto shared = granted(desk.children(false, purpose_of(options)), options);
  const auto found = std::ranges::find(shared, ref, &ChildFacts::ref);
  if (found == shared.end()) {
    // Not for a reader to look up: refused, so that the log says who tried.
    (void)desk.find({.ref = ref}, purpose_of(options));
    stop({.why = Why::not_shared}, options);
  }
  return *found;
}

Id id_of(const std::string& text, const Options& options, std::string_view otherwise) {
  const auto id = Id::parse(text);
  if (!id) options.refuse(phrase(otherwise, {{"text", on_screen(text)}}));
  return *id;
}

Id record_id(const std::string& text, const Options& options) {
  return id_of(text, options, "store.no_id");
}

Seconds until_of(const Options& options) {
  if (!options.has("until")) return 0;
  const auto date = Date::parse(options.text("until"));
  if (!date) options.refuse(phrase("store.until"));
  const Seconds end = end_of(*date);
  if (end <= means_at_hand().clock())
    options.refuse(phrase("store.until_past", {{"day", date->text()}}));
  return end;
}

std::string operand_of(const Options& options, std::string_view missing) {
  if (options.operands().empty()) options.refuse(phrase(missing));
  return options.operands().front();
}

void say(std::string_view key, std::initializer_list<Filling> fillings) {
  write_standard_output(phrase(key, fillings) + "\n");
}

std::string on_screen(const std::string& text) { return one_line(text); }

}  // namespace gcp2::cli
