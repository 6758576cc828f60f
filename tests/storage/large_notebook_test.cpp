#include "tests/support/large_notebook.h"

#include "tests/support/notebooks.h"

using namespace bordereau;
using namespace bordereau::storage;
using namespace bordereau::test;

namespace {

std::string digest_of_made(std::uint64_t seed) {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    want(fill(notebook, {.audits = 12, .drafts = 1, .seed = seed}));
    return want(notebook.journal().fold_digest());
}

}  // namespace

TEST_CASE("A made notebook is the same for the same seed") {
    CHECK(digest_of_made(7) == digest_of_made(7));
    CHECK(digest_of_made(7) != digest_of_made(8));
}

TEST_CASE("A made notebook holds together and shows audits in every state") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    const auto made = want(fill(notebook, {.audits = 120, .drafts = 2}));
    CHECK(made.audits == 120);
    CHECK_FALSE(want(notebook.journal().verify()).has_value());
    for (const auto state : {AuditState::draft, AuditState::finalized, AuditState::has_issues,
                             AuditState::approved, AuditState::rejected}) {
        CAPTURE(name_of(state));
        AuditFilter filter;
        filter.state = state;
        CHECK(want(Audits{notebook}.count(filter)) > 0);
    }
}
