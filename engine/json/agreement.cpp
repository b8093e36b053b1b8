#include "gcp2/json.h"
#include "json/forms.h"
#include "json/statistic.h"

namespace gcp2 {
namespace {

using forms::real;
using forms::real_or_null;
using forms::whole;
using forms::word;

Value pair(Value first, Value second) {
  Value list = Value::list();
  list.items() = {std::move(first), std::move(second)};
  return list;
}

Value benchmark_form(const Benchmark& benchmark) {
  Value form = Value::object();
  form.set("band", word(name_of(benchmark.band)));
  Value probabilities = Value::object();
  for (std::size_t i = 0; i < Benchmark::bands; ++i)
    probabilities.set(name_of(static_cast<Benchmark::Band>(i)), real(benchmark.at_least[i]));
  form.set("at_least", std::move(probabilities));
  return form;
}

}  // namespace

Value statistic_form(const Statistic& statistic, std::string_view rater) {
  Value form = Value::object();
  form.set("name", word(name_of(statistic.measure)));
  if (statistic.weights) form.set("weights", word(name_of(*statistic.weights)));
  if (!rater.empty()) form.set("rater", word(rater));
  form.set("estimate", real_or_null(statistic.estimate));
  if (statistic.undefined) form.set("undefined", word(name_of(*statistic.undefined)));
  form.set("se", real_or_null(statistic.error));
  const auto& interval = statistic.interval;
  form.set("ci", interval ? pair(real(interval->low), real(interval->high)) : Value{});
  if (interval) form.set("interval", word(name_of(interval->method)));
  form.set("n", whole(statistic.count));
  if (const auto against = benchmark(statistic)) form.set("benchmark", benchmark_form(*against));
  return form;
}

Value agreement_document(const Ratings& ratings, const std::vector<Statistic>& statistics) {
  Value document = Value::object();
  document.set("format", word("gcp2/agreement/1"));
  document.set("subjects", whole(ratings.subjects().size()));
  document.set("raters", whole(ratings.raters().size()));
  document.set("scale", pair(whole(ratings.scale().lowest),
                             whole(ratings.scale().highest)));
  Value list = Value::list();
  for (const Statistic& statistic : statistics)
    list.items().push_back(statistic_form(
        statistic, statistic.rater ? std::string_view{ratings.raters()[*statistic.rater]} : ""));
  document.set("statistics", std::move(list));
  return document;
}

}  // namespace gcp2
