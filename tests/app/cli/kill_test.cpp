// The built program, killed at any moment.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "tests/support/folders.h"

namespace bordereau::app::cli {
namespace {

// A call of the program that ends by itself or by a kill; what it printed.
struct Called {
    int status = 0;
    std::string output;
    bool acknowledged() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
};

[[noreturn]] void become_program(const std::filesystem::path& folder,
                                 const std::vector<std::string>& words, int out) {
    setenv("BORDEREAU_NOTEBOOK", (folder / "notebook").c_str(), 1);
    setenv("BORDEREAU_PERSON", "noor", 1);
    setenv("BORDEREAU_PASSPHRASE", "grey herons", 1);
    std::vector<char*> arguments{const_cast<char*>("bordereau")};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    dup2(out, STDOUT_FILENO);
    execv(BORDEREAU_BINARY_DIR "/app/bordereau", arguments.data());
    _exit(127);
}

/// Killed after `patience` milliseconds unless it ended before; never where that is negative.
Called call(const std::filesystem::path& folder, const std::vector<std::string>& words,
            int patience = -1) {
    std::array<int, 2> out{};
    REQUIRE(pipe(out.data()) == 0);
    const pid_t child = fork();
    if (child == 0) become_program(folder, words, out[1]);
    close(out[1]);
    Called called;
    pollfd ended{out[0], POLLIN, 0};
    // Its output ends with it: this waits for the end of the program, not for a time.
    for (char byte = 0; poll(&ended, 1, patience) > 0 && read(out[0], &byte, 1) == 1;)
        called.output += byte;
    if (patience >= 0) kill(child, SIGKILL);
    waitpid(child, &called.status, 0);
    close(out[0]);
    while (called.output.ends_with('\n')) called.output.pop_back();
    return called;
}

}  // namespace

TEST_CASE("killed at any moment, the program has kept every answer it acknowledged", "[cli]") {
    const test::TemporaryFolder folder;
    REQUIRE(call(folder.path(), {"init", "--team", "Post 7"}).acknowledged());
    const Called begun = call(folder.path(), {"new", "grpa_walk"});
    REQUIRE(begun.acknowledged());
    const std::string audit = begun.output;
    std::mt19937 dice{20260307};
    std::string kept, tried;
    for (int i = 0; i < 8; ++i) {
        tried = std::to_string(i + 1);
        // Opening takes most of the time; the later ones are killed near the end.
        const int patience = i % 4 == 3 ? -1 : static_cast<int>(dice() % 900);
        if (call(folder.path(), {"answer", audit, "w_duty_w=" + tried}, patience).acknowledged())
            kept = tried;
        const Called shown = call(folder.path(), {"--json", "show", audit});
        REQUIRE(shown.acknowledged());  // no lock was left behind
        const auto answers = nlohmann::json::parse(shown.output)["answers"];
        std::string there;
        for (const auto& [path, value] : answers.items())
            if (path.ends_with("/w_duty_w")) there = value.get<std::string>();
        CHECK((there == kept || there == tried));
        kept = there;
    }
    CHECK(call(folder.path(), {"verify"}).acknowledged());
}

}  // namespace bordereau::app::cli
