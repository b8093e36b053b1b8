#include "report/spread.h"

#include <algorithm>

#include "report/words.h"

namespace gcp2 {
namespace {

// Points of 1/72 inch, as wide as an A4 page's text.
constexpr double page_width = 500, label_width = 196, grade_width = 52, row_height = 16, head = 30,
                 bar_height = 8, longest_bar = 28, foot = 18;
constexpr std::size_t longest_label = 40;  ///< characters that stand beside a row

std::string shortened(const std::string& text) {
  if (words::length(text) <= longest_label) return text;
  std::string out;
  std::size_t characters = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > longest_label - 3) break;
    out += c;
  }
  return out + "...";
}

class Spread {
 public:
  Spread(Picture& picture, const Room& room, const Language& language)
      : picture_{picture}, room_{room}, language_{language} {
    for (const RoomLeaf& leaf : room.leaves)
      most_ = std::max(most_, *std::ranges::max_element(leaf.gave));
  }

  void heading() {
    const Instrument& instrument = *room_.of.told->instrument;
    for (int number = Grade::best; number <= Grade::worst; ++number) {
      const double x = column(number);
      text(x, head - 18, std::to_string(number), 9, PictureText::Anchor::start, true);
      text(x, head - 8, words::quality(instrument, *Grade::from(number)), 7,
           PictureText::Anchor::start);
    }
    text(column(Grade::worst + 1), head - 8, language_.say("spread.none"), 7,
         PictureText::Anchor::start);
    add(PictureLine{0, head - 3, page_width, head - 3, 0.75, Ink::line});
  }

  void row(std::size_t index, const RoomLeaf& leaf) {
    const double top = head + static_cast<double>(index) * row_height;
    const double base = top + row_height - 5;
    text(0, base, shortened(words::node(*room_.of.told->instrument, leaf.key->node)), 8,
         PictureText::Anchor::start);
    for (int number = Grade::best; number <= Grade::worst; ++number) {
      const std::size_t gave = leaf.gave.at(static_cast<std::size_t>(number - Grade::best));
      const double x = column(number);
      if (leaf.key->grade && leaf.key->grade->number() == number)
        add(PictureRect{x - 4, top + 1, grade_width - 4, row_height - 2, Ink::text, Ink::paper,
                        1.25});
      if (gave == 0) continue;
      const double length = longest_bar * static_cast<double>(gave) / static_cast<double>(most_);
      add(PictureRect{x, top + (row_height - bar_height) / 2, length, bar_height, Ink::accent,
                      Ink::accent, 0.5});
      text(x + length + 3, base, std::to_string(gave), 8, PictureText::Anchor::start);
    }
    if (leaf.missing != 0)
      text(column(Grade::worst + 1), base, std::to_string(leaf.missing), 8,
           PictureText::Anchor::start);
    add(PictureLine{0, top + row_height, page_width, top + row_height, 0.5, Ink::shade});
  }

 private:
  template <class Shape>
  void add(Shape shape) {
    picture_.shapes.emplace_back(std::move(shape));
  }
  void text(double x, double y, std::string words, double size, PictureText::Anchor anchor,
            bool bold = false) {
    add(PictureText{x, y, size, std::move(words), anchor, Ink::text, bold});
  }
  [[nodiscard]] static double column(int number) {
    return label_width + (number - Grade::best) * grade_width;
  }

  Picture& picture_;
  const Room& room_;
  const Language& language_;
  std::size_t most_ = 1;
};

}  // namespace

Picture spread_picture(const Room& room, NodeIndex area, const std::vector<std::size_t>& leaves,
                       const Language& language) {
  const Instrument& instrument = *room.of.told->instrument;
  Picture picture;
  picture.width = page_width;
  picture.height = head + static_cast<double>(leaves.size()) * row_height + foot;
  picture.title = language.say("spread.title", {{"area", words::node(instrument, area)}});
  const auto split = std::ranges::find_if(room.splits, [&leaves](std::size_t each) {
    return std::ranges::find(leaves, each) != leaves.end();
  });
  picture.description =
      split == room.splits.end()
          ? language.say("spread.no_split", {{"area", words::node(instrument, area)}})
          : language.say("spread.split",
                         {{"area", words::node(instrument, area)},
                          {"item", words::node(instrument, room.leaves[*split].key->node)},
                          {"spread", spread_words(language, instrument, room.leaves[*split])}});
  Spread spread{picture, room, language};
  spread.heading();
  for (std::size_t i = 0; i < leaves.size(); ++i) spread.row(i, room.leaves[leaves[i]]);
  picture.shapes.emplace_back(PictureText{0, picture.height - 5, 7, language.say("spread.legend"),
                                          PictureText::Anchor::start, Ink::quiet});
  return picture;
}

std::string spread_words(const Language& language, const Instrument& instrument,
                         const RoomLeaf& leaf) {
  std::vector<std::string> parts;
  for (int number = Grade::best; number <= Grade::worst; ++number) {
    const std::size_t gave = leaf.gave.at(static_cast<std::size_t>(number - Grade::best));
    if (gave != 0)
      parts.push_back(language.say(
          "spread.gave", {{"count", std::to_string(gave)},
                          {"grade", words::grade(language, instrument, *Grade::from(number))}}));
  }
  if (leaf.missing != 0)
    parts.push_back(language.say("spread.left", {{"count", std::to_string(leaf.missing)}}));
  return words::list(language, parts);
}

}  // namespace gcp2
