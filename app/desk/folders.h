// app/desk/folders.h - folders as a person browses them to choose a file. Reads names, sizes and
// times only, no contents; changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/time.h"

namespace bordereau::app {

struct FolderEntry {
    std::string name;
    bool folder = false;
    std::uintmax_t size = 0;  ///< of a file
    Millis changed = 0;       ///< of a file
    bool fits = false;        ///< by its name's ending, what is looked for; content decides later
};

struct FolderListing {
    std::filesystem::path folder;
    std::vector<FolderEntry> entries;  ///< folders first, then by name; hidden ones left out
    bool readable = false;
    bool cut = false;  ///< there are more than kMostEntries
};

constexpr std::size_t kMostEntries = 5000;

/// `media_type` as in media::fits().
FolderListing list_folder(const std::filesystem::path& folder, std::string_view media_type);

enum class BookmarkKind { home, pictures, documents, downloads, desktop, stick };

struct Bookmark {
    BookmarkKind kind = BookmarkKind::home;
    std::filesystem::path folder;
};

/// Where bookmarks are looked for.
struct BookmarkPlaces {
    std::filesystem::path home;
    std::vector<std::filesystem::path> mounts;  ///< folders whose folders are sticks and cards
};
/// HOME; /run/media and /media with the user's name, /media, /mnt.
BookmarkPlaces system_places();

/// Those that are there: home, the person's own folders (as named in .config/user-dirs.dirs, the
/// convention of freedesktop.org), then sticks.
std::vector<Bookmark> bookmarks(const BookmarkPlaces& places);

/// Folders of the sticks and cards that are plugged in.
std::vector<std::string> sticks_in(const BookmarkPlaces& places);

}  // namespace bordereau::app
