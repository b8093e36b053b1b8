// A draft in its pieces: a row without its leaves, and a row for each leaf, so that an answer is
// one small row to seal and two people can answer different leaves at once.
#pragma once

#include <string>
#include <vector>

#include "setting/inside.h"

namespace gcp2 {

struct DraftLeaf {
  Row row;
  std::int64_t place = 0;  ///< among the observations
  Value observation;
};
struct Draft {
  Row row;
  Value head;  ///< the document without its observations
  std::vector<DraftLeaf> leaves;

  [[nodiscard]] Value whole() const;
};

/// `absent` where there is no such draft.
Allowed<Draft> read_draft(Desk::State& desk, const Id& id);
/// The rows of a document that is to become a draft of the child.
std::vector<Put> new_draft(const Id& store, const Id& child, const Id& key, const Secret& secret,
                           const Value& document, Seconds at);
/// The draft's own row once more. It goes with every change of a leaf, so that of two changes at
/// once one is a conflict and is tried again on what the other left.
Put touched(const Id& store, const Secret& secret, const Draft& draft, const Value& head,
            Seconds at);
std::vector<Drop> dropped(const Draft& draft);
/// Of a key that stands in an object twice the first stays, which is the one that is read. There
/// are records from before such were refused.
void drop_repeats(Value& value);

/// What has to be written so that `draft`, which was read as `base`, becomes `changed`. Where draft
/// and base differ, others have written meanwhile; what both changed differently is in `clashes`.
struct Merge {
  Batch batch;
  std::vector<std::string> clashes;  ///< nodes, and keys of the document
};
Merge merged(const Id& store, const Secret& secret, const Draft& draft, const Value& base,
             const Value& changed, Seconds at);

}  // namespace gcp2
