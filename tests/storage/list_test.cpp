#include <algorithm>
#include <tuple>

#include "tests/support/large_notebook.h"
#include "tests/support/notebooks.h"
#include "tests/support/phrases.h"

using namespace bordereau;
using namespace bordereau::storage;
using namespace bordereau::test;

namespace {

using Summaries = std::vector<AuditSummary>;

AuditFilter any_filter(Chance& chance, const Summaries& all) {
    const AuditSummary& like = all[chance.below(all.size())];
    AuditFilter filter;
    for (int i = 0; i < 2; ++i)
        if (chance.one_in(3)) filter.state.add(all[chance.below(all.size())].state);
    if (chance.one_in(3)) filter.form = like.form;
    if (chance.one_in(3)) filter.unit = like.unit;
    if (chance.one_in(3)) filter.created_by = like.created_by;
    if (chance.one_in(3)) filter.changed_from = like.changed_at;
    if (chance.one_in(3)) filter.changed_before = all[chance.below(all.size())].changed_at;
    filter.order = static_cast<AuditOrder>(chance.below(3));
    return filter;
}

bool matches(const AuditSummary& audit, const AuditFilter& filter) {
    return filter.state.admits(audit.state) && (filter.form.empty() || filter.form == audit.form) &&
           (filter.unit.empty() || filter.unit == audit.unit) &&
           (filter.created_by.empty() || filter.created_by == audit.created_by) &&
           audit.changed_at >= filter.changed_from &&
           (filter.changed_before == 0 || audit.changed_at < filter.changed_before);
}

// What the list has to show, by looking at every audit.
std::vector<AuditId> expected(Summaries all, const AuditFilter& filter) {
    std::erase_if(all, [&](const AuditSummary& audit) { return !matches(audit, filter); });
    std::ranges::sort(all, [&](const AuditSummary& a, const AuditSummary& b) {
        const bool units = filter.order == AuditOrder::unit;
        const bool states = filter.order == AuditOrder::state;
        return std::tuple{units ? a.unit : "", states ? a.state : AuditState::draft, b.changed} <
               std::tuple{units ? b.unit : "", states ? b.state : AuditState::draft, a.changed};
    });
    std::vector<AuditId> ids;
    for (const auto& audit : all) ids.push_back(audit.id);
    return ids;
}

std::vector<AuditId> page_by_page(const Audits& audits, AuditFilter filter) {
    std::vector<AuditId> ids;
    while (true) {
        const auto page = want(audits.list(filter));
        for (const auto& audit : page) ids.push_back(audit.id);
        if (page.size() < static_cast<std::size_t>(filter.limit)) return ids;
        filter.after = place_of(page.back());
    }
}

}  // namespace

TEST_CASE("A list shows what matches its filters, page by page, in every order") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    want(fill(notebook, {.audits = 180, .drafts = 5}));
    const Audits audits{notebook};
    const auto all = want(audits.list({.limit = 1000}));
    REQUIRE(all.size() == 185);
    Chance chance{3};
    for (int round = 0; round < 300; ++round) {
        AuditFilter filter = any_filter(chance, all);
        const auto wanted = expected(all, filter);
        filter.limit = 1 + chance.between(0, 60);
        CAPTURE(round, static_cast<int>(filter.order), filter.limit, filter.state.bits());
        CHECK(page_by_page(audits, filter) == wanted);
        CHECK(want(audits.count(filter)) == static_cast<std::int64_t>(wanted.size()));
    }
}

TEST_CASE("No list and no count reads every audit") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    want(fill(notebook, {.audits = 300, .drafts = 1}));
    const Audits audits{notebook};
    const auto all = want(audits.list({.limit = 1000}));
    Chance chance{4};
    for (int round = 0; round < 100; ++round) {
        AuditFilter filter = any_filter(chance, all);
        filter.limit = 5;
        const auto before = notebook.database().rows_scanned();
        want(audits.list(filter));
        want(audits.count_by_state(filter));
        // What is scanned is the handful of drafts that are not sealed yet.
        CHECK(notebook.database().rows_scanned() - before < 100);
    }
}

TEST_CASE("Counts by state hold after every change and after a rebuild") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Audits audits{notebook};
    const AuditId first = draft_with_answers(notebook, 1);
    draft_with_answers(notebook, 1);
    CHECK(want(audits.count_by_state({})) == StateCounts{2, 0, 0, 0, 0, 0});
    want(audits.label(first, "T", "Harbour"));
    want(audits.finalize(first));
    CHECK(want(audits.count_by_state({})) == StateCounts{1, 1, 0, 0, 0, 0});
    CHECK(want(audits.count_by_state({.unit = "Harbour"})) == StateCounts{0, 1, 0, 0, 0, 0});
    const auto digest = want(notebook.journal().fold_digest());
    want(notebook.journal().rebuild());
    CHECK(want(audits.count_by_state({})) == StateCounts{1, 1, 0, 0, 0, 0});
    CHECK(want(notebook.journal().fold_digest()) == digest);
}

TEST_CASE("An audit is found by the first characters of its id") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    const AuditId audit = draft_with_answers(notebook, 1);
    const Audits audits{notebook};
    CHECK(want(audits.beginning_with(audit.text.substr(0, 8), 2)) == std::vector{audit});
    CHECK(want(audits.beginning_with(audit.text, 2)) == std::vector{audit});
    CHECK(want(audits.beginning_with("zzzz", 2)).empty());
}
