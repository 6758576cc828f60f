#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/screens/first_run_screen.h"
#include "app/screens/people_screen.h"
#include "app/screens/unlock_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

TEST_CASE("a notebook is made from a name, a passphrase typed twice and a team",
          "[screens][first_run]") {
    const FirstRunView view = test::Samples{}.first_run();
    FirstRunUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); });
    stage->fill("person", "Arben");
    stage->fill("passphrase", "seven horses");
    stage->fill("team", "Region");

    SECTION("made") {
        stage->fill("again", "seven horses");
        stage->click("Create the notebook");
        const auto made = stage.asked_for<CreateNotebook>();
        REQUIRE(made.size() == 1);
        CHECK(made[0].person == "Arben");
        CHECK(made[0].passphrase == "seven horses");
        CHECK(made[0].team == "Region");
        CHECK(ui.passphrase.empty());
        CHECK(ui.again.empty());
    }
    SECTION("not made while the two differ, and the screen says so") {
        stage->fill("again", "seven houses");
        stage->click("Create the notebook");
        stage->draw(2);
        CHECK(stage.asked().empty());
        CHECK(stage->shows("The two passphrases differ."));
    }
}

TEST_CASE("whoever was invited gives the invitation in the place of a team",
          "[screens][first_run]") {
    const FirstRunView view = test::Samples{}.first_run();
    FirstRunUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); });
    stage->click("invited");
    stage->draw(2);
    CHECK_FALSE(stage->shows("team"));
    stage->fill("person", "Arben");
    stage->fill("passphrase", "seven horses");
    stage->fill("again", "seven horses");
    stage->click("Create the notebook");
    CHECK(stage.asked().empty());
    stage->fill("invitation", "ABCDE-FGHJK");
    stage->click("Create the notebook");
    const auto made = stage.asked_for<CreateNotebook>();
    REQUIRE(made.size() == 1);
    CHECK(made[0].team.empty());
    CHECK(made[0].invitation == "ABCDE-FGHJK");
}

TEST_CASE("where the folder cannot be written another one is asked for, and nothing else",
          "[screens][first_run]") {
    FirstRunView view = test::Samples{}.first_run();
    view.folder_problem = "No notebook can be made in /media/cd.";
    FirstRunUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); });
    CHECK(stage->shows(view.folder_problem));
    CHECK_FALSE(stage->shows("passphrase"));
    stage->fill("folder", "/mnt/other/notebook");
    stage->key(ImGuiKey_Enter);
    const auto chosen = stage.asked_for<ChooseFolder>();
    REQUIRE(chosen.size() == 1);
    CHECK(chosen[0].path == "/mnt/other/notebook");
}

TEST_CASE("unlocking asks with the chosen person and forgets the passphrase", "[screens][unlock]") {
    UnlockView view = test::Samples{}.unlock();
    UnlockUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_unlock(view, ui, words, out); });
    CHECK_FALSE(stage->enabled("Unlock"));
    stage->click("Mira Kovac");
    stage->fill("passphrase", "seven horses");

    SECTION("with the button") {
        stage->click("Unlock");
    }
    SECTION("with Enter") {
        stage->key(ImGuiKey_Enter);
    }
    stage->draw(2);

    const auto asked = stage.asked_for<Unlock>();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].person == "Mira Kovac");
    CHECK(asked[0].passphrase == "seven horses");
    CHECK(ui.passphrase.empty());
}

TEST_CASE("Enter leads from field to field, and in the last one makes the notebook",
          "[screens][first_run][keyboard]") {
    const FirstRunView view = test::Samples{}.first_run();
    FirstRunUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); });
    for (const char* typed : {"Arben", "seven horses", "seven horses"}) {
        stage->type(typed);
        stage->key(ImGuiKey_Enter);
    }
    stage->type("Region");
    CHECK(ui.person == "Arben");
    CHECK(ui.passphrase == "seven horses");
    CHECK(ui.again == "seven horses");
    CHECK(ui.team == "Region");
    CHECK(stage.asked_for<CreateNotebook>().empty());
    stage->key(ImGuiKey_Enter);
    REQUIRE(stage.asked_for<CreateNotebook>().size() == 1);
    CHECK(stage.asked_for<CreateNotebook>()[0].team == "Region");
}

TEST_CASE("a notebook is recovered with Enter alone", "[screens][unlock][keyboard]") {
    UnlockView view = test::Samples{}.unlock();
    UnlockUi ui;
    ui.recovering = true;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_unlock(view, ui, words, out); },
        {.height = 1200});
    stage->fill("who", "Drita");
    stage->key(ImGuiKey_Enter);
    for (const char* typed : {"ABCD-EFGH", "seven horses", "seven horses"}) {
        stage->type(typed);
        stage->key(ImGuiKey_Enter);
    }
    REQUIRE(stage.asked_for<RecoverNotebook>().size() == 1);
    CHECK(stage.asked_for<RecoverNotebook>()[0].key == "ABCD-EFGH");
    CHECK(stage.asked_for<RecoverNotebook>()[0].person == "Drita");
}

TEST_CASE("a backup is restored with Enter alone", "[screens][first_run][keyboard]") {
    const FirstRunView view = test::Samples{}.first_run();
    FirstRunUi ui;
    ui.restoring = true;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); },
        {.height = 1200});
    stage->click("file");
    for (const char* typed : {"/media/stick/copy", "Arben", "seven horses"}) {
        stage->type(typed);
        stage->key(ImGuiKey_Enter);
    }
    REQUIRE(stage.asked_for<RestoreBackup>().size() == 1);
    CHECK(stage.asked_for<RestoreBackup>()[0].person == "Arben");
    CHECK(stage.asked_for<RestoreBackup>()[0].passphrase == "seven horses");
}

TEST_CASE("after a passphrase that was refused its field has the keyboard",
          "[screens][unlock][keyboard]") {
    UnlockView view = test::Samples{}.unlock();
    UnlockUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_unlock(view, ui, words, out); });
    stage->fill("who", "Drita");
    stage->key(ImGuiKey_Enter);
    stage->type("seven houses");
    const bool by_button = GENERATE(false, true);
    if (by_button)
        stage->click("unlock");
    else
        stage->key(ImGuiKey_Enter);
    REQUIRE(stage.asked_for<Unlock>().size() == 1);
    view.busy = true;
    stage->draw(3);
    view.busy = false;
    view.problem = "That passphrase does not open the notebook.";
    stage->draw(4);
    stage->type("seven horses");
    stage->key(ImGuiKey_Enter);
    REQUIRE(stage.asked_for<Unlock>().size() == 2);
    CHECK(stage.asked_for<Unlock>()[1].person == "Drita");
    CHECK(stage.asked_for<Unlock>()[1].passphrase == "seven horses");
}

TEST_CASE("the recovery key asks for a new passphrase, twice, and forgets what was typed",
          "[screens][unlock]") {
    UnlockView view = test::Samples{}.unlock();
    UnlockUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_unlock(view, ui, words, out); });
    stage->fill("who", "Drita");
    stage->click("recover");
    stage->draw(2);
    stage->fill("recovery_key", "ABCD-EFGH");
    stage->fill("passphrase", "seven horses");
    stage->fill("again", "seven houses");
    stage->click("recover_open");
    stage->draw(2);
    CHECK(stage.asked_for<RecoverNotebook>().empty());
    stage->fill("again", "seven horses");
    stage->click("recover_open");
    stage->draw(2);
    const auto asked = stage.asked_for<RecoverNotebook>();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].key == "ABCD-EFGH");
    CHECK(asked[0].person == "Drita");
    CHECK(asked[0].passphrase == "seven horses");
    CHECK(ui.after.empty());
    stage->click("with_passphrase");
    stage->draw(2);
    CHECK(ui.key.empty());
    CHECK(stage->shows("unlock"));
}

TEST_CASE("a backup is restored from the first screen, with its file, a name and a passphrase",
          "[screens][first_run]") {
    const FirstRunView view = test::Samples{}.first_run();
    FirstRunUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_first_run(view, ui, words, out); },
        {.height = 1200});
    stage->click("restore");
    stage->draw(2);
    CHECK_FALSE(stage->enabled("restore_open"));
    stage->fill("file", "/media/stick/copy");
    stage->fill("person", "Arben");
    stage->fill("passphrase", "seven horses");
    stage->click("restore_open");
    const auto asked = stage.asked_for<RestoreBackup>();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].file == "/media/stick/copy");
    CHECK(asked[0].passphrase == "seven horses");
    CHECK(ui.passphrase.empty());
}

TEST_CASE("whoever was not here before types their name to unlock", "[screens][unlock]") {
    UnlockView view = test::Samples{}.unlock();
    view.people.clear();
    UnlockUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_unlock(view, ui, words, out); });
    stage->fill("passphrase", "seven horses");
    CHECK_FALSE(stage->enabled("Unlock"));
    stage->fill("who", "Drita");
    stage->click("unlock");
    REQUIRE(stage.asked_for<Unlock>().size() == 1);
    CHECK(stage.asked_for<Unlock>()[0].person == "Drita");
}

TEST_CASE("a person is removed only after it was confirmed", "[screens][people]") {
    const PeopleView view = test::Samples{}.people();
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 2200});
    stage->click("remove");
    stage->draw(2);
    CHECK(stage.asked().empty());
    SECTION("and kept where it was not") {
        stage->click("keep");
        stage->draw(2);
        CHECK(stage.asked().empty());
        CHECK_FALSE(stage->shows("remove_sure"));
    }
    SECTION("and then") {
        stage->click("remove_sure");
        REQUIRE(stage.asked_for<RemovePerson>().size() == 1);
        CHECK(stage.asked_for<RemovePerson>()[0].person == "Mira Kovac");
    }
}

TEST_CASE("laptops are admitted by a code and end their membership for a reason",
          "[screens][people]") {
    PeopleView view = test::Samples{}.people();
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 4400});
    SECTION("admitted") {
        stage->fill("laptop_code", "ABCDE-FGHIJ");
        stage->fill("laptop_name", "Post 8");
        stage->click("laptop_supervisor");
        stage->click("admit");
        REQUIRE(stage.asked_for<AdmitLaptop>().size() == 1);
        CHECK(stage.asked_for<AdmitLaptop>()[0].code == "ABCDE-FGHIJ");
        CHECK(stage.asked_for<AdmitLaptop>()[0].name == "Post 8");
        CHECK(stage.asked_for<AdmitLaptop>()[0].role == "supervisor");
    }
    SECTION("not ended without a reason") {
        stage->click("revoke");
        stage->draw(2);
        stage->click("revoke_sure");
        CHECK(stage.asked_for<RevokeLaptop>().empty());
        stage->fill("reason", "Stolen");
        stage->click("revoke_sure");
        REQUIRE(stage.asked_for<RevokeLaptop>().size() == 1);
        CHECK(stage.asked_for<RevokeLaptop>()[0].reason == "Stolen");
    }
    SECTION("and one joins by the answer") {
        view.laptops.can_join = true;
        view.laptops.can_admit = false;
        stage->draw(4);  // a card that has just appeared is measured first
        stage->fill("answer", "/media/amina/STICK/post-joins.txt");
        stage->click("join_laptops");
        REQUIRE(stage.asked_for<JoinLaptops>().size() == 1);
    }
}

TEST_CASE("laptops that are no members any more fold away, and the others show their numbers",
          "[screens][people]") {
    PeopleView view = test::Samples{}.people();
    LaptopRow gone = view.laptops.laptops[1];
    gone.device = "b00c";
    gone.name = "Left on the train";
    gone.revoked = true;
    view.laptops.laptops.push_back(gone);
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 3200});
    CHECK(stage->shows("Number 5cb10f3e"));
    CHECK_FALSE(stage->shows("Left on the train"));
    stage->click("1 former member");
    stage->draw(2);
    CHECK(stage->shows("Left on the train"));
}

TEST_CASE("what the camera read stands in the field that it was read for", "[screens][people]") {
    PeopleView view = test::Samples{}.people();
    view.laptops.can_join = view.laptops.can_admit = view.laptops.camera = true;
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 3200});
    const bool answer = GENERATE(false, true);
    const char* field = answer ? "answer" : "laptop_code";
    stage->click(answer ? "scan_answer" : "scan_code");
    REQUIRE(stage.asked_for<ScanCode>().size() == 1);
    CHECK(stage.asked_for<ScanCode>()[0].answer == answer);
    view.laptops.scanned = {answer, "7QX2M-K4T9B", 1};
    stage->draw(2);
    CHECK(stage->item(field).value == "7QX2M-K4T9B");

    // Once: it may be corrected.
    stage->fill(field, "7QX2M");
    stage->draw(2);
    CHECK(stage->item(field).value == "7QX2M");
    view.laptops.camera = false;
    stage->draw(2);
    CHECK_FALSE(stage->shows("scan_code"));
}

TEST_CASE("a recovery key is shown once, with a page to print", "[screens][people]") {
    PeopleView view = test::Samples{}.people();
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 2200});
    stage->click("make_recovery_key");
    CHECK(stage.asked_for<MakeRecoveryKey>().size() == 1);
    view.recovery_key = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG";
    stage->draw(2);
    // Who listens is told of it, not what it is.
    CHECK_FALSE(stage->shows(view.recovery_key));
    const auto told = std::ranges::count_if(stage->items(), [&](const widgets::Item& item) {
        return item.visible && item.label == stage->words()("people.recovery");
    });
    CHECK(told == 2);  // the heading and the key
    stage->click("save_recovery_page");
    REQUIRE(stage.asked_for<SaveRecoveryPage>().size() == 1);
    CHECK(stage.asked_for<SaveRecoveryPage>()[0].path == view.recovery_path);
}

TEST_CASE("one's passphrase is changed by typing the present one and the new one twice",
          "[screens][people]") {
    const PeopleView view = test::Samples{}.people();
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 2200});
    stage->fill("before", "seven horses");
    ui.after = ui.after_again = "eight houses";
    stage->click("change_passphrase");
    REQUIRE(stage.asked_for<ChangePassphrase>().size() == 1);
    CHECK(stage.asked_for<ChangePassphrase>()[0].before == "seven horses");
    CHECK(stage.asked_for<ChangePassphrase>()[0].after == "eight houses");
    CHECK(ui.before.empty());
    CHECK(ui.after.empty());
}

TEST_CASE("a person is added with a role and a passphrase of the least length",
          "[screens][people]") {
    const PeopleView view = test::Samples{}.people();
    PeopleUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_people(view, ui, words, out); },
        {.height = 2200});
    stage->fill("person", "Drita");
    stage->click("supervisor");
    ui.passphrase = ui.again = "short";  // the page has another pair of such fields
    stage->click("add_person");
    stage->draw(2);
    CHECK(stage.asked().empty());
    CHECK(stage->shows("The passphrase is too short."));

    ui.passphrase = ui.again = "long enough";
    stage->draw(2);
    stage->click("add_person");
    const auto added = stage.asked_for<AddPerson>();
    REQUIRE(added.size() == 1);
    CHECK(added[0].person == "Drita");
    CHECK(added[0].role == "supervisor");
}

}  // namespace bordereau::app
