#include "storage/attachments.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>
#include <thread>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/sealed_file.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {

using test::code_of;
using test::want;

TEST_CASE("a file is kept once, encrypted, and comes back as it was", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    Attachments attachments{notebook};
    const std::string photo = "\xFF\xD8 a photo of the waiting room " + std::string(9000, 'p');
    want(attachments.put(audit, "room.jpg", "image/jpeg", photo));
    want(attachments.put(audit, "same.jpg", "image/jpeg", photo));
    CHECK(want(attachments.get(audit, "room.jpg")) == photo);
    const auto list = want(attachments.list(audit));
    REQUIRE(list.size() == 2);
    CHECK(list[0].present);
    CHECK(list[0].hash == list[1].hash);
    int files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator{notebook.folder() / "attachments"}) {
        ++files;
        CHECK(entry.path().filename().string().find(list[0].hash) == std::string::npos);
    }
    CHECK(files == 1);
    const std::string bytes = test::all_bytes_below(folder.path());
    CHECK(bytes.find("waiting room") == std::string::npos);
    CHECK(bytes.find("room.jpg") == std::string::npos);
    CHECK(code_of(attachments.get(audit, "other.jpg")) == ErrorCode::not_found);
    CHECK(code_of(attachments.put(audit, " ", "image/jpeg", photo)) == ErrorCode::invalid);
    CHECK(code_of(attachments.put(audit, "x", "image/jpeg",
                                  std::string(kMaxAttachmentBytes + 1, 'x'))) ==
          ErrorCode::refused);
}

TEST_CASE("bytes that another laptop named are asked for until they arrive", "[attachments]") {
    const test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook one = test::new_notebook(folder.path() / "one", 1, clock);
    Notebook two = test::new_notebook(folder.path() / "two", 2, clock);
    test::admit(one, two);
    const AuditId audit = test::draft_with_answers(one, 1);
    want(Attachments{one}.put(audit, "plan.pdf", "application/pdf", "the plan"));
    want(one.journal().seal_all());
    test::hand_over(one, two);
    Attachments attachments{two};
    const auto missing = want(attachments.missing());
    REQUIRE(missing.size() == 1);
    CHECK_FALSE(want(attachments.list(audit)).at(0).present);
    CHECK(code_of(attachments.get(audit, "plan.pdf")) == ErrorCode::not_found);
    CHECK(code_of(attachments.put_bytes(missing[0], "another plan")) == ErrorCode::corrupt);
    want(attachments.put_bytes(missing[0], "the plan"));
    CHECK(want(attachments.get(audit, "plan.pdf")) == "the plan");
    CHECK(want(attachments.missing()).empty());
}

TEST_CASE("a damaged or exchanged file is noticed", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    Attachments attachments{notebook};
    want(attachments.put(audit, "a", "text/plain", "first"));
    want(attachments.put(audit, "b", "text/plain", "second"));
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{notebook.folder() / "attachments"})
        files.push_back(entry.path());
    REQUIRE(files.size() == 2);
    SECTION("damaged") {
        for (const auto& file : files) std::ofstream{file, std::ios::binary} << "damaged";
    }
    SECTION("exchanged") {
        const auto aside = notebook.folder() / "aside";
        std::filesystem::rename(files[0], aside);
        std::filesystem::rename(files[1], files[0]);
        std::filesystem::rename(aside, files[1]);
    }
    CHECK(code_of(attachments.get(audit, "a")) == ErrorCode::corrupt);
    CHECK(code_of(attachments.get(audit, "b")) == ErrorCode::corrupt);
}

namespace {

std::filesystem::path only_file(const Notebook& notebook) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{notebook.folder() / "attachments"})
        files.push_back(entry.path());
    REQUIRE(files.size() == 1);
    return files[0];
}

// Of several chunks and a part of one, and no chunk like another.
std::string long_content() {
    std::string content(crypto::kChunkSize * 3 + 1000, '\0');
    for (std::size_t i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>((i * 31 + i / crypto::kChunkSize) & 0xFF);
    return content;
}

void write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

constexpr std::size_t kSealedHead = kSealedFileMark.size() + crypto::kStreamPrefix;
constexpr std::size_t kSealedChunk = crypto::kChunkSize + crypto::kChunkTag;

}  // namespace

TEST_CASE("a long file comes back whole, whatever its length", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    Attachments attachments{notebook};
    const std::size_t size =
        GENERATE(std::size_t{0}, std::size_t{1}, crypto::kChunkSize - 1, crypto::kChunkSize,
                 crypto::kChunkSize + 1, crypto::kChunkSize * 2, crypto::kChunkSize * 3 + 999);
    const std::string content = long_content().substr(0, size);
    want(attachments.put(audit, "long", "video/mp4", content));
    CHECK(want(attachments.get(audit, "long")) == content);
    CHECK(want(SealedFileReader::open(only_file(notebook), notebook.key_for("attachments")))
              .plain_size() == size);
    want(attachments.save_copy(audit, "long", folder.path() / "copy.mp4"));
    CHECK(test::bytes_of(folder.path() / "copy.mp4") == content);
}

TEST_CASE("chunks that are cut off, moved, repeated or changed are noticed", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    Attachments attachments{notebook};
    want(attachments.put(audit, "long", "video/mp4", long_content()));
    const std::filesystem::path file = only_file(notebook);
    std::string sealed = test::bytes_of(file);
    const std::string first = sealed.substr(kSealedHead, kSealedChunk);
    const std::string second = sealed.substr(kSealedHead + kSealedChunk, kSealedChunk);

    SECTION("cut at the end of a chunk") {
        write(file, sealed.substr(0, kSealedHead + kSealedChunk * 2));
    }
    SECTION("cut within a chunk") {
        write(file, sealed.substr(0, sealed.size() - 1));
    }
    SECTION("cut to its head") {
        write(file, sealed.substr(0, kSealedHead));
    }
    SECTION("two chunks exchanged") {
        write(file, sealed.substr(0, kSealedHead) + second + first +
                        sealed.substr(kSealedHead + kSealedChunk * 2));
    }
    SECTION("a chunk repeated") {
        write(file, sealed.substr(0, kSealedHead) + first + first +
                        sealed.substr(kSealedHead + kSealedChunk * 2));
    }
    SECTION("a chunk left out") {
        write(file, sealed.substr(0, kSealedHead) + sealed.substr(kSealedHead + kSealedChunk));
    }
    SECTION("one bit changed") {
        sealed[sealed.size() / 2] ^= 1;
        write(file, sealed);
    }
    CHECK(code_of(attachments.get(audit, "long")) == ErrorCode::corrupt);

    // A copy that fails on the way leaves what was there.
    write(folder.path() / "copy.mp4", "an older copy");
    CHECK(code_of(attachments.save_copy(audit, "long", folder.path() / "copy.mp4")) ==
          ErrorCode::corrupt);
    CHECK(test::bytes_of(folder.path() / "copy.mp4") == "an older copy");
    CHECK_FALSE(std::filesystem::exists(folder.path() / "copy.mp4.part"));

    // The same file again repairs it.
    want(attachments.put(audit, "again", "video/mp4", long_content()));
    CHECK(want(attachments.get(audit, "long")) == long_content());
}

TEST_CASE("what was being written when the program ended is gone when it opens again",
          "[attachments]") {
    const test::TemporaryFolder folder;
    {
        const Notebook notebook = test::new_notebook(folder.path() / "n");
        std::filesystem::create_directories(notebook.folder() / "unfinished");
        write(notebook.folder() / "unfinished" / "half", "half a photo");
    }
    const Notebook notebook = test::open_as(folder.path() / "n", "amina");
    CHECK_FALSE(std::filesystem::exists(notebook.folder() / "unfinished"));
}

TEST_CASE("files that no audit names are collected, named ones stay", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    Attachments attachments{notebook};
    want(attachments.put(audit, "kept", "text/plain", "the plan"));
    want(attachments.put_bytes(to_hex(crypto::digest("an orphan")), "an orphan"));

    SECTION("at rest") {
        CHECK(want(attachments.collect_unnamed()).files == 1);
        CHECK(want(attachments.get(audit, "kept")) == "the plan");
        CHECK(want(attachments.collect_unnamed()).files == 0);
        only_file(notebook);
    }
    SECTION("but not while another connection adds one") {
        Notebook other = want(notebook.connect());
        const std::shared_lock adding{other.collecting()};
        CHECK(code_of(attachments.collect_unnamed()) == ErrorCode::busy);
        CHECK(want(attachments.get_bytes(to_hex(crypto::digest("an orphan")))) == "an orphan");
    }
}

TEST_CASE("attaching holds back collecting on every connection", "[attachments]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const AuditId audit = test::draft_with_answers(notebook, 1);
    std::atomic<bool> stop = false;
    std::thread collector{[other = want(notebook.connect()), &stop]() mutable {
        while (!stop) static_cast<void>(Attachments{other}.collect_unnamed());
    }};
    Attachments attachments{notebook};
    for (int i = 0; i < 50; ++i) {
        const std::string name = "photo " + std::to_string(i);
        if (Status put = attachments.put(audit, name, "image/jpeg", name); !put) FAIL_CHECK(name);
    }
    stop = true;
    collector.join();
    for (const Attachment& attachment : want(attachments.list(audit)))
        CHECK(want(attachments.get(audit, attachment.name)) == attachment.name);
}

}  // namespace bordereau::storage
