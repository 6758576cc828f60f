// Needs a display: the test command brings a virtual one.
#include "app/shell/clipboard.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <random>
#include <semaphore>

#include "tests/support/copying.h"
#include "tests/support/folders.h"

namespace bordereau::shell {
namespace {

struct Pasting {
    test::TemporaryFolder folder;
    std::counting_semaphore<> come{0};
    Clipboard clipboard;

    explicit Pasting(std::size_t most = std::size_t{8} << 20)
        : clipboard([this] { come.release(); }, most) {
        if (!std::getenv("DISPLAY")) SKIP("no display: run under xvfb-run");
    }
    std::filesystem::path file(const std::string& bytes) const {
        const auto path = folder.path() / "copied";
        std::ofstream{path, std::ios::binary} << bytes;
        return path;
    }
    /// Asks until the other program has taken the clipboard and answers.
    Copied answer() {
        while (true) {
            clipboard.ask();
            come.acquire();
            std::optional<Copied> copied;
            while (!copied) copied = clipboard.take();  // the thread ends right after it has told
            if (!copied->picture.empty() || !copied->uris.empty()) return *std::move(copied);
        }
    }
};

std::string noise(std::size_t size) {
    std::mt19937 dice{7};
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(dice());
    return bytes;
}

}  // namespace

TEST_CASE("a picture that another program has copied arrives whole, small or in parts",
          "[shell][clipboard]") {
    Pasting on;
    for (const std::size_t size : {std::size_t{900}, std::size_t{5} << 20}) {
        const std::string picture = noise(size);
        const auto owner = test::copied("image/png", on.file(picture));
        Copied copied = on.answer();
        while (copied.picture.size() != size) copied = on.answer();  // of the owner before
        CHECK(copied.picture == picture);
    }
}

TEST_CASE("no more is read than what tells that a picture is too large", "[shell][clipboard]") {
    Pasting on{1000};
    for (const std::size_t size : {std::size_t{5000}, std::size_t{3} << 20}) {
        const auto owner = test::copied("image/jpeg", on.file(noise(size)));
        CHECK(on.answer().picture.size() == 1001);
    }
}

TEST_CASE("addresses of files that another program has copied arrive", "[shell][clipboard]") {
    Pasting on;
    const auto owner = test::copied("text/uri-list", on.file("file:///tmp/a%20b.png\r\n"));
    CHECK(on.answer().uris == "file:///tmp/a%20b.png\r\n");
}

TEST_CASE("what is being fetched is given up with the window", "[shell][clipboard]") {
    Pasting on;
    on.clipboard.ask();
}

}  // namespace bordereau::shell
