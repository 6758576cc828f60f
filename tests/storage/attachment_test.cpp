#include "storage/attachments.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
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
    want(two.join(one.team(), "Crossing North"));
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

}  // namespace bordereau::storage
