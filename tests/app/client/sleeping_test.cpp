// The whole window over a real notebook, and a machine that is about to sleep.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <semaphore>

#include "app/client.h"
#include "app/shell/sleep_watch.h"
#include "app/shell/window.h"
#include "app/text/fonts.h"
#include "storage/base/text.h"
#include "tests/support/desks.h"
#include "tests/support/fake_logind.h"
#include "tests/support/memory_search.h"

namespace bordereau::app {
namespace {

using test::Needle;
using test::times_in_memory;

// The key that a notebook founded with test::test_services() gets, as bytes and as SQLCipher
// writes it down.
std::vector<Needle> key_of_notebook() {
    const Entropy same = seeded_entropy(1);
    (void)new_uuid(same);
    const auto key = storage::crypto::new_key(same);
    std::string hex = to_hex(key.view());
    std::vector<Needle> needles{Needle{key.view()}, Needle{hex}};
    std::ranges::fill(hex, '\0');
    return needles;
}

}  // namespace

TEST_CASE("before the machine sleeps the window's notebook is locked and its keys are wiped",
          "[client][window][sleep]") {
    if (!std::getenv("DISPLAY")) SKIP("no display: run under xvfb-run");
    const auto files = text::find_fonts(text::font_places("/"));
    if (!files) SKIP(files.error().detail);
    const test::TemporaryFolder folder;
    test::FakeLogind logind{folder.path()};
    auto type = text::Type::open(*files);
    REQUIRE(type.ok());
    auto window = shell::Window::open({"test", 1100, 700}, std::move(*type));
    REQUIRE(window.ok());
    StageOptions options;
    options.folder = folder.path() / "notebook";
    options.services = test::test_services();
    Stage stage{std::move(options)};
    Client client{stage, window->type(), window->content_scale(), [](double) {}};
    std::counting_semaphore<> woken{0};
    shell::SleepWatch sleep{[&] { woken.release(); }, logind.address()};
    logind.turn_until([&] { return logind.locks_given() == 1; });

    stage.carry_out(CreateNotebook{"amina", std::string{test::kPassphrase}, "North"});
    stage.settle();
    REQUIRE(stage.desk() != nullptr);
    const auto keys = key_of_notebook();
    const shell::Draw frame = [&] { client.draw(); };
    while (window->step(frame) == shell::Step::drew) {
    }
    CHECK(times_in_memory(keys[0]) > 0);

    logind.announce(true);
    woken.acquire();
    REQUIRE(sleep.take_alarm());
    client.take_alarm();
    CHECK(stage.desk() == nullptr);
    for (const Needle& key : keys) CHECK(times_in_memory(key) == 0);
    CHECK(logind.is_held());
    sleep.let_sleep();
    logind.wait_until_let();
}

}  // namespace bordereau::app
