// PostgreSQL alone: its names, and what is found behind them.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "database.h"
#include "gcp2/postgres.h"
#include "places.h"
#include "wire.h"

namespace gcp2::test {
namespace {

Trouble trouble(const std::string& name, Opening opening = Opening::existing) {
  const auto opened = open_postgres(name, opening);
  return opened ? throw std::runtime_error("it was opened") : opened.error().trouble;
}

TEST(PostgresName, IsAnAddressWithoutAPassword) {
  EXPECT_EQ(trouble("dbname=x"), Trouble::outside);
  EXPECT_EQ(trouble("postgresql://a b"), Trouble::outside);
  for (const char* name :
       {"postgresql://gcp2:secret@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x?password=secret",
        "postgresql://127.0.0.1:1/x?sslpassword=secret", "postgresql://gcp2:secret@[127.0.0.1/x"}) {
    const auto opened = open_postgres(name, Opening::existing);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().trouble, Trouble::outside);
    EXPECT_EQ(opened.error().message.find("secret"), std::string::npos) << opened.error().message;
  }
  EXPECT_EQ(trouble("postgresql://gcp2@127.0.0.1:1/x"), Trouble::outside) << "nobody is there";
  EXPECT_EQ(trouble(cluster_address() + "no_such_database"), Trouble::absent);
}

TEST(PostgresName, OfNoDatabaseIsAbsentInEveryLanguage) {
  Wire wire{cluster_address()};
  wire.be_foreign();
  const auto opened = open_postgres(wire.address() + "no_such_database", Opening::existing);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().trouble, Trouble::absent) << opened.error().message;
  EXPECT_NE(opened.error().message.find("gibt es nicht"), std::string::npos)
      << opened.error().message;
}

TEST(PostgresName, OfAServerThatIsFullIsBusy) {
  const Database database;
  database.run("ALTER DATABASE " + database.run("SELECT current_database()") +
               " CONNECTION LIMIT 0");
  // Whoever may do everything is not counted.
  database.run("CREATE ROLE counted LOGIN");
  std::string name = database.name();
  name.replace(name.find("gcp2@"), 4, "counted");
  EXPECT_EQ(trouble(name), Trouble::busy);
  database.run("DROP ROLE counted");
}

TEST(PostgresOpening, RefusesWhatCouldHideRowsOrEntries) {
  const Database database;
  ASSERT_TRUE(open_postgres(database.name(), Opening::fresh));
  database.run(
      "CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN RETURN NULL; END'");
  for (const auto& [plant, take_away] : std::vector<std::pair<std::string, std::string>>{
           {"CREATE TRIGGER t BEFORE INSERT ON gcp2.entries FOR EACH ROW EXECUTE FUNCTION "
            "public.nothing()",
            "DROP TRIGGER t ON gcp2.entries"},
           {"CREATE RULE r AS ON INSERT TO gcp2.entries DO INSTEAD NOTHING",
            "DROP RULE r ON gcp2.entries"},
           {"CREATE VIEW gcp2.v AS SELECT * FROM gcp2.entries", "DROP VIEW gcp2.v"},
           {"ALTER TABLE gcp2.rows RENAME TO others; CREATE VIEW gcp2.rows AS SELECT * FROM"
            " gcp2.others WHERE standing = 1",
            "DROP VIEW gcp2.rows; ALTER TABLE gcp2.others RENAME TO rows"},
           {"ALTER TABLE gcp2.rows ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE gcp2.rows DISABLE ROW LEVEL SECURITY"},
           {"CREATE FUNCTION gcp2.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION gcp2.f()"},
           {"CREATE OPERATOR gcp2.= (FUNCTION = byteane, LEFTARG = bytea, RIGHTARG = bytea)",
            "DROP OPERATOR gcp2.= (bytea, bytea)"}}) {
    database.run(plant);
    for (const Opening opening : {Opening::existing, Opening::reading, Opening::migrate})
      EXPECT_EQ(trouble(database.name(), opening), Trouble::damaged) << plant;
    database.run(take_away);
    EXPECT_TRUE(open_postgres(database.name(), Opening::existing)) << take_away;
  }
  // Elsewhere in the database, and what the server itself keeps, is no concern of ours.
  database.run("CREATE VIEW public.v AS SELECT 1; CREATE INDEX more ON gcp2.rows (at)");
  EXPECT_TRUE(open_postgres(database.name(), Opening::existing));
}

TEST(PostgresOpening, TellsWhatIsThere) {
  const Database database;
  database.run("CREATE TABLE public.rows (a integer)");
  EXPECT_EQ(trouble(database.name()), Trouble::absent) << "tables of others are no store";
  ASSERT_TRUE(open_postgres(database.name(), Opening::fresh));
  EXPECT_EQ(trouble(database.name(), Opening::fresh), Trouble::present);
  database.run("UPDATE gcp2.store SET version = 99");
  EXPECT_EQ(trouble(database.name()), Trouble::newer);
  EXPECT_EQ(trouble(database.name(), Opening::migrate), Trouble::newer);
  database.run("UPDATE gcp2.store SET version = 0");
  EXPECT_EQ(trouble(database.name()), Trouble::damaged);
  EXPECT_EQ(trouble(database.name(), Opening::migrate), Trouble::damaged);
  database.run("DELETE FROM gcp2.store");
  EXPECT_EQ(trouble(database.name()), Trouble::damaged);
  database.run("DROP TABLE gcp2.store");
  EXPECT_EQ(trouble(database.name()), Trouble::not_a_store);
  EXPECT_EQ(trouble(database.name(), Opening::fresh), Trouble::present);
}

TEST(PostgresOpening, OfManyMakersOneWins) {
  const Database database;
  std::atomic<int> made = 0, present = 0;
  std::vector<std::thread> makers;
  for (int i = 0; i < 4; ++i)
    makers.emplace_back([&] {
      const auto opened = open_postgres(database.name(), Opening::fresh);
      ++(opened ? made : present);
      if (!opened) {
        EXPECT_EQ(opened.error().trouble, Trouble::present) << opened.error().message;
      }
    });
  for (std::thread& maker : makers) maker.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(present, 3);
}

}  // namespace
}  // namespace gcp2::test
