// What is left of passphrases in the memory of the program.
#include <catch2/catch_test_macros.hpp>

#include "app/client.h"
#include "tests/support/desks.h"
#include "tests/support/frames.h"
#include "tests/support/memory_search.h"

namespace bordereau::app {
namespace {

// A passphrase that stands in memory only where somebody puts it: this spells it out anew.
SecretText passphrase() {
    SecretText text;
    std::string& spelled = text.editable();
    for (int i = 0; i < 24; ++i) spelled += static_cast<char>('a' + (i * 7 + 3) % 26);
    return text;
}

struct Sitting {
    test::TemporaryFolder folder;
    std::shared_ptr<Uptime> uptime = std::make_shared<Uptime>();
    Stage stage{options()};
    std::unique_ptr<Client> client;
    test::Frames frames{[this] {
                            if (client) client->draw();
                        },
                        {.height = 2600}};
    test::Needle needle{passphrase()};

    Sitting() {
        stage.carry_out(CreateNotebook{"noor", passphrase(), "Crossing North"});
        stage.settle();
        REQUIRE(stage.desk() != nullptr);
        client = std::make_unique<Client>(stage, *frames.look().type, 1.0f, [](double) {});
        frames.draw(3);
    }
    ~Sitting() { client.reset(); }  // its pictures lie in the context that the frames end
    StageOptions options() const {
        StageOptions out;
        out.folder = folder.path() / "notebook";
        out.services = test::test_services();
        out.services.uptime = [up = uptime] { return *up; };
        return out;
    }
    int left() const { return test::times_in_memory(needle); }
    void fill(const char* field) {
        const SecretText typed = passphrase();
        frames.fill(field, typed);
    }
    void go(Place place) {
        stage.carry_out(GoTo{place});
        frames.draw(3);
    }
};

}  // namespace

TEST_CASE("after unlocking, the passphrase that was typed is nowhere in memory",
          "[client][passphrase]") {
    Sitting on;
    CHECK(on.left() == 0);
    on.stage.carry_out(Lock{});
    on.frames.draw(3);
    on.fill("passphrase");
    CHECK(on.left() > 0);
    on.frames.click("unlock");
    on.stage.settle();
    on.frames.draw(3);
    REQUIRE(on.stage.desk() != nullptr);
    CHECK(on.left() == 0);
}

TEST_CASE("passphrases typed into the page of people go when it is left or the notebook locks",
          "[client][passphrase]") {
    Sitting on;
    on.go(Place::people);
    on.fill("before");
    on.fill("again");
    CHECK(on.left() > 0);
    SECTION("left") {
        on.go(Place::home);
        CHECK(on.left() == 0);
    }
    SECTION("locked, without a frame") {
        on.uptime->all += 3'600'000;
        on.client->watch();
        REQUIRE(on.stage.desk() == nullptr);
        CHECK(on.left() == 0);
    }
    SECTION("locked by hand") {
        on.stage.carry_out(Lock{});
        on.frames.draw(1);
        CHECK(on.left() == 0);
    }
}

TEST_CASE("a recovery key that was shown is nowhere in memory once its page is left",
          "[client][passphrase]") {
    Sitting on;
    on.go(Place::people);
    on.stage.carry_out(MakeRecoveryKey{});
    on.frames.draw(3);
    REQUIRE_FALSE(on.stage.views().people.recovery_key.empty());
    const test::Needle key{on.stage.views().people.recovery_key};
    CHECK(test::times_in_memory(key) > 0);
    on.go(Place::home);
    CHECK(test::times_in_memory(key) == 0);
}

}  // namespace bordereau::app
