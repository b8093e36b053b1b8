// A room of trainees, from their records in a folder to the report: the whole program.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "gcp2/case_files.h"
#include "gcp2/json.h"

namespace gcp2::bench {
namespace {

namespace fs = std::filesystem;

/// A folder of so many records of one case, each grade a little off the key.
class Folder {
 public:
  explicit Folder(std::size_t trainees) {
    std::string name = (fs::temp_directory_path() / "gcp2-room-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder for the records"};
    path_ = name;
    const Case& told = shipped_cases().front();
    const ToldCase of{&told, &told.profiles.front()};
    for (std::size_t t = 0; t < trainees; ++t) {
      Value record = training_draft(of, id_of(t), "Trainee " + std::to_string(t));
      Value& list = record.set("observations", Value::list());
      for (const KeyEntry& key : of.profile->key) {
        const int off = static_cast<int>((key.node * 7U + t * t) % 3U) - 1;
        Value observation = Value::object();
        observation.set("node", Value::text(told.instrument->node(key.node).code));
        observation.set("grade", Value::number(std::int64_t{std::clamp(
                                     key.grade.value_or(*Grade::from(3)).number() + off, 1, 5)}));
        list.items().push_back(std::move(observation));
      }
      std::ofstream{path_ / (std::to_string(t) + ".json")} << write_json(record);
    }
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  static std::string id_of(std::size_t number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
  }
  fs::path path_;
};

void session(benchmark::State& state) {
  const Folder folder{static_cast<std::size_t>(state.range(0))};
  const std::string command = "'" GCP2_PROGRAM "' train session '" + folder.path() +
                              "' --to html --output '" + folder.path() + "/.room.html'";
  for (auto _ : state)
    if (std::system(command.c_str()) != 0) return state.SkipWithError("gcp2 does not run");
}
BENCHMARK(session)->Arg(20)->Arg(200)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gcp2::bench
