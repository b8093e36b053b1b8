#include "gcp2/training_csv.h"

#include "interop/csv.h"

namespace gcp2 {

std::string grades_to_fill_in(const ToldCase& told) {
  const Instrument& instrument = *told.told->instrument;
  const CaseProfile& profile = *told.profile;
  // Excel takes a file without the mark for one of the code page of its machine.
  std::string out = "\xEF\xBB\xBFnode,,grade,evidence,comment\r\n";
  for (const NodeIndex leaf : key_leaves(instrument, profile.age_months, profile.conditions))
    out += csv::quoted(instrument.node(leaf).code) + "," +
           csv::quoted(instrument.node(leaf).label) + ",,,\r\n";
  return out;
}

std::string session_csv(const std::vector<Room>& rooms) {
  std::string out =
      "\xEF\xBB\xBFsubject,rater,grade,not_graded,key,difference,node,item,case,profile\r\n";
  const auto number = [](const std::optional<Grade>& grade) {
    return grade ? std::to_string(grade->number()) : std::string{};
  };
  for (const Room& room : rooms) {
    const std::string& told = room.of.told->id;
    const std::string& profile = room.of.profile->id;
    for (const Trainee& trainee : room.trainees)
      for (const LeafMark& leaf : trainee.marking.leaves) {
        const Node& node = room.of.told->instrument->node(leaf.key->node);
        const bool both = leaf.own.grade && leaf.key->grade;
        std::string row;
        for (const std::string& cell :
             {told + "/" + profile + "/" + node.code, trainee.name, number(leaf.own.grade),
              leaf.own.grade ? std::string{} : std::string{name_of(leaf.own.not_graded)},
              number(leaf.key->grade)})
          row += csv::quoted(cell) + ",";
        // A difference below 0 is a number, which no apostrophe may make a text.
        row += both ? std::to_string(leaf.apart) : "";
        for (const std::string& cell : {node.code, node.label, told, profile})
          row += "," + csv::quoted(cell);
        out += row + "\r\n";
      }
  }
  return out;
}

}  // namespace gcp2
