// The file browser where no question asks for it: forms, and folders of sticks.
#include <catch2/catch_test_macros.hpp>

#include "tests/app/stage/setting.h"
#include "tests/support/bundles.h"

namespace bordereau::app {

TEST_CASE("a stick's folder is chosen in the browser, written to and read from there",
          "[stage][bundle][files]") {
    Setting on;
    on.found();
    storage::Notebook other = test::new_notebook(on.folder.path() / "other", 7);
    test::team_up(on.stage.desk()->notebook(), other);
    const auto stick = on.folder.path() / "stick";
    std::filesystem::create_directory(stick);
    on.ask(GoTo{Place::sync});
    on.ask(BrowseFor{BrowseFor::What::bundles});
    on.ask(BrowseFolder{stick.string()});
    const auto browser = on.stage.views().files.browser;
    REQUIRE(browser);
    CHECK(browser->folder == stick.string());
    CHECK(browser->wanted == BrowserView::Wanted::bundles);
    on.ask(WriteBundle{browser->folder});
    CHECK_FALSE(on.stage.views().files.browser);
    CHECK(on.stage.views().frame.message.tone == Tone::good);

    test::put_file(stick / "notes.txt", "no bundle");
    on.ask(BrowseFor{BrowseFor::What::bundles});
    on.ask(BrowseFolder{stick.string()});
    const auto entries = on.stage.views().files.browser->entries;
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].name == "laptop-1.bordereau-bundle");
}

TEST_CASE("a form is chosen in the browser, checked, and used at once", "[stage][forms][files]") {
    Setting on;
    on.found();
    const auto folder = on.folder.path() / "forms";
    std::filesystem::create_directory(folder);
    test::put_file(folder / "letter.txt", "no form");
    test::put_file(folder / "small.md", std::string{test::kSmallForm});
    on.ask(GoTo{Place::forms});
    CHECK(on.stage.views().forms.can_add);
    on.ask(BrowseFor{BrowseFor::What::form});
    on.ask(BrowseFolder{folder.string()});
    const auto browser = on.stage.views().files.browser;
    REQUIRE(browser);
    REQUIRE(browser->entries.size() == 1);
    on.ask(AddForm{browser->entries[0].path});
    CHECK_FALSE(on.stage.views().files.browser);
    CHECK(on.stage.views().frame.message.tone == Tone::good);
    const FormRow& added = on.stage.views().forms.forms.front();
    CHECK(added.title == "Small visit");
    CHECK(added.begins);
    on.ask(NewAudit{added.form, added.version});
    REQUIRE(on.stage.filling() != nullptr);
    CHECK(on.stage.filling()->session().form().id() == "small");
}

TEST_CASE("what a form check would say stands at a form that was just added",
          "[stage][forms][files]") {
    Setting on;
    on.found();
    const auto file = on.folder.path() / "lists.md";
    test::put_file(file,
                   "| survey |\n| | type | name | label |\n| | text | a | About a |\n"
                   "| choices |\n| | list_name | name | label |\n| | unused | x | X |\n"
                   "| settings |\n| | form_id | version |\n| | lists | 1 |\n");
    on.ask(GoTo{Place::forms});
    on.ask(AddForm{file.string()});
    REQUIRE(on.stage.views().frame.message.tone == Tone::good);
    CHECK_FALSE(on.stage.views().forms.forms.front().findings.empty());
    on.ask(GoTo{Place::home});
    on.ask(GoTo{Place::forms});
    for (const FormRow& form : on.stage.views().forms.forms) CHECK(form.findings.empty());
}

TEST_CASE("a form that cannot be used says what to mend and changes nothing else",
          "[stage][forms][files]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::forms});
    const auto before = on.stage.views().forms.forms.size();
    const auto file = on.folder.path() / "broken.md";
    test::put_file(file, "| survey |\n| | type | name | label |\n| | texxt | a | About a |\n");
    on.ask(AddForm{file.string()});
    CHECK(on.stage.views().frame.message.tone == Tone::warning);
    const auto& forms = on.stage.views().forms.forms;
    REQUIRE(forms.size() == before + 1);
    CHECK_FALSE(forms.back().usable);
    CHECK_FALSE(forms.back().findings.empty());

    on.become("amina");
    on.ask(GoTo{Place::forms});
    CHECK_FALSE(on.stage.views().forms.can_add);
    on.ask(AddForm{file.string()});
    CHECK(on.stage.views().frame.message.tone == Tone::error);
}

}  // namespace bordereau::app
