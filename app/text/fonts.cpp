#include "app/text/fonts.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

namespace fs = std::filesystem;

// Subfolders in which Debian, Fedora and Arch keep these fonts below a fonts folder.
constexpr std::array<std::string_view, 10> kFolders{"",
                                                    "truetype/noto",
                                                    "truetype/wqy",
                                                    "noto",
                                                    "google-noto",
                                                    "google-noto-vf",
                                                    "wqy-microhei",
                                                    "wqy-microhei-fonts",
                                                    "wenquanyi",
                                                    "TTF"};

std::optional<fs::path> find_font(const std::vector<fs::path>& places, std::string_view name) {
    for (const fs::path& place : places)
        for (const std::string_view folder : kFolders) {
            fs::path path = place / folder / name;
            std::error_code unreadable;
            if (fs::is_regular_file(path, unreadable)) return path;
        }
    return std::nullopt;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

std::vector<fs::path> font_places(const fs::path& program) {
    std::vector<fs::path> places{program.parent_path() / "fonts",
                                 program.parent_path() / ".." / "share" / "bordereau" / "fonts"};
    const std::string home = environment("HOME"), data = environment("XDG_DATA_HOME");
    if (!data.empty())
        places.push_back(fs::path{data} / "fonts");
    else if (!home.empty())
        places.push_back(fs::path{home} / ".local/share/fonts");
    const std::string system = environment("XDG_DATA_DIRS");
    for (const std::string_view folder : split(system, ':'))
        if (!folder.empty()) places.push_back(fs::path{folder} / "fonts");
    places.emplace_back("/usr/local/share/fonts");
    places.emplace_back("/usr/share/fonts");
    return places;
}

Result<FontFiles> find_fonts(const std::vector<fs::path>& places) {
    struct Wanted {
        std::string_view name, package;
        fs::path FontFiles::*member;
    };
    constexpr std::array<Wanted, 4> wanted{
        {{"NotoSans-Regular.ttf", "fonts-noto-core", &FontFiles::regular},
         {"NotoSans-Bold.ttf", "fonts-noto-core", &FontFiles::bold},
         {"NotoSansArabic-Regular.ttf", "fonts-noto-core", &FontFiles::arabic},
         {"wqy-microhei.ttc", "fonts-wqy-microhei", &FontFiles::chinese}}};
    FontFiles files;
    std::string missing;
    for (const Wanted& each : wanted) {
        if (auto path = find_font(places, each.name)) {
            files.*each.member = *path;
            continue;
        }
        if (!missing.empty()) missing += ", ";
        missing.append(each.name).append(" (Debian package ").append(each.package).append(")");
    }
    if (missing.empty()) return files;
    return Error{ErrorCode::not_found, "fonts are missing: " + missing};
}

}  // namespace bordereau::text
