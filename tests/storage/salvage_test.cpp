// What is brought out of damaged notebooks.
#include "storage/salvage.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <fstream>
#include <random>

#include "storage/attachments.h"
#include "storage/registers.h"
#include "storage/sqlite/pages.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::want;
namespace fs = std::filesystem;
constexpr std::size_t kPage = sqlite::kPageSize;

// A notebook of some months, closed; its audits by id with how many answers they have.
struct Damaged {
    test::TemporaryFolder folder;
    test::TestClock clock;
    fs::path at = folder.path() / "damaged", into = folder.path() / "new";
    std::vector<AuditId> sealed;
    AuditId draft;
    std::string photo = std::string(3000, 'p');

    explicit Damaged(int audits = 12) {
        Notebook notebook = test::new_notebook(at, 1, clock);
        want(notebook.add_person("noor", Role::supervisor, test::kPassphrase));
        Notebook other = test::new_notebook(folder.path() / "other", 2, clock);
        test::admit(notebook, other);
        for (int i = 0; i < audits; ++i) {
            sealed.push_back(test::draft_with_answers(notebook, 30));
            want(Audits{notebook}.label(sealed.back(), "Gate " + std::to_string(i), "N1"));
            want(Attachments{notebook}.put(sealed.back(), "a.jpg", "image/jpeg",
                                           photo + std::to_string(i)));
            test::finalize_and_seal(notebook, sealed.back());
            want(Reviews{notebook}.comment(sealed.back(), "/f/q1", "Which gate?"));
        }
        want(Registers{notebook}.put("unit", "N1", "{}"));
        want(notebook.journal().seal_finished());
        sealed.push_back(test::draft_with_answers(other, 30));
        want(Audits{other}.finalize(sealed.back()));
        want(other.journal().seal_all());
        test::hand_over(other, notebook);
        draft = test::draft_with_answers(notebook, 10);
        want(Answers{notebook}.record(draft, "/f/q1", "changed"));
    }

    fs::path database() const { return at / "notebook.db"; }
    std::size_t pages() const { return fs::file_size(database()) / kPage; }
    void flip(const fs::path& file, std::size_t byte) const {
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekp(static_cast<std::streamoff>(byte));
        out.put('\x5a').put('\xa5').put('\x5a');
    }
    // Nothing tells of these people any more but their slots in the key file.
    void lose_entries_of(const std::vector<std::string>& logins) const {
        Notebook notebook = test::open_as(at, "amina");
        sqlite::Database& db = notebook.database();
        want(db.run("DELETE FROM changeset WHERE lane = ''"));
        for (const std::string& login : logins) {
            const std::string id = want(People{notebook}.find_login(login))->id.text;
            want(db.run("DELETE FROM pending WHERE subject = ?", id));
            want(db.run("DELETE FROM person WHERE id = ?", id));
        }
    }
    SalvageReport salvage() const {
        return want(storage::salvage(at, into, "amina", test::kPassphrase, test::surroundings(6)));
    }
};

std::int64_t answers_in(const SalvageReport& report) {
    std::int64_t answers = 0;
    for (const auto& audit : report.audits) answers += audit.answers;
    return answers;
}

void check_usable(const fs::path& folder) {
    Notebook notebook = test::open_as(folder, "amina");
    CHECK_FALSE(want(notebook.journal().verify()));
    CHECK_FALSE(want(notebook.journal().verify_folds()));
    test::draft_with_answers(notebook, 2);
    want(notebook.journal().seal_all());
    CHECK_FALSE(want(notebook.journal().verify()));
}

}  // namespace

TEST_CASE("salvaging a notebook without damage loses nothing and changes nothing in it",
          "[salvage]") {
    const Damaged damaged;
    const std::string before = test::all_bytes_below(damaged.at);
    const SalvageReport report = damaged.salvage();
    CHECK(test::all_bytes_below(damaged.at) == before);
    CHECK(report.pages_damaged == 0);
    CHECK(report.gaps.empty());
    CHECK(report.quarantined == 0);
    CHECK(report.behind_gaps == 0);
    REQUIRE(report.audits.size() == 14);
    CHECK(answers_in(report) == 13 * 30 + 10);
    for (const auto& audit : report.audits) {
        CHECK_FALSE(audit.lost);
        CHECK(audit.attachments_lost == 0);
        CHECK((audit.id == damaged.draft || audit.recorded_anew == 0));
    }
    Notebook notebook = test::open_as(damaged.into, "amina");
    CHECK(test::answer_at(notebook, damaged.draft, "/f/q1") == "changed");
    CHECK(want(Answers{notebook}.conflicts(damaged.draft)).empty());
    CHECK(want(Attachments{notebook}.get(damaged.sealed[3], "a.jpg")) == damaged.photo + "3");
    CHECK(want(Registers{notebook}.get("unit", "N1"))->json == "{}");
    { const Notebook closed = std::move(notebook); }
    CHECK(test::open_as(damaged.into, "noor").person().role == Role::supervisor);
    check_usable(damaged.into);
}

TEST_CASE("officers do not salvage", "[salvage]") {
    const Damaged damaged;
    {
        Notebook notebook = test::open_as(damaged.at, "amina");
        want(notebook.add_person("odd-officer", Role::officer, test::kPassphrase));
    }
    CHECK(code_of(salvage(damaged.at, damaged.into, "odd-officer", test::kPassphrase,
                          test::surroundings(6))) == ErrorCode::refused);
    CHECK_FALSE(fs::exists(damaged.into));
}

TEST_CASE("a person whose entry was lost is not raised by that", "[salvage]") {
    const Damaged damaged;
    damaged.lose_entries_of({"noor"});
    const SalvageReport report =
        want(salvage(damaged.at, damaged.into, "noor", test::kPassphrase, test::surroundings(6)));
    CHECK(report.role_given == Role::officer);
    CHECK(report.people_lost == 0);
    CHECK(answers_in(report) == 13 * 30 + 10);
    CHECK(test::open_as(damaged.into, "noor").person().role == Role::officer);
    Notebook notebook = test::open_as(damaged.into, "amina");
    const auto noor = want(People{notebook}.find_login("noor"));
    REQUIRE(noor);
    want(People{notebook}.set_role(noor->id, Role::supervisor));
}

TEST_CASE("where no administrator's entry is left, whoever salvages becomes one, and that is told",
          "[salvage]") {
    const Damaged damaged;
    want(
        test::open_as(damaged.at, "amina").add_person("zola", Role::supervisor, test::kPassphrase));
    damaged.lose_entries_of({"amina", "noor", "zola"});
    const SalvageReport report =
        want(salvage(damaged.at, damaged.into, "noor", test::kPassphrase, test::surroundings(6)));
    CHECK(report.role_given == Role::administrator);
    CHECK(report.people_lost == 2);
    Notebook notebook = test::open_as(damaged.into, "noor");
    CHECK(notebook.person().role == Role::administrator);
    // Who is lost is added anew, and opens the notebook again.
    want(notebook.add_person("zola", Role::officer, test::kPassphrase));
    { const Notebook closed = std::move(notebook); }
    CHECK(test::open_as(damaged.into, "zola").person().role == Role::officer);
}

TEST_CASE("an administrator of the team without a key here does not lead this notebook",
          "[salvage]") {
    const Damaged damaged;
    damaged.lose_entries_of({"amina"});
    {
        Notebook notebook = test::open_as(damaged.at, "noor");
        want(notebook.journal().record("0b7e1c52-6a43-4c1b-9a55-3d2f6f0e8a11",
                                       PersonSet{"far-away", Role::administrator, true}));
    }
    const SalvageReport report =
        want(salvage(damaged.at, damaged.into, "amina", test::kPassphrase, test::surroundings(6)));
    CHECK(report.role_given == Role::administrator);
}

TEST_CASE("who was removed does not salvage", "[salvage]") {
    const Damaged damaged;
    {
        Notebook notebook = test::open_as(damaged.at, "amina");
        const auto noor = want(People{notebook}.find_login("noor"));
        want(notebook.journal().record(noor->id.text, PersonSet{"noor", Role::supervisor, false}));
    }
    CHECK(code_of(salvage(damaged.at, damaged.into, "noor", test::kPassphrase,
                          test::surroundings(6))) == ErrorCode::refused);
}

TEST_CASE("with any one page damaged, nearly all is brought out", "[salvage]") {
    const std::size_t nth = GENERATE(range(0U, 12U));
    const Damaged damaged;
    const std::size_t page = nth == 0 ? 1 : 2 + (nth * 7919) % (damaged.pages() - 2);
    damaged.flip(damaged.database(), (page - 1) * kPage + 200);
    INFO("page " << page << " of " << damaged.pages());
    const SalvageReport report = damaged.salvage();
    CHECK(report.pages_damaged == 1);
    // Nothing of an audit hangs on one page alone: what a changeset loses, the record still has.
    CHECK(answers_in(report) >= 13 * 30);
    for (const auto& audit : report.audits) CHECK_FALSE(audit.lost);
    check_usable(damaged.into);
}

TEST_CASE("with a tenth of all pages damaged, what was on the others is brought out", "[salvage]") {
    const Damaged damaged{40};
    std::mt19937 dice{GENERATE(1u, 2u, 3u)};
    for (std::size_t i = 0; i < damaged.pages() / 10; ++i)
        damaged.flip(damaged.database(), (1 + dice() % (damaged.pages() - 1)) * kPage + 1000);
    const SalvageReport report = damaged.salvage();
    CHECK(report.pages_damaged > 0);
    CHECK(answers_in(report) > 41 * 30 / 2);
    check_usable(damaged.into);
}

TEST_CASE("a notebook whose end is cut off gives what is left", "[salvage]") {
    const Damaged damaged{40};
    fs::resize_file(damaged.database(), (damaged.pages() - 4) * kPage + 17);
    const SalvageReport report = damaged.salvage();
    CHECK(answers_in(report) > 100);
    check_usable(damaged.into);
}

TEST_CASE("what the write-ahead log holds is brought out as well", "[salvage]") {
    const Damaged damaged;
    const fs::path copy = damaged.folder.path() / "copy";
    AuditId audit;
    {
        Notebook notebook = test::open_as(damaged.at, "amina");
        audit = test::draft_with_answers(notebook, 5);
        fs::copy(damaged.at, copy, fs::copy_options::recursive);  // as a power cut leaves it
    }
    const bool damages = GENERATE(false, true);
    if (damages) damaged.flip(copy / "notebook.db", 3 * kPage + 50);
    const SalvageReport report =
        want(salvage(copy, damaged.into, "amina", test::kPassphrase, test::surroundings(6)));
    CHECK_FALSE(report.recent_lost);
    Notebook notebook = test::open_as(damaged.into, "amina");
    CHECK(test::answer_at(notebook, audit, "/f/q5") == "value 5");
}

TEST_CASE("either key file is enough, and a damaged one is mended at the next opening",
          "[salvage]") {
    const Damaged damaged;
    const fs::path keys = damaged.at / "keys.json";
    const std::string whole = test::bytes_of(keys);
    SECTION("the first is gone") {
        fs::remove(keys);
    }
    SECTION("the first is cut off") {
        fs::resize_file(keys, 40);
    }
    SECTION("the second is gone") {
        fs::remove(damaged.at / "keys.json.copy");
    }
    { const Notebook opened = test::open_as(damaged.at, "amina"); }
    CHECK(test::bytes_of(keys) == whole);
    CHECK(test::bytes_of(damaged.at / "keys.json.copy") == whole);
}

TEST_CASE("without any key file nothing can be read, and that is said", "[salvage]") {
    const Damaged damaged;
    fs::remove(damaged.at / "keys.json");
    fs::resize_file(damaged.at / "keys.json.copy", 10);
    const auto salvaged =
        salvage(damaged.at, damaged.into, "amina", test::kPassphrase, test::surroundings(6));
    CHECK_FALSE(salvaged.ok());
    CHECK_FALSE(fs::exists(damaged.into));
}

TEST_CASE("a damaged attachment is counted as lost with its audit, the others are whole",
          "[salvage]") {
    const Damaged damaged;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{damaged.at / "attachments"})
        files.push_back(entry.path());
    REQUIRE(files.size() == 12);
    damaged.flip(files[0], 500);
    fs::remove(files[1]);
    const SalvageReport report = damaged.salvage();
    std::int64_t kept = 0, lost = 0;
    for (const auto& audit : report.audits) {
        kept += audit.attachments;
        lost += audit.attachments_lost;
    }
    CHECK(kept == 10);
    CHECK(lost == 2);
    Notebook notebook = test::open_as(damaged.into, "amina");
    CHECK(want(Attachments{notebook}.missing()).size() == 2);
}

TEST_CASE("a lost changeset leaves a gap that a team mate closes later", "[salvage]") {
    const Damaged damaged;
    {
        Notebook notebook = test::open_as(damaged.at, "amina");
        Notebook other = test::open_as(damaged.folder.path() / "other", "amina");
        test::hand_over(notebook, other);
        want(notebook.database().run("DELETE FROM changeset WHERE lane = device AND number = 5"));
    }
    const SalvageReport report = damaged.salvage();
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].first == 5);
    CHECK(report.gaps[0].last == 5);
    CHECK(report.behind_gaps > 0);
    CHECK(answers_in(report) == 13 * 30 + 10);
    Notebook notebook = test::open_as(damaged.into, "amina");
    Notebook other = test::open_as(damaged.folder.path() / "other", "amina");
    test::hand_over(other, notebook);
    CHECK_FALSE(want(notebook.journal().verify()));
    CHECK_FALSE(want(notebook.journal().verify_folds()));
    for (const AuditId& audit : damaged.sealed) {
        CHECK(want(Answers{notebook}.load(audit)).size() == 30);
        CHECK(want(Answers{notebook}.conflicts(audit)).empty());
    }
    // And both come to the same tables.
    want(notebook.journal().seal_all());
    test::hand_over(notebook, other);
    want(other.journal().seal_all());
    test::hand_over(other, notebook);
    CHECK(want(notebook.journal().fold_digest()) == want(other.journal().fold_digest()));
}

TEST_CASE("a changeset that was changed with the key is kept as evidence only", "[salvage]") {
    const Damaged damaged;
    {
        Notebook notebook = test::open_as(damaged.at, "amina");
        want(notebook.database().run(
            "UPDATE changeset SET bytes = CAST(substr(bytes, 1, 90) || x'ff' || substr(bytes, 92)"
            " AS BLOB) WHERE lane = device AND number = 12"));
    }
    const SalvageReport report = damaged.salvage();
    CHECK(report.quarantined >= 1);
    Notebook notebook = test::open_as(damaged.into, "amina");
    CHECK_FALSE(want(notebook.journal().quarantine()).empty());
}

TEST_CASE("a notebook that is open is not salvaged, and one that is there is not written over",
          "[salvage]") {
    const Damaged damaged;
    const auto code = [&] {
        return salvage(damaged.at, damaged.into, "amina", test::kPassphrase, test::surroundings(6));
    };
    {
        const Notebook open = test::open_as(damaged.at, "amina");
        CHECK(code_of(code()) == ErrorCode::busy);
    }
    CHECK(code_of(salvage(damaged.at, damaged.into, "amina", "wrong", test::surroundings(6))) ==
          ErrorCode::refused);
    CHECK_FALSE(fs::exists(damaged.into));
    damaged.salvage();
    CHECK(code_of(code()) == ErrorCode::conflict);
}

}  // namespace bordereau::storage
