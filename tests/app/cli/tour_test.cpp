#include <sys/wait.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/folders.h"

namespace bordereau::app {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream{file}.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("the tour records, reviews, sends and reports a real audit", "[tour]") {
    if (std::getenv("DISPLAY") == nullptr) SKIP("no display: tests/run starts a virtual one");
    const test::TemporaryFolder folder;
    const auto out = folder.path() / "tour";
    // Where sanitizers are on: the display driver leaks when it is unloaded, and that is not ours.
    const std::string line = "ASAN_OPTIONS=detect_leaks=0 " BORDEREAU_BINARY_DIR
                             "/app/bordereau tour --out '" +
                             out.string() + "' 2>'" + (folder.path() / "errors").string() + "'";
    const int status = std::system(line.c_str());
    INFO(content_of(folder.path() / "errors"));
    REQUIRE(status == 0);

    const std::string submission = content_of(out / "reports" / "team" / "submission.md");
    for (const char* told : {"Albania", "Azerbaijan", "MC/1853", "2015"}) {
        INFO(told);
        CHECK(submission.find(told) != std::string::npos);
    }
    int pictures = 0;
    for (const auto& entry : std::filesystem::directory_iterator{out / "pictures"})
        pictures += entry.file_size() > 5000 ? 1 : 0;
    CHECK(pictures >= 35);
}

}  // namespace bordereau::app
