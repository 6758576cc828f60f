// Notebooks and stores in memory: what simulations of many devices stand on.
#include <catch2/catch_test_macros.hpp>

#include "storage/changeset_store.h"
#include "storage/migrate.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

sqlite::Database memory(std::string_view image = {}) {
    return want(sqlite::Database::in_memory(image));
}

Notebook notebook_in_memory(std::uint64_t seed = 1) {
    auto db = memory();
    want(migrate(db));
    return want(Notebook::found_in_memory(std::move(db),
                                          {"amina", SecretText{"none"}, "Crossing North", "laptop"},
                                          test::surroundings(seed)));
}

}  // namespace

TEST_CASE("a notebook in memory goes on from its image as the same device", "[memory]") {
    Notebook notebook = notebook_in_memory();
    const AuditId audit = test::draft_with_answers(notebook, 3);
    const std::string image = want(notebook.database().image());
    want(Answers{notebook}.record(audit, "/f/q1", "after the image"));

    Notebook again =
        want(Notebook::open_in_memory(memory(image), notebook.person().id, test::surroundings(2)));
    CHECK(again.device() == notebook.device());
    CHECK(test::answer_at(again, audit, "/f/q1") == "value 1");
    CHECK(test::answer_at(again, audit, "/f/q3") == "value 3");
    CHECK(test::code_of(again.connect()) == ErrorCode::not_found);
    CHECK_FALSE(want(again.journal().verify()));
}

TEST_CASE("a copy of a notebook in memory restored is another device with the same drafts",
          "[memory]") {
    Notebook notebook = notebook_in_memory();
    const AuditId audit = test::draft_with_answers(notebook, 3);
    Notebook restored = want(Notebook::restore_in_memory(memory(want(notebook.database().image())),
                                                         notebook.person().id, "new laptop",
                                                         test::surroundings(2)));
    CHECK(restored.device() != notebook.device());
    CHECK(test::answer_at(restored, audit, "/f/q3") == "value 3");
    REQUIRE(want(restored.origins()).size() == 1);
    CHECK(want(restored.origins()).front().previous == notebook.device());
    CHECK_FALSE(want(restored.journal().verify()));
}

TEST_CASE("an endpoint in memory keeps its key and what it holds in its image", "[memory]") {
    auto store = want(ChangesetStore::over(memory(), fixed_clock(5), seeded_entropy(3)));
    const TeamId team = want(store.found_team("Crossing North"));
    auto again =
        want(ChangesetStore::over(memory(want(store.image())), fixed_clock(9), seeded_entropy(4)));
    CHECK(again.key().public_key() == store.key().public_key());
    CHECK(want(again.vector(team)) == want(store.vector(team)));
    CHECK_FALSE(want(again.verify()));
}

TEST_CASE("an image that is none is told as corrupt", "[memory]") {
    CHECK(test::code_of(sqlite::Database::in_memory(std::string(8192, 'x'))) == ErrorCode::corrupt);
}

}  // namespace bordereau::storage
