// The disk that the crash tests stand on: it must lose what a real one may lose.
#include <catch2/catch_test_macros.hpp>
#include <cerrno>

#include "storage/crypto/keys.h"
#include "storage/files.h"
#include "tests/support/notebooks.h"
#include "tests/support/simulated_disk.h"

namespace bordereau::storage {
namespace {

using test::DiskContent;
using test::DiskInUse;
using test::DiskOperation;
using test::Outage;
using test::SimulatedDisk;
using test::want;
using Kind = DiskOperation::Kind;

// Answers kept by a database after each of `count` inserts, the power going right after the last.
std::int64_t rows_after_power_cut(const std::filesystem::path& root, const std::string& setting,
                                  int count) {
    const crypto::Secret key = crypto::new_key(seeded_entropy(4));
    std::mt19937 dice{1};
    SimulatedDisk disk{DiskContent{root.string()}};
    DiskContent left{root.string()};
    {
        const DiskInUse use{disk};
        auto db = want(sqlite::Database::open(root / "a.db", key));
        want(db.run_script("CREATE TABLE t(a)"));
        want(db.run_script(setting));
        for (int i = 0; i < count; ++i) want(db.run("INSERT INTO t VALUES (?)", std::int64_t{i}));
        left = disk.content().after(Outage::of_power, dice);
    }
    SimulatedDisk again{left};
    const DiskInUse use{again};
    auto db = want(sqlite::Database::open(root / "a.db", key));
    auto row = db.query("SELECT count(*) FROM t");
    return row.next() ? row.number(0) : -1;
}

}  // namespace

TEST_CASE("the simulated disk loses what was not synced, and keeps what was", "[crash]") {
    const test::TemporaryFolder folder;
    CHECK(rows_after_power_cut(folder.path(), "PRAGMA synchronous = FULL", 9) == 9);
    CHECK(rows_after_power_cut(folder.path(), "PRAGMA synchronous = OFF", 9) < 9);
}

TEST_CASE("the simulated disk forgets a name until its folder is synced", "[crash]") {
    std::mt19937 dice{1};
    DiskContent disk{"/d"};
    REQUIRE(disk.apply({Kind::make, "/d/a"}) == 0);
    REQUIRE(disk.apply({Kind::write, "/d/a", {}, 0, "text"}) == 0);
    REQUIRE(disk.apply({Kind::sync, "/d/a"}) == 0);
    CHECK_FALSE(disk.after(Outage::of_power, dice).find("/d/a"));
    CHECK(disk.after(Outage::of_process, dice).find("/d/a")->now == "text");
    REQUIRE(disk.apply({Kind::sync_folder, "/d"}) == 0);
    CHECK(disk.after(Outage::of_power, dice).find("/d/a")->now == "text");
    REQUIRE(disk.apply({Kind::rename, "/d/a", "/d/b"}) == 0);
    CHECK(disk.after(Outage::of_power, dice).find("/d/a"));
    CHECK_FALSE(disk.after(Outage::of_process, dice).find("/d/a"));
}

TEST_CASE("the simulated disk tears a write into sectors", "[crash]") {
    DiskContent disk{"/d"};
    REQUIRE(disk.apply({Kind::make, "/d/a"}) == 0);
    REQUIRE(disk.apply({Kind::sync_folder, "/d"}) == 0);
    REQUIRE(disk.apply({Kind::write, "/d/a", {}, 0, std::string(4096, 'x')}) == 0);
    bool torn = false;
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        std::mt19937 dice{seed};
        const auto left = disk.after(Outage::of_power_torn, dice).find("/d/a")->now;
        torn = torn || (left.find('x') != left.npos && left != std::string(4096, 'x'));
        CHECK(left.size() % 512 == 0);
    }
    CHECK(torn);
}

TEST_CASE("a sync that failed does not count later, as on Linux", "[crash]") {
    std::mt19937 dice{1};
    SimulatedDisk disk{DiskContent{"/d"}};
    REQUIRE(disk.perform({Kind::make, "/d/a"}) == 0);
    REQUIRE(disk.perform({Kind::sync_folder, "/d"}) == 0);
    REQUIRE(disk.perform({Kind::write, "/d/a", {}, 0, "text"}) == 0);
    disk.fail({disk.steps(), disk.steps(), EIO});
    CHECK(disk.perform({Kind::sync, "/d/a"}) == EIO);
    CHECK(disk.perform({Kind::sync, "/d/a"}) == 0);
    CHECK(disk.content().find("/d/a")->now == "text");
    CHECK(disk.content().after(Outage::of_power, dice).find("/d/a")->now.empty());
}

TEST_CASE("a file is replaced as a whole or not at all, whatever step fails", "[crash]") {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "keys";
    SimulatedDisk disk{DiskContent{folder.path().string()}};
    const DiskInUse use{disk};
    want(replace_file(file, "old"));
    for (int step = 0; step < 5; ++step) {
        disk.fail(
            {disk.steps() + step, disk.steps() + step, step % 2 == 0 && step < 4 ? ENOSPC : EIO});
        const Status replaced = replace_file(file, "new");
        CHECK_FALSE(replaced.ok());
        std::mt19937 dice{1};
        const auto left = disk.content().after(Outage::of_power, dice).find(file.string())->now;
        CHECK((left == "old" || (step == 4 && left == "new")));
    }
    disk.fail({});
    want(replace_file(file, "new"));
    std::mt19937 dice{1};
    CHECK(disk.content().after(Outage::of_power, dice).find(file.string())->now == "new");
}

}  // namespace bordereau::storage
