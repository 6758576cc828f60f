// A person types in the window's content over a real notebook, and the process is killed.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <csignal>

#include "app/client.h"
#include "tests/support/desks.h"
#include "tests/support/frames.h"

namespace bordereau::app {
namespace {

StageOptions options_in(const std::filesystem::path& folder) {
    StageOptions out;
    out.folder = folder / "notebook";
    out.services = test::test_services();
    // Stands still, so that nothing half typed is recorded because a second has passed.
    out.services.clock = fixed_clock(Millis{1'772'900'000'000}, 60);
    return out;
}

// Types one text after the other into the first field; each that was saved is told through `told`.
[[noreturn]] void type_until_killed(const std::filesystem::path& folder, const AuditId& audit,
                                    int told) {
    Stage stage{options_in(folder)};
    stage.carry_out(Unlock{"amina", std::string{test::kPassphrase}});
    stage.settle();
    std::unique_ptr<Client> client;
    test::Frames frames{[&client] {
                            if (client) client->draw();
                        },
                        {.height = 1200}};
    client = std::make_unique<Client>(stage, *frames.look().type, 1.0f, [](double) {});
    stage.carry_out(OpenAudit{audit});
    stage.settle();
    frames.draw(3);
    for (std::uint8_t i = 0;; ++i) {
        frames.fill("field", "Gate " + std::to_string(i));
        client->flush();
        frames.draw(2);
        if (!stage.saved() || write(told, &i, 1) != 1) _exit(1);
    }
}

}  // namespace

TEST_CASE("what was typed and saved in the window is there after kill -9", "[client]") {
    const test::TemporaryFolder folder;
    AuditId audit;
    {
        const auto desk = test::new_desk(folder.path() / "notebook");
        audit = test::small_audit(*desk, folder.path());
    }
    const int killed_after = GENERATE(2, 5);
    std::array<int, 2> told{};
    REQUIRE(pipe(told.data()) == 0);
    const pid_t child = fork();
    if (child == 0) type_until_killed(folder.path(), audit, told[1]);
    close(told[1]);
    std::uint8_t last = 0, heard = 0;
    int count = 0;
    while (count < killed_after && read(told[0], &heard, 1) == 1) {
        last = heard;
        ++count;
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (read(told[0], &heard, 1) == 1) last = heard;
    close(told[0]);
    REQUIRE(count == killed_after);

    const auto desk = test::desk_as(folder.path() / "notebook", "amina");
    auto filling = test::want(desk->read_audit(audit));
    const std::string place = filling.session().value(filling.session().find("/data/place"));
    // The last one that was told, or the one after it, of which nobody heard any more.
    const auto after = static_cast<std::uint8_t>(last + 1);
    INFO(place << " after " << static_cast<int>(last));
    CHECK((place.starts_with("Gate " + std::to_string(last)) ||
           place.starts_with("Gate " + std::to_string(after))));
    CHECK_FALSE(test::want(desk->notebook().journal().verify()));
}

}  // namespace bordereau::app
