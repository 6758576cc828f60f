// tests/app/stage/setting.h - a stage over a folder of its own, asked as a screen asks it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "app/stage.h"
#include "tests/support/desks.h"

namespace bordereau::app {

// A stage over a folder that no notebook lies in yet.
struct Setting {
    std::uint64_t seed = 1;  // laptops of different seeds have different keys
    Camera::Options camera{};
    std::function<void()> wake = [] {};
    test::TemporaryFolder folder{};

    std::shared_ptr<Uptime> uptime = std::make_shared<Uptime>();

    StageOptions options() const {
        StageOptions out;
        out.folder = folder.path() / "notebook";
        out.services = test::test_services(seed);
        out.camera = camera;
        out.wake = wake;
        out.services.uptime = [up = uptime] { return *up; };
        return out;
    }
    Stage stage{options()};

    void ask(const Command& command) {
        stage.carry_out(command);
        stage.settle();
    }
    void found() {
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        REQUIRE(stage.desk() != nullptr);
        ask(AddPerson{"amina", "officer", std::string{test::kPassphrase}});
    }
    void become(const char* person) {
        ask(Lock{});
        ask(Unlock{person, std::string{test::kPassphrase}});
        REQUIRE(stage.desk() != nullptr);
    }
    AuditId small() {
        const AuditId audit = test::small_audit(*stage.desk(), folder.path());
        ask(OpenAudit{audit});
        REQUIRE(stage.filling() != nullptr);
        return audit;
    }
    const QuestionView& question(std::string_view key) {
        for (const QuestionView& row : stage.views().fill.questions)
            if (row.key == key) return row;
        FAIL("no row " << key);
        std::abort();
    }
};

}  // namespace bordereau::app
