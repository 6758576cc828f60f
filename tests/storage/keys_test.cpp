// Key slots, the recovery key, waiting after wrong passphrases, and new keys when somebody leaves.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "storage/attachments.h"
#include "storage/attempts.h"
#include "storage/keyring.h"
#include "storage/recovery_key.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::want;

struct Shared {
    test::TemporaryFolder folder;
    test::TestClock clock;
    std::filesystem::path at = folder.path() / "n";
    PersonId berthe;
    std::string recovery;
    AuditId audit;

    // A notebook of amina, who administers it, and berthe, with a draft, a photo and a recovery
    // key.
    Shared() {
        Notebook notebook = test::new_notebook(at, 1, clock);
        berthe = want(notebook.add_person("berthe", Role::officer, "berthe's own"));
        audit = test::draft_with_answers(notebook, 3);
        want(Attachments{notebook}.put(audit, "gate.jpg", "image/jpeg", "photo of a gate"));
        recovery = want(notebook.make_recovery_key());
    }
    Result<Notebook> open(std::string_view login, std::string_view passphrase) const {
        return Notebook::open(at, login, passphrase, test::surroundings(7, clock));
    }
    Unlocked unlock() const {
        return want(want(Keyring::read(at / "keys.json")).unlock("amina", test::kPassphrase));
    }
    void check_all_there(Notebook& notebook) const {
        CHECK(want(Answers{notebook}.load(audit)).size() == 3);
        CHECK(want(Attachments{notebook}.get(audit, "gate.jpg")) == "photo of a gate");
        CHECK_FALSE(want(notebook.journal().verify()));
    }
};

// Whether the key opens the database as it lies there.
bool opens(const std::filesystem::path& folder, const crypto::Secret& key) {
    return sqlite::Database::open_existing(folder / "notebook.db", key).ok();
}

}  // namespace

TEST_CASE("a recovery key is read as people write it", "[storage][keys]") {
    const std::string key = new_recovery_key(seeded_entropy(3));
    REQUIRE(key.size() == 34);
    std::string typed;
    for (const char c : key) {
        if (c == '-') continue;
        if (c == '0')
            typed += 'o';
        else if (c == '1')
            typed += 'l';
        else
            typed += c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c;
        typed += ' ';
    }
    CHECK(read_recovery_key(typed).whole);
    CHECK(read_recovery_key(typed).key == key);
}

TEST_CASE("every wrong character in a recovery key is noticed, and its group is named",
          "[storage][keys]") {
    const std::string key = new_recovery_key(seeded_entropy(4));
    int place = 0;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] == '-') continue;
        for (const char c : std::string_view{"0123456789ABCDEFGHJKMNPQRSTVWXYZ"}) {
            if (c == key[i]) continue;
            std::string wrong = key;
            wrong[i] = c;
            const TypedRecoveryKey read = read_recovery_key(wrong);
            REQUIRE_FALSE(read.whole);
            REQUIRE(read.wrong_group == place / 4 + 1);
        }
        ++place;
    }
}

TEST_CASE("swapped, missing and foreign characters in a recovery key are noticed",
          "[storage][keys]") {
    const std::string key = new_recovery_key(seeded_entropy(5));
    for (std::size_t i = 0; i + 1 < key.size(); ++i) {
        if (key[i] == '-' || key[i + 1] == '-' || key[i] == key[i + 1]) continue;
        std::string wrong = key;
        std::swap(wrong[i], wrong[i + 1]);
        REQUIRE_FALSE(read_recovery_key(wrong).whole);
    }
    CHECK_FALSE(read_recovery_key(key.substr(1)).whole);
    CHECK_FALSE(read_recovery_key(key + "A").whole);
    CHECK_FALSE(read_recovery_key("").whole);
    std::string foreign = key;
    foreign[6] = '!';
    CHECK(read_recovery_key(foreign).wrong_group == 2);
}

TEST_CASE("a mistyped recovery key is told from one of another notebook", "[storage][keys]") {
    const Shared on;
    std::string mistyped = on.recovery;
    mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';
    const auto around = test::surroundings(5, on.clock);
    CHECK(code_of(Notebook::recover(on.at, mistyped, "amina", "new", around)) ==
          ErrorCode::invalid);
    const std::string other = new_recovery_key(seeded_entropy(99));
    CHECK(code_of(Notebook::recover(on.at, other, "amina", "new", around)) == ErrorCode::refused);
    want(Notebook::recover(on.at, on.recovery, "amina", "new", around));
    CHECK(on.open("amina", "new").ok());
}

TEST_CASE("after four wrong passphrases the next attempt waits, also after a restart",
          "[storage][keys]") {
    const Shared on;
    for (int i = 0; i < 4; ++i) CHECK(code_of(on.open("berthe", "guess")) == ErrorCode::refused);
    CHECK(code_of(on.open("berthe", "guess")) == ErrorCode::too_soon);
    CHECK(code_of(on.open("berthe", "berthe's own")) == ErrorCode::too_soon);
    CHECK(on.open("amina", test::kPassphrase).ok());  // others are not kept out
    CHECK(Notebook::wait_before(on.at, "Berthe", *on.clock.now) > 0);
    *on.clock.now += Attempts::kFirstWait;
    CHECK(on.open("berthe", "berthe's own").ok());
    CHECK(Notebook::wait_before(on.at, "berthe", *on.clock.now) == 0);
}

TEST_CASE("an unknown login waits as a known one does", "[storage][keys]") {
    const Shared on;
    for (const char* login : {"berthe", "nobody"})
        for (int i = 0; i < 6; ++i) {
            const ErrorCode code = code_of(on.open(login, "guess"));
            CHECK(code == (i < 4 ? ErrorCode::refused : ErrorCode::too_soon));
        }
}

TEST_CASE("waiting grows to five minutes and not beyond", "[storage][keys]") {
    const test::TemporaryFolder folder;
    Attempts attempts = Attempts::read(folder.path() / "attempts.json");
    Millis now = 1'000'000, longest = 0;
    for (int i = 0; i < 100; ++i) {
        attempts.begin("ab12", now);
        const Millis wait = attempts.wait("ab12", now);
        CHECK(wait >= longest);
        longest = wait;
    }
    CHECK(longest == Attempts::kLongestWait);
    attempts.write();
    Attempts again = Attempts::read(folder.path() / "attempts.json");
    CHECK(again.wait("ab12", now) == Attempts::kLongestWait);
    CHECK(again.wait("ab12", now + Attempts::kLongestWait) == 0);
}

TEST_CASE("a clock that is put back does not shorten the wait", "[storage][keys]") {
    const test::TemporaryFolder folder;
    Attempts attempts = Attempts::read(folder.path() / "attempts.json");
    for (int i = 0; i < 6; ++i) attempts.begin("cd", 1'000'000'000);
    const Millis whole = attempts.wait("cd", 1'000'000'000);
    CHECK(whole == 4 * Attempts::kFirstWait);
    CHECK(attempts.wait("cd", 5'000) == whole);
    CHECK(attempts.wait("cd", 5'000 + whole - 1) == 1);
    CHECK(attempts.wait("cd", 5'000 + whole) == 0);  // and does not lock out for ever either
}

TEST_CASE("rubbish in the file of attempts keeps nobody out", "[storage][keys]") {
    const Shared on;
    const char* rubbish =
        GENERATE("", "[]", "{\"ab\": 7}", "\x00\xff", "{\"ab\": {\"wrong\": -5}}");
    std::ofstream{on.at / "attempts.json", std::ios::binary} << rubbish;
    CHECK(on.open("amina", test::kPassphrase).ok());
}

TEST_CASE("who is removed loses the key, and the others keep their passphrases",
          "[storage][keys]") {
    const Shared on;
    const crypto::Secret kept = std::move(on.unlock().keys.front());
    const auto copy = on.folder.path() / "copy";
    {
        Notebook amina = want(on.open("amina", test::kPassphrase));
        want(amina.remove_person(on.berthe));
        test::draft_with_answers(amina, 1);  // the open notebook goes on
        std::filesystem::copy(on.at, copy, std::filesystem::copy_options::recursive);
    }
    CHECK_FALSE(opens(copy, kept));  // while it was open, WAL included
    CHECK_FALSE(opens(on.at, kept));
    CHECK(code_of(on.open("berthe", "berthe's own")) == ErrorCode::refused);
    Notebook amina = want(on.open("amina", test::kPassphrase));
    on.check_all_there(amina);
    CHECK_FALSE(want(People{amina}.find(on.berthe))->active);
    { const Notebook closed = std::move(amina); }
    want(Notebook::recover(on.at, on.recovery, "amina", "new", test::surroundings(8, on.clock)));
    CHECK(on.open("amina", "new").ok());
}

TEST_CASE("files under the key from before stay readable until each is sealed anew",
          "[storage][keys]") {
    const Shared on;
    Notebook amina = want(on.open("amina", test::kPassphrase));
    Attachments attachments{amina};
    want(attachments.put(on.audit, "room.jpg", "image/jpeg", "photo of a room"));
    want(amina.remove_person(on.berthe));
    CHECK(amina.keys_for("attachments").size() == 2);
    CHECK(want(attachments.collect_unnamed()).files == 0);
    CHECK(want(attachments.missing()).empty());

    int left = 1;  // broken off after the first
    CHECK(code_of(attachments.renew([&left](std::int64_t, std::int64_t) { return left-- > 0; })) ==
          ErrorCode::cancelled);
    on.check_all_there(amina);
    CHECK(want(attachments.get(on.audit, "room.jpg")) == "photo of a room");
    want(attachments.renew([](std::int64_t, std::int64_t) { return true; }));
    CHECK(want(attachments.collect_unnamed()).files == 0);
    { const Notebook closed = std::move(amina); }
    Notebook again = want(on.open("amina", test::kPassphrase));
    CHECK(again.keys_for("attachments").size() == 1);
    on.check_all_there(again);
}

TEST_CASE("who was removed on another device loses the key here at the next opening",
          "[storage][keys]") {
    Shared on;
    {
        Notebook notebook = want(on.open("amina", test::kPassphrase));
        Notebook other = test::new_notebook(on.folder.path() / "other", 2, on.clock);
        test::admit(notebook, other, Role::administrator);
        want(notebook.journal().seal_all());
        test::hand_over(notebook, other);
        want(other.remove_person(on.berthe));
        want(other.journal().seal_all());
        test::hand_over(other, notebook);
    }
    const auto before = want(Keyring::read(on.at / "keys.json"));
    const Unlocked known = want(before.unlock("berthe", "berthe's own"));
    CHECK(code_of(on.open("berthe", "berthe's own")) == ErrorCode::refused);
    CHECK(opens(on.at, known.keys.front()));
    {
        Notebook notebook = want(on.open("amina", test::kPassphrase));
        on.check_all_there(notebook);
    }
    CHECK_FALSE(opens(on.at, known.keys.front()));
    const auto after = want(Keyring::read(on.at / "keys.json"));
    CHECK_FALSE(after.has(on.berthe));
    CHECK_FALSE(after.being_changed());
    want(Notebook::recover(on.at, on.recovery, "amina", "a new one", test::surroundings(8)));
    Notebook notebook = want(on.open("amina", "a new one"));
    on.check_all_there(notebook);
    // Only once: the key stays as it is from now on.
    CHECK(opens(on.at, want(after.unlock("amina", test::kPassphrase)).keys.front()));
}

TEST_CASE("a slot that was tampered with keeps nobody out and loses nobody their key",
          "[storage][keys]") {
    Shared on;
    {
        Notebook notebook = want(on.open("amina", test::kPassphrase));
        want(notebook.add_person("chidi", Role::officer, "chidi's own"));
        want(notebook.journal().record(on.berthe.text, PersonSet{"berthe", Role::officer, false}));
    }
    // The proofs of two slots do not hold any more, of which one is not berthe's.
    std::string keys = test::bytes_of(on.at / "keys.json");
    for (const std::size_t proof : {keys.find("\"proof\""), keys.rfind("\"proof\"")}) {
        char& digit = keys[proof + 10];
        digit = digit == 'A' ? 'B' : 'A';
    }
    for (const char* copy : {"keys.json", "keys.json.copy"})
        std::ofstream{on.at / copy, std::ios::binary} << keys;
    { const Notebook notebook = want(on.open("amina", test::kPassphrase)); }
    CHECK(test::bytes_of(on.at / "keys.json") == keys);
    CHECK(on.open("chidi", "chidi's own").ok());
    CHECK(on.open("amina", test::kPassphrase).ok());
}

TEST_CASE("somebody of another device with the same login loses nothing by being removed there",
          "[storage][keys]") {
    Shared on;
    Notebook notebook = want(on.open("amina", test::kPassphrase));
    want(notebook.journal().record("5c1a87b0-4a53-4f0e-9d0b-6a1f2b3c4d5e",
                                   PersonSet{"berthe", Role::officer, false}));
    { const Notebook closed = std::move(notebook); }
    { const Notebook again = want(on.open("amina", test::kPassphrase)); }
    CHECK(on.open("berthe", "berthe's own").ok());
}

TEST_CASE("while another connection is open nobody is removed by half", "[storage][keys]") {
    const Shared on;
    Notebook amina = want(on.open("amina", test::kPassphrase));
    {
        const Notebook worker = want(amina.connect());
        CHECK(code_of(amina.remove_person(on.berthe)) == ErrorCode::busy);
        CHECK(want(People{amina}.find(on.berthe))->active);
    }
    want(amina.remove_person(on.berthe));
}

TEST_CASE("a change of key cut off at any step opens, and is ended at the next opening",
          "[storage][keys]") {
    const Shared on;
    const bool database_changed = GENERATE(false, true);
    {
        Keyring keyring = want(Keyring::read(on.at / "keys.json"));
        const crypto::Secret present = std::move(on.unlock().keys.front());
        const crypto::Secret next = crypto::new_key(seeded_entropy(50));
        want(keyring.offer(present, next, seeded_entropy(51)));
        want(keyring.write(on.at / "keys.json"));
        if (database_changed) {
            auto db = want(sqlite::Database::open_existing(on.at / "notebook.db", present));
            want(db.change_key(on.at / "notebook.db", present, next));
        }
    }
    Unlocked both = on.unlock();
    REQUIRE(both.keys.size() == 2);
    {
        Notebook amina = want(on.open("amina", test::kPassphrase));
        on.check_all_there(amina);
        want(amina.change_passphrase(test::kPassphrase, test::kPassphrase));
    }
    CHECK_FALSE(want(Keyring::read(on.at / "keys.json")).being_changed());
    CHECK(opens(on.at, both.keys[0]));
    CHECK_FALSE(opens(on.at, both.keys[1]));
    CHECK(on.open("berthe", "berthe's own").ok());
    CHECK(on.open("amina", test::kPassphrase).ok());
}

TEST_CASE("power lost right after the pages were written anew loses nothing", "[storage][keys]") {
    const Shared on;
    const auto cut = on.folder.path() / "cut";
    const crypto::Secret present = std::move(on.unlock().keys.front());
    const crypto::Secret next = crypto::new_key(seeded_entropy(50));
    Keyring keyring = want(Keyring::read(on.at / "keys.json"));
    want(keyring.offer(present, next, seeded_entropy(51)));
    want(keyring.write(on.at / "keys.json"));
    {
        auto db = want(sqlite::Database::open_existing(on.at / "notebook.db", present));
        std::filesystem::create_directory(cut);
        std::filesystem::copy(on.at / "notebook.db", cut / "notebook.db");
        want(db.change_key(on.at / "notebook.db", present, next));
        // Another reader keeps the new pages in the WAL, where a power cut would find them.
        auto reader = want(sqlite::Database::open_existing(on.at / "notebook.db", next));
        want(db.run("PRAGMA wal_autocheckpoint = 0"));
        want(reader.run("BEGIN"));
        auto row = reader.query("SELECT count(*) FROM pending");
        REQUIRE(row.next());
        want(db.run("INSERT INTO setting(name, value) VALUES ('in the WAL', '1')"));
        std::filesystem::copy(on.at / "notebook.db", cut / "notebook.db",
                              std::filesystem::copy_options::overwrite_existing);
        std::filesystem::copy(on.at / "notebook.db-wal", cut / "notebook.db-wal");
    }
    std::filesystem::copy(on.at / "keys.json", cut / "keys.json");
    std::filesystem::copy(on.at / "attachments", cut / "attachments");
    Notebook amina =
        want(Notebook::open(cut, "amina", test::kPassphrase, test::surroundings(7, on.clock)));
    on.check_all_there(amina);
}

TEST_CASE("a public key put into a slot by somebody else gets no new key", "[storage][keys]") {
    const Shared on;
    std::string text = test::bytes_of(on.at / "keys.json");
    const std::size_t at = text.find("\"public\": \"") + 11;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    std::ofstream{on.at / "keys.json", std::ios::binary} << text;
    Keyring keyring = want(Keyring::read(on.at / "keys.json"));
    const crypto::Secret next = crypto::new_key(seeded_entropy(50));
    const crypto::Secret present = crypto::new_key(seeded_entropy(52));
    CHECK(code_of(keyring.offer(present, next, seeded_entropy(51))) == ErrorCode::corrupt);
}

}  // namespace bordereau::storage
