#include <arpa/inet.h>
#include <time.h>

#include <array>
#include <charconv>
#include <filesystem>

#include "../listening.h"
#include "../locality.h"
#include "../output.h"
#include "../pages.h"
#include "../records.h"
#include "../serve/routes.h"
#include "../store/opening.h"

namespace gcp2::cli {
namespace {

std::uint16_t port_of(const Options& options) {
  const std::string text = options.text("port");
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size())
    options.refuse(phrase("serve.port"));
  return port;
}

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

/// Where it is reached, and what browsers see of that.
struct Reach {
  web::Endpoint endpoint;
  web::Door door;
  bool networked = false;
};

/// On this machine alone, or with --listen over a network: by TLS of our own or of a reverse proxy.
Reach reach_of(const Options& options) {
  Reach reach;
  if (options.has("port")) reach.endpoint.port = port_of(options);
  constexpr const char* for_networks[] = {"host", "certificate", "key", "proxy"};
  if (!options.has("listen")) {
    for (const char* name : for_networks)
      if (options.has(name)) options.refuse(phrase("serve.listen_too", {{"option", name}}));
    return reach;
  }
  const bool has_tls = options.has("certificate") && options.has("key");
  const bool has_half = options.has("certificate") != options.has("key");
  if (has_half || has_tls == options.has("proxy")) options.refuse(phrase("serve.tls_or_proxy"));
  if (!options.has("port") || !options.has("host")) options.refuse(phrase("serve.host_and_port"));
  for (const char* name : {"listen", "proxy"})
    if (options.has(name) && !is_address(options.text(name)))
      options.refuse(phrase("serve.no_address", {{"option", name}}));
  std::string host = options.text("host");
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const bool plain =
      !host.empty() &&
      host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == std::string::npos;
  if (!plain) options.refuse(phrase("serve.bad_host"));
  constexpr std::uint16_t https = 443;
  // Behind a proxy the port is the proxy's: it stands in the name where it is not the usual one.
  const bool names_port = host.rfind(':') != std::string::npos && !host.ends_with(']');
  if (has_tls && reach.endpoint.port != https && !names_port)
    host += ":" + std::to_string(reach.endpoint.port);
  reach.endpoint.address = options.text("listen");
  reach.endpoint.certificate = options.text("certificate");
  reach.endpoint.key = options.text("key");
  reach.endpoint.only_from = options.text("proxy");
  reach.door = {.hosts = {host}, .encrypted = true};
  reach.networked = true;
  return reach;
}

/// Two folders, or none. They need not be there now: a disk can be put in later.
std::optional<web::BackupFolders> backups_of(const Options& options) {
  if (!options.has("ring-copies") && !options.has("backups")) return std::nullopt;
  if (!options.has("ring-copies") || !options.has("backups"))
    options.refuse(phrase("serve.backup.both"));
  web::BackupFolders folders{options.text("ring-copies"), options.text("backups"),
                             means_at_hand().clock};
  require_apart(folders.ring_copies, folders.records, options);
  return folders;
}

/// Goes on while the machine sleeps, and nobody sets it: people are logged out by it.
Seconds since_boot() {
  timespec passed{};
  ::clock_gettime(CLOCK_BOOTTIME, &passed);
  return passed.tv_sec;
}

/// Makes the store where there is none, and no ring; gives whether it is a demonstration.
bool make_ready(const Options& options) {
  if (const auto ready = prepare_for_secrets(); !ready)
    throw Stop{Exit::outside, phrase("store.no_secrets", {{"what", ready.error().message}})};
  const Places places = places_of(options);
  const auto open = [&] { return Setting::open(places, means_at_hand()); };
  auto setting = open();
  const bool is_absent = !setting && setting.error().why == Why::store &&
                         setting.error().store.trouble == Trouble::absent;
  // Half of a setting is somebody's: another disk is not there, or a name is mistyped.
  if (is_absent && setting.error().store.message.starts_with("key ring")) require_ring(places);
  if (is_absent && !std::filesystem::exists(places.ring)) {
    found_setting(options);
    setting = open();
  }
  if (!setting) stop(setting.error(), options);
  return setting->demonstration();
}

FamilyPictures family_pictures(const Assessment& a) {
  const auto& module = pages_at_hand();
  const bool has_family = !a.family.members.empty();
  if (!module || (!has_family && a.agencies.empty())) return {};
  const Language& language = Language::english();
  FamilyPictures out;
  if (has_family)
    if (auto drawn = (*module)->genogram(a, language)) out.genogram = *std::move(drawn);
  if (auto drawn = (*module)->ecomap(a, language)) out.ecomap = *std::move(drawn);
  return out;
}

web::Printing printing() {
  return {.pdf = [](const View& view) -> Result<std::string> {
            if (!pages_at_hand()) return pages_at_hand().error();
            return (*pages_at_hand())->view_pdf(view);
          },
          .pictures = family_pictures};
}

}  // namespace

int serve(const Command& command, const Arguments& arguments) {
  Options options{command, {no_output}};
  add_store_options(options, Asking::nobody);
  options.value("port", "N", "option.port")
      .value("listen", "ADDRESS", "option.listen")
      .value("host", "NAME[:PORT]", "option.host")
      .value("certificate", "FILE", "option.certificate")
      .value("key", "FILE", "option.tls_key")
      .value("proxy", "ADDRESS", "option.proxy")
      .value("as", "NAME", "option.store_as")
      .value("administrator", "NAME", "option.administrator")
      .value("passphrase-fd", "N", "option.passphrase_fd")
      .flag("demonstration", "option.demonstration")
      .value("ring-copies", "FOLDER", "option.ring_copies")
      .value("backups", "FOLDER", "option.backups")
      .value("locality", "NAME|FILE", "option.locality")
      .value("rules", "FILE", "option.rules");
  if (!options.parse(arguments, 0, 0)) return Exit::done;
  const Reach reach = reach_of(options);
  const auto backups = backups_of(options);
  const auto module = listener_at_hand();
  if (!module)
    throw Stop{Exit::outside, phrase("serve.no_listener", {{"why", module.error().message}})};
  const Instruments instruments = instruments_at_hand(options);
  const IndicationRules rules = rules_for(options, instruments);
  const Locality locality = locality_for(options);
  const Places places = places_of(options);
  const bool demonstration = make_ready(options);
  web::Site site{
      .door = reach.door,
      .sessions = web::Sessions{{.open = [&] { return Setting::open(places, means_at_hand()); },
                                 .clock = means_at_hand().clock,
                                 .steady = since_boot,
                                 .by_link = !reach.networked,
                                 .second_step = reach.networked}},
      .trainings = web::TrainingSessions{since_boot},
      .instruments = instruments,
      .rules = rules,
      .locality = locality,
      .today = today,
      .printing = printing(),
      .demonstration = demonstration,
      .backups = backups};
  std::string said, start;
  const auto link_said = [&](std::string_view key) {
    said = site.sessions.link_token();
    return phrase(key, {{"link", start + said}}) + "\n";
  };
  const web::Service service{
      .answer = [&](const web::Request& request) { return web::answer(site, request); },
      .ready =
          [&](std::uint16_t taken) {
            if (reach.networked) {
              write_standard_output(
                  phrase("serve.listening",
                         {{"address", "https://" + reach.door.hosts.front() + "/"}}) +
                  "\n");
              return;
            }
            site.door.hosts = web::own_hosts(taken);
            start = "http://127.0.0.1:" + std::to_string(taken) + "/enter/";
            write_standard_output(link_said("serve.link"));
          },
      .tick =
          [&] {
            site.sessions.end_idle();
            site.trainings.end_idle();
            // Nobody may be reading any more: whoever is there is served all the same.
            if (!reach.networked && said != site.sessions.link_token())
              (void)try_standard_output(link_said("serve.next_link"));
          },
      .most_body = [&](const web::Request& head) { return web::most_body(site, head); }};
  const auto ended = (*module)->listen(reach.endpoint, {}, service, {});
  if (!ended)
    throw Stop{Exit::outside, phrase("serve.not_listening", {{"why", ended.error().message}})};
  return Exit::done;
}

}  // namespace gcp2::cli
