// Bytes as an archive. Whoever makes an archive can seal it, so mutations are sealed again.
#include "gcp2/archive.h"

#include "archive/header.h"
#include "claims.h"
#include "mutation.h"

namespace {

using gcp2::ArchiveKind;
using gcp2::Findings;
using gcp2::Value;

constexpr ArchiveKind kinds[] = {ArchiveKind::text, ArchiveKind::xml, ArchiveKind::binary};

constexpr std::string_view vocabulary = R"([null, true, false, 0, -0.10E+07, 1e308,
  123456789012345678901234567890, "", "%25 %", "<a>&amp;]]>", "line\nbreak\u0000\u001f", "é😀", [], {},
  [[[[[]]]]], {"": {"": [{}]}}, {"format": "gcp2/assessment/1", "observations": [{"node": "A1a", "grade": 2}]}])";

std::vector<Value> documents_in(std::string_view bytes) {
  Findings ignored;
  return read_archive(bytes, ignored);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gcp2;
  Findings findings;
  const std::vector<Value> documents =
      read_archive({reinterpret_cast<const char*>(data), size}, findings);
  fuzz::claim_findings(findings, true);
  fuzz::claim(findings.empty() || documents.empty(), "nothing is read from what is refused");
  if (!findings.empty()) return 0;
  for (const ArchiveKind kind : kinds)
    fuzz::claim(documents_in(write_archive(documents, kind)) == documents,
                "an archive gives back its documents");
  for (const Value& document : documents) {
    if (document.is_object() || document.is_list()) fuzz::claim_written(document);
    if (!document.is_null()) fuzz::claim_record(document, {}, false);
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  using namespace gcp2;
  static const fuzz::Vocabulary words{vocabulary};
  fuzz::Chance chance{seed};
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  Findings broken;
  const auto opened = archive::open(bytes, broken);
  if (!opened || chance() % 16 == 0)
    return fuzz::give_back(fuzz::mutated_bytes(bytes, most), data, most);
  if (std::vector<Value> documents = documents_in(bytes); chance() % 4 == 0 && !documents.empty()) {
    fuzz::mutate_document(documents[chance() % documents.size()], chance, words);
    const std::string changed = write_archive(documents, kinds[chance() % std::size(kinds)]);
    if (changed.size() <= most) return fuzz::give_back(changed, data, most);
  }
  const std::size_t header = bytes.size() - opened->content.size();
  const ArchiveKind kind = chance() % 16 == 0 ? kinds[chance() % std::size(kinds)] : opened->kind;
  return fuzz::give_back(
      archive::sealed(kind, fuzz::mutated_bytes(std::string{opened->content}, most - header)), data,
      most);
}
