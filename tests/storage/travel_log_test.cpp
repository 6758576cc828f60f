#include "storage/travel_log.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/files.h"

namespace bordereau::storage {
namespace {

using test::want;

std::vector<TravelLog::Changeset> sealed(Notebook& notebook) {
    std::vector<TravelLog::Changeset> changesets;
    for (const auto& [chain, end] : want(notebook.journal().vector()))
        for (std::int64_t number = 1; number <= end.number; ++number)
            changesets.emplace_back(chain, number);
    return changesets;
}

}  // namespace

TEST_CASE("the travel log tells of each audit what became of it, and of files that it names",
          "[storage][travel]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId first = test::audit_with_file(notebook, "the photo");
    const AuditId second = test::audit_with_file(notebook, "another photo");
    want(notebook.journal().seal_finished());
    TravelLog log{notebook};
    want(log.add(Way::endpoint, TravelEvent::acknowledged, sealed(notebook)));
    want(log.add_file(Way::laptop, TravelEvent::refused, test::hash_of("the photo"), "not-named"));

    const auto of_first = want(log.list(first, 0, 10));
    REQUIRE(of_first.size() == 2);
    CHECK(of_first[0].event == TravelEvent::refused);
    CHECK(of_first[0].way == Way::laptop);
    CHECK(of_first[0].reason == "not-named");
    CHECK(of_first[0].files == 1);
    CHECK(of_first[0].bytes == 9);
    CHECK(of_first[1].event == TravelEvent::acknowledged);
    CHECK(of_first[1].changesets >= 1);
    CHECK(of_first[1].title == "An audit");
    CHECK(want(log.list(second, 0, 10)).size() == 1);

    const auto all = want(log.list({}, 0, 10));
    CHECK(all.size() == 4);  // the two audits, the people and devices, the file
    CHECK(want(log.list({}, all[1].id, 10)).size() == 2);
}

TEST_CASE("the travel log stays bounded: the earliest entries go", "[storage][travel]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    test::audit_with_file(notebook, "the photo");
    TravelLog log{notebook};
    want(log.add_file(Way::stick, TravelEvent::received, test::hash_of("the photo")));
    const auto before = want(log.list({}, 0, 10));
    REQUIRE(before.size() == 1);
    // As after very many entries.
    want(notebook.database().run(
        "INSERT INTO travel_log(id, at, audit, way, event, changesets, files, bytes, reason)"
        " VALUES (?, 0, '', 0, 0, 1, 0, 0, '')",
        before[0].id + TravelLog::kMostEntries));
    want(log.add_file(Way::stick, TravelEvent::received, test::hash_of("the photo")));
    const auto after = want(log.list({}, 0, 10));
    CHECK(after.size() == 2);
    CHECK(after.back().id == before[0].id + TravelLog::kMostEntries);
}

}  // namespace bordereau::storage
