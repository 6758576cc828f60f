#include "app/desk/folders.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "app/media/kind.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

namespace fs = std::filesystem;

Millis millis_of(fs::file_time_type time) {
    const auto since = std::chrono::file_clock::to_sys(time).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

FolderEntry entry_of(const fs::directory_entry& found, std::string_view media_type) {
    FolderEntry entry;
    std::error_code code;
    entry.name = found.path().filename().string();
    entry.folder = found.is_directory(code);
    entry.fits = entry.folder || media::name_fits(media_type, entry.name);
    if (entry.folder) return entry;
    const auto size = found.file_size(code);
    entry.size = code ? 0 : size;
    const auto time = found.last_write_time(code);
    entry.changed = code ? 0 : millis_of(time);
    return entry;
}

bool listed(const fs::directory_entry& found) {
    std::error_code code;
    const std::string name = found.path().filename().string();
    return !name.starts_with('.') && is_utf8(name) &&
           (found.is_directory(code) || found.is_regular_file(code));
}

fs::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? fs::path{} : fs::path{value};
}

struct Named {
    std::string_view key;
    const char* otherwise;
    BookmarkKind kind;
};
constexpr std::array kNamed{
    Named{"XDG_PICTURES_DIR", "Pictures", BookmarkKind::pictures},
    Named{"XDG_DOCUMENTS_DIR", "Documents", BookmarkKind::documents},
    Named{"XDG_DOWNLOAD_DIR", "Downloads", BookmarkKind::downloads},
    Named{"XDG_DESKTOP_DIR", "Desktop", BookmarkKind::desktop},
};

// A line of user-dirs.dirs: XDG_PICTURES_DIR="$HOME/Bilder".
fs::path named_folder(const fs::path& home, const Named& named) {
    std::ifstream in{home / ".config" / "user-dirs.dirs"};
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(std::string{named.key} + "=\"") || !line.ends_with('"')) continue;
        const std::string value =
            line.substr(named.key.size() + 2, line.size() - named.key.size() - 3);
        constexpr std::string_view kHome = "$HOME/";
        if (value == kHome) return home;  // the convention for "none of its own"
        return value.starts_with(kHome) ? home / value.substr(kHome.size()) : fs::path{value};
    }
    return home / named.otherwise;
}

void add_sticks(const BookmarkPlaces& places, std::vector<Bookmark>& out) {
    for (const fs::path& mounts : places.mounts) {
        std::error_code code;
        for (const auto& found : fs::directory_iterator{mounts, code}) {
            const bool holds_others =
                std::ranges::find(places.mounts, found.path()) != places.mounts.end();
            if (!holds_others && listed(found) && found.is_directory(code) &&
                !fs::is_empty(found.path(), code) && !code)
                out.push_back({BookmarkKind::stick, found.path()});
        }
    }
}

}  // namespace

FolderListing list_folder(const fs::path& folder, std::string_view media_type) {
    FolderListing listing;
    listing.folder = folder;
    std::error_code code;
    fs::directory_iterator at{folder, code};
    listing.readable = !code;
    for (; !code && at != fs::directory_iterator{}; at.increment(code)) {
        if (!listed(*at)) continue;
        listing.cut = listing.entries.size() == kMostEntries;
        if (listing.cut) break;
        listing.entries.push_back(entry_of(*at, media_type));
    }
    std::ranges::sort(listing.entries, [](const FolderEntry& one, const FolderEntry& other) {
        if (one.folder != other.folder) return one.folder;
        const std::string first = lower_ascii(one.name), second = lower_ascii(other.name);
        return first != second ? first < second : one.name < other.name;
    });
    return listing;
}

BookmarkPlaces system_places() {
    const fs::path user = from_environment("USER");
    BookmarkPlaces places{from_environment("HOME"), {"/media", "/mnt"}};
    if (!user.empty()) {
        places.mounts.insert(places.mounts.begin(), "/run/media" / user);
        places.mounts.insert(places.mounts.begin(), "/media" / user);
    }
    return places;
}

std::vector<Bookmark> bookmarks(const BookmarkPlaces& places) {
    std::vector<Bookmark> out;
    std::error_code code;
    if (fs::is_directory(places.home, code)) out.push_back({BookmarkKind::home, places.home});
    for (const Named& named : kNamed)
        if (const fs::path folder = named_folder(places.home, named);
            folder != places.home && fs::is_directory(folder, code))
            out.push_back({named.kind, folder});
    add_sticks(places, out);
    return out;
}

std::vector<std::string> sticks_in(const BookmarkPlaces& places) {
    std::vector<std::string> folders;
    for (const Bookmark& bookmark : bookmarks(places))
        if (bookmark.kind == BookmarkKind::stick) folders.push_back(bookmark.folder.string());
    return folders;
}

}  // namespace bordereau::app
