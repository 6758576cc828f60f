// tests/bench/copy_bench.cpp - how long the last audit of the same unit is looked for and opened,
// to copy from, among ten thousand audits; beside a notebook that holds these few audits alone.
//   bordereau_copy_bench
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "app/desk/answer_script.h"
#include "app/desk/copying.h"
#include "app/desk/desk.h"
#include "app/desk/filling.h"
#include "assets/assets.h"
#include "tests/bench/measure.h"
#include "tests/support/folders.h"
#include "tests/support/large_notebook.h"

namespace bordereau::bench {
namespace {

constexpr int kBefore = 5;  // audits of the unit, one a year
constexpr std::size_t kOthers = 10'000;
constexpr int kRounds = 50;
constexpr const char* kPassphrase = "a long and quiet river";

// No two audits begin at the same time.
Clock ticking_clock() {
    auto now = std::make_shared<Millis>(Millis{1'772'900'000'000});
    return {[now] { return *now += 1000; }, [](Millis) { return 60; }};
}

/// A notebook with audits of the road post, whole ones of the main form, and `others` besides.
struct Post {
    test::TemporaryFolder folder;
    std::unique_ptr<app::Desk> desk;
    std::optional<app::Filling> now;

    explicit Post(std::size_t others) {
        app::Services services{ticking_clock(), seeded_entropy(1), storage::crypto::least_cost(),
                               "laptop"};
        desk =
            want(app::Desk::create(folder.path() / "notebook",
                                   {"amina", kPassphrase, "Bench", "laptop"}, std::move(services)));
        for (int i = 0; i < kBefore; ++i) (void)finalized();
        now.emplace(begun());
        test::LargeNotebook wanted;
        wanted.audits = others;
        wanted.drafts = 0;
        for (const auto& form : want(desk->forms().list()))
            wanted.versions[form.id.text] = form.version;
        if (others > 0) want(test::fill(desk->notebook(), wanted));
    }

    app::Filling begun() {
        app::Filling filling =
            want(desk->open_audit(want(desk->start_audit(FormId{"grpa_main"}, ""))));
        const auto steps =
            want(app::read_script(assets::find("samples/grpa_main.tsv").value_or("")));
        for (const app::ScriptStep& step : steps)
            if (!filling.take(step)) std::exit(1);
        return filling;
    }
    AuditId finalized() {
        app::Filling filling = begun();
        if (!filling.finalize()) std::exit(1);
        return filling.audit();
    }

    std::vector<double> times() {
        std::vector<double> each;
        for (int round = 0; round < kRounds; ++round)
            each.push_back(busy_millis([&] {
                if (!want(app::open_earlier(*desk, *now))) std::exit(1);
            }));
        return each;
    }
};

}  // namespace

TEST_CASE("the unit's last audit among ten thousand", "[bench]") {
    Post alone{0}, among{kOthers};
    const auto floor = alone.times(), times = among.times();
    std::printf(
        "the unit's last audit found and opened, among %zu: %.2f ms (median), %.2f (99 of "
        "100); alone %.2f ms: %.2f\n",
        kOthers, percentile(times, 0.5), percentile(times, 0.99), percentile(floor, 0.5),
        percentile(times, 0.5) / percentile(floor, 0.5));
}

}  // namespace bordereau::bench
