#include "support/views.h"

namespace gcp2::test {
namespace {

Cell graded(int number, const std::string& word) {
  return {std::to_string(number) + " (" + word + ")", Grade::from(number)};
}

Table profile_table() {
  return {"Areas and sub-areas",
          {"Area", "Grade", "How settled", "Possible"},
          {{{"A Physical care"}, graded(2, "adequate"), {"complete"}, {"2"}},
           {{"A1 Nutrition"}, graded(1, "best"), {"complete"}, {"1"}},
           {{"A4 Hygiene"}, graded(3, "borderline"), {"complete"}, {"3"}},
           {{"B Safety"}, graded(4, "poor"), {"complete"}, {"4"}},
           {{"B2 In carer's absence"}, graded(5, "worst"), {"complete"}, {"5"}},
           {{"C Love"}, {"no grade"}, {"provisional"}, {"2, 3, 4 or 5"}}}};
}

}  // namespace

Picture sample_picture() {
  Picture picture;
  picture.width = 420;
  picture.height = 150;
  picture.title = "Who is around Sam";
  picture.description = "Sam, with a strong tie to school and a strained one to a neighbour.";
  picture.shapes = {
      PictureLine{.x1 = 110, .y1 = 75, .x2 = 310, .y2 = 40, .width = 2, .ink = Ink::accent},
      PictureLine{.x1 = 110, .y1 = 75, .x2 = 310, .y2 = 115, .ink = Ink::quiet, .dashed = true},
      PictureCircle{.x = 80, .y = 75, .radius = 36, .fill = Ink::shade},
      PictureRect{.x = 300, .y = 20, .width = 100, .height = 36, .radius = 6},
      PictureRect{.x = 300, .y = 96, .width = 100, .height = 36, .dashed = true, .radius = 6},
      PictureText{.x = 80,
                  .y = 79,
                  .size = 12,
                  .text = "Sam",
                  .anchor = PictureText::Anchor::middle,
                  .bold = true},
      PictureText{.x = 310, .y = 42, .text = "School"},
      PictureText{.x = 390, .y = 118, .text = "Neighbour", .anchor = PictureText::Anchor::end}};
  return picture;
}

View sample_view() {
  View view;
  view.title = "Graded care profile";
  view.identity =
      "Sam Example, C-0001, born 14 March 2019; observed 5 to 23 January 2026; draft 7b0c5a54";
  view.blocks = {
      Heading{2, "The child"},
      Facts{{{"Age at the end of the window", "6 years 10 months"},
             {"Lead professional", "A. Teacher, designated safeguarding lead"},
             {"Child's view", "\"I like it when Mum cooks.\"\nSaid at breakfast club."}}},
      Notice{Notice::Kind::urgent,
             "If a child is in immediate danger, call 999 now.",
             {"Sandwell, at any hour: 0121 569 3100",
              "A referral never waits for a profile or for consent."}},
      Heading{2, "Grades"},
      Paragraph{"Grades run from 1 (best) to 5 (worst). Lower is better. A missing grade is never "
                "a good one."},
      Notice{Notice::Kind::warning,
             "The rule was recollected from the public manual and is unverified.",
             {"It is marked [R] wherever it shows."}},
      profile_table(),
      Heading{3, "How B Safety came about"},
      Items{{"A grade worse than 3 takes over, however good the rest is.",
             "The worst here is 5: B2 In carer's absence."}},
      Notice{Notice::Kind::information, "Strengths", {"Meals are regular and eaten together."}},
      Heading{2, "Who is around the child"},
      Figure{sample_picture(), "Sam has a strong tie to school and a strained one to a neighbour."},
  };
  return view;
}

View long_view() {
  View view = sample_view();
  view.title = "Comparison of twelve profiles";
  Table history{"Grades over time", {"Area"}, {}};
  for (int month = 1; month <= 12; ++month)
    history.columns.push_back("2025-" + std::string(month < 10 ? "0" : "") + std::to_string(month));
  for (const char* area : {"A Physical care", "B Safety", "C Love", "D Esteem"}) {
    std::vector<Cell> row{{area}};
    for (int month = 0; month < 12; ++month) {
      const int grade = 1 + (month + static_cast<int>(history.rows.size())) % 5;
      row.push_back({std::to_string(grade), Grade::from(grade)});
    }
    history.rows.push_back(row);
  }
  Table targets{"Targets", {"Item", "Now", "Aim", "Review by", "Support", "Reached"}, {}};
  for (int i = 1; i <= 40; ++i)
    targets.rows.push_back({{"A" + std::to_string(i) + " Organisation of meals"},
                            graded(4, "poor"),
                            graded(2, "adequate"),
                            {"30 April 2026"},
                            {"Breakfast club on school days; a health visitor calls each month "
                             "to talk about shopping and cooking."},
                            {"not yet"}});
  view.blocks.insert(view.blocks.end(), {Heading{2, "Over time"}, history, Heading{2, "Targets"},
                                         targets, Heading{2, "Explanation"}});
  for (int i = 0; i < 12; ++i) {
    view.blocks.emplace_back(Heading{3, "Step " + std::to_string(i + 1)});
    std::string text;
    for (int sentence = 0; sentence < 8; ++sentence)
      text += "2 is the most frequent grade, and nothing graded worse than 3 takes over here. ";
    view.blocks.emplace_back(Paragraph{text});
  }
  return view;
}

std::string hostile_text() {
  std::string text =
      "</p></style><script>alert(1)</script><img src=x onerror='alert(2)'>{{#blocks}}{{title}}"
      "\" ' & ]]> <!-- \u202egnp.elpmaS\u202c \u05e9\u05dc\u05d5\u05dd "
      "\u0645\u0631\u062d\u0628\u0627 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 "
      "\u4e16\u754c \ufffe \x1b[31m \x07 \x7f \xc2\x85 \xff\xc3 \xed\xa0\x80 tab\there\r\nline ";
  text += '\0';
  return text + std::string(10'000, 'W');
}

View hostile_view() {
  const std::string text = hostile_text();
  Picture picture = sample_picture();
  picture.title = picture.description = text;
  picture.shapes.emplace_back(PictureText{.x = 5, .y = 140, .text = text});
  View view;
  view.title = view.identity = text;
  view.blocks = {Heading{3, text},
                 Heading{2, text},
                 Paragraph{text},
                 Facts{{{text, text}, {"Short", text}, {text, "short"}}},
                 Facts{},
                 Items{{text, "short"}},
                 Items{},
                 Table{text, {text, "Grade"}, {{{text}, {text, Grade::from(4)}}}},
                 Table{"No row", {"Area", "Grade"}, {}},
                 Notice{Notice::Kind::information, text, {text}},
                 Notice{Notice::Kind::warning, text, {}},
                 Notice{Notice::Kind::urgent, text, {text}},
                 Figure{picture, text}};
  return view;
}

View empty_view() {
  View view;
  view.title = "Nothing to report";
  view.identity = "Sam Example";
  return view;
}

}  // namespace gcp2::test
