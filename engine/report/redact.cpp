#include <algorithm>
#include <map>

#include "gcp2/report.h"
#include "report/folding.h"
#include "report/known_words.h"

namespace gcp2 {
namespace {

/// Refs that say nothing about anybody. Somebody of several records has the same one in all of them:
/// people are the same by name where there is one, else by ref.
class Aliases {
 public:
  explicit Aliases(std::string letter) : letter_{std::move(letter)} {}

  void begin_record() { here_.clear(); }
  void meet(const std::string& ref, const std::string& name) {
    std::string key = name.empty() ? "ref:" + ref : "name:";
    for (const char32_t c : folded(name).letters)
      if (in_word(c)) key += std::to_string(static_cast<unsigned long>(c)) + " ";
    here_.emplace(ref, alias(key));
  }
  /// Somebody who is only referred to has an alias, too; nobody has none.
  void put(std::string& ref) {
    if (ref.empty()) return;
    const auto found = here_.find(ref);
    ref = found != here_.end() ? found->second : alias("ref:" + ref);
  }

 private:
  std::string alias(const std::string& key) {
    return all_.try_emplace(key, letter_ + std::to_string(all_.size() + 1)).first->second;
  }
  std::string letter_;
  std::map<std::string, std::string> all_;
  std::map<std::string, std::string> here_;
};

class Redactor {
 public:
  explicit Redactor(const std::vector<const Assessment*>& records) {
    for (const Assessment* record : records) known_.learn(*record);
  }

  void words(std::string& text) const { text = known_.taken_out_of(text); }

  Assessment record(const Assessment& whole) {
    Assessment a = whole;
    a.id.clear();
    a.supersedes.clear();
    a.earlier.clear();
    a.child = Child{};
    a.child.conditions = whole.child.conditions;
    for (std::string& condition : a.child.conditions)
      if (!condition_from(condition)) words(condition);
    people(a);
    for (Agency& agency : a.agencies) {
      agency.name.clear();
      words(agency.involvement);
    }
    words(a.consent_reason);
    for (Observation& o : a.observations) {
      assessors_.put(o.by);
      words(o.reason);
      words(o.comment);
      for (Evidence& e : o.evidence) words(e.text);
    }
    for (Judgement& judgement : a.judgements) {
      assessors_.put(judgement.by);
      words(judgement.reason);
    }
    for (Comment& comment : a.comments) {
      assessors_.put(comment.by);
      words(comment.text);
    }
    for (std::string* view : {&a.views.child, &a.views.carers, &a.views.practitioner}) words(*view);
    for (Target& target : a.targets) words(target.support);
    for (Dismissal& dismissal : a.dismissed) {
      assessors_.put(dismissal.by);
      words(dismissal.reason);
    }
    for (Event& event : a.events) words(event.text);
    return a;
  }

 private:
  void people(Assessment& a) {
    carers_.begin_record();
    for (Carer& carer : a.carers) {
      carers_.meet(carer.ref, carer.name);
      carers_.put(carer.ref);
      carer.name.clear();
      words(carer.relationship);
    }
    assessors_.begin_record();
    for (Assessor& assessor : a.assessors) {
      assessors_.meet(assessor.ref, assessor.name);
      assessors_.put(assessor.ref);
      assessor.name.clear();
      assessor.agency.clear();
      words(assessor.role);
    }
    assessors_.put(a.lead_professional);
    if (a.signature) assessors_.put(a.signature->by);
    family(a.family);
  }

  void family(Family& family) {
    members_.begin_record();
    std::vector<std::string> refs;
    for (FamilyMember& member : family.members) {
      refs.push_back(member.ref);
      members_.meet(member.ref, member.name);
      members_.put(member.ref);
      carers_.put(member.carer);
      member.name.clear();
      member.born.reset();
      member.died.reset();
    }
    for (FamilyUnion& u : family.unions) {
      for (auto* of : {&u.between, &u.children})
        for (std::string& ref : *of) members_.put(ref);
      for (auto& twins : u.twins)
        for (std::string& ref : twins) members_.put(ref);
    }
    // Agencies have no names any more, so nobody can be tied to one.
    std::erase_if(family.ties, [&refs](const FamilyTie& tie) {
      return std::ranges::find(refs, tie.to) == refs.end();
    });
    for (FamilyTie& tie : family.ties)
      for (std::string* end : {&tie.from, &tie.to}) members_.put(*end);
  }

  KnownWords known_;
  Aliases assessors_{"P"}, carers_{"K"}, members_{"M"};
};

}  // namespace

Redacted redacted(const Comparison& comparison, const std::vector<Indication>& indicated) {
  std::vector<const Assessment*> records;
  for (const ScoredRecord& point : comparison.points) records.push_back(&point.assessment);
  Redactor redactor{records};
  Redacted all;
  all.comparison.comparable = comparison.comparable;
  all.comparison.nodes = comparison.nodes;
  all.comparison.shift = comparison.shift;
  all.indications = indicated;
  for (const ScoredRecord& r : comparison.points)
    all.comparison.points.push_back({r.instrument, r.rule,
                                     all.records.emplace_back(redactor.record(r.assessment)),
                                     r.sheet, r.card});
  for (NodeChange& node : all.comparison.nodes)
    for (TargetOutcome& target : node.targets) redactor.words(target.support);
  for (Indication& each : all.indications) {
    for (IndicationStep& step : each.steps)
      if (step.of == IndicationStep::Of::profile) step.word.clear();
    if (each.dismissed == nullptr) continue;
    const auto at = each.dismissed - records.back()->dismissed.data();
    each.dismissed = &all.records.back().dismissed[static_cast<std::size_t>(at)];
  }
  return all;
}

}  // namespace gcp2
