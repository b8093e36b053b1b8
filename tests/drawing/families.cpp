#include "drawing/families.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "gcp2/json.h"
#include "support/records.h"

namespace gcp2::test {
namespace {

constexpr double size_of_symbol = 32;

struct Reach {
  const Picture& picture;
  void inside(double x, double y) const {
    EXPECT_TRUE(std::isfinite(x) && std::isfinite(y)) << x << " " << y;
    EXPECT_GE(x, 0);
    EXPECT_GE(y, 0);
    EXPECT_LE(x, picture.width);
    EXPECT_LE(y, picture.height);
  }
  void operator()(const PictureLine& l) const { inside(l.x1, l.y1), inside(l.x2, l.y2); }
  void operator()(const PictureRect& r) const {
    inside(r.x, r.y), inside(r.x + r.width, r.y + r.height);
  }
  void operator()(const PictureCircle& c) const {
    inside(c.x - c.radius, c.y - c.radius), inside(c.x + c.radius, c.y + c.radius);
  }
  void operator()(const PictureText& t) const {
    inside(t.x, t.y);
    EXPECT_FALSE(t.text.empty());
  }
};

}  // namespace

FamilyMember member(std::string ref, std::string sex, std::string_view born, bool in_household) {
  FamilyMember m;
  m.name = ref + " Example";
  m.ref = std::move(ref);
  m.sex = std::move(sex);
  if (!born.empty()) m.born = Date::parse(std::string{born} + "-01-01");
  m.in_household = in_household;
  return m;
}

FamilyUnion couple(std::vector<std::string> between, std::string kind,
                   std::vector<std::string> children) {
  return {.between = std::move(between),
          .children = std::move(children),
          .kind = std::move(kind),
          .twins = {}};
}

Assessment record(std::vector<FamilyMember> members, std::vector<FamilyUnion> unions,
                  std::vector<FamilyTie> ties) {
  Assessment a;
  a.child.name = "Sam Example";
  if (!members.empty()) members.front().is_child = true;
  a.family = {std::move(members), std::move(unions), std::move(ties)};
  return a;
}

Assessment sample(std::string_view name) {
  Findings findings;
  return read_assessment(parsed(source_file("schemas/samples/" + std::string{name} + ".json")),
                         findings);
}

PictureText label(const Picture& picture, std::string_view text) {
  for (const PictureText& t : all<PictureText>(picture))
    if (t.text.starts_with(text)) return t;
  throw std::runtime_error{"nothing in the picture says " + std::string{text}};
}

std::vector<PictureCircle> circles(const Picture& picture) {
  auto found = all<PictureCircle>(picture);
  std::erase_if(found, [](const PictureCircle& c) { return c.radius != size_of_symbol / 2; });
  return found;
}

std::vector<PictureRect> squares(const Picture& picture) {
  auto found = all<PictureRect>(picture);
  std::erase_if(found, [](const PictureRect& r) {
    return r.width != size_of_symbol || r.height != size_of_symbol;
  });
  return found;
}

double key_top(const Picture& picture) {
  double top = picture.height;
  for (const PictureLine& l : all<PictureLine>(picture))
    if (l.width == 0.6) top = l.y1;
  return top;
}

void expect_whole(const Picture& picture) {
  EXPECT_FALSE(picture.title.empty());
  EXPECT_FALSE(picture.description.empty());
  for (const PictureShape& shape : picture.shapes) std::visit(Reach{picture}, shape);
}

}  // namespace gcp2::test
