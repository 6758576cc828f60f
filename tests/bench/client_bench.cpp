// The client as a process: from start to the unlocked list of ten thousand audits, memory with
// Arabic and Chinese on the screen, and what it costs while nothing happens.
//   BORDEREAU_BENCH_NOTEBOOK=FOLDER bordereau_client_bench
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include "tests/bench/measure.h"
#include "tests/support/desks.h"
#include "tests/support/real_window.h"

namespace bordereau::bench {
namespace {

using Instant = std::chrono::steady_clock;
constexpr int kIdleSeconds = 20;

double ms_since(Instant::time_point begin) {
    return std::chrono::duration<double, std::milli>(Instant::now() - begin).count();
}

std::filesystem::path notebook() {
    const char* named = std::getenv("BORDEREAU_BENCH_NOTEBOOK");
    REQUIRE(named != nullptr);
    return named;
}

// Processor time of the process so far, in seconds.
double busy_seconds(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
    std::string line;
    std::getline(file, line);
    std::istringstream rest{line.substr(line.rfind(')') + 2)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// What a notebook brings along is worked off after its first opening: the words of its audits.
double wait_until_rest(pid_t process) {
    const auto begin = Instant::now();
    double before = -1, now = busy_seconds(process);
    while (now - before > 0.02 && ms_since(begin) < 60'000) {
        std::this_thread::sleep_for(std::chrono::seconds{1});
        before = std::exchange(now, busy_seconds(process));
    }
    return ms_since(begin);
}

struct Memory {
    double all = 0, driver = 0;  // MB resident; of files of the software renderer
};

Memory memory_of(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/smaps"};
    Memory memory;
    bool driver = false;
    for (std::string line; std::getline(file, line);) {
        if (line.find('-') < line.find(' '))
            driver = line.find("LLVM") != line.npos || line.find("swrast") != line.npos ||
                     line.find("gallium") != line.npos || line.find("/dri/") != line.npos;
        if (!line.starts_with("Rss:")) continue;
        const double size = std::atof(line.c_str() + 4) / 1024;
        memory.all += size;
        memory.driver += driver ? size : 0;
    }
    return memory;
}

void type_passphrase(test::RealWindow& window) {
    window.click("who");
    window.type("amina");
    window.press("Tab");
    window.type("a long and quiet river");
}

}  // namespace

TEST_CASE("the client as a process", "[bench]") {
    test::VirtualDisplay display{1280, 800};
    const auto begin = Instant::now();
    test::RealWindow window{display, {.notebook = notebook(), .width = 1280, .height = 800}};
    const double first = ms_since(begin);
    type_passphrase(window);
    const auto entered = Instant::now();
    display.press("Return");
    window.wait_for("need");
    const double unlocked = ms_since(entered);
    std::printf("%-44s %9.0f ms\n", "from start to the first picture", first);
    std::printf("%-44s %9.0f ms\n", "from Enter to the list", unlocked);

    for (const char* language : {"العربية", "中文", "العربية"}) {
        window.click("place.settings");
        window.wait_for("中文");
        window.click(language);
        window.click("place.home");
        window.wait_for("need");
    }
    std::printf("%-44s %9.0f ms\n", "until the words of audits are indexed",
                wait_until_rest(window.pid()));
    const auto frames = window.frames();
    const double busy = busy_seconds(window.pid());
    std::this_thread::sleep_for(std::chrono::seconds{kIdleSeconds});
    std::printf("idle for %d s: %.2f %% of a core\n", kIdleSeconds,
                (busy_seconds(window.pid()) - busy) / kIdleSeconds * 100);
    window.settle();
    std::printf("idle for %d s: %lld frames, those of the last move of the pointer included\n",
                kIdleSeconds, static_cast<long long>(window.frames() - frames));
    const Memory memory = memory_of(window.pid());
    std::printf("resident %.0f MB, of which the software renderer's files %.0f MB\n", memory.all,
                memory.driver);
}

}  // namespace bordereau::bench
