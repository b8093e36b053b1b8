#include "gcp2/archive.h"

#include <algorithm>
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/archive/text_iarchive.hpp>
#include <boost/archive/text_oarchive.hpp>
#include <boost/archive/xml_iarchive.hpp>
#include <boost/archive/xml_oarchive.hpp>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/stream.hpp>
#include <boost/serialization/binary_object.hpp>
#include <boost/serialization/nvp.hpp>
#include <boost/serialization/split_free.hpp>
#include <boost/serialization/tracking.hpp>
#include <boost/serialization/version.hpp>
#include <cstdint>
#include <exception>
#include <sstream>
#include <stdexcept>
#include <type_traits>
#include <unordered_set>

#include "archive/header.h"
#include "archive/xml_text.h"
#include "gcp2/json.h"

// Boost.Serialization trusts what it reads: a length prefix is allocated before it is filled. The
// seal keeps accidents out, but anyone can seal a file. So lengths are read as plain numbers here
// and held against what the content can still hold, and lists grow as their items arrive. What
// passes is what JSON can hold too, so that every document that is read can be written again.

namespace gcp2::archive {
namespace {

constexpr unsigned class_version = 1;
/// Of the library that wrote the first release's archives. Formats before it had other traps.
constexpr unsigned oldest_library = 19;
/// A value takes some 25 bytes of a record's archive, but a hundred in memory: a file of nothing
/// but nulls is not read.
constexpr std::uint64_t bytes_a_value = 16;
constexpr std::uint64_t values_in_any_case = 200'000;

/// What reading may still take, kept with the archive that is being read.
struct Allowance {
  std::uint64_t bytes = 0;        ///< of texts
  std::uint64_t values = 0;       ///< items, members and documents
  std::uint64_t of_document = 0;  ///< items and members of the document at hand
  int depth = 0;
};

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class Archive>
constexpr bool is_xml = std::is_same_v<Archive, boost::archive::xml_oarchive> ||
                        std::is_same_v<Archive, boost::archive::xml_iarchive>;

template <class Archive>
Allowance& allowance(Archive& archive) {
  static int id = 0;
  return archive.template get_helper<Allowance>(&id);
}

template <class Archive>
void save_text(Archive& archive, const char* name, const std::string& text) {
  if constexpr (is_xml<Archive>) {
    const std::string escaped = xml_text(text);
    archive << boost::serialization::make_nvp(name, escaped);
  } else {
    const std::uint64_t size = text.size();
    archive << size;
    archive.save_binary(text.data(), text.size());
  }
}

template <class Archive>
std::string load_text(Archive& archive, const char* name) {
  std::string text;
  if constexpr (is_xml<Archive>) {
    archive >>
        boost::serialization::make_nvp(name, text);  // ends at the next tag, trusts no length
    text = plain_text(text);
  } else {
    std::uint64_t size = 0;
    archive >> size;
    Allowance& left = allowance(archive);
    if (size > left.bytes) throw Refused{"a text is longer than the archive"};
    left.bytes -= size;
    text.resize(size);
    archive.load_binary(text.data(), text.size());
  }
  if (!is_utf8(text)) throw Refused{"a text is not UTF-8"};
  return text;
}

/// How many values follow; so many that the file is too small for them are refused at once.
template <class Archive>
std::size_t load_count(Archive& archive) {
  std::uint64_t count = 0;
  archive >> boost::serialization::make_nvp("count", count);
  Allowance& left = allowance(archive);
  if (count > std::min(left.values, left.of_document))
    throw Refused{"more values than the archive or a document can hold"};
  left.values -= count;
  left.of_document -= count;
  return static_cast<std::size_t>(count);
}

void refuse_twin_keys(const std::vector<Member>& members) {
  std::unordered_set<std::string_view> keys;
  for (const Member& member : members)
    if (!keys.insert(member.key).second) throw Refused{"a key twice"};
}

}  // namespace
}  // namespace gcp2::archive

namespace boost::serialization {

template <class Archive>
void save(Archive& archive, const gcp2::Value& value, unsigned) {
  using Kind = gcp2::Value::Kind;
  const auto kind = static_cast<std::uint32_t>(value.kind());
  archive << make_nvp("kind", kind);
  if (value.kind() == Kind::boolean || value.kind() == Kind::number || value.is_text())
    gcp2::archive::save_text(archive, "text", value.text());
  if (value.is_list()) {
    const std::uint64_t count = value.items().size();
    archive << make_nvp("count", count);
    for (const gcp2::Value& item : value.items()) archive << make_nvp("item", item);
  }
  if (value.is_object()) {
    const std::uint64_t count = value.members().size();
    archive << make_nvp("count", count);
    for (const gcp2::Member& member : value.members()) {
      gcp2::archive::save_text(archive, "key", member.key);
      archive << make_nvp("value", member.value);
    }
  }
}

template <class Archive>
void load(Archive& archive, gcp2::Value& value, unsigned version) {
  using gcp2::Value;
  using gcp2::archive::allowance;
  using gcp2::archive::load_count;
  using gcp2::archive::load_text;
  // The library itself lets newer classes pass.
  if (version > gcp2::archive::class_version) throw gcp2::archive::Refused{"a newer class"};
  if (++allowance(archive).depth > gcp2::deepest_nesting)
    throw gcp2::archive::Refused{"nested too deep"};
  std::uint32_t kind = 0;
  archive >> make_nvp("kind", kind);
  switch (kind) {
    case static_cast<std::uint32_t>(Value::Kind::null): value = Value{}; break;
    case static_cast<std::uint32_t>(Value::Kind::boolean):
      value = Value::text(load_text(archive, "text"));
      if (value.text() != "true" && value.text() != "false")
        throw gcp2::archive::Refused{"neither true nor false"};
      value = Value::boolean(value.text() == "true");
      break;
    case static_cast<std::uint32_t>(Value::Kind::number):
      value = Value::number(load_text(archive, "text"));
      if (!gcp2::is_number(value.text())) throw gcp2::archive::Refused{"no number"};
      break;
    case static_cast<std::uint32_t>(Value::Kind::text):
      value = Value::text(load_text(archive, "text"));
      break;
    case static_cast<std::uint32_t>(Value::Kind::list):
      value = Value::list();
      for (std::size_t count = load_count(archive); count != 0; --count) {
        Value item;
        archive >> make_nvp("item", item);
        value.items().push_back(std::move(item));
      }
      break;
    case static_cast<std::uint32_t>(Value::Kind::object):
      value = Value::object();
      for (std::size_t count = load_count(archive); count != 0; --count) {
        gcp2::Member member{load_text(archive, "key"), {}, {}};
        archive >> make_nvp("value", member.value);
        value.members().push_back(std::move(member));
      }
      gcp2::archive::refuse_twin_keys(value.members());
      break;
    default: throw gcp2::archive::Refused{"no such kind of value"};
  }
  --allowance(archive).depth;
}

}  // namespace boost::serialization

BOOST_SERIALIZATION_SPLIT_FREE(gcp2::Value)
BOOST_CLASS_VERSION(gcp2::Value, gcp2::archive::class_version)
BOOST_CLASS_TRACKING(gcp2::Value, boost::serialization::track_never)

namespace gcp2 {
namespace {

template <class Archive>
std::string saved(const std::vector<Value>& documents) {
  std::ostringstream stream;
  {
    Archive archive{stream};
    const std::uint64_t count = documents.size();
    archive << boost::serialization::make_nvp("count", count);
    for (const Value& document : documents)
      archive << boost::serialization::make_nvp("document", document);
  }
  return std::move(stream).str();
}

/// How every content of a kind begins. The library would trust the length in its own signature, so
/// it only gets to see contents that have the right one.
std::string_view signature(ArchiveKind kind) {
  using namespace std::string_view_literals;
  switch (kind) {
    case ArchiveKind::text: return "22 serialization::archive "sv;
    case ArchiveKind::xml:
      return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?>\n"
             "<!DOCTYPE boost_serialization>\n"
             "<boost_serialization signature=\"serialization::archive\" version=\""sv;
    case ArchiveKind::binary: break;
  }
  return "\x16\0\0\0\0\0\0\0serialization::archive"sv;
}

using Bytes = boost::iostreams::stream<boost::iostreams::array_source>;

/// What has not been read; in a text archive, spaces do not count.
template <class Archive>
std::string_view rest_of(Bytes& stream, std::string_view content) {
  const std::streamoff read = stream.tellg();
  if (read < 0) return {};  // read to its end
  const std::string_view rest = content.substr(static_cast<std::size_t>(read));
  const bool is_text = std::is_same_v<Archive, boost::archive::text_iarchive>;
  return is_text && rest.find_first_not_of(" \n") == rest.npos ? std::string_view{} : rest;
}

template <class Archive>
std::vector<Value> loaded(std::string_view content) {
  Bytes stream{content.data(), content.size()};
  // Where a closing tag is longer than the one expected, the library reads past the end of the
  // expected name to compare them; so it must not compare.
  constexpr unsigned flags =
      archive::is_xml<Archive> ? unsigned{boost::archive::no_xml_tag_checking} : 0U;
  Archive archive{stream, flags};
  using Library = boost::serialization::library_version_type;
  const Library written_by = archive.get_library_version();
  const Library oldest{archive::oldest_library};
  const Library newest = boost::archive::BOOST_ARCHIVE_VERSION();
  if (written_by < oldest || newest < written_by)
    throw archive::Refused{"another library's format"};
  archive::Allowance& allowance = archive::allowance(archive);
  allowance.bytes = content.size();
  allowance.values = content.size() / archive::bytes_a_value + archive::values_in_any_case;
  allowance.of_document = allowance.values;
  std::vector<Value> documents;
  for (std::size_t count = archive::load_count(archive); count != 0; --count) {
    allowance.of_document = most_values - 1;
    Value document;
    archive >> boost::serialization::make_nvp("document", document);
    documents.push_back(std::move(document));
  }
  // Nothing follows. An XML archive's destructor reads the closing tag and would throw out of
  // itself if it is not there; while an exception is on its way it does not look.
  const std::string_view end = archive::is_xml<Archive> ? "\n</boost_serialization>\n\n" : "";
  if (rest_of<Archive>(stream, content) != end)
    throw archive::Refused{"the documents do not end where they should"};
  return documents;
}

}  // namespace

std::string write_archive(const std::vector<Value>& documents, ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::text:
      return archive::sealed(kind, saved<boost::archive::text_oarchive>(documents));
    case ArchiveKind::xml:
      return archive::sealed(kind, saved<boost::archive::xml_oarchive>(documents));
    case ArchiveKind::binary: break;
  }
  return archive::sealed(kind, saved<boost::archive::binary_oarchive>(documents));
}

std::vector<Value> read_archive(std::string_view bytes, Findings& findings) {
  const auto opened = archive::open(bytes, findings);
  if (!opened) return {};
  try {
    if (!opened->content.starts_with(signature(opened->kind)))
      throw archive::Refused{"not the library's signature"};
    switch (opened->kind) {
      case ArchiveKind::text: return loaded<boost::archive::text_iarchive>(opened->content);
      case ArchiveKind::xml: return loaded<boost::archive::xml_iarchive>(opened->content);
      case ArchiveKind::binary: break;
    }
    return loaded<boost::archive::binary_iarchive>(opened->content);
  } catch (const std::exception&) {
    findings.push_back({.code = "archive_unreadable",
                        .severity = Severity::invalid,
                        .position = {.source = 0, .line = 1, .column = 1}});
    return {};
  }
}

}  // namespace gcp2
