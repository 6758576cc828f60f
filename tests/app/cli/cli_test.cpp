#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/support/endpoint_process.h"
#include "tests/support/folders.h"
#include "tests/support/unit_form_text.h"

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
    // As in the window, whoever approves over an open comment is asked first.
    CHECK(at.call("review " + audit + " --approve").code == 4);
    CHECK(at.errors().find("Which room?") != std::string::npos);
    CHECK(at.errors().find("--with-open-comments") != std::string::npos);
    CHECK(at.call("review " + audit + " --comment 'w9=And now?' --approve").code == 4);
    CHECK(at.want("show " + audit).find("And now?") == std::string::npos);
    at.want("review " + audit + " --approve --with-open-comments");

    const auto listed = nlohmann::json::parse(at.want("list --state approved --json"));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["audit"] == audit);
    const auto shown = nlohmann::json::parse(at.want("show " + audit + " --json"));
    CHECK(shown["answers"].value("/grpa_walk/w_sea/w9", "") == "partly");
    at.want("export --csv out");
    CHECK(std::filesystem::exists(at.folder.path() / "out" / "grpa_walk_team.csv"));
}

TEST_CASE("what was not said is asked for, and counts as no wrong passphrase", "[cli]") {
    const Terminal at;
    CHECK(at.call("list").code == 3);
    CHECK(at.errors().find("notebook") != std::string::npos);
    at.want("init --team T");
    for (int again = 0; again < 8; ++again) CHECK(at.call("list", "''").code == 2);
    CHECK(at.errors().find("BORDEREAU_PERSON") != std::string::npos);
    CHECK(at.call("--passphrase-file nowhere list").code == 2);
    CHECK(at.errors().find("nowhere") != std::string::npos);
    at.want("list");
    const std::string audit = at.want("new grpa_walk");
    CHECK(at.call("answer " + audit + " --file nowhere.tsv").code == 3);
    CHECK(at.errors().find("nowhere.tsv cannot be read") != std::string::npos);
}

TEST_CASE("the help of a command has examples of that command alone", "[cli]") {
    const Terminal at;
    CHECK(at.want("--help").find("bordereau init") != std::string::npos);
    const std::string help = at.want("bundle export --help");
    CHECK(help.find("bordereau bundle export --to office") != std::string::npos);
    CHECK(help.find("bordereau init") == std::string::npos);
    CHECK(at.want("bundle --help").find("bordereau init") == std::string::npos);
    CHECK(at.want("verify --help").find("bordereau init") == std::string::npos);
}

TEST_CASE("two laptops review an audit over a stick from the command line", "[cli][bundle]") {
    const Terminal post, office;
    const std::string stick = "'" + (office.folder.path() / "stick").string() + "'";
    std::filesystem::create_directory(office.folder.path() / "stick");
    office.want("init --team 'Post 7' --device office");
    post.want("init --team 'Post 8' --device post", "amina");
    CHECK(office.call("bundle export " + stick).code == 4);  // nobody else is known yet
    {
        const test::TemporaryFolder central;
        const test::EndpointProcess endpoint{central.path()};
        const auto invited = [&](const char* role) {
            std::string code = test::invitation_to(endpoint, central.path(), {"--role", role});
            while (code.ends_with('\n')) code.pop_back();
            return "join " + code;
        };
        office.want(invited("supervisor"));
        post.want(invited("officer"), "amina");
        office.want("sync");
        post.want("sync", "amina");
    }
    const std::string audit = post.want("new grpa_walk", "amina");
    post.want("answer " + audit + " --file '" BORDEREAU_SOURCE_DIR "/assets/samples/grpa_walk.tsv'",
              "amina");
    post.want("finalize " + audit, "amina");
    post.want("bundle export " + stick, "amina");
    const auto look =
        nlohmann::json::parse(office.want("--json bundle inspect " + stick))["bundles"];
    REQUIRE(look.size() == 1);
    CHECK(look[0]["ended"] == true);

    office.want("bundle import " + stick);
    office.want("review " + audit + " --comment 'w9=Which room?' --return 'One question'");
    office.want("bundle export --since-receipt " + stick);
    post.want("bundle import " + stick, "amina");
    CHECK(post.want("show " + audit, "amina").find("Which room?") != std::string::npos);
    post.want("answer " + audit + " w9=partly", "amina");
    post.want("finalize " + audit, "amina");
    post.want("bundle export --to office " + stick, "amina");

    office.want("bundle import " + stick);
    office.want("review " + audit + " --approve --with-open-comments");
    const auto again =
        nlohmann::json::parse(office.want("--json bundle import " + stick))["bundles"];
    for (const auto& one : again) {
        CHECK(one["received"] == 0);
        CHECK(one["complete"] == true);
    }
    CHECK(post.call("bundle import nowhere", "amina").code == 3);
}

TEST_CASE("a team without any server: a laptop is admitted by codes, works, and is revoked",
          "[cli][members]") {
    const Terminal post, office;
    const auto in_office = [&](const char* name) {
        return "'" + (office.folder.path() / name).string() + "'";
    };
    std::filesystem::create_directory(office.folder.path() / "stick");
    office.want("init --team 'Post 7' --device office");
    post.want("init --team 'Post 8' --device post", "amina");
    const std::string asked = post.want("device-code", "amina");
    const std::string code = asked.substr(asked.rfind('\n') + 1);
    office.want("admit " + code + " --name post --role officer --output " + in_office("code"));
    CHECK(post.call("join --certificate nonsense", "amina").code == 4);
    CHECK(office.call("join --certificate " + in_office("code")).code == 4);  // of another laptop
    post.want("join --certificate " + in_office("code"), "amina");
    CHECK(post.call("admit " + code + " --name twice --role officer", "amina").code == 4);

    const std::string sample = " --file '" BORDEREAU_SOURCE_DIR "/assets/samples/grpa_walk.tsv'";
    const auto recorded = [&] {
        const std::string audit = post.want("new grpa_walk", "amina");
        post.want("answer " + audit + sample, "amina");
        post.want("finalize " + audit, "amina");
        post.want("bundle export " + in_office("stick"), "amina");
        return audit;
    };
    const std::string before = recorded();
    office.want("bundle import " + in_office("stick"));
    office.want("show " + before);

    office.want("revoke post --reason 'Left on the train'");
    CHECK(office.want("members").find("revoked: Left on the train") != std::string::npos);
    const std::string after = recorded();
    CHECK(office.call("bundle import " + in_office("stick")).code != 0);
    CHECK(office.call("show " + after).code == 3);
    office.want("show " + before);
    office.want("verify");
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

TEST_CASE(
    "a notebook is backed up, restored as a new device, and its people managed from the "
    "command line",
    "[cli]") {
    const Terminal at;
    at.want("init --team 'Post 7'");
    const std::string key = at.want("recovery-key");
    at.want("add-person amina --role officer");
    const std::string audit = at.want("new grpa_walk", "amina");
    CHECK(at.call("take-over " + audit.substr(0, 9) + " --reason 'End of the shift'").code == 0);
    at.want("backup stick.bordereau");
    CHECK(at.call("backup stick.bordereau").code == 4);
    CHECK(at.errors().find("--replace") != std::string::npos);
    at.want("backup --replace stick.bordereau");
    at.want("remove-person amina");
    CHECK(at.call("list", "amina").code == 4);
    const auto people = nlohmann::json::parse(at.want("people --json"));
    REQUIRE(people.size() == 2);
    CHECK(people[0]["active"] == false);

    CHECK(at.call("restore stick.bordereau --into notebook").code == 4);
    CHECK(at.want("restore stick.bordereau --into spare").find("new device") != std::string::npos);
    CHECK(at.want("--notebook spare list").find("draft") != std::string::npos);
    at.write("rubbish", "no backup at all");
    CHECK(at.call("restore rubbish --into other").code == 1);

    at.write("key", key.substr(0, 5) + (key[5] == 'A' ? "B" : "A") + key.substr(6) + "\n");
    CHECK(at.call("recover noor --key-file key").code == 4);
    CHECK(at.errors().find("group 2") != std::string::npos);
    at.write("key", key + "\n");
    at.want("recover noor --key-file key");
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

TEST_CASE("a form's report says what is missing and what is never asked", "[cli]") {
    const Terminal at;
    at.write("form.md",
             "| survey |\n| | type | name | label::English (en) | label::French (fr) | relevant |\n"
             "| | select_one yn | a | A | | |\n| | text | b | B | Bé | ${a} = 'maybe' |\n"
             "| choices |\n| | list_name | name | label::English (en) | label::French (fr) |\n"
             "| | yn | y | Yes | Oui |\n| | zz | n | No | Non |\n");
    const auto report = nlohmann::json::parse(at.want("form check --json form.md"));
    CHECK(report["size"]["questions"] == 2);
    CHECK(report["texts"][1]["missing"] == 1);
    const auto has = [&](const char* topic, const char* sheet, int row) {
        return std::ranges::any_of(report["remarks"], [&](const auto& remark) {
            return remark["topic"] == topic && remark["sheet"] == sheet && remark["row"] == row;
        });
    };
    CHECK(has("translation", "survey", 2));
    CHECK(has("unreachable", "survey", 3));
    CHECK(has("unused_list", "", 0));
    CHECK(at.want("form check form.md").find("Unused lists") != std::string::npos);
    CHECK(at.want("form check --table form.md")
              .find("translation\twarning\tsurvey\t2\tlabel\t/data/a\t") != std::string::npos);
    CHECK(at.call("form check --strict form.md").code == 4);
    CHECK(at.call("form check nowhere.md").code == 3);
}

TEST_CASE("a script's steps that fail are named by their line", "[cli]") {
    const Terminal at;
    at.write(
        "form.md",
        "| survey |\n| | type | name | label | relevant | constraint | constraint_message |\n"
        "| | begin_repeat | r | R | | | |\n| | integer | n | N | | . < 9 | Too many |\n"
        "| | end_repeat | | | | | |\n| | select_one yn | a | A | | | |\n"
        "| | text | b | B | ${a} = 'y' | | |\n"
        "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |\n");
    at.write("answers.tsv",
             "# a remark\n+ r\n/data/r[2]/n\t5\n/data/r[1]/n\t12\nnone\t1\n- /data/r[7]\n"
             "a\tperhaps\nb\ttext\n+ q\n");
    const Ended ended = at.call("form run form.md --answers answers.tsv --out -");
    CHECK(ended.code == 4);
    CHECK(ended.output.find("<r><n>5</n></r>") != std::string::npos);
    const auto errors = at.errors();
    for (const char* line :
         {"line 4: ", "line 5: ", "line 6: ", "line 7: ", "line 8: ", "line 9: "})
        CHECK(errors.find(std::string{"answers.tsv, "} + line) != std::string::npos);
    CHECK(errors.find("Too many") != std::string::npos);
    CHECK(errors.find("line 3") == std::string::npos);
}

TEST_CASE("a script may be run in a language of the form, with files beside it", "[cli]") {
    const Terminal at;
    at.write("form.md",
             "| survey |\n| | type | name | label::English (en) | label::French (fr) | required | "
             "required_message::English (en) | required_message::French (fr) |\n"
             "| | select_one_from_file towns.csv | t | Town | Ville | | | |\n"
             "| | text | b | B | B | yes | Needed | Requis |\n");
    std::filesystem::create_directory(at.folder.path() / "form-media");
    at.write("form-media/towns.csv", "name,label\nparis,Paris\n");
    at.write("answers.tsv", "t\tparis\n");
    CHECK(at.call("form run form.md --answers answers.tsv --out o.xml --language 'French (fr)'")
              .code == 4);
    CHECK(at.errors().find("/data/b: Requis") != std::string::npos);
    CHECK(at.errors().find("line") == std::string::npos);
    CHECK(at.call("form run form.md --answers answers.tsv --out o.xml --language Dutch").code == 2);
    at.write("answers.tsv", "t\tparis\nb\tx\n");
    at.want("form run form.md --answers answers.tsv --out o.xml");
}

TEST_CASE("forms are added by administrators alone", "[cli][rights]") {
    const Terminal at;
    at.want("init --team T");
    at.want("add-person amina --role officer");
    at.write("own.md", "| survey |\n| | type | name | label |\n| | text | q | Q |\n");
    const Ended refused = at.call("form add own.md", "amina");
    CHECK(refused.code == 4);
    CHECK(at.errors().find("Only administrators") != std::string::npos);
    CHECK(at.want("form list").find("own") == std::string::npos);
    at.want("form add own.md");
    CHECK(at.want("form list", "amina").find("own") != std::string::npos);
}

TEST_CASE("a file is attached, listed, copied and detached from the command line", "[cli]") {
    const Terminal at;
    at.want("init --team T");
    at.write(
        "photo.md",
        "| survey |\n| | type | name | label |\n| | image | room | Room |\n"
        "| | file | order | Order |\n| settings |\n| | form_id | version |\n| | photo | 1 |\n");
    at.want("form add photo.md");
    const std::string audit = at.want("new photo");
    at.write("order.txt", "Order 12, rooms");
    const std::string name = at.want("attach " + audit + " order order.txt");
    CHECK(name.starts_with("order-"));
    CHECK(name.ends_with(".txt"));
    CHECK(at.want("attachment " + audit).find(name) != std::string::npos);
    at.want("attachment " + audit + " " + name + " --out copy.txt");
    CHECK(test::bytes_of(at.folder.path() / "copy.txt") == "Order 12, rooms");
    CHECK(at.call("attachment " + audit + " " + name + " --out copy.txt").code == 4);
    CHECK(at.call("attach " + audit + " room order.txt").code == 4);
    CHECK(at.errors().find("content") != std::string::npos);
    CHECK(at.call("attach " + audit + " room nothing.jpg").code == 3);
    CHECK(at.call("attachment " + audit + " nothing.txt --out x").code == 3);
    at.want("detach " + audit + " order");
    CHECK(at.want("show " + audit + " --json").find(name) == std::string::npos);
    CHECK(nlohmann::json::parse(at.want("collect-files --json"))["files"] == 0);
}

TEST_CASE("a notebook is verified, and a damaged one salvaged, from the command line", "[cli]") {
    const Terminal at;
    at.want("init --team 'Post 7'");
    const std::string audit = at.want("new grpa_walk");
    at.want("answer " + audit + " w_shift=day w_duty_w=2 w_duty_m=5");
    CHECK(at.want("verify").find("Everything holds") == 0);
    CHECK(nlohmann::json::parse(at.want("verify --json"))["holds"] == true);
    at.want("rebuild");
    {
        const auto file = at.folder.path() / "notebook" / "notebook.db";
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekp(700);  // on the first page: nothing opens any more
        out << "scratched";
        std::filesystem::remove(at.folder.path() / "notebook" / "keys.json");
    }
    CHECK(at.call("show " + audit).code == 1);
    const auto report = nlohmann::json::parse(at.want("salvage notebook --into saved --json"));
    CHECK(report["pages_damaged"] == 1);
    CHECK(report["second_key_file"] == true);
    REQUIRE(report["audits"].size() == 1);
    CHECK(report["audits"][0]["audit"] == audit);
    CHECK(at.want("--notebook saved show " + audit).find("Day") != std::string::npos);
    CHECK(at.want("--notebook saved verify").find("Everything holds") == 0);
    CHECK(at.call("salvage notebook --into saved").code == 4);
    CHECK(at.errors().find("another folder") != std::string::npos);
}

TEST_CASE("answers of the last audit of a unit are copied, listed and confirmed", "[cli]") {
    const Terminal at;
    at.want("init --team 'Post 7'");
    at.write("unit.md", test::unit_form("1"));
    at.want("form add unit.md");
    const std::string before = at.want("new unit");
    at.want("answer " + before + " a_unit=north women=14 men=20 room=yes kind=large");
    const std::string audit = at.want("new unit");
    CHECK(at.call("copy " + audit).code != 0);
    at.want("answer " + audit + " a_unit=north");
    CHECK(at.want("copy " + audit + " --section Staff").starts_with("copied: 4"));
    CHECK(at.want("confirm " + audit).find("women: copied, not confirmed") != std::string::npos);
    CHECK(at.call("finalize " + audit).code == 4);
    CHECK(at.want("confirm " + audit + " women men").find("women:") == std::string::npos);
    at.want("note " + audit + " women 'counted at noon'");
    const auto shown = nlohmann::json::parse(at.want("--json show " + audit));
    CHECK(shown["unconfirmed"].size() == 2);
    CHECK(shown["notes"]["/data/staff/women"] == "counted at noon");
    CHECK(at.want("confirm " + audit + " --all").empty());
    at.want("finalize " + audit);
    const std::string history = at.want("history " + audit);
    CHECK(history.find("copied from " + before.substr(0, 8)) != std::string::npos);
    CHECK(history.find("confirmed: Women on duty") != std::string::npos);
    CHECK(history.find("note, Women on duty: counted at noon") != std::string::npos);
}

namespace {

// A list of three, one of thirteen, and a number below nine.
std::string form_with_choices() {
    std::string form =
        "| survey |\n| | type | name | label | constraint | constraint_message |\n"
        "| | select_one few | kind | Kind of room | | |\n"
        "| | select_multiple many | days | Days | | |\n"
        "| | integer | n | Number | . < 9 | Too many |\n"
        "| choices |\n| | list_name | name | label |\n| | few | large | Large |\n"
        "| | few | small | Small |\n| | few | none | None |\n";
    for (int day = 1; day <= 13; ++day)
        form += "| | many | d" + std::to_string(day) + " | Day " + std::to_string(day) + " |\n";
    return form + "| settings |\n| | form_id | version |\n| | choosing | 1 |\n";
}

}  // namespace

TEST_CASE("an answer that is no choice is refused, with the choices that there are", "[cli]") {
    const Terminal at;
    at.want("init --team T");
    at.write("choosing.md", form_with_choices());
    at.want("form add choosing.md");
    const std::string audit = at.want("new choosing");
    const auto value = [&](const char* question) {
        const auto shown = nlohmann::json::parse(at.want("--json show " + audit));
        return shown["answers"].value(std::string{"/data/"} + question, "");
    };
    at.want("answer " + audit + " kind=small 'days=d13 d2'");
    CHECK(value("days") == "d2 d13");
    CHECK(at.call("answer " + audit + " n=3 kind=big").code == 4);
    CHECK(at.errors().find("“big” is no choice of “Kind of room”") != std::string::npos);
    CHECK(at.errors().find("large, small, none") != std::string::npos);
    CHECK(value("kind") == "small");
    CHECK(value("n") == "3");  // what was given before it is recorded, and that is said
    CHECK(at.call("answer " + audit + " 'days=d1 d14'").code == 4);
    CHECK(at.errors().find("“d14”") != std::string::npos);
    CHECK(at.errors().find("d12, … (13: bordereau show ") != std::string::npos);
    CHECK(value("days") == "d2 d13");
    CHECK(at.want("show " + audit + " --choices days").ends_with("d13\tDay 13"));
    CHECK(at.call("show " + audit + " --choices nothing").code == 3);
    at.want("answer " + audit + " kind=");
    at.want("finalize " + audit);
}

TEST_CASE("an answer that is not valid is recorded in the draft, told, and keeps it one", "[cli]") {
    const Terminal at;
    at.want("init --team T");
    at.write("choosing.md", form_with_choices());
    at.want("form add choosing.md");
    const std::string audit = at.want("new choosing");
    const Ended told = at.call("answer " + audit + " n=12");
    CHECK(told.code == 4);
    CHECK(told.output.find("/data/n: Too many") != std::string::npos);
    CHECK(at.errors().find("cannot be finalized yet") != std::string::npos);
    CHECK(at.want("show " + audit).find("12") != std::string::npos);
    CHECK(at.call("answer " + audit + " kind=none").code == 0);  // that one is all right
    CHECK(at.call("finalize " + audit).code == 4);
    at.want("answer " + audit + " n=8");
    at.want("finalize " + audit);
}

TEST_CASE("a wrong call of the command line is a sentence with what to call instead", "[cli]") {
    const Terminal at;
    struct Wrong {
        const char* call;
        const char* sentence;
    };
    for (const auto& [call, sentence] : {
             Wrong{"lst", "there is no command \"lst\"; did you mean \"list\"?"},
             Wrong{"bundle exprot x", "there is no command \"exprot\"; did you mean \"export\"?"},
             Wrong{"bundle", "a command is missing: export, import, inspect"},
             Wrong{"init", "--team (Name of the team) is missing"},
             Wrong{"init --team", "--team (Name of the team) needs a value"},
             Wrong{"list --stat draft", "there is no option --stat; did you mean \"--state\"?"},
             Wrong{"list --state drfat", "\"drfat\" is none of draft, finalized"},
             Wrong{"set-role amina boss", "\"boss\" is none of officer, supervisor"},
             Wrong{"report scorcard", "did you mean \"scorecard\"?"},
             Wrong{"travel --paused perhaps", "\"perhaps\" is none of yes, no"},
             Wrong{"join", "give one of invitation, --certificate"},
             Wrong{"review x --approve --return y", "do not go together"},
             Wrong{"sync --audit x", "--audit is of use only with --log"},
             Wrong{"lan find --seconds abc", "--seconds is from 1 to 60, not \"abc\""},
             Wrong{"show a b", "\"b\" is one word too many"},
         }) {
        INFO(call);
        CHECK(at.call(call).code == 2);
        const std::string said = at.errors();
        INFO(said);
        CHECK(said.starts_with("bordereau"));
        CHECK(said.find(sentence) != std::string::npos);
        CHECK(said.find("Nothing was done. How it is called: bordereau") != std::string::npos);
        CHECK(std::ranges::count(said, '\n') == 1);
    }
}

TEST_CASE("a round and a report are told in audits", "[cli]") {
    const Terminal post;
    const test::TemporaryFolder central;
    const test::EndpointProcess endpoint{central.path()};
    post.want("init --team 'Post 7'");
    post.want("add-person amina --role officer");
    std::string code = test::invitation_to(endpoint, central.path(), {"--role", "administrator"});
    while (code.ends_with('\n')) code.pop_back();
    post.want("join " + code);
    CHECK(post.want("sync").starts_with("Sent: 0 audits, and changes of people, forms or laptops"));
    CHECK(post.want("sync") == "Sent: 0 audits\nReceived: 0 audits");
    for (int i = 0; i < 2; ++i) {
        const std::string audit = post.want("new grpa_walk", "amina");
        post.want(
            "answer " + audit + " --file '" BORDEREAU_SOURCE_DIR "/assets/samples/grpa_walk.tsv'",
            "amina");
        post.want("finalize " + audit, "amina");
        post.want("review " + audit + " --approve");
    }
    CHECK(post.want("sync").starts_with("Sent: 2 audits"));
    post.want("report scorecard --out reports");
    CHECK(post.errors() == "Written to reports, from 2 approved audits:\n");
}

}  // namespace bordereau::app::cli
