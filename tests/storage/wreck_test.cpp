#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <set>

#include "storage/crypto/keys.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/pages.h"
#include "storage/sqlite/wreck.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage::sqlite {
namespace {

using test::want;
constexpr std::size_t kPage = kPageSize;
// At most: a row takes 270 bytes or more.
constexpr std::size_t kRowsOfAPage = kPage / 270;

// A database of two tables with 200 rows each, each long enough for a dozen rows a page.
struct Wreck {
    test::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "a.db";
    crypto::Secret key = crypto::new_key(seeded_entropy(3));

    Wreck() {
        auto db = want(Database::open(file, key));
        want(
            db.run_script("CREATE TABLE numbered(id INTEGER PRIMARY KEY, name TEXT, body BLOB);"
                          "CREATE TABLE named(name TEXT, id INTEGER, PRIMARY KEY(name))"
                          " WITHOUT ROWID"));
        for (std::int64_t i = 0; i < 200; ++i) {
            const std::string name = "row " + std::to_string(i) + std::string(300, '.');
            // Every tenth runs over several pages.
            const std::string body(i % 10 == 0 ? 9000 : 20, static_cast<char>(i));
            want(db.run("INSERT INTO numbered(name, body) VALUES (?, ?)", name, Blob{body}));
            want(db.run("INSERT INTO named(name, id) VALUES (?, ?)", name, i));
        }
    }

    std::size_t pages() const { return std::filesystem::file_size(file) / kPage; }
    void flip(std::size_t page, std::size_t byte = 100) const {
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekp(static_cast<std::streamoff>((page - 1) * kPage + byte));
        out.put('\x55').put('\xaa').put('\x55');
    }
};

struct Read {
    WreckSurvey survey;
    std::set<std::string> numbered;
    std::set<std::int64_t> named;
};

Read walk(const Wreck& wreck) {
    Read read;
    read.survey = want(walk_wreck(wreck.file, wreck.key, [&](const WreckRow& row) {
        using Kind = WreckValue::Kind;
        if (row[0].kind == Kind::nothing && row[2].kind == Kind::blob)
            read.numbered.insert(row[1].bytes);
        if (row[0].kind == Kind::text && row[1].kind == Kind::number)
            read.named.insert(row[1].number);
    }));
    return read;
}

}  // namespace

TEST_CASE("every row is found in a database without damage", "[salvage]") {
    const Wreck wreck;
    const Read read = walk(wreck);
    CHECK(read.survey.pages == static_cast<std::int64_t>(wreck.pages()));
    CHECK(read.survey.damaged == 0);
    CHECK(read.numbered.size() == 200);
    CHECK(read.named.size() == 200);
}

TEST_CASE("a damaged first page costs no row", "[salvage]") {
    const Wreck wreck;
    wreck.flip(1);
    CHECK_FALSE(Database::open_existing(wreck.file, wreck.key).ok());
    const Read read = walk(wreck);
    CHECK(read.survey.damaged == 1);
    CHECK(read.numbered.size() == 200);
    CHECK(read.named.size() == 200);
}

TEST_CASE("a damaged page costs only what lay on it", "[salvage]") {
    for (std::size_t page = 2; page <= 30; page += 4) {
        const Wreck wreck;
        wreck.flip(page);
        const Read read = walk(wreck);
        INFO("page " << page);
        CHECK(read.survey.damaged == 1);
        CHECK(read.numbered.size() + read.named.size() >= 400 - kRowsOfAPage);
    }
}

TEST_CASE("a file that was cut off gives what is left of it", "[salvage]") {
    const Wreck wreck;
    std::filesystem::resize_file(wreck.file, wreck.pages() / 2 * kPage + 1000);
    const Read read = walk(wreck);
    CHECK(read.numbered.size() + read.named.size() > 100);
}

TEST_CASE("another key reads nothing", "[salvage]") {
    Wreck wreck;
    wreck.key = crypto::new_key(seeded_entropy(4));
    CHECK(walk_wreck(wreck.file, wreck.key, [](const WreckRow&) {}).error().code ==
          ErrorCode::corrupt);
}

}  // namespace bordereau::storage::sqlite
