#include "app/desk/attaching.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/measure.h"
#include "storage/attachments.h"
#include "tests/support/desks.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {
namespace {

using test::want;

constexpr std::string_view kFileForm = R"(
| survey |
| | type  | name   | label          | appearance    | parameters      | readonly |
| | image | room   | The room       |               | max-pixels=100  |          |
| | image | proof  | As it was made | keep-metadata |                 |          |
| | audio | voice  | What was said  |               |                 |          |
| | file  | order  | The order      |               |                 |          |
| | image | frozen | Made before    |               |                 | yes      |
| | text  | place  | Which post?    |               |                 |          |
| settings |
| | form_id | form_title | version |
| | files   | Files      | 1       |
)";

// An audit with file questions, open for filling, and files to attach.
struct Open {
    test::TemporaryFolder folder;
    std::unique_ptr<Desk> desk = test::new_desk(folder.path() / "notebook");
    AuditId audit = begin();
    Filling filling = want(desk->open_audit(audit));

    AuditId begin() {
        write("files.md", kFileForm);
        REQUIRE(want(desk->forms().import(folder.path() / "files.md")).form != nullptr);
        return want(desk->start_audit(FormId{"files"}, ""));
    }
    std::filesystem::path write(const char* name, std::string_view bytes) {
        std::ofstream{folder.path() / name, std::ios::binary} << bytes;
        return folder.path() / name;
    }
    form::NodeId question(const char* name) { return find_question(filling.session(), name); }
    AttachOutcome attach(const char* name, const std::filesystem::path& file) {
        return want(attach_file(desk->notebook(), filling, question(name), file));
    }
    AttachedFile attached(const char* name, const std::filesystem::path& file) {
        const AttachOutcome outcome = attach(name, file);
        REQUIRE(std::holds_alternative<AttachedFile>(outcome));
        return std::get<AttachedFile>(outcome);
    }
    FileRefusal refusal(const char* name, const std::filesystem::path& file) {
        const AttachOutcome outcome = attach(name, file);
        REQUIRE(std::holds_alternative<FileRefusal>(outcome));
        CHECK(want(storage::Attachments{desk->notebook()}.list(audit)).empty());
        return std::get<FileRefusal>(outcome);
    }
    std::string stored(const std::string& name) {
        return want(storage::Attachments{desk->notebook()}.get(audit, name));
    }
};

bool tells(std::string_view bytes) {
    return bytes.find(test::kSecretPlace) != bytes.npos ||
           bytes.find(test::kSecretDevice) != bytes.npos;
}

}  // namespace

TEST_CASE("a photo is cleaned, made as small as the form asks, kept, and named by the answer",
          "[desk][attaching]") {
    Open on;
    const AttachedFile photo =
        on.attached("room", on.write("Room 2.png", test::telling_jpeg(300, 150, 6)));
    CHECK(photo.kind == media::Kind::jpeg);
    CHECK(photo.traces == Traces::removed);
    CHECK(photo.name.starts_with("Room_2-"));
    CHECK(photo.name.ends_with(".jpg"));
    CHECK(on.filling.session().value(on.question("room")) == photo.name);
    CHECK(on.filling.saved());
    const std::string kept = on.stored(photo.name);
    CHECK_FALSE(tells(kept));
    CHECK(media::measure(media::Kind::jpeg, kept).width == 100);
    CHECK(media::measure(media::Kind::jpeg, kept).orientation == 6);
    CHECK_FALSE(tells(test::all_bytes_below(on.desk->notebook().folder())));
}

TEST_CASE("device and place stay only where the form asks for them", "[desk][attaching]") {
    Open on;
    const std::string photo = test::telling_jpeg(300, 150, 1);
    const AttachedFile proof = on.attached("proof", on.write("a.jpg", photo));
    CHECK(proof.traces == Traces::kept);
    CHECK(on.stored(proof.name) == photo);
}

TEST_CASE("what cannot be cleaned is taken and told", "[desk][attaching]") {
    Open on;
    CHECK(on.attached("order", on.write("order.pdf", "%PDF-1.7 the order")).traces ==
          Traces::unknown);
    const AttachedFile small = on.attached("room", on.write("room.webp", test::telling_webp()));
    CHECK(small.traces == Traces::removed);
    CHECK(small.too_wide);
}

TEST_CASE("what a question does not take is refused with the reason, and nothing is kept",
          "[desk][attaching]") {
    Open on;
    CHECK(on.refusal("room", on.folder.path() / "nothing.jpg") == FileRefusal::not_a_file);
    CHECK(on.refusal("room", on.folder.path()) == FileRefusal::not_a_file);
    CHECK(on.refusal("room", "/dev/zero") == FileRefusal::not_a_file);
    CHECK(on.refusal("room", on.write("empty.jpg", "")) == FileRefusal::empty);
    CHECK(on.refusal("room", on.write("sound.jpg", "OggS")) == FileRefusal::wrong_kind);
    CHECK(on.refusal("voice", on.write("a.ogg", test::telling_jpeg(8, 8, 1))) ==
          FileRefusal::wrong_kind);
    CHECK(on.refusal("room", on.write("cut.jpg", test::telling_jpeg(64, 64, 1).substr(0, 200))) ==
          FileRefusal::damaged);
    const auto large = on.write("large.pdf", "%PDF-1.7");
    std::filesystem::resize_file(large, storage::kMaxAttachmentBytes + 1);
    CHECK(on.refusal("order", large) == FileRefusal::too_large);
    CHECK(on.filling.session().value(on.question("room")).empty());
}

TEST_CASE("questions that take no file, or no change, say so", "[desk][attaching]") {
    Open on;
    const auto photo = on.write("a.jpg", test::telling_jpeg(8, 8, 1));
    const auto attempt = [&](const char* name) {
        return test::code_of(
            attach_file(on.desk->notebook(), on.filling, on.question(name), photo));
    };
    CHECK(attempt("place") == ErrorCode::not_found);
    CHECK(attempt("frozen") == ErrorCode::refused);
    CHECK(test::code_of(detach_file(on.filling, on.question("frozen"))) == ErrorCode::refused);
}

TEST_CASE("the same file again is the same attachment; another one stands beside the first",
          "[desk][attaching]") {
    Open on;
    const auto photo = on.write("a.jpg", test::telling_jpeg(50, 50, 1));
    const std::string first = on.attached("room", photo).name;
    CHECK(on.attached("room", photo).name == first);
    const std::string second =
        on.attached("room", on.write("b.jpg", test::telling_jpeg(60, 60, 1))).name;
    CHECK(second != first);
    CHECK_FALSE(on.stored(first).empty());  // the history still shows it
    want(detach_file(on.filling, on.question("room")));
    CHECK(on.filling.session().value(on.question("room")).empty());
}

TEST_CASE("names are safe in every file system", "[desk][attaching]") {
    const auto [named, start, end] = GENERATE(table<std::string, std::string, std::string>(
        {{"../../etc/passwd", "passwd-", ".jpg"},
         {"C:\\photos\\a b?.jpeg", "a_b_-", ".jpg"},
         {"...hidden.jpg", "hidden-", ".jpg"},
         {"комната 2.JPG", "комната_2-", ".jpg"},
         {"", "file-", ".jpg"},
         {std::string(300, 'x') + ".jpg", std::string(60, 'x') + "-", ".jpg"},
         {"a\xE2\x80\xAEgpj.exe", "a_gpj-", ".jpg"}}));
    const std::string name =
        attachment_name(named, media::Kind::jpeg, seeded_entropy(GENERATE(1, 2)));
    INFO(name);
    CHECK(name.starts_with(start));
    CHECK(name.ends_with(end));
    CHECK(name.find_first_of("/\\: ") == std::string::npos);
}

TEST_CASE("what was copied in a file browser is a list of paths", "[desk][attaching]") {
    using Paths = std::vector<std::filesystem::path>;
    CHECK(paths_in("file:///home/a/Room%202.jpg\r\n") == Paths{"/home/a/Room 2.jpg"});
    CHECK(paths_in("file://localhost/a.jpg\n/b.jpg") == Paths{"/a.jpg", "/b.jpg"});
    CHECK(paths_in("file://server/share/a.jpg").empty());
    CHECK(paths_in("a sentence about /home").empty());
    CHECK(paths_in("file:///a%00b").empty());
    CHECK(paths_in("").empty());
}

}  // namespace bordereau::app
