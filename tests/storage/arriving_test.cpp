#include "storage/arriving_files.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "storage/crypto/keys.h"
#include "storage/kept_files.h"
#include "tests/support/files.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::hash_of;
using test::noise;
using test::want;
namespace fs = std::filesystem;

constexpr std::size_t kPiece = 8192;

/// An endpoint's files, opened anew as after a restart.
struct Scene {
    test::TemporaryFolder folder;
    Entropy entropy = seeded_entropy(3);
    TeamId team{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"};

    KeptFiles open() const {
        return want(KeptFiles::open(folder.path() / "files",
                                    [this](std::span<std::uint8_t> bytes) { entropy(bytes); }));
    }
    Arrival take(KeptFiles& files, std::string_view hash, std::string_view all, std::size_t offset,
                 std::size_t count = kPiece) const {
        return want(files.take_piece(team, hash, {all.size(), offset, all.substr(offset, count)}));
    }
    std::vector<fs::path> files_below(const char* part) const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator{folder.path() / "files" / part})
            if (entry.is_regular_file()) found.push_back(entry.path());
        return found;
    }
};

}  // namespace

TEST_CASE("a file that came in pieces is whole with its last one, and goes on where it stopped",
          "[storage][files]") {
    const Scene scene;
    const std::string bytes = noise(3 * kPiece + 5, 1);
    const std::string hash = hash_of(bytes);
    {
        KeptFiles files = scene.open();
        CHECK(scene.take(files, hash, bytes, 0).held == kPiece);
        CHECK(scene.take(files, hash, bytes, kPiece).held == 2 * kPiece);
    }
    KeptFiles files = scene.open();
    CHECK(want(files.held(scene.team, hash, bytes.size())) == 2 * kPiece);
    CHECK_FALSE(files.has(hash));
    CHECK(scene.take(files, hash, bytes, 2 * kPiece).held == 3 * kPiece);
    CHECK(scene.take(files, hash, bytes, 3 * kPiece).held == bytes.size());
    CHECK(want(files.get(hash)) == bytes);
    CHECK(want(files.held(scene.team, hash, bytes.size())) == bytes.size());
    CHECK(scene.files_below("arriving").empty());
}

TEST_CASE("a piece that came before, or too early, changes nothing and says where to go on",
          "[storage][files]") {
    const Scene scene;
    const std::string bytes = noise(3 * kPiece, 1);
    KeptFiles files = scene.open();
    CHECK(scene.take(files, hash_of(bytes), bytes, kPiece).held == 0);
    CHECK(scene.take(files, hash_of(bytes), bytes, 0).held == kPiece);
    CHECK(scene.take(files, hash_of(bytes), bytes, 0).held == kPiece);
    CHECK(scene.take(files, hash_of(bytes), bytes, 2 * kPiece).held == kPiece);
}

TEST_CASE("bytes of another content than was named are thrown away, and the file can come again",
          "[storage][files]") {
    const Scene scene;
    const std::string bytes = noise(2 * kPiece, 1);
    std::string other = bytes;
    other.back() ^= 1;
    KeptFiles files = scene.open();
    scene.take(files, hash_of(bytes), other, 0);
    const Arrival end = scene.take(files, hash_of(bytes), other, kPiece);
    CHECK(end.damaged);
    CHECK(end.held == 0);
    CHECK_FALSE(files.has(hash_of(bytes)));
    scene.take(files, hash_of(bytes), bytes, 0);
    CHECK_FALSE(scene.take(files, hash_of(bytes), bytes, kPiece).damaged);
    CHECK(want(files.get(hash_of(bytes))) == bytes);
}

TEST_CASE("who says a wrong size of a file spoils nobody else's pieces", "[storage][files]") {
    const Scene scene;
    const std::string bytes = noise(2 * kPiece, 1);
    KeptFiles files = scene.open();
    scene.take(files, hash_of(bytes), bytes, 0);
    const std::string wrong = noise(kPiece, 2);
    CHECK(scene.take(files, hash_of(bytes), wrong, 0).damaged);
    CHECK(scene.take(files, hash_of(bytes), bytes, kPiece).held == bytes.size());
    CHECK(files.has(hash_of(bytes)));
}

TEST_CASE("pieces that are none are refused before anything is kept", "[storage][files]") {
    const Scene scene;
    KeptFiles files = scene.open();
    const std::string bytes = noise(kPiece, 1);
    const std::string hash = hash_of(bytes);
    const FilePiece piece = GENERATE_REF(
        FilePiece{kPiece, 0, {}},             // no bytes
        FilePiece{kPiece / 2, 0, bytes},      // beyond the end
        FilePiece{kPiece, kPiece, bytes},     // begins there
        FilePiece{2 * kPiece, ~0ull, bytes},  // wraps around
        FilePiece{2 * kPiece, 0, std::string_view{bytes}.substr(0, kSmallestPiece - 1)});
    CHECK(code_of(files.take_piece(scene.team, hash, piece)) == ErrorCode::invalid);
    CHECK(code_of(files.take_piece(scene.team, hash, {kMaxAttachmentBytes + 1, 0, bytes})) ==
          ErrorCode::refused);
    CHECK(scene.files_below("arriving").empty());
}

TEST_CASE("of halves beyond their bound the one that rested longest gives way",
          "[storage][files]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(1);
    const auto whole = [] { return done(); };
    ArrivingFiles halves{folder.path() / "a", crypto::new_key(entropy), entropy, 3 * kPiece + 1000};
    const std::string bytes = noise(kPiece, 1);
    const FilePiece piece{10 * kPiece, 0, bytes};
    want(halves.take("first", piece, whole));
    fs::last_write_time(
        fs::directory_iterator { folder.path() / "a" } -> path(),
        fs::file_time_type::clock::now() - std::chrono::hours{1});
    want(halves.take("second", piece, whole));
    want(halves.take("third", piece, whole));
    want(halves.take("fourth", piece, whole));
    CHECK(want(halves.settle("first", 10 * kPiece, whole)).held == 0);
    CHECK(want(halves.settle("second", 10 * kPiece, whole)).held == kPiece);
    CHECK(want(halves.settle("fourth", 10 * kPiece, whole)).held == kPiece);
}

TEST_CASE("nothing of a file, its name or its pieces lies in the clear at an endpoint",
          "[storage][files]") {
    const Scene scene;
    const std::string bytes(2 * kPiece, 'p');
    KeptFiles files = scene.open();
    scene.take(files, hash_of(bytes), bytes, 0);
    want(
        files.put(hash_of("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"), "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"));
    for (const char* part : {"arriving", "whole"})
        for (const fs::path& file : scene.files_below(part)) {
            const std::string kept = want(read_file(file));
            CHECK(kept.find("pppppppp") == std::string::npos);
            CHECK(kept.find("qqqqqqqq") == std::string::npos);
            CHECK(file.string().find(hash_of(bytes)) == std::string::npos);
        }
}

TEST_CASE("a kept file is read from any place on; damage is found where it is read",
          "[storage][files]") {
    const Scene scene;
    const std::string bytes = noise(200'000, 4);
    const std::string hash = hash_of(bytes);
    KeptFiles files = scene.open();
    want(files.put(hash, bytes));
    const std::size_t offset = GENERATE(0u, 1u, 65535u, 65536u, 131072u, 199'999u, 200'000u);
    CHECK(want(files.read(hash, offset, 70'000)) == bytes.substr(offset, 70'000));
    CHECK(want(files.size(hash)) == bytes.size());

    const fs::path file = scene.files_below("whole").front();
    std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
    stream.seekp(70'000);
    stream.put('?');
    stream.close();
    CHECK(want(files.read(hash, 131'072, 10)) == bytes.substr(131'072, 10));
    CHECK(code_of(files.read(hash, 65'536, 10)) == ErrorCode::corrupt);
    CHECK(code_of(files.get(hash)) == ErrorCode::corrupt);
    want(files.discard(hash));
    CHECK_FALSE(files.has(hash));
}

TEST_CASE("an endpoint does not make up a new key for files whose key is gone",
          "[storage][files]") {
    const Scene scene;
    {
        KeptFiles files = scene.open();
        want(files.put(hash_of("a photo"), "a photo"));
    }
    fs::remove(scene.folder.path() / "files" / "files.key");
    CHECK(code_of(KeptFiles::open(scene.folder.path() / "files", scene.entropy)) ==
          ErrorCode::not_found);
}

TEST_CASE("a laptop's half of a file goes on after the notebook was closed", "[storage][files]") {
    const test::TemporaryFolder folder;
    const std::string bytes = noise(2 * kPiece, 1);
    const std::string hash = hash_of(bytes);
    {
        Notebook notebook = test::new_notebook(folder.path() / "n");
        want(Attachments{notebook}.take_piece(hash, {bytes.size(), 0, bytes.substr(0, kPiece)}));
    }
    Notebook notebook = test::open_as(folder.path() / "n", "amina");
    Attachments attachments{notebook};
    CHECK(want(attachments.held(hash, bytes.size())) == kPiece);
    want(attachments.take_piece(hash, {bytes.size(), kPiece, bytes.substr(kPiece)}));
    CHECK(want(attachments.get_bytes(hash)) == bytes);
    CHECK(want(attachments.read(hash, kPiece, 100)) == bytes.substr(kPiece, 100));
}

}  // namespace bordereau::storage
