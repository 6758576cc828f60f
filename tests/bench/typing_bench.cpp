// A whole audit of the built-in main form, typed by keys into the real window: how many keys, how
// long, how many frames, how soon each key has its picture, and what it costs. What was recorded is
// compared with what was meant.
//   bordereau_typing_bench
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>

#include "assets/assets.h"
#include "storage/base/text.h"
#include "tests/bench/measure.h"
#include "tests/support/desks.h"
#include "tests/support/form_typist.h"

namespace bordereau::bench {
namespace {

using Instant = std::chrono::steady_clock;

double ms_since(Instant::time_point begin) {
    return std::chrono::duration<double, std::milli>(Instant::now() - begin).count();
}

// Seconds of a processor that a process has taken: user and system, of all its threads.
double processor_seconds(pid_t process) {
    std::ifstream stat{"/proc/" + std::to_string(process) + "/stat"};
    std::string line;
    std::getline(stat, line);
    const std::string after_name = line.substr(line.rfind(')') + 2);
    const auto cells = words_of(after_name);
    const double ticks =
        std::stod(std::string{cells[11]}) + std::stod(std::string{cells[12]});  // utime, stime
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void unlock(test::RealWindow& window) {
    window.click("who");
    window.type("amina");
    window.press("Tab");
    window.type(test::kPassphrase);
    window.press("Return");
    window.wait_for("new_audit");
}

// How many answers of the audit are those of the session that was answered along.
int same_answers(const form::Session& meant, const form::Session& recorded,
                 const std::vector<app::ScriptStep>& steps) {
    int same = 0;
    for (const app::ScriptStep& step : steps) {
        if (step.kind != app::ScriptStep::Kind::answer) continue;
        const auto& one = meant.value(meant.find(step.path));
        const auto& other = recorded.value(recorded.find(step.path));
        if (one == other && !one.empty())
            ++same;
        else
            std::printf("%s: meant '%s', recorded '%s'\n", step.path.c_str(), one.c_str(),
                        other.c_str());
    }
    return same;
}

}  // namespace

TEST_CASE("an audit of 140 questions typed into the window", "[bench]") {
    const test::TemporaryFolder folder;
    const auto notebook = folder.path() / "notebook";
    const auto beside = test::new_desk(folder.path() / "beside");
    AuditId audit;
    {
        const auto desk = test::new_desk(notebook);
        audit = test::want(desk->start_audit(FormId{"grpa_main"}, ""));
    }
    const auto steps =
        test::want(app::read_script(assets::find("samples/grpa_main.tsv").value_or("")));
    const auto meant = test::want(beside->start_audit(FormId{"grpa_main"}, ""));
    test::VirtualDisplay display{1280, 800, "us,al"};
    test::RealWindow window{display, {.notebook = notebook, .width = 1280, .height = 800}};
    unlock(window);
    window.press("space");  // on the first of the list, to which the keyboard comes
    window.wait_for("one_page");
    test::FormTypist hands{window, test::want(beside->open_audit(meant))};

    const std::int64_t frames = window.frames();
    const double busy = processor_seconds(window.pid());
    std::vector<double> times, key_times;
    hands.time_keys(key_times);
    const auto begin = Instant::now();
    for (const app::ScriptStep& step : steps) {
        const auto now = Instant::now();
        hands.take(step);
        times.push_back(ms_since(now));
    }
    const double seconds = ms_since(begin) / 1000;
    const double worked = processor_seconds(window.pid()) - busy;
    const auto& counts = hands.counts();
    std::printf("%d answers with %d keys in %.1f s: %.1f keys an answer\n", counts.answers,
                counts.keys, seconds, static_cast<double>(counts.keys) / counts.answers);
    std::printf("an answer takes %.0f ms (median), %.0f ms (95 of 100), %.0f ms (most)\n",
                percentile(times, 0.5), percentile(times, 0.95), percentile(times, 1));
    std::printf("from key to picture %.1f ms (median), %.1f ms (99 of 100), %.1f ms (most)\n",
                percentile(key_times, 0.5), percentile(key_times, 0.99), percentile(key_times, 1));
    std::printf("a key takes %.1f ms of a processor, with the pointer's frame that tells its end\n",
                worked * 1000 / counts.keys);
    const auto drawn = static_cast<double>(window.frames() - frames);
    std::printf("%.0f frames, %.1f a key, %.1f ms each with everything\n", drawn,
                drawn / counts.keys, seconds * 1000 / drawn);

    hands.finalize();
    display.close_window();
    REQUIRE(window.wait_for_end() == 0);
    const auto desk = test::desk_as(notebook, "amina");
    const auto recorded = test::want(desk->read_audit(audit));
    const int same = same_answers(hands.session(), recorded.session(), steps);
    std::printf("recorded as meant: %d of %d\n", same, counts.answers);
    CHECK(same == counts.answers);
    CHECK(recorded.session().problems().empty());
    CHECK(test::want(desk->audit(audit)).state == storage::AuditState::finalized);
}

}  // namespace bordereau::bench
