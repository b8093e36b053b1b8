#include "school.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2::test {

const Purpose none{};
const Purpose cover{"cover", ""};

School::School(bool demonstration, const std::string& records, const OpenRecords& open_records) {
  std::string name = (std::filesystem::temp_directory_path() / "gcp2-school-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder"};
  folder_ = name;
  places = {.records = records.empty() ? "sqlite:" + path("records") : records,
            .ring = path("ring"),
            .erased = path("erased"),
            .ring_backups = path("copies"),
            .anchor = path("anchor")};
  means = {.open_records = open_records,
           .clock = [this] { return now + set; },
           .hardness = {1, std::uint64_t{8} << 10}};
  const auto type_back = [this](const std::string& key) { return recovery_key = key; };
  (void)allowed(Setting::found(places, means,
                               {{"sue", std::string{passphrase}, Role::supervisor},
                                {"adam", std::string{passphrase}, Role::administrator}},
                               demonstration, type_back));
}

School::~School() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Setting School::open() const { return allowed(Setting::open(places, means)); }

Desk School::at(std::string_view name) const {
  Setting setting = open();
  return allowed(setting.log_in(name, passphrase));
}

void School::employ(std::string_view name, Role role) {
  const Account account = allowed(at("adam").make_account(name, role, passphrase));
  if (holds_setting_key(role) || role == Role::reader)
    (void)allowed(at("sue").grant(name, fingerprint(account.open)));
}

std::string School::all_bytes() const {
  std::string all;
  for (const auto& each : std::filesystem::recursive_directory_iterator{folder_}) {
    if (!each.is_regular_file()) continue;
    std::ifstream in{each.path(), std::ios::binary};
    all.append(std::istreambuf_iterator<char>{in}, {});
  }
  return all;
}

std::string uuid(int number) {
  std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

Sample child(int number) {
  const std::string digits = std::to_string(1000 + number);
  Sample out;
  out.id = uuid(number);
  out.ref = "C-" + digits;
  out.family = "F-" + digits;
  out.name = "Sample Child " + digits;
  out.nhs.clear();
  out.upn.clear();
  return out;
}

Value sample(const Sample& wanted) {
  Value document = parsed(source_file("schemas/samples/first.json"));
  document.set("id", Value::text(wanted.id));
  Value& about = *document.find("child");
  about.set("ref", Value::text(wanted.ref));
  about.set("family", Value::text(wanted.family));
  about.set("name", Value::text(wanted.name));
  about.set("date_of_birth", Value::text(wanted.born));
  const auto put = [&](std::string_view key, const std::string& text) {
    if (text.empty())
      about.erase(key);
    else
      about.set(key, Value::text(text));
  };
  put("nhs_number", wanted.nhs);
  put("upn", wanted.upn);
  if (!wanted.is_signed) return document;
  const Record record = judge(document, shipped_instruments(), *Date::parse("2026-06-30"), {}, {});
  return signed_document(record, "P2", *Instant::parse("2026-02-20T10:00:00Z"));
}

}  // namespace gcp2::test
