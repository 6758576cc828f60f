#include "app/desk/folders.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "tests/support/folders.h"

namespace bordereau::app {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream{file} << text;
}

std::vector<std::string> names(const FolderListing& listing) {
    std::vector<std::string> all;
    for (const FolderEntry& entry : listing.entries) all.push_back(entry.name);
    return all;
}

}  // namespace

TEST_CASE("a folder lists folders first, then files by name, hidden ones left out",
          "[desk][folders]") {
    const test::TemporaryFolder at;
    for (const char* name : {"b.jpg", "A.JPG", "notes.txt", ".hidden.jpg"})
        write(at.path() / name, "12345");
    fs::create_directory(at.path() / "zebra");
    fs::create_symlink("/dev/zero", at.path() / "device.jpg");
    const FolderListing listing = list_folder(at.path(), "image/*");
    CHECK(listing.readable);
    CHECK_FALSE(listing.cut);
    REQUIRE(names(listing) == std::vector<std::string>{"zebra", "A.JPG", "b.jpg", "notes.txt"});
    CHECK(listing.entries[0].folder);
    CHECK(listing.entries[1].fits);
    CHECK_FALSE(listing.entries[3].fits);
    CHECK(listing.entries[1].size == 5);
    CHECK(listing.entries[1].changed > 0);
    CHECK(list_folder(at.path(), "").entries[3].fits);
}

TEST_CASE("a folder that cannot be read says so", "[desk][folders]") {
    const test::TemporaryFolder at;
    CHECK_FALSE(list_folder(at.path() / "nothing", "").readable);
    write(at.path() / "file", "");
    CHECK_FALSE(list_folder(at.path() / "file", "").readable);
}

TEST_CASE("bookmarks are the person's own folders and the sticks that are there",
          "[desk][folders]") {
    const test::TemporaryFolder at;
    const fs::path home = at.path() / "home", media = at.path() / "media";
    write(home / ".config" / "user-dirs.dirs",
          "# a comment\nXDG_PICTURES_DIR=\"$HOME/Bilder\"\nXDG_DESKTOP_DIR=\"$HOME/\"\n");
    fs::create_directories(home / "Bilder");
    fs::create_directories(home / "Documents");
    fs::create_directories(media / "amina");
    write(media / "amina" / "KINGSTON" / "a.jpg", "a");
    fs::create_directories(media / "amina" / "unplugged");
    const auto found = bookmarks({home, {media / "amina", media, at.path() / "none"}});
    REQUIRE(found.size() == 4);
    CHECK(found[0].folder == home);
    CHECK(found[1].folder == home / "Bilder");
    CHECK(found[2].folder == home / "Documents");
    CHECK(found[3].kind == BookmarkKind::stick);
    CHECK(found[3].folder == media / "amina" / "KINGSTON");
}

}  // namespace bordereau::app
