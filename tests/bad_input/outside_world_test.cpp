// Files, folders, pipes and disks that do not do what is asked of them: exit 3 and a sentence, and
// what was there before is still there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "gcp2/json.h"
#include "program.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

const std::string sample = GCP2_SOURCE_DIR "/schemas/samples/first.json";
const std::string gcp = GCP2_SOURCE_DIR "/schemas/instruments/gcp.json";

/// Every command that reads the file, with somewhere for its result to go.
std::vector<std::vector<std::string>> commands_on(const std::string& file, const Folder& folder) {
  return {{"validate", file},
          {"score", file},
          {"score", "--ndjson", file},
          {"convert", file, folder.path("new.gcp2")},
          {"sign", file, "--by", "P2", "--at", "2026-02-09T16:00:00Z"},
          {"amend", file, "--output", folder.path("new.json")},
          {"instrument", "check", file},
          {"instrument", "overlay", file},
          {"score", sample, "--instrument", file},
          {"score", sample, "--overlay", file},
          {"score", GCP2_SOURCE_DIR "/schemas/samples/grades.csv", "--header", file}};
}

void expect_outside(const Ended& ended, std::string_view says) {
  EXPECT_EQ(ended.code, 3) << ended.said();
  EXPECT_NE(ended.err.find(says), std::string::npos) << ended.said();
  EXPECT_TRUE(ended.err.starts_with("gcp2: ")) << ended.err;
}

TEST(OutsideWorld, NoSuchFile) {
  const Folder folder;
  for (const auto& arguments : commands_on(folder.path("lost.json"), folder))
    expect_outside(run({arguments}), "cannot open " + folder.path("lost.json") + ": No such file");
  EXPECT_TRUE(folder.names().empty());
}

TEST(OutsideWorld, AFolder) {
  const Folder folder;
  for (const auto& arguments : commands_on(folder.path("."), folder))
    expect_outside(run({arguments}), "is a folder; name a file in it");
  EXPECT_TRUE(folder.names().empty());
}

TEST(OutsideWorld, AFileThatMayNotBeRead) {
  const Folder folder;
  const std::string file = folder.write("secret.json", source_file("schemas/samples/first.json"));
  ASSERT_EQ(::chmod(file.c_str(), 0), 0);
  for (const auto& arguments : commands_on(file, folder)) {
    const Ended ended = run({.arguments = arguments, .before = become_nobody});
    if (ended.code == cannot_start) GTEST_SKIP() << "no other user can start the program here";
    expect_outside(ended, "Permission denied");
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"secret.json"});
}

TEST(OutsideWorld, AFolderThatMayNotBeWrittenIn) {
  const Folder folder;
  const std::string file = folder.write("record.json", source_file("schemas/samples/first.json"));
  ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
  ASSERT_EQ(::chmod(folder.path(".").c_str(), 0555), 0);
  const std::string before = folder.read("record.json");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"convert", file, folder.path("new.gcp2")},
        {"sign", file, "--by", "P2", "--at", "2026-02-09T16:00:00Z"},
        {"score", file, "--output", folder.path("card.txt")}}) {
    const Ended ended = run({.arguments = arguments, .before = become_nobody});
    if (ended.code == cannot_start) GTEST_SKIP() << "no other user can start the program here";
    expect_outside(ended, "Permission denied");
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"record.json"});
  EXPECT_EQ(folder.read("record.json"), before);
}

TEST(OutsideWorld, APipeWhoseWriterLeavesEarly) {
  const Folder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::string part = source_file("schemas/samples/first.json").substr(0, 900);
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"validate", pipe},
                                                    {"score", pipe},
                                                    {"sign", pipe, "--by", "P2"},
                                                    {"convert", pipe, folder.path("new.gcp2")},
                                                    {"instrument", "check", pipe}}) {
    std::thread writer{[&] { std::ofstream{pipe} << part; }};
    const Ended ended = run({arguments});
    writer.join();
    EXPECT_EQ(ended.code, 1) << ended.said();
    EXPECT_NE(ended.said().find("[cut_off]"), std::string::npos) << ended.said();
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"pipe"});
}

TEST(OutsideWorld, AReaderThatLeavesEarly) {
  const std::string line =
      write_json(parsed(source_file("schemas/samples/first.json")), Layout::line) + "\n";
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"validate", sample},
                                                    {"score", sample},
                                                    {"score", "--format", "json", sample},
                                                    {"score", "--ndjson"},
                                                    {"instrument", "show"},
                                                    {"instrument", "check", gcp},
                                                    {"--help"}})
    expect_outside(run({.arguments = arguments, .in = line, .times = 500, .nobody_reads = true}),
                   "cannot write to standard output: Broken pipe");
}

TEST(OutsideWorld, StandardOutputThatIsFullOrClosed) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"validate", sample},
        {"validate", "--format", "json", sample},
        {"score", sample},
        {"score", "--ndjson"},
        {"convert", sample, "-", "--to", "csv"},
        {"sign", sample, "--by", "P2", "--at", "2026-02-09T16:00:00Z", "--output", "-"},
        {"instrument", "list"},
        {"instrument", "check", gcp},
        {"--help"},
        {"--version"}}) {
    expect_outside(run({.arguments = arguments, .in = "{}\n", .out = "/dev/full"}),
                   "cannot write to standard output: No space left on device");
    expect_outside(run({.arguments = arguments, .in = "{}\n", .out_is_closed = true}),
                   "cannot write to standard output: Bad file descriptor");
  }
}

TEST(OutsideWorld, StandardErrorThatIsFull) {
  const auto code = [](const std::vector<std::string>& arguments) {
    return run({.arguments = arguments, .err = "/dev/full"}).code;
  };
  const Folder folder;
  const std::string wrong = folder.write("wrong.json", "{");
  EXPECT_EQ(code({}), 2);
  EXPECT_EQ(code({"validte"}), 2);
  EXPECT_EQ(code({"score", sample}), 0);
  EXPECT_EQ(code({"score", wrong}), 1);
  EXPECT_EQ(code({"score", sample, "--overlay", wrong}), 1);
  EXPECT_EQ(code({"validate", folder.path("lost.json"), sample}), 3);
  EXPECT_EQ(code({"convert", sample, folder.path("new.csv")}), 0);
}

TEST(OutsideWorld, NamesThatCannotBeWritten) {
  const Folder folder;
  std::filesystem::create_directory(folder.path("folder.json"));
  ASSERT_EQ(::mkfifo(folder.path("pipe.json").c_str(), 0600), 0);
  const std::string file = folder.write("record.json", source_file("schemas/samples/first.json"));
  const std::vector<std::string> names = folder.names();
  struct Row {
    std::string name, says;
  };
  for (const auto& [name, says] :
       {Row{folder.path("folder.json"), "is a folder; name a file in it"},
        Row{folder.path("pipe.json"), "a device or a pipe. Name - (standard output)"},
        Row{"/dev/full", "a device or a pipe. Name - (standard output)"},
        Row{folder.path("lost/new.json"), "there is no folder " + folder.path("lost")},
        Row{folder.path("record.json/new.json"), "Not a directory"},
        Row{folder.path(std::string(300, 'x') + ".json"), "File name too long"}}) {
    expect_outside(run({{"convert", file, name, "--to", "json"}}), says);
    expect_outside(run({{"score", file, "--output", name}}), says);
    expect_outside(
        run({{"sign", file, "--by", "P2", "--at", "2026-02-09T16:00:00Z", "--output", name}}),
        says);
    EXPECT_EQ(folder.names(), names) << name;
  }
}

/// What files are called in a folder from now on, one name after the other.
class NamesGiven {
 public:
  explicit NamesGiven(const std::string& folder) {
    ::inotify_add_watch(file_, folder.c_str(), IN_CREATE | IN_MOVED_TO);
  }
  ~NamesGiven() { ::close(file_); }
  NamesGiven(const NamesGiven&) = delete;
  NamesGiven& operator=(const NamesGiven&) = delete;
  std::vector<std::string> take() const {
    alignas(inotify_event) char events[4096];
    std::vector<std::string> names;
    const auto size = ::read(file_, events, sizeof events);
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(events + at);
      names.emplace_back(event->name);
      at += static_cast<ssize_t>(sizeof *event + event->len);
    }
    return names;
  }

 private:
  int file_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
};

// Whoever is killed while writing would leave a child's record under a name that nobody looks for.
TEST(OutsideWorld, AFileHasNoNameBeforeItIsWhole) {
  const Folder folder;
  const int unnamed = ::open(folder.path(".").c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (unnamed < 0) GTEST_SKIP() << "every file has a name here";
  ::close(unnamed);
  const std::string card = folder.path("card.txt");
  const NamesGiven given{folder.path(".")};
  EXPECT_EQ(run({{"score", sample, "--output", card}}).code, 0);
  EXPECT_EQ(given.take(), std::vector<std::string>{"card.txt"});
  struct stat facts{};
  ASSERT_EQ(::stat(card.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777U, 0600U);
  // What is replaced is so by one that is whole, and keeps its permissions.
  ASSERT_EQ(::chmod(card.c_str(), 0640), 0);
  EXPECT_EQ(run({{"score", sample, "--output", card}}).code, 0);
  EXPECT_EQ(given.take().back(), "card.txt");
  ASSERT_EQ(::stat(card.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777U, 0640U);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"card.txt"});
}

/// Writing fails on the way: every command that writes says so, and leaves all as it was.
void expect_no_room(const Folder& folder, const std::string& room, std::string_view says,
                    const std::function<void()>& before) {
  const std::string file =
      folder.write(room + "record.json", source_file("schemas/samples/first.json"));
  const std::string old = folder.write(room + "old.gcp2", "what was there before");
  if (before == nullptr) {
    std::ofstream filler{folder.path(room + "filler"), std::ios::binary};
    while (filler.put('x').flush()) continue;
  }
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"convert", file, old},
        {"convert", file, folder.path(room + "new.json")},
        {"sign", file, "--by", "P2", "--at", "2026-02-09T16:00:00Z"},
        {"score", file, "--explain", "--output", old},
        {"instrument", "show", "--format", "json", "--output", old}}) {
    const Ended ended = run({.arguments = arguments, .before = before});
    expect_outside(ended, says);
    EXPECT_EQ(folder.read(room + "record.json"), source_file("schemas/samples/first.json"));
    EXPECT_EQ(folder.read(room + "old.gcp2"), "what was there before");
  }
  for (const auto& entry : std::filesystem::directory_iterator{folder.path(room)})
    EXPECT_FALSE(entry.path().filename().string().starts_with('.')) << "a leftover takes up room";
}

TEST(OutsideWorld, AFileThatMayNotGrow) {
  const Folder folder;
  expect_no_room(folder, "", "File too large", [] {
    const rlimit limit{2000, 2000};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(cannot_start);
  });
}

TEST(OutsideWorld, AFullDisk) {
  const Folder folder;
  const std::string room = folder.path("small");
  std::filesystem::create_directory(room);
  if (::mount("tmpfs", room.c_str(), "tmpfs", 0, "size=64k,mode=700") != 0)
    GTEST_SKIP() << "a small disk can be mounted by root only";
  expect_no_room(folder, "small/", "No space left on device. Make room on the disk", nullptr);
  EXPECT_EQ(::umount(room.c_str()), 0);
}

TEST(Refusal, NeverGoesIntoTheFileOfOutput) {
  const Folder folder;
  std::string text = source_file("schemas/samples/first.json");
  text.replace(text.find("\"status\": \"draft\""), 17, "\"status\": \"final\"");
  const std::string file = folder.write("record.json", text);
  const std::string other = folder.write("other.json", text);
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"sign", file, "--by", "P2", "--output", file, "--format", "json"},
        {"sign", sample, "--by", "nobody", "--output", file, "--format", "json"},
        {"amend", sample, "--output", file, "--format", "json"},
        {"score", file, "--output", other, "--format", "json"}}) {
    const Ended ended = run({arguments});
    EXPECT_EQ(ended.code, 1) << ended.said();
    EXPECT_EQ(parsed(ended.out).text_at("format"), "gcp2/findings/1");
    EXPECT_EQ(folder.read("record.json"), text);
    EXPECT_EQ(folder.read("other.json"), text);
  }
}

TEST(ASignedRecord, IsNeverReplacedWhateverItStandsIn) {
  const Folder folder;
  const std::string file =
      folder.write("signed.json", source_file("schemas/samples/teenager.json"));
  for (const char* name : {"lines.ndjson", "family.gcp2"})
    ASSERT_EQ(run({{"convert", sample, file, folder.path(name)}}).code, 0);
  for (const char* name : {"signed.json", "lines.ndjson", "family.gcp2"}) {
    const std::string before = folder.read(name);
    const Ended ended = run({{"convert", sample, folder.path(name)}});
    EXPECT_EQ(ended.code, 1) << name;
    EXPECT_NE(ended.err.find("holds a signed record, which never changes"), std::string::npos);
    EXPECT_EQ(folder.read(name), before);
  }
}

TEST(Indenting, NeverMakesARecordThatCannotBeReadAgain) {
  const Folder folder;
  std::string lists;
  for (int i = 0; i < 3200; ++i)
    lists += (i == 0 ? "" : ",") + std::string(60, '[') + std::string(60, ']');
  std::string text = source_file("schemas/samples/first.json");
  text.insert(text.find("\"status\""), "\"x\": [" + lists + "], ");
  const std::string file = folder.write("record.json", text);
  const Ended ended = run({{"sign", file, "--by", "P2", "--at", "2026-02-09T16:00:00Z"}});
  ASSERT_EQ(ended.code, 0) << ended.said();
  EXPECT_LT(folder.read("record.json").size(), 2 * text.size());
  EXPECT_EQ(run({{"score", file}}).code, 0);
}

}  // namespace
}  // namespace gcp2::test
