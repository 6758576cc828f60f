#include <sys/wait.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/support/folders.h"

namespace bordereau::app::cli {
namespace {

struct Ended {
    int code = -1;
    std::string output;
};

// The built program in a notebook of its own, called as from a shell.
struct Terminal {
    test::TemporaryFolder folder;

    Ended call(const std::string& words, const std::string& person = "noor") const {
        const std::string line =
            "cd '" + folder.path().string() +
            "' && LANG=C BORDEREAU_NOTEBOOK=notebook BORDEREAU_PERSON=" + person +
            " BORDEREAU_PASSPHRASE='grey herons' "
            "BORDEREAU_NEW_PASSPHRASE='grey herons' " BORDEREAU_BINARY_DIR "/app/bordereau " +
            words + " 2>errors";
        Ended ended;
        FILE* out = popen(line.c_str(), "r");
        REQUIRE(out != nullptr);
        for (int c = fgetc(out); c != EOF; c = fgetc(out)) ended.output += static_cast<char>(c);
        const int status = pclose(out);
        ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return ended;
    }
    std::string want(const std::string& words, const std::string& person = "noor") const {
        const Ended ended = call(words, person);
        INFO(words << ": " << errors());
        REQUIRE(ended.code == 0);
        std::string out = ended.output;
        while (out.ends_with('\n')) out.pop_back();
        return out;
    }
    std::string errors() const {
        std::ostringstream out;
        out << std::ifstream{folder.path() / "errors"}.rdbuf();
        return out.str();
    }
    void write(const char* name, std::string_view text) const {
        std::ofstream{folder.path() / name} << text;
    }
};

}  // namespace

TEST_CASE("a record is made, returned, corrected, approved and exported from the command line",
          "[cli]") {
    const Terminal at;
    at.want("init --team 'Post 7'");
    at.want("add-person amina --role officer");
    const std::string audit = at.want("new grpa_walk", "amina");
    at.want("answer " + audit + " --file '" BORDEREAU_SOURCE_DIR "/assets/samples/grpa_walk.tsv'",
            "amina");
    at.want("finalize " + audit, "amina");
    at.want("review " + audit + " --comment 'w9=Which room?' --return 'One question'");
    CHECK(at.want("show " + audit, "amina").find("Which room?") != std::string::npos);
    at.want("answer " + audit + " w9=partly", "amina");
    at.want("finalize " + audit, "amina");
    at.want("review " + audit + " --approve");

    const auto listed = nlohmann::json::parse(at.want("list --state approved --json"));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["audit"] == audit);
    const auto shown = nlohmann::json::parse(at.want("show " + audit + " --json"));
    CHECK(shown["answers"].value("/grpa_walk/w_sea/w9", "") == "partly");
    at.want("export --csv out");
    CHECK(std::filesystem::exists(at.folder.path() / "out" / "grpa_walk_team.csv"));
}

TEST_CASE("exit codes tell a script what kind of failure it was", "[cli]") {
    const Terminal at;
    CHECK(at.call("list").code == 3);
    CHECK(at.errors().find("no notebook") != std::string::npos);
    at.want("init --team T");
    CHECK(at.call("init --team T").code == 4);
    CHECK(at.call("list", "stranger").code == 4);
    CHECK(at.call("frobnicate").code == 2);
    CHECK(at.call("show nothing").code == 3);
    CHECK(at.call("sync").code == 3);
    CHECK(at.call("join nonsense").code == 4);
    CHECK(at.call("report scorecard").code == 3);
    CHECK(at.call("--help").code == 0);
    CHECK(at.call("list").code == 0);
}

TEST_CASE("a draft with answers missing is not finalized, and each of them is named", "[cli]") {
    const Terminal at;
    at.want("init --team T");
    const std::string audit = at.want("new grpa_walk");
    const Ended ended = at.call("finalize " + audit);
    CHECK(ended.code == 4);
    CHECK(ended.output.find("w_unit") != std::string::npos);
}

TEST_CASE("a form is checked and run without a notebook", "[cli]") {
    const Terminal at;
    at.write("good.md",
             "| survey |\n| | type | name | label |\n| | integer | a | A |\n"
             "| settings |\n| | form_id | version |\n| | good | 7 |\n");
    CHECK(at.want("form check good.md").find("good") != std::string::npos);
    at.write("answers.tsv", "a\t5\n");
    at.want("form run good.md --answers answers.tsv --out filled.xml");
    std::ostringstream filled;
    filled << std::ifstream{at.folder.path() / "filled.xml"}.rdbuf();
    CHECK(filled.str().find("<a>5</a>") != std::string::npos);

    SECTION("and a bad one is explained by sheet, row and column") {
        at.write("bad.md",
                 "| survey |\n| | type | name | label | relevant |\n| | text | a | A | nope( |\n");
        const Ended ended = at.call("form check bad.md");
        CHECK(ended.code == 4);
        CHECK(ended.output.find("error") != std::string::npos);
    }
    SECTION("and rubbish is called rubbish") {
        at.write("bad.xlsx", "no spreadsheet at all");
        CHECK(at.call("form check bad.xlsx").code == 4);
    }
}

}  // namespace bordereau::app::cli
