#include "gcp2/training_files.h"
#include "json/forms.h"
#include "json/statistic.h"

namespace gcp2 {
namespace {

using forms::grade_or_null;
using forms::instrument_form;
using forms::real;
using forms::real_or_null;
using forms::whole;
using forms::word;

Value statistics_form(const std::vector<Statistic>& statistics) {
  Value list = Value::list();
  for (const Statistic& each : statistics) list.items().push_back(statistic_form(each));
  return list;
}

Value trainee_form(const Room& room, std::size_t index) {
  const Trainee& trainee = room.trainees[index];
  const Marking& marking = trainee.marking;
  Value form = Value::object();
  form.set("trainee", word(trainee.name));
  if (!trainee.assessment.empty()) form.set("assessment", word(trainee.assessment));
  form.set("compared", whole(marking.compared));
  form.set("without_grounds", whole(marking.count(LeafOutcome::without_grounds)));
  form.set("not_graded", whole(marking.count(LeafOutcome::not_graded)));
  form.set("among_others", statistic_form(room.leaning[index]));
  form.set("beside_key",
           statistics_form({marking.exact, marking.within_one, marking.kappa, marking.bias}));
  return form;
}

Value leaf_form(const Instrument& instrument, const RoomLeaf& leaf) {
  Value form = Value::object();
  form.set("node", word(instrument.node(leaf.key->node).code));
  form.set("key",
           grade_or_null(leaf.key->grade));
  Value& gave = form.set("gave", Value::object());
  for (std::size_t i = 0; i < leaf.gave.size(); ++i)
    gave.set(std::to_string(i + Grade::best), whole(leaf.gave[i]));
  form.set("missing", whole(leaf.missing));
  form.set("alike", real_or_null(leaf.alike));
  form.set("as_key", real_or_null(leaf.as_key));
  return form;
}

Value change_form(const RoomChange& change) {
  Value form = Value::object();
  form.set("before", statistic_form(change.before));
  form.set("now", statistic_form(change.now));
  form.set("difference", real_or_null(change.difference));
  Value interval;
  if (change.interval) {
    interval = Value::list();
    interval.items() = {real(change.interval->low), real(change.interval->high)};
  }
  form.set("ci", std::move(interval));
  form.set("told", word(name_of(change.told)));
  return form;
}

Value room_form(const Room& room, const std::vector<Room>& earlier) {
  const Instrument& instrument = *room.of.told->instrument;
  Value form = Value::object();
  form.set("case", word(room.of.told->id));
  form.set("profile", word(room.of.profile->id));
  form.set("statistics", statistics_form(room.statistics));
  Value& areas = form.set("areas", Value::list());
  for (const RoomArea& area : room.areas) {
    Value entry = Value::object();
    entry.set("area", word(instrument.node(area.area).code));
    entry.set("leaves", whole(area.leaves));
    entry.set("statistics", statistics_form(area.statistics));
    areas.items().push_back(std::move(entry));
  }
  Value& trainees = form.set("trainees", Value::list());
  for (std::size_t i = 0; i < room.trainees.size(); ++i)
    trainees.items().push_back(trainee_form(room, i));
  Value& leaves = form.set("leaves", Value::list());
  for (const RoomLeaf& leaf : room.leaves) leaves.items().push_back(leaf_form(instrument, leaf));
  Value& splits = form.set("splits", Value::list());
  for (const std::size_t i : room.splits)
    splits.items().push_back(word(instrument.node(room.leaves[i].key->node).code));
  const Room* before = earlier_of(earlier, room);
  if (before == nullptr) return form;
  Value& change = form.set("change", Value::object());
  change.set("case", word(before->of.told->id));
  change.set("profile", word(before->of.profile->id));
  change.set("trainees", whole(before->trainees.size()));
  Value& statistics = change.set("statistics", Value::list());
  for (const RoomChange& each : changes_of(*before, room))
    statistics.items().push_back(change_form(each));
  return form;
}

}  // namespace

Value session_document(const std::vector<Room>& rooms, const std::vector<Room>& earlier) {
  Value document = Value::object();
  document.set("format", word("gcp2/session/1"));
  Value& list = document.set("rooms", Value::list());
  for (const Room& room : rooms) list.items().push_back(room_form(room, earlier));
  return document;
}

Value study_document(const std::vector<Room>& rooms) {
  const Instrument& instrument = *rooms.front().of.told->instrument;
  Value study = Value::object();
  study.set("format", word("gcp2/study/1"));
  study.set("instrument", instrument_form(instrument));
  Value& ratings = study.set("ratings", Value::list());
  for (const Room& room : rooms)
    for (const Trainee& trainee : room.trainees)
      for (const LeafMark& leaf : trainee.marking.leaves) {
        if (!leaf.own.grade) continue;
        Value rating = Value::object();
        rating.set("case", word(room.of.told->id + "/" + room.of.profile->id));
        rating.set("node", word(instrument.node(leaf.key->node).code));
        rating.set("rater", word(trainee.name));
        rating.set("grade", whole(leaf.own.grade->number()));
        ratings.items().push_back(std::move(rating));
      }
  return study;
}

}  // namespace gcp2
