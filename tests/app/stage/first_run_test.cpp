// A new notebook: where it may lie, and whose team it is.
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "sync/invitation.h"
#include "tests/app/stage/setting.h"

namespace bordereau::app {

TEST_CASE("a folder that cannot be written is said before anything is asked",
          "[stage][first_run]") {
    const test::TemporaryFolder folder;
    std::ofstream{folder.path() / "file"} << "no folder";
    StageOptions options;
    options.folder = folder.path() / "file" / "notebook";
    options.services = test::test_services();
    Stage stage{options};
    CHECK(stage.views().scene == Scene::first_run);
    CHECK(stage.views().first_run.folder_problem.find(options.folder.string()) !=
          std::string::npos);
    stage.carry_out(Command{ChooseFolder{(folder.path() / "other").string()}});
    CHECK(stage.views().first_run.folder_problem.empty());
    stage.carry_out(Command{CreateNotebook{"noor", std::string{test::kPassphrase}, "Post 7"}});
    stage.settle();
    REQUIRE(stage.desk() != nullptr);
    CHECK(storage::Notebook::exists(folder.path() / "other"));
}

TEST_CASE("a mistyped invitation makes no notebook", "[stage][first_run]") {
    Setting on;
    on.ask(CreateNotebook{"amina", std::string{test::kPassphrase}, "", "ABCDE FGHJK"});
    CHECK(on.stage.desk() == nullptr);
    CHECK(on.stage.views().scene == Scene::first_run);
    CHECK_FALSE(on.stage.views().first_run.problem.empty());
    CHECK_FALSE(storage::Notebook::exists(on.folder.path() / "notebook"));
}

TEST_CASE("with an invitation but no endpoint the notebook is made, and it is said where to go on",
          "[stage][first_run]") {
    Setting on;
    sync::Invitation invitation;
    invitation.endpoint = {"http://127.0.0.1:1", std::string(32, 'k'), {}};
    invitation.team = {"018f0000-0000-7000-8000-000000000001"};
    invitation.team_name = "Region";
    invitation.secret = std::string(sync::kSecretSize, 's');
    invitation.expires_at = 4'000'000'000'000;
    on.ask(CreateNotebook{"amina", std::string{test::kPassphrase}, "", sync::to_code(invitation)});
    REQUIRE(on.stage.desk() != nullptr);
    const Views& views = on.stage.views();
    CHECK(views.frame.place == Place::sync);
    CHECK(views.frame.message.tone == Tone::warning);
    CHECK_FALSE(views.sync.join_problem.empty());
    CHECK(views.frame.team == "Region");
}

}  // namespace bordereau::app
