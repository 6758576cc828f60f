#include "storage/notebook.h"

#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <csignal>
#include <fstream>

#include "storage/forms.h"
#include "storage/registers.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {

using test::code_of;
using test::want;

TEST_CASE("a new notebook opens again for its founder, who administers it", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "notebook";
    {
        const Notebook notebook = test::new_notebook(at);
        CHECK(notebook.person().login == "amina");
        CHECK(notebook.person().role == Role::administrator);
        CHECK(notebook.device().text.size() == 32);
    }
    CHECK(Notebook::exists(at));
    Notebook again = test::open_as(at, "Amina ");
    CHECK(again.person().login == "amina");
    CHECK(want(Teams{again}.current()).name == "Crossing North");
    CHECK(want(Teams{again}.devices()).size() == 1);
}

TEST_CASE("a notebook is not made over something that is there", "[storage]") {
    const test::TemporaryFolder folder;
    { const Notebook notebook = test::new_notebook(folder.path() / "n"); }
    const auto second =
        Notebook::create(folder.path() / "n", {"b", "p", "t", "d"}, test::surroundings());
    CHECK(code_of(second) == ErrorCode::conflict);
}

TEST_CASE("a wrong passphrase and an unknown login get the same answer", "[storage]") {
    const test::TemporaryFolder folder;
    { const Notebook notebook = test::new_notebook(folder.path() / "n"); }
    const auto wrong = Notebook::open(folder.path() / "n", "amina", "guess", test::surroundings());
    const auto unknown =
        Notebook::open(folder.path() / "n", "nobody", test::kPassphrase, test::surroundings());
    CHECK(code_of(wrong) == ErrorCode::refused);
    CHECK(code_of(unknown) == ErrorCode::refused);
    CHECK(wrong.error().detail == unknown.error().detail);
}

TEST_CASE("no answer, name or form text lies in the clear in any file", "[storage]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    want(notebook.add_person("berthe-the-officer", Role::officer, test::kPassphrase));
    Answers answers{notebook};
    const AuditId audit = want(Audits{notebook}.create({"form"}, "1", "Secretary audit title"));
    want(answers.record(audit, "/form/q", "the confidential sentence"));
    want(Forms{notebook}.put({{{"form"}, "1", "T"}, "<h:html>definition text</h:html>", {}}));
    want(Registers{notebook}.put("unit", "u1", "{\"name\":\"Northern Crossing\"}"));

    const auto in_the_clear = [&] {
        const std::string bytes = test::all_bytes_below(folder.path());
        for (const char* text :
             {"confidential", "amina", "berthe", "definition", "Northern", "Secretary",
              "Crossing North", "quiet river", "laptop", "CREATE TABLE", "SQLite format"})
            if (bytes.find(text) != std::string::npos) return std::string{text};
        return std::string{};
    };
    CHECK(in_the_clear().empty());  // while it is open, WAL included
    want(notebook.journal().seal_all());
    CHECK(in_the_clear().empty());
    { const Notebook closed = std::move(notebook); }
    CHECK(in_the_clear().empty());
}

TEST_CASE("a notebook of a newer program is refused and stays as it is to the byte", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    {
        Notebook notebook = test::new_notebook(at);
        want(notebook.database().run("PRAGMA user_version = 9999"));
    }
    std::filesystem::remove(at / "notebook.lock");
    const std::string before = test::all_bytes_below(at);
    CHECK(code_of(Notebook::open(at, "amina", test::kPassphrase, test::surroundings())) ==
          ErrorCode::invalid);
    std::filesystem::remove(at / "notebook.lock");
    CHECK(test::all_bytes_below(at) == before);
}

TEST_CASE("a second opening of the same notebook is told that it is in use", "[storage]") {
    const test::TemporaryFolder folder;
    const Notebook notebook = test::new_notebook(folder.path() / "n");
    CHECK(code_of(Notebook::open(folder.path() / "n", "amina", test::kPassphrase,
                                 test::surroundings())) == ErrorCode::busy);
}

TEST_CASE("a damaged key file or database is said to be damaged", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    { const Notebook notebook = test::new_notebook(at); }
    using Files = std::vector<const char*>;
    for (const char* file : GENERATE(Files{"keys.json", "keys.json.copy"}, Files{"notebook.db"})) {
        std::ofstream out{at / file, std::ios::binary | std::ios::in};
        out << std::string(200, '#');
    }
    CHECK(code_of(Notebook::open(at, "amina", test::kPassphrase, test::surroundings())) ==
          ErrorCode::corrupt);
}

TEST_CASE("several people share a notebook, each with a passphrase", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    {
        Notebook notebook = test::new_notebook(at);
        want(notebook.add_person("berthe", Role::officer, "berthe's own"));
        CHECK(code_of(notebook.add_person("Berthe", Role::officer, "x")) == ErrorCode::conflict);
    }
    {
        auto berthe = want(Notebook::open(at, "berthe", "berthe's own", test::surroundings()));
        CHECK(berthe.person().role == Role::officer);
        CHECK(code_of(berthe.add_person("carl", Role::officer, "x")) == ErrorCode::refused);
        CHECK(code_of(berthe.change_passphrase("guess", "new")) == ErrorCode::refused);
        want(berthe.change_passphrase("berthe's own", "another"));
    }
    CHECK(code_of(Notebook::open(at, "berthe", "berthe's own", test::surroundings())) ==
          ErrorCode::refused);
    CHECK(Notebook::open(at, "berthe", "another", test::surroundings()).ok());
}

TEST_CASE("a removed person cannot log in, and what they did stays theirs", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    {
        Notebook notebook = test::new_notebook(at);
        const PersonId berthe = want(notebook.add_person("berthe", Role::officer, "p"));
        CHECK(code_of(notebook.remove_person(notebook.person().id)) == ErrorCode::refused);
        want(notebook.remove_person(berthe));
        CHECK(want(People{notebook}.find(berthe))->login == "berthe");
    }
    CHECK(code_of(Notebook::open(at, "berthe", "p", test::surroundings())) == ErrorCode::refused);
}

TEST_CASE("a printed recovery key gives a person a new passphrase", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    std::string key;
    {
        Notebook notebook = test::new_notebook(at);
        key = want(notebook.make_recovery_key());
    }
    CHECK(code_of(Notebook::recover(at, "wrong-key", "amina", "new", test::surroundings())) ==
          ErrorCode::invalid);
    CHECK(code_of(Notebook::recover(at, key, "nobody", "new", test::surroundings())) ==
          ErrorCode::not_found);
    want(Notebook::recover(at, key, "amina", "new", test::surroundings()));
    CHECK(Notebook::open(at, "amina", "new", test::surroundings()).ok());
}

TEST_CASE("settings stay with the laptop", "[storage]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    Settings settings{notebook};
    CHECK_FALSE(want(settings.get("language")));
    want(settings.set("language", "ar"));
    want(settings.set("language", "fr"));
    CHECK(want(settings.get("language")) == "fr");
    want(settings.remove("language"));
    CHECK_FALSE(want(settings.get("language")));
}

TEST_CASE("what one connection commits, the other notices", "[storage]") {
    const test::TemporaryFolder folder;
    Notebook screen = test::new_notebook(folder.path() / "n");
    Notebook worker = want(screen.connect());
    const auto before = screen.changes_seen();
    CHECK(screen.changes_seen() == before);
    want(Settings{worker}.set("a", "b"));
    const auto after = screen.changes_seen();
    CHECK(after != before);
    want(Settings{screen}.set("a", "c"));
    CHECK(screen.changes_seen() != after);
    CHECK(want(Settings{worker}.get("a")) == "c");
}

TEST_CASE("every answer said to be saved survives kill -9", "[storage]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    AuditId audit;
    {
        Notebook notebook = test::new_notebook(at);
        audit = test::draft_with_answers(notebook, 1);
    }
    const int victim_after = GENERATE(1, 7, 40);
    int saved[2];
    REQUIRE(pipe(saved) == 0);
    const pid_t child = fork();
    if (child == 0) {
        auto notebook = Notebook::open(at, "amina", test::kPassphrase, test::surroundings(9));
        Answers answers{*notebook};
        for (int i = 0;; ++i) {
            const bool ok = answers.record(audit, "/f/r" + std::to_string(i), "kept").ok();
            if (!ok || write(saved[1], "s", 1) != 1) _exit(1);
        }
    }
    int said = 0;
    for (char one; said < victim_after && read(saved[0], &one, 1) == 1;) ++said;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(saved[1]);
    for (char one; read(saved[0], &one, 1) == 1;) ++said;
    close(saved[0]);

    Notebook notebook = test::open_as(at, "amina");
    const auto answers = want(Answers{notebook}.load(audit));
    CHECK(said >= victim_after);
    CHECK(static_cast<int>(answers.size()) >= said + 1);
    CHECK(static_cast<int>(answers.size()) <= said + 2);  // one may be on disk but not said yet
    want(Answers{notebook}.record(audit, "/f/after", "goes on"));
}

TEST_CASE("a full disk is said at once, loses nothing, and work resumes with space", "[storage]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 3);
    auto pages = notebook.database().query("PRAGMA page_count");
    REQUIRE(pages.next());
    Answers answers{notebook};
    const std::string long_text(std::size_t{1} << 20, 'x');
    want(notebook.database().run_script("PRAGMA max_page_count = " +
                                        std::to_string(pages.number(0))));
    CHECK(code_of(answers.record(audit, "/f/long", long_text)) == ErrorCode::full);
    CHECK(want(answers.load(audit)).size() == 3);
    want(notebook.database().run_script("PRAGMA max_page_count = 1073741823"));
    want(answers.record(audit, "/f/long", long_text));
    CHECK(test::answer_at(notebook, audit, "/f/long") == long_text);
    CHECK_FALSE(want(notebook.journal().verify()));
}

}  // namespace bordereau::storage
