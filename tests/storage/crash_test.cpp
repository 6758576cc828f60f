// Power cuts and kills at every step that a working session takes on the disk.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <set>
#include <utility>

#include "tests/storage/crash_session.h"

namespace bordereau::storage {
namespace {

using test::DiskContent;
using test::DiskInUse;
using test::DiskOperation;
using test::Outage;
using test::SimulatedDisk;
using test::want;

// How many ways of tearing are tried after each step; a longer sweep by the environment.
int cuts_per_step() {
    const char* wanted = std::getenv("BORDEREAU_CRASH_CUTS");
    return wanted ? std::max(1, std::atoi(wanted)) : 14;
}

bool changes_disk(const DiskOperation& operation) {
    return operation.kind <= DiskOperation::Kind::sync_folder;
}

// What must hold of a notebook whenever it is opened after a crash.
void check_whole(Notebook& notebook) {
    auto integrity = notebook.database().query("PRAGMA integrity_check");
    REQUIRE(integrity.next());
    if (integrity.view(0) != "ok") FAIL_CHECK(integrity.view(0));
    if (want(notebook.journal().verify())) FAIL_CHECK("the log does not hold together");
    const std::string folds = want(notebook.journal().fold_digest());
    want(notebook.journal().rebuild());
    if (want(notebook.journal().fold_digest()) != folds) FAIL_CHECK("folds are not of the log");
}

// One session on a simulated disk, and that disk at every moment of it.
class Replay {
public:
    explicit Replay(test::Beginning beginning = test::Beginning::new_notebook)
        : session_(folder_.path(), beginning),
          migrates_(beginning == test::Beginning::notebook_of_first_schema) {
        SimulatedDisk disk{DiskContent{folder_.path().string()}};
        const DiskInUse use{disk};
        for (auto& step : session_.steps()) {
            step.begun = std::ssize(disk.trace());
            INFO(step.what);
            want(step.act());
            step.acknowledged = std::ssize(disk.trace());
        }
        session_.close();
        trace_ = disk.trace();
    }

    /// Cuts after every step of one part of the session; how many crash points that were.
    int sweep(Outage outage, int part, int parts) {
        DiskContent content{folder_.path().string()};
        const std::int64_t begin = std::ssize(trace_) * part / parts;
        const std::int64_t end = std::ssize(trace_) * (part + 1) / parts;
        const int cuts = outage == Outage::of_power_torn ? cuts_per_step() : 1;
        int points = 0;
        for (std::int64_t at = 0; at < end; ++at) {
            REQUIRE(content.apply(trace_[static_cast<std::size_t>(at)]) == 0);
            if (at < begin || !changes_disk(trace_[static_cast<std::size_t>(at)])) continue;
            for (int cut = 0; cut < cuts; ++cut, ++points) {
                dice_.seed(static_cast<std::uint32_t>(at * 1009 + cut));
                crash(content.after(outage, dice_), at + 1, cut == 0);
            }
        }
        return points;
    }

private:
    /// Opens what the crash left behind; where `again`, the power fails once more on the way.
    void crash(DiskContent content, std::int64_t at, bool again) {
        if (!seen_.emplace(content.fingerprint(), acknowledged_at(at)).second) return;
        if (again) content = cut_while_opening(content);
        content.put_in_place();
        SimulatedDisk disk{std::move(content)};
        const DiskInUse use{disk};
        INFO("after step " << at << " of " << trace_.size() << " on the disk");
        auto opened = session_.open_again();
        if (!opened) return check_not_founded(opened.error(), at);
        check_whole(*opened);
        test::Found found{*opened};
        for (const auto& step : session_.steps())
            if (step.acknowledged <= at && !step.holds(found)) FAIL_CHECK("lost: " << step.what);
        want(Audits{*opened}.create({"grpa_main"}, "1", "Work goes on"));
    }

    void check_not_founded(const Error& error, std::int64_t at) {
        INFO(error.detail);
        CHECK(at < session_.steps().front().acknowledged);
        if (migrates_) return;
        CHECK(error.code == ErrorCode::not_found);
        want(Notebook::create(session_.folder(), {"amina", "again", "Team", "laptop"},
                              test::surroundings(8)));
    }

    DiskContent cut_while_opening(const DiskContent& content) {
        content.put_in_place();
        SimulatedDisk disk{content};
        const DiskInUse use{disk};
        disk.fail({static_cast<std::int64_t>(dice_() % 24), INT64_MAX, EIO});
        if (auto opened = session_.open_again())
            (void)Audits{*opened}.create({"grpa_main"}, "1", "Cut short").ok();
        return disk.content().after(Outage::of_power_torn, dice_);
    }

    std::int64_t acknowledged_at(std::int64_t at) const {
        return std::ranges::count_if(session_.steps(),
                                     [at](const auto& step) { return step.acknowledged <= at; });
    }

    test::TemporaryFolder folder_;
    test::CrashSession session_;
    bool migrates_;  // its first step is not the program's: what it leaves half done does not count
    std::vector<DiskOperation> trace_;
    std::mt19937 dice_;
    std::set<std::pair<std::size_t, std::int64_t>> seen_;
};

}  // namespace

// Together more than 10,000 crash points: 660 by kill, 660 without power, 14 ways of tearing each.
TEST_CASE("killed after any step, a notebook opens with all that was acknowledged", "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_process, 0, 1) > 600);
}

TEST_CASE("without power after any step, a notebook opens with all that was acknowledged",
          "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_power, 0, 1) > 600);
}

TEST_CASE("whichever sectors a power cut leaves of a founding, all is there", "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_power_torn, 0, 4) > 2200);
}

TEST_CASE("whichever sectors a power cut leaves of answers, all is there", "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_power_torn, 1, 4) > 2200);
}

TEST_CASE("whichever sectors a power cut leaves of a finalizing, all is there", "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_power_torn, 2, 4) > 2200);
}

TEST_CASE("whichever sectors a power cut leaves of a review, all is there", "[crash]") {
    CHECK(Replay{}.sweep(Outage::of_power_torn, 3, 4) > 2200);
}

TEST_CASE("an update of the schema that a power cut ends is finished at the next opening",
          "[crash]") {
    Replay replay{test::Beginning::notebook_of_first_schema};
    CHECK(replay.sweep(Outage::of_power, 0, 1) > 50);
    CHECK(replay.sweep(Outage::of_power_torn, 0, 1) > 500);
}

}  // namespace bordereau::storage
