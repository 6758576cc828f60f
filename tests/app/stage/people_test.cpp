// Who is removed, who comes back with a recovery key, and what a backup becomes, as the window does
// it.
#include <catch2/catch_test_macros.hpp>

#include "tests/app/stage/setting.h"

namespace bordereau::app {

TEST_CASE("a person is removed from the window, and a recovery key is shown there once",
          "[stage][people]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::people});
    on.ask(MakeRecoveryKey{});
    CHECK(on.stage.views().people.recovery_key.size() == 34);
    const auto page = on.folder.path() / "page.html";
    on.ask(SaveRecoveryPage{page.string()});
    CHECK(test::bytes_of(page).find(on.stage.views().people.recovery_key.view()) !=
          std::string::npos);
    on.stage.carry_out(RemovePerson{"amina"});
    on.stage.settle();
    CHECK(on.stage.views().scene == Scene::inside);
    CHECK(on.stage.views().people.problem.empty());
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    CHECK(on.stage.views().people.people.size() == 1);
    on.ask(GoTo{Place::home});
    on.ask(GoTo{Place::people});
    CHECK(on.stage.views().people.recovery_key.empty());
    on.ask(Lock{});
    on.ask(Unlock{"amina", std::string{test::kPassphrase}});
    CHECK(on.stage.desk() == nullptr);
}

TEST_CASE("administrators stand first, then supervisors, then officers, each by name",
          "[stage][people]") {
    Setting on;
    on.found();
    on.ask(AddPerson{"zoe", "supervisor", std::string{test::kPassphrase}});
    on.ask(AddPerson{"brahim", "supervisor", std::string{test::kPassphrase}});
    on.ask(GoTo{Place::people});
    std::vector<std::string> names;
    for (const PersonRow& person : on.stage.views().people.people) names.push_back(person.name);
    CHECK(names == std::vector<std::string>{"noor", "brahim", "zoe", "amina"});
}

TEST_CASE("while a person is being removed nothing else reads or changes the notebook",
          "[stage][people]") {
    Setting on;
    on.found();
    const AuditId audit = on.small();
    on.ask(GoTo{Place::people});
    on.stage.carry_out(RemovePerson{"amina"});
    // What is asked for meanwhile is not done: the work has not been looked at yet, so that it is
    // under way whatever its thread is at.
    on.stage.carry_out(OpenAudit{audit});
    on.stage.carry_out(SetTheme{"dark"});
    on.stage.carry_out(MakeRecoveryKey{});
    CHECK(on.stage.filling() == nullptr);
    on.stage.settle();
    CHECK(on.stage.views().people.people.size() == 1);
    CHECK(on.stage.views().people.recovery_key.empty());
    on.ask(OpenAudit{audit});
    CHECK(on.stage.filling() != nullptr);
}

TEST_CASE("locking while a person is being removed waits for it", "[stage][people][lock]") {
    Setting on;
    on.found();
    on.stage.carry_out(RemovePerson{"amina"});
    on.ask(Lock{});
    CHECK(on.stage.desk() == nullptr);
    on.ask(Unlock{"amina", std::string{test::kPassphrase}});
    CHECK(on.stage.desk() == nullptr);
    on.ask(Unlock{"noor", std::string{test::kPassphrase}});
    CHECK(on.stage.desk() != nullptr);
}

TEST_CASE("a removal that fails is said beside the people", "[stage][people]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::people});
    on.ask(RemovePerson{"nobody"});
    CHECK_FALSE(on.stage.views().people.problem.empty());
    CHECK(on.stage.views().people.people.size() == 2);
}

TEST_CASE("the recovery key opens the window's notebook and gives a new passphrase",
          "[stage][people]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::people});
    on.ask(MakeRecoveryKey{});
    const std::string key{on.stage.views().people.recovery_key.view()};
    on.ask(Lock{});

    std::string mistyped = key;
    mistyped[7] = mistyped[7] == '2' ? '3' : '2';
    on.ask(RecoverNotebook{mistyped, "noor", "a new passphrase"});
    CHECK(on.stage.desk() == nullptr);
    CHECK(on.stage.views().unlock.problem.ends_with("Look at group 2 of the key again."));
    on.ask(RecoverNotebook{key, "nobody", "a new passphrase"});
    CHECK(on.stage.desk() == nullptr);

    on.ask(RecoverNotebook{key, "noor", "a new passphrase"});
    REQUIRE(on.stage.desk() != nullptr);
    CHECK(on.stage.views().frame.person == "noor");
    on.ask(Lock{});
    on.ask(Unlock{"noor", "a new passphrase"});
    CHECK(on.stage.desk() != nullptr);
}

TEST_CASE("on the first run a backup is restored, and it is said why this is a new device",
          "[stage][backup]") {
    Setting laptop;
    laptop.found();
    const AuditId audit = laptop.small();
    const DeviceId before = laptop.stage.desk()->notebook().device();
    const auto file = laptop.folder.path() / "copy.bordereau-backup";
    laptop.ask(BackUp{file.string()});

    Setting other;
    CHECK(other.stage.views().scene == Scene::first_run);
    other.ask(RestoreBackup{file.string(), "noor", "wrong"});
    CHECK(other.stage.views().scene == Scene::first_run);
    CHECK_FALSE(other.stage.views().first_run.problem.empty());
    other.ask(RestoreBackup{file.string(), "noor", std::string{test::kPassphrase}});
    REQUIRE(other.stage.desk() != nullptr);
    CHECK(other.stage.desk()->notebook().device() != before);
    CHECK(other.stage.views().frame.message.text.starts_with(
        other.stage.words()("restore.new_device")));
    CHECK(other.stage.desk()->audit(audit).ok());
}

}  // namespace bordereau::app
