// Form fields and cookies as browsers send them, and as nobody should.
#include "serve/form.h"

#include <gtest/gtest.h>

namespace gcp2::test {
namespace {

using cli::web::read_form;

constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";

/// The value of "a" in a urlencoded form; "-" where the form is refused.
std::string a_of(std::string_view body) {
  const auto form = read_form(urlencoded, body);
  return form ? std::string{form->text("a")} : "-";
}

TEST(Form, ReadsUrlencodedFields) {
  EXPECT_EQ(a_of("a=1&b=2"), "1");
  EXPECT_EQ(a_of("a=x+y%20z"), "x y z");
  EXPECT_EQ(a_of("a=%C3%A9%26%3d"), "é&=");
  EXPECT_EQ(a_of("a=b=c"), "b=c");
  EXPECT_EQ(a_of("a"), "");
  EXPECT_EQ(a_of("&&a=1&"), "1");
  EXPECT_EQ(a_of(""), "");
  const auto form = read_form("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1&a=2&b=");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->texts("a"), (std::vector<std::string>{"1", "2"}));
  EXPECT_TRUE(form->has("b"));
  EXPECT_FALSE(form->has("c"));
}

TEST(Form, RefusesBrokenEscapesAndOtherTypes) {
  for (const char* body : {"a=%", "a=%4", "a=%zz", "%=1", "a=%4G", "a=%ff", "a=\xc3", "%80=1"})
    EXPECT_EQ(a_of(body), "-") << body;
  EXPECT_FALSE(read_form("application/json", "{}"));
  EXPECT_FALSE(read_form("", "a=1"));
  EXPECT_FALSE(read_form("application/x-www-form-urlencodedx", "a=1"));
}

TEST(Form, KeepsTextAsPeopleTypeIt) {
  EXPECT_EQ(a_of("a=1%0D%0A2%0D3%0A4"), "1\n2\n3\n4");
  EXPECT_EQ(a_of("a=x%00%1b%7f%C2%9by%09z"), "xy\tz");
  EXPECT_EQ(a_of("a=%C2%A3"), "£");
}

TEST(Form, RefusesTooManyFields) {
  std::string body;
  for (std::size_t i = 0; i < cli::web::most_fields; ++i) body += "a=1&";
  EXPECT_EQ(a_of(body), "1");
  EXPECT_EQ(a_of(body + "a=1"), "-");
}

constexpr std::string_view multipart = "multipart/form-data; boundary=\"xYz\"";

TEST(Form, ReadsMultipartFields) {
  std::string body =
      "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
      "one\r\n--xY\r\ntwo\r\n"
      "--xYz\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n"
      "--xYz\r\ncontent-disposition: form-data; filename=\"../p.csv\"; name=\"f\"\r\n"
      "Content-Type: text/csv\r\n\r\n";
  body += std::string{"\xff\0", 2} + "\r\n--xYz--\r\n";
  const auto whole = read_form(multipart, body);
  ASSERT_TRUE(whole);
  ASSERT_EQ(whole->fields.size(), 3U);
  EXPECT_EQ(whole->text("a"), "one\n--xY\ntwo");
  EXPECT_EQ(whole->text("b"), "");
  EXPECT_EQ(whole->fields[2].file_name, "../p.csv");
  EXPECT_EQ(whole->file("f"), (std::string_view{"\xff\0", 2}));
  // What is in a file counts nowhere as what somebody typed.
  EXPECT_EQ(whole->text("f"), "");
  EXPECT_FALSE(whole->has("f"));
  EXPECT_TRUE(whole->texts("f").empty());
  EXPECT_FALSE(whole->ticks("f", {"\xff\0", 2}));
  EXPECT_EQ(whole->file("a"), "");
}

TEST(Form, RefusesBrokenFrames) {
  const std::string part = "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1";
  ASSERT_TRUE(read_form(multipart, part + "\r\n--xYz--"));
  for (const std::string& body :
       {std::string{}, part, part + "\r\n--xYz", part + "--xYz--", part + "\r\n--xYz--more",
        "x" + part + "\r\n--xYz--", std::string{"--xYz\r\n\r\n1\r\n--xYz--"},
        std::string{"--xYz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xYz--"},
        std::string{"--xYz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYz--"},
        std::string{"--xYz\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--xYz--"},
        std::string{"--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--xYz--"}})
    EXPECT_FALSE(read_form(multipart, body)) << body;
  EXPECT_FALSE(read_form("multipart/form-data", part + "\r\n--xYz--"));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=", "--\r\n\r\n----"));
  EXPECT_FALSE(read_form("multipart/form-data; boundary=" + std::string(71, 'x'), part));
}

TEST(Cookies, AreFoundByNameAndNeverGuessed) {
  using cli::web::cookie;
  EXPECT_EQ(cookie("a=1; s=xyz; b=2", "s"), "xyz");
  EXPECT_EQ(cookie("s=x=y", "s"), "x=y");
  EXPECT_EQ(cookie("ss=1; xs=2", "s"), "");
  EXPECT_EQ(cookie("", "s"), "");
  EXPECT_EQ(cookie("s", "s"), "");
  EXPECT_EQ(cookie("s=mine; s=planted", "s"), "");
}

}  // namespace
}  // namespace gcp2::test
