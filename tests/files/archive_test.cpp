#include "gcp2/archive.h"

#include <gtest/gtest.h>

#include <cstring>

#include "archive/header.h"
#include "gcp2/json.h"
#include "support/always.h"
#include "support/records.h"

namespace gcp2 {
namespace {

using namespace std::string_literals;

constexpr ArchiveKind kinds[] = {ArchiveKind::text, ArchiveKind::xml, ArchiveKind::binary};

std::vector<Value> cases() {
  return {test::case_document("first"), test::case_document("toddler")};
}

std::string refusal(std::string_view bytes) {
  Findings findings;
  const std::vector<Value> documents = read_archive(bytes, findings);
  EXPECT_TRUE(documents.empty());
  return findings.empty() ? "" : std::string{findings.front().code};
}

class Archive : public testing::TestWithParam<ArchiveKind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, Archive, testing::ValuesIn(kinds),
                         [](const auto& kind) { return std::string{name_of(kind.param)}; });

TEST_P(Archive, GivesBackEveryRecord) {
  Findings findings;
  EXPECT_EQ(read_archive(write_archive(cases(), GetParam()), findings), cases());
  EXPECT_EQ(read_archive(write_archive({}, GetParam()), findings), std::vector<Value>{});
  EXPECT_TRUE(findings.empty());
}

TEST_P(Archive, OfVersion1OpensForEver) {
  const std::string file =
      test::source_file("tests/archives/v1-" + std::string{name_of(GetParam())} + ".gcp2");
  Findings findings;
  EXPECT_EQ(read_archive(file, findings), cases());
  EXPECT_TRUE(findings.empty());
}

TEST_P(Archive, IsRefusedWithAnyByteChanged) {
  const std::string whole = write_archive({test::parsed(R"({"a":[1,null,true,"x"]})")}, GetParam());
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (const unsigned flip : {1U, 32U, 128U, 255U}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ flip);
      const std::string code = refusal(changed);
      ASSERT_TRUE(code == "archive_damaged" || code == "archive_newer") << i;
    }
}

TEST_P(Archive, IsRefusedCutOffOrLengthened) {
  const std::string whole = write_archive(cases(), GetParam());
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 97)
    ASSERT_EQ(refusal(whole.substr(0, size)), "archive_damaged") << size;
  EXPECT_EQ(refusal(whole + "x"), "archive_damaged");
  EXPECT_EQ(refusal(whole + whole), "archive_damaged");
}

TEST_P(Archive, KeepsWhatIsAwkward) {
  Value document = Value::object();
  document.set("", Value::text(""));
  document.set("key\n<&>\"'%", Value::text(std::string{"\0\1\x1F%25 \r\n\t<a>&amp;]]> \x7F"s}));
  document.set("number", Value::number("-0.10E+07"));
  document.set("huge", Value::number("123456789012345678901234567890"));
  document.set("null", Value{});
  document.set("no", Value::boolean(false));
  document.set("empty list", Value::list());
  document.set("empty object", Value::object());
  document.set("space", Value::text("  both ends  "));
  document.set("utf8", Value::text("caf\xC3\xA9 \xF0\x9F\x98\x80"));
  Findings findings;
  EXPECT_EQ(read_archive(write_archive({document}, GetParam()), findings),
            std::vector<Value>{document});
}

/// Any bytes of ASCII, and others now and then.
rc::Gen<std::string> any_text() {
  return rc::gen::map(rc::gen::arbitrary<std::string>(), [](const std::string& bytes) {
    std::string text;
    for (const char c : bytes)
      if (static_cast<unsigned char>(c) < 0x80)
        text += c;
      else
        text += c % 2 == 0 ? "\xC3\xA9" : "\xF0\x9F\x98\x80";
    return text;
  });
}

TEST_P(Archive, KeepsAnyText) {
  test::expect_always("texts and keys come back", [kind = GetParam()] {
    Value document = Value::object();
    Value list = Value::list();
    for (const std::string& text : *rc::gen::container<std::vector<std::string>>(any_text()))
      list.items().push_back(Value::text(text));
    document.set(*any_text(), std::move(list));
    Findings findings;
    RC_ASSERT(read_archive(write_archive({document}, kind), findings) ==
              std::vector<Value>{document});
  });
}

// Whoever forges an archive can seal it too.

TEST_P(Archive, SurvivesAForgedContent) {
  const std::string whole =
      write_archive({test::parsed(R"({"a":[1,null,true,"xyz"],"b":{}})")}, GetParam());
  Findings findings;
  const auto opened = archive::open(whole, findings);
  ASSERT_TRUE(opened);
  for (std::size_t i = 0; i < opened->content.size(); ++i)
    for (const unsigned flip : {1U, 8U, 64U, 255U}) {
      std::string content{opened->content};
      content[i] = static_cast<char>(static_cast<unsigned char>(content[i]) ^ flip);
      Findings ignored;
      (void)read_archive(archive::sealed(GetParam(), content), ignored);
    }
  for (std::size_t size = 0; size < opened->content.size(); ++size) {
    Findings ignored;
    (void)read_archive(archive::sealed(GetParam(), opened->content.substr(0, size)), ignored);
  }
}

TEST(ArchiveForged, LengthsAreHeldAgainstTheFile) {
  // As the text archive stands: one document, an object of one member, whose key claims a terabyte.
  const std::string content = "22 serialization::archive 19 1 0 1 5 1 1099511627776\nYQ==\n";
  EXPECT_EQ(refusal(archive::sealed(ArchiveKind::text, content)), "archive_unreadable");
  const std::string many = "22 serialization::archive 19 1 0 1 4 1099511627776 ";
  EXPECT_EQ(refusal(archive::sealed(ArchiveKind::text, many)), "archive_unreadable");
}

TEST(ArchiveForged, NestingEnds) {
  Value deep = Value::list();
  for (int i = 0; i < 200; ++i) {
    Value outer = Value::list();
    outer.items().push_back(std::move(deep));
    deep = std::move(outer);
  }
  Value document = Value::object();
  document.set("deep", std::move(deep));
  for (const ArchiveKind kind : kinds)
    EXPECT_EQ(refusal(write_archive({document}, kind)), "archive_unreadable");
}

TEST_P(Archive, HoldsOnlyWhatJsonCanHold) {
  const auto refused = [](const Value& value) {
    Value document = Value::object();
    document.set("x", value);
    return refusal(write_archive({document}, GetParam()));
  };
  EXPECT_EQ(refused(Value::text("\xFF")), "archive_unreadable");
  EXPECT_EQ(refused(Value::text("\xED\xA0\x80")), "archive_unreadable") << "half a character";
  EXPECT_EQ(refused(Value::number("1e999")), "archive_unreadable");
  EXPECT_EQ(refused(Value::number("01")), "archive_unreadable");
  EXPECT_EQ(refused(Value::number("1,2")), "archive_unreadable");
  Value key = Value::object();
  key.set("\xC3", Value{});
  EXPECT_EQ(refused(key), "archive_unreadable");
  Value many = Value::list();
  many.items().resize(most_values);
  EXPECT_EQ(refused(many), "archive_unreadable");
}

TEST_P(Archive, EndsWithItsLastDocument) {
  const std::string whole = write_archive(cases(), GetParam());
  Findings findings;
  const std::string content{archive::open(whole, findings)->content};
  for (const char* more : {" 1", "x", "\n</boost_serialization>\n\n"})
    EXPECT_EQ(refusal(archive::sealed(GetParam(), content + more)), "archive_unreadable") << more;
}

TEST(ArchiveForged, AClosingTagCanBeAnything) {
  // The library compares it with the name that it expects, and reads beyond that name's end.
  for (const std::size_t length : {6U, 1000U, 10'000'000U}) {
    std::string whole = write_archive({Value::object()}, ArchiveKind::xml);
    Findings findings;
    std::string content{archive::open(whole, findings)->content};
    const std::string_view tag = "</kind>";
    content.replace(content.find(tag), tag.size(), "</" + std::string(length, 'k') + ">");
    (void)read_archive(archive::sealed(ArchiveKind::xml, content), findings);
  }
}

TEST(ArchiveSize, IsWhatTheHeaderSays) {
  const std::string whole = write_archive(cases(), ArchiveKind::text);
  EXPECT_EQ(archive_size(whole), whole.size());
  EXPECT_EQ(archive_size(whole.substr(0, 103)), whole.size()) << "the header is enough";
  EXPECT_EQ(archive_size(whole.substr(0, 102)), std::nullopt);
  EXPECT_EQ(archive_size("{}" + whole), std::nullopt);
  std::string other = whole;
  other.replace(other.find(" text ") + 8, 12, "-00000000001");
  EXPECT_EQ(archive_size(other), std::nullopt);
}

TEST(ArchiveForged, ANewerVersionSaysSo) {
  std::string newer = write_archive({}, ArchiveKind::text);
  newer.replace(newer.find("0001"), 4, "0002");
  EXPECT_EQ(refusal(newer), "archive_newer");
}

}  // namespace
}  // namespace gcp2
