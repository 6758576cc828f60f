#include "storage/backup.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/attachments.h"
#include "storage/backup_file.h"
#include "storage/keyring.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::want;

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

// A notebook of amina, administrator, with berthe, an officer; a draft and a photo.
struct Laptop {
    test::TemporaryFolder folder;
    test::TestClock clock;
    std::filesystem::path at = folder.path() / "n";
    std::filesystem::path file = folder.path() / "stick.bordereau";
    std::filesystem::path into = folder.path() / "restored";
    Notebook notebook = test::new_notebook(at, 1, clock);
    AuditId audit;

    Laptop() {
        want(notebook.add_person("berthe", Role::officer, test::kPassphrase));
        audit = test::draft_with_answers(notebook, 3);
        want(Attachments{notebook}.put(audit, "gate.jpg", "image/jpeg",
                                       "photo of a gate" + std::string(5000, 'g')));
        want(Attachments{notebook}.put(audit, "room.jpg", "image/jpeg", "photo of a room"));
    }
    BackupMade back_up() { return want(notebook.back_up(file, go_on)); }
    Result<Restored> restore(std::string_view login = "amina",
                             std::string_view passphrase = test::kPassphrase) const {
        return Notebook::restore(file, into, login, passphrase, "spare laptop",
                                 test::surroundings(21, clock), go_on);
    }
    Notebook restored(std::string_view login = "amina") const {
        return test::open_as(into, login, 22, clock);
    }
    void damage(std::int64_t at_byte) const {
        std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
        out.seekg(at_byte);
        const int was = out.get();
        out.seekp(at_byte);
        out.put(static_cast<char>(was ^ 0x40));
    }
    BackupContents contents() const { return want(read_backup(file, go_on)); }
};

void exchange(Notebook& one, Notebook& other) {
    want(one.journal().seal_all());
    want(other.journal().seal_all());
    test::hand_over(one, other);
    test::hand_over(other, one);
}

void check_same(Notebook& one, Notebook& other) {
    for (Notebook* notebook : {&one, &other}) {
        CHECK(want(notebook->journal().quarantine()).empty());
        CHECK_FALSE(want(notebook->journal().verify()));
    }
    CHECK(want(one.journal().fold_digest()) == want(other.journal().fold_digest()));
}

}  // namespace

TEST_CASE("a backup made while somebody records is restored, and both go on without a fork",
          "[storage][backup]") {
    Laptop on;
    want(Settings{on.notebook}.set("a long setting", std::string(4 << 20, 's')));
    Notebook worker = want(on.notebook.connect());
    Answers typing{on.notebook};
    int typed = 0;
    want(worker.back_up(on.file, [&](std::int64_t, std::int64_t) {
        want(typing.record(on.audit, "/f/typed" + std::to_string(++typed), "meanwhile"));
        return true;
    }));
    REQUIRE(typed > 3);

    const Restored restored = want(on.restore());
    CHECK(restored.previous == on.notebook.device());
    CHECK(restored.complete);
    CHECK(restored.damaged == 0);
    Notebook spare = on.restored();
    CHECK(spare.device() == restored.device);
    CHECK(spare.device() != on.notebook.device());
    CHECK(spare.team() == on.notebook.team());
    CHECK(test::answer_at(spare, on.audit, "/f/q2") == "value 2");
    CHECK(want(Attachments{spare}.get(on.audit, "room.jpg")) == "photo of a room");

    want(Answers{on.notebook}.record(on.audit, "/f/q1", "by the old laptop"));
    want(Answers{spare}.record(on.audit, "/f/q2", "by the spare laptop"));
    const AuditId later = test::draft_with_answers(spare, 2);
    exchange(on.notebook, spare);
    check_same(on.notebook, spare);
    CHECK(test::answer_at(on.notebook, on.audit, "/f/q2") == "by the spare laptop");
    CHECK(test::answer_at(spare, on.audit, "/f/typed1") == "meanwhile");
    CHECK(want(Audits{on.notebook}.get(later)));
    CHECK(want(Answers{spare}.conflicts(on.audit)).empty());
}

TEST_CASE("a restored notebook tells whose backup it was", "[storage][backup]") {
    Laptop on;
    const BackupMade made = on.back_up();
    CHECK(made.attachments == 2);
    CHECK(made.bytes == static_cast<std::int64_t>(std::filesystem::file_size(on.file)));
    want(on.restore());
    Notebook spare = on.restored();
    const auto origins = want(spare.origins());
    REQUIRE(origins.size() == 1);
    CHECK(origins[0].device == spare.device());
    CHECK(origins[0].previous == on.notebook.device());
    CHECK(origins[0].made_at == made.made_at);
    CHECK(origins[0].person == "amina");
    exchange(on.notebook, spare);
    CHECK(want(on.notebook.origins()).size() == 1);  // the others learn it too
    CHECK(want(Teams{on.notebook}.devices()).size() == 2);
}

TEST_CASE("what was not sealed when a notebook was copied goes on under the new device",
          "[storage][backup]") {
    Laptop on;
    Answers answers{on.notebook};
    want(on.notebook.journal().seal_all());
    want(answers.record(on.audit, "/f/q1", "second"));
    want(answers.record(on.audit, "/f/q1", "third"));
    want(answers.record(on.audit, "/f/new", "first"));
    want(answers.record(on.audit, "/f/new", "second"));
    want(Reviews{on.notebook}.comment(on.audit, "/f/q1", "Pending remark"));
    const auto key =
        std::move(want(want(Keyring::read(on.at / "keys.json")).unlock("amina", test::kPassphrase))
                      .keys.front());
    want(on.notebook.database().copy_to(on.file, key, go_on));
    {
        auto writer = want(BackupWriter::after_database(on.file));
        want(writer.add(BackupPiece::Kind::keys, "keys.json", test::bytes_of(on.at / "keys.json")));
        want(writer.finish(1));
    }
    CHECK(want(on.restore()).kept == 5);
    Notebook spare = on.restored();
    CHECK(test::answer_at(spare, on.audit, "/f/q1") == "third");
    CHECK(test::answer_at(spare, on.audit, "/f/new") == "second");
    CHECK(want(Answers{spare}.conflicts(on.audit)).empty());
    const std::string before = want(spare.journal().fold_digest());
    want(spare.journal().rebuild());
    CHECK(want(spare.journal().fold_digest()) == before);
    want(Answers{spare}.record(on.audit, "/f/new", "third"));
    exchange(on.notebook, spare);
    check_same(on.notebook, spare);
    CHECK(test::answer_at(on.notebook, on.audit, "/f/new") == "third");
}

TEST_CASE("a backup opens with everybody's passphrase and holds nothing in the clear",
          "[storage][backup]") {
    Laptop on;
    on.back_up();
    const std::string bytes = test::bytes_of(on.file);
    for (const char* text : {"amina", "berthe", "photo", "gate.jpg", "value", "Crossing North",
                             "laptop", "An audit", "SQLite format"})
        CHECK(bytes.find(text) == std::string::npos);
    want(on.restore());
    CHECK(on.restored("berthe").person().role == Role::officer);
}

TEST_CASE("only supervisors and administrators restore, with their passphrase",
          "[storage][backup]") {
    Laptop on;
    on.back_up();
    CHECK(code_of(on.restore("berthe")) == ErrorCode::refused);
    CHECK(code_of(on.restore("amina", "guess")) == ErrorCode::refused);
    CHECK(code_of(on.restore("nobody")) == ErrorCode::refused);
    CHECK_FALSE(std::filesystem::exists(on.into));
    CHECK_FALSE(std::filesystem::exists(on.into.string() + ".part"));
}

TEST_CASE("nothing is restored over a notebook", "[storage][backup]") {
    Laptop on;
    on.back_up();
    want(on.restore());
    CHECK(code_of(on.restore()) == ErrorCode::conflict);
}

TEST_CASE("a backup takes the place of an older one and of nothing else", "[storage][backup]") {
    Laptop on;
    on.back_up();
    on.back_up();
    std::ofstream{on.folder.path() / "letter.txt"} << "Dear colleague";
    CHECK(code_of(on.notebook.back_up(on.folder.path() / "letter.txt", go_on)) ==
          ErrorCode::conflict);
    CHECK(test::bytes_of(on.folder.path() / "letter.txt") == "Dear colleague");
    CHECK(code_of(on.notebook.back_up(on.at / "inside", go_on)) == ErrorCode::invalid);
    CHECK(code_of(on.notebook.back_up(on.at / "attachments" / "x", go_on)) == ErrorCode::invalid);
    CHECK(code_of(on.notebook.back_up(on.folder.path(), go_on)) == ErrorCode::invalid);
    CHECK(code_of(on.notebook.back_up(on.folder.path() / "no" / "x", go_on)) ==
          ErrorCode::not_found);
}

TEST_CASE("a backup that was stopped at any moment leaves nothing and can be made again",
          "[storage][backup]") {
    Laptop on;
    int asked = 0;
    want(on.notebook.back_up(on.file, [&](std::int64_t, std::int64_t) { return ++asked > 0; }));
    std::filesystem::remove(on.file);
    for (int last = 1; last < asked; ++last) {
        int left = last;
        CHECK(code_of(on.notebook.back_up(on.file, [&](std::int64_t, std::int64_t) {
                  return --left > 0;
              })) == ErrorCode::cancelled);
        CHECK_FALSE(std::filesystem::exists(on.file));
        CHECK_FALSE(std::filesystem::exists(on.file.string() + ".part"));
    }
    on.back_up();
    want(on.restore());
}

TEST_CASE("progress only grows and ends at the whole", "[storage][backup]") {
    Laptop on;
    std::int64_t last = 0, total = 0;
    want(on.notebook.back_up(on.file, [&](std::int64_t done, std::int64_t all) {
        CHECK(done >= last);
        CHECK(done <= all);
        last = done;
        total = all;
        return true;
    }));
    CHECK(last == total);
}

TEST_CASE("a damaged attachment is left out and counted, the rest is restored",
          "[storage][backup]") {
    Laptop on;
    on.back_up();
    const auto pieces = on.contents().pieces;
    const auto bad = std::ranges::find(pieces, BackupPiece::Kind::attachment, &BackupPiece::kind);
    on.damage(bad->offset + bad->size / 2);
    CHECK(want(on.restore()).damaged == 1);
    Notebook spare = on.restored();
    CHECK(want(Attachments{spare}.missing()).size() == 1);  // another device may still send it
    CHECK(test::answer_at(spare, on.audit, "/f/q3") == "value 3");
}

TEST_CASE("a backup with damaged keys or a damaged database is said to be damaged",
          "[storage][backup]") {
    Laptop on;
    on.back_up();
    const bool keys = GENERATE(false, true);
    on.damage(keys ? on.contents().pieces[0].offset + 10 : on.contents().database_size / 2);
    CHECK(code_of(on.restore()) == ErrorCode::corrupt);
    CHECK_FALSE(std::filesystem::exists(on.into));
}

TEST_CASE("a backup that was cut short gives what it holds and says so", "[storage][backup]") {
    Laptop on;
    on.back_up();
    const auto pieces = on.contents().pieces;
    const std::int64_t cut = GENERATE(0, 1);  // before the end mark, or within the last photo
    const auto& last = pieces.back();
    std::filesystem::resize_file(
        on.file, static_cast<std::uintmax_t>(cut == 0 ? last.offset + last.size + 32
                                                      : last.offset + last.size / 2));
    const Restored restored = want(on.restore());
    CHECK_FALSE(restored.complete);
    CHECK(restored.damaged == cut);
    Notebook spare = on.restored();
    CHECK(test::answer_at(spare, on.audit, "/f/q3") == "value 3");
    CHECK_FALSE(want(spare.journal().verify()));
}

TEST_CASE("a file that is no backup is refused", "[storage][backup]") {
    Laptop on;
    const std::string rubbish = GENERATE(std::string{}, std::string(100, 'x'),
                                         std::string(100'000, '\0'), std::string{"PK\x03\x04"});
    std::ofstream{on.file, std::ios::binary} << rubbish;
    CHECK(code_of(on.restore()) == ErrorCode::corrupt);
    std::filesystem::remove(on.file);
    CHECK(code_of(on.restore()) == ErrorCode::not_found);
}

TEST_CASE("a name in a backup cannot leave the notebook's folder", "[storage][backup]") {
    Laptop on;
    const auto key =
        std::move(want(want(Keyring::read(on.at / "keys.json")).unlock("amina", test::kPassphrase))
                      .keys.front());
    want(on.notebook.database().copy_to(on.file, key, go_on));
    {
        auto writer = want(BackupWriter::after_database(on.file));
        want(writer.add(BackupPiece::Kind::keys, "keys.json", test::bytes_of(on.at / "keys.json")));
        want(writer.add(BackupPiece::Kind::attachment, "../../escaped", "bytes"));
        want(writer.finish(1));
    }
    CHECK(want(on.restore()).damaged == 1);
    CHECK_FALSE(std::filesystem::exists(on.folder.path() / "escaped"));
}

}  // namespace bordereau::storage
