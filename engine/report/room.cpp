#include <fmt/format.h>

#include <algorithm>

#include "gcp2/report.h"
#include "gcp2/training_report.h"
#include "report/figures.h"
#include "report/spread.h"
#include "report/training_words.h"
#include "report/words.h"

namespace gcp2 {
namespace {

constexpr std::size_t most_splits = 6;  ///< what a session has time for

class RoomReport {
 public:
  RoomReport(View& view, const Room& room, const Language& language)
      : view_{view}, room_{room}, instrument_{*room.of.told->instrument}, language_{language} {}

  void write(const Room* earlier) {
    add(Heading{2, say("room.heading",
                       {{"case", room_.of.told->title}, {"profile", room_.of.profile->title}})});
    add(Paragraph{training_words::identity(language_, room_.of)});
    agreement();
    areas();
    splits();
    without_grounds();
    leaning();
    if (earlier != nullptr) then_and_now(*earlier);
    items();
    add(Heading{3, say("room.discussion")});
    add(Items{room_.of.told->discussion});
  }

 private:
  [[nodiscard]] std::string say(std::string_view key,
                                std::initializer_list<Filling> fillings = {}) const {
    return language_.say(key, fillings);
  }
  void add(Block block) { view_.blocks.push_back(std::move(block)); }

  [[nodiscard]] std::string name(const Statistic& statistic) const {
    return language_.say("room.name." + std::string{name_of(statistic.measure)});
  }

  void agreement() {
    add(Heading{3, say("room.agreement")});
    Facts facts{{{say("room.trainees"), std::to_string(room_.trainees.size())},
                 {say("room.items"), std::to_string(room_.leaves.size())}}};
    for (const Statistic& each : room_.statistics)
      facts.rows.emplace_back(name(each), figures::estimate(language_, each));
    add(std::move(facts));
    for (const Statistic& each : room_.statistics)
      if (const auto against = sure_band(each)) add(Paragraph{sure(each, *against)});
    add(Paragraph{say("room.figures_mean")});
  }

  [[nodiscard]] static std::optional<Benchmark> sure_band(const Statistic& statistic) {
    return has_error(statistic) ? benchmark(statistic) : std::nullopt;
  }
  [[nodiscard]] std::string sure(const Statistic& statistic, const Benchmark& against) const {
    std::vector<std::string> bands;
    constexpr double certain = 0.995;  // every band below it is so, too
    for (std::size_t i = 0;
         i + 1 < Benchmark::bands && (i == 0 || against.at_least[i - 1] < certain); ++i)
      bands.push_back(
          say("room.probability", {{"band", or_better(static_cast<Benchmark::Band>(i))},
                                   {"percent", figures::percent(against.at_least[i])}}));
    if (against.band == Benchmark::Band::poor)
      return say("room.none_sure",
                 {{"name", name(statistic)}, {"bands", words::list(language_, bands)}});
    return say("room.sure", {{"name", name(statistic)},
                             {"band", or_better(against.band)},
                             {"bands", words::list(language_, bands)}});
  }

  /// Nothing is better than the best band.
  [[nodiscard]] std::string or_better(Benchmark::Band band) const {
    const std::string word = figures::band(language_, band);
    return band == Benchmark::Band::almost_perfect ? word : say("room.or_better", {{"band", word}});
  }

  [[nodiscard]] std::string in_a_cell(const Statistic& each) const {
    std::string text = figures::in_a_cell(language_, each);
    if (const auto against = sure_band(each))
      text += "; " + (against->band == Benchmark::Band::poor
                          ? say("room.no_band")
                          : say("room.at_least", {{"band", or_better(against->band)}}));
    return text;
  }

  void areas() {
    if (room_.trainees.size() < 2) return;
    Table table{say("room.areas"), {say("room.area")}, {}};
    for (const Statistic& each : room_.statistics) table.columns.push_back(name(each));
    for (const RoomArea& area : room_.areas) {
      std::vector<Cell> row{{words::node(instrument_, area.area)}};
      for (const Statistic& each : area.statistics) row.push_back({in_a_cell(each)});
      table.rows.push_back(std::move(row));
    }
    add(std::move(table));
  }

  void splits() {
    add(Heading{3, say("room.splits")});
    if (room_.trainees.size() < 2) return add(Paragraph{say("room.alone")});
    if (room_.splits.empty()) return add(Paragraph{say("room.no_splits")});
    add(Paragraph{say("room.splits_mean")});
    Items items;
    for (std::size_t i = 0; i < std::min(room_.splits.size(), most_splits); ++i)
      items.items.push_back(with_reasons(room_.leaves[room_.splits[i]]));
    add(std::move(items));
    if (room_.splits.size() > most_splits)
      add(Paragraph{
          say("room.more_splits", {{"count", std::to_string(room_.splits.size() - most_splits)}})});
  }

  [[nodiscard]] std::string with_reasons(const RoomLeaf& leaf) const {
    std::string text =
        say("room.leaf", {{"node", words::node(instrument_, leaf.key->node)},
                          {"spread", spread_words(language_, instrument_, leaf)},
                          {"key", words::grade_or_none(language_, instrument_, leaf.key->grade)}});
    for (const std::string& line : training_words::reasons(language_, *leaf.key))
      text += "\n" + line;
    return text;
  }

  void without_grounds() {
    Items items;
    for (const RoomLeaf& leaf : room_.leaves)
      if (!leaf.key->grade && leaf.graded() != 0) items.items.push_back(with_reasons(leaf));
    if (items.items.empty()) return;
    add(Heading{3, say("room.without_grounds")});
    add(std::move(items));
  }

  [[nodiscard]] std::string lean(const Statistic& bias) const {
    return language_.say("room.lean." + figures::lean_word(bias), figures::lean_fillings(bias, {}));
  }

  void leaning() {
    add(Heading{3, say("room.leaning")});
    Table table{
        say("room.leaning_caption"),
        {say("room.trainee"), say("room.among_others"), say("room.beside_key"), say("room.as_key")},
        {}};
    for (std::size_t i = 0; i < room_.trainees.size(); ++i) {
      const Marking& marking = room_.trainees[i].marking;
      table.rows.push_back(
          {{one_line(room_.trainees[i].name)},
           {lean(room_.leaning[i])},
           {lean(marking.bias)},
           {say("room.as_key_of", {{"count", std::to_string(marking.count(LeafOutcome::same))},
                                   {"compared", std::to_string(marking.compared)}})}});
    }
    add(std::move(table));
    add(Paragraph{say("room.leaning_mean")});
  }

  void then_and_now(const Room& earlier) {
    add(Heading{3, say("room.then_and_now")});
    add(Paragraph{say(earlier.of.profile == room_.of.profile ? "room.same_case" : "room.other_case",
                      {{"count", std::to_string(earlier.trainees.size())},
                       {"case", earlier.of.told->title},
                       {"profile", earlier.of.profile->title}})});
    Table table{say("room.change_caption"),
                {say("room.figure"), say("room.then"), say("room.now"), say("room.difference")},
                {}};
    for (const RoomChange& change : changes_of(earlier, room_))
      table.rows.push_back({{name(change.now)},
                            {figures::in_a_cell(language_, change.before)},
                            {figures::in_a_cell(language_, change.now)},
                            {difference(change)}});
    add(std::move(table));
    add(Paragraph{say("room.change_means")});
  }

  [[nodiscard]] std::string difference(const RoomChange& change) const {
    std::vector<Filling> fillings;
    if (change.interval)
      fillings = {{"difference", figures::decimals(*change.difference)},
                  {"low", figures::decimals(change.interval->low)},
                  {"high", figures::decimals(change.interval->high)}};
    return language_.say("room.change." + std::string{name_of(change.told)}, fillings);
  }

  void items() {
    add(Heading{3, say("room.every_item")});
    for (const RoomArea& area : room_.areas) {
      std::vector<std::size_t> within;
      for (std::size_t i = 0; i < room_.leaves.size(); ++i) {
        const NodeIndex node = room_.leaves[i].key->node;
        if (area.area <= node && node < instrument_.node(area.area).end) within.push_back(i);
      }
      Picture picture = spread_picture(room_, area.area, within, language_);
      std::string sentence = picture.description;
      add(Figure{std::move(picture), std::move(sentence)});
      add(counts(area.area, within));
    }
  }

  [[nodiscard]] Table counts(NodeIndex area, const std::vector<std::size_t>& within) const {
    Table table{say("room.counts", {{"area", words::node(instrument_, area)}}),
                {say("room.item"), say("room.key"), say("room.gave"), say("room.alike")},
                {}};
    for (const std::size_t i : within) {
      const RoomLeaf& leaf = room_.leaves[i];
      table.rows.push_back(
          {{words::node(instrument_, leaf.key->node)},
           leaf.key->grade
               ? Cell{words::grade(language_, instrument_, *leaf.key->grade), leaf.key->grade}
               : Cell{say("room.open")},
           {spread_words(language_, instrument_, leaf)},
           {leaf.alike ? fmt::format("{:.2f}", *leaf.alike) : say("room.no_pair")}});
    }
    return table;
  }

  View& view_;
  const Room& room_;
  const Instrument& instrument_;
  const Language& language_;
};

}  // namespace

View session_view(const SessionReport& report, const Language& language) {
  View view;
  view.language = std::string{language.tag()};
  view.title = language.say("room.title");
  view.identity = language.say(report.anonymous ? "room.identity_anonymous" : "room.identity");
  if (!report.left_aside.empty()) {
    Notice notice{Notice::Kind::warning, language.say("room.left_aside"), {}};
    for (const Finding& finding : report.left_aside)
      notice.lines.push_back(
          language.say("room.left", {{"file", finding.file}, {"why", message(finding)}}));
    view.blocks.emplace_back(std::move(notice));
  }
  view.blocks.emplace_back(Paragraph{language.say("room.no_measure")});
  for (const Room& room : report.rooms) {
    const Room* earlier = earlier_of(report.earlier, room);
    RoomReport{view, room, language}.write(earlier);
    if (earlier == nullptr && !report.earlier.empty())
      view.blocks.emplace_back(Paragraph{language.say("room.no_earlier")});
  }
  view.blocks.emplace_back(Paragraph{language.say("training.one_expert")});
  return view;
}

}  // namespace gcp2
