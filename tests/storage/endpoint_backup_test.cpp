#include "storage/endpoint_backup.h"

#include <catch2/catch_test_macros.hpp>

#include "storage/change_endpoint_key.h"
#include "storage/changeset_store.h"
#include "storage/endpoint_folder.h"
#include "storage/kept_files.h"
#include "tests/support/files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;
using test::code_of;
using test::sealed_by;
using test::want;

const GoingOn kGoOn = [](std::int64_t, std::int64_t) { return true; };

/// An endpoint that holds an audit with a photo.
struct Scene {
    test::TemporaryFolder folder;
    test::TestClock clock;
    fs::path data = folder.path() / "endpoint", backup = folder.path() / "endpoint.backup";
    fs::path key = folder.path() / "elsewhere.key", restored = folder.path() / "restored";
    Notebook laptop = test::new_notebook(folder.path() / "laptop", 1, clock);
    AuditId audit = test::audit_with_file(laptop, "a photo");

    Scene() {
        ChangesetStore store = open(data);
        want(store.receive(laptop.team(), sealed_by(laptop)));
        KeptFiles files = want(KeptFiles::open(data / "files", seeded_entropy(4)));
        want(files.put(test::hash_of("a photo"), "a photo"));
        fs::copy(key_file_in(data), key);
    }
    ChangesetStore open(const fs::path& at) const {
        return want(ChangesetStore::open(at, clock.clock(), seeded_entropy(99)));
    }
    Result<EndpointBackup> back_up() const { return back_up_as(backup); }
    Result<EndpointBackup> back_up_as(const fs::path& file) const {
        return back_up_endpoint({data, {}, {}}, file, 1'000, seeded_entropy(7), kGoOn);
    }
    Result<EndpointRestored> restore(const fs::path& with) const {
        return restore_endpoint(backup, with, restored, kGoOn);
    }
    std::string photo_at(const fs::path& at) const {
        return want(
            want(KeptFiles::open(at / "files", seeded_entropy(4))).get(test::hash_of("a photo")));
    }
};

}  // namespace

TEST_CASE("a backup of an endpoint that is open becomes the same endpoint elsewhere",
          "[storage][endpoint-backup]") {
    Scene scene;
    ChangesetStore open = scene.open(scene.data);
    const auto made = want(scene.back_up());
    CHECK(made.changesets == want(open.totals()).changesets);
    CHECK(made.files == 1);
    // What comes later is not in it.
    const AuditId later = test::draft_with_answers(scene.laptop, 2);
    want(open.receive(scene.laptop.team(), sealed_by(scene.laptop)));

    const auto restored = want(scene.restore(scene.key));
    CHECK(restored.files == 1);
    CHECK(restored.damaged == 0);
    CHECK(restored.made_at == 1'000);
    ChangesetStore again = scene.open(scene.restored);
    CHECK(again.key().public_key() == open.key().public_key());
    CHECK_FALSE(want(again.verify()));
    CHECK(want(again.answers(scene.audit)).size() == 2);
    CHECK_FALSE(want(again.audit(later)).has_value());
    CHECK(scene.photo_at(scene.restored) == "a photo");
}

TEST_CASE("a backup of an endpoint says nothing without its key file",
          "[storage][endpoint-backup]") {
    Scene scene;
    want(scene.back_up());
    const std::string bytes = test::bytes_of(scene.backup);
    for (const std::string& secret :
         {std::string{"value 1"}, std::string{"a photo"}, std::string{"amina"},
          test::bytes_of(scene.key), test::bytes_of(scene.data / "files" / "files.key")})
        CHECK(bytes.find(secret) == std::string::npos);
    want(make_key(scene.folder.path() / "other.key", seeded_entropy(8)));
    CHECK(code_of(scene.restore(scene.folder.path() / "other.key")) == ErrorCode::refused);
    CHECK(code_of(scene.restore(scene.folder.path() / "none.key")) == ErrorCode::not_found);
    CHECK_FALSE(fs::exists(scene.restored));
}

TEST_CASE("a backup of an endpoint writes over nothing else, and neither does restoring it",
          "[storage][endpoint-backup]") {
    Scene scene;
    std::ofstream{scene.backup} << "a letter";
    CHECK(code_of(scene.back_up()) == ErrorCode::conflict);
    CHECK(test::bytes_of(scene.backup) == "a letter");
    fs::remove(scene.backup);
    want(scene.back_up());
    want(scene.back_up());  // the one before gives way
    for (const fs::path& nowhere : {scene.data / "endpoint.backup", scene.data / "files" / "one"}) {
        CHECK(code_of(scene.back_up_as(nowhere)) == ErrorCode::invalid);
        CHECK_FALSE(fs::exists(nowhere));
    }
    CHECK(code_of(scene.back_up_as(scene.folder.path() / "none" / "endpoint.backup")) ==
          ErrorCode::not_found);
    fs::create_directory(scene.restored);
    std::ofstream{scene.restored / "letter"} << "a letter";
    CHECK(code_of(scene.restore(scene.key)) == ErrorCode::conflict);
    CHECK(test::bytes_of(scene.restored / "letter") == "a letter");
    CHECK(code_of(back_up_endpoint({scene.folder.path() / "none", {}, {}}, scene.backup, 0,
                                   seeded_entropy(1), kGoOn)) == ErrorCode::not_found);
}

TEST_CASE("of a backup that was damaged the database comes whole or not at all",
          "[storage][endpoint-backup]") {
    Scene scene;
    const auto made = want(scene.back_up());
    std::string bytes = test::bytes_of(scene.backup);
    REQUIRE(std::ssize(bytes) == made.bytes);
    SECTION("in the database") {
        bytes[10'000] = static_cast<char>(bytes[10'000] ^ 1);
        std::ofstream{scene.backup, std::ios::binary} << bytes;
        CHECK(code_of(scene.restore(scene.key)) == ErrorCode::corrupt);
        CHECK_FALSE(fs::exists(scene.restored));
    }
    SECTION("in an attached file") {
        const std::size_t at = bytes.size() - 1'014;  // before it the end, of 512 bytes, and this
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        std::ofstream{scene.backup, std::ios::binary} << bytes;
        const auto restored = want(scene.restore(scene.key));
        CHECK(restored.files == 0);
        CHECK(restored.damaged == 1);
        CHECK(want(scene.open(scene.restored).answers(scene.audit)).size() == 2);
    }
    SECTION("cut short") {
        std::ofstream{scene.backup, std::ios::binary} << bytes.substr(0, bytes.size() / 2);
        CHECK(code_of(scene.restore(scene.key)) == ErrorCode::corrupt);
    }
}

TEST_CASE("an endpoint gets another key only while nobody has it open", "[storage][endpoint-key]") {
    Scene scene;
    const auto change = [&] { return change_key_of_folder(scene.data, {}, seeded_entropy(11)); };
    {
        const ChangesetStore open = scene.open(scene.data);
        CHECK(code_of(change()) == ErrorCode::busy);
        CHECK(test::bytes_of(key_file_in(scene.data)) == test::bytes_of(scene.key));
    }
    want(change());
    CHECK(test::bytes_of(key_file_in(scene.data)) != test::bytes_of(scene.key));
    ChangesetStore store = scene.open(scene.data);
    CHECK(want(store.answers(scene.audit)).size() == 2);
    CHECK(scene.photo_at(scene.data) == "a photo");
    const auto old = ChangesetStore::open(scene.data, scene.clock.clock(), seeded_entropy(1),
                                          {nullptr, scene.key});
    CHECK(code_of(old) == ErrorCode::corrupt);
    CHECK(code_of(change_key_of_folder(scene.folder.path() / "none", {}, seeded_entropy(1))) ==
          ErrorCode::not_found);
}

TEST_CASE("a change of an endpoint's key that was cut off anywhere leaves one that opens",
          "[storage][endpoint-key]") {
    Scene scene;
    const fs::path key = key_file_in(scene.data);
    SECTION("after the new key was written, before the database was") {
        want(make_key(next_key_file(key), seeded_entropy(12)));
    }
    SECTION("after the database was written") {
        const auto next = want(make_key(next_key_file(key), seeded_entropy(12)));
        const auto present = want(read_key(key));
        auto db = want(open_database(truth_in(scene.data), present));
        want(db.change_key(truth_in(scene.data), present, next));
    }
    {
        ChangesetStore store = scene.open(scene.data);
        CHECK(want(store.answers(scene.audit)).size() == 2);
        CHECK_FALSE(fs::exists(next_key_file(key)));
    }
    want(change_key_of_folder(scene.data, {}, seeded_entropy(13)));
    CHECK(want(scene.open(scene.data).answers(scene.audit)).size() == 2);
}

}  // namespace bordereau::storage
