// app/text/fonts.h - which font files the program needs and where they lie on this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::text {

/// Latin, Cyrillic and Greek from Noto Sans, Arabic from Noto Sans Arabic, Chinese from WenQuanYi
/// Micro Hei: 6 MB of files, mapped into memory and read where glyphs are needed.
struct FontFiles {
    std::filesystem::path regular, bold, arabic, chinese;
};

/// Where fonts may lie, in the order of preference: beside the program, in the person's and the
/// system's data folders (XDG_DATA_HOME, XDG_DATA_DIRS), in /usr/share/fonts.
std::vector<std::filesystem::path> font_places(const std::filesystem::path& program);

/// Looks for each file by name in the places and their usual subfolders.
/// not_found: names every missing file and the Debian package that has it.
Result<FontFiles> find_fonts(const std::vector<std::filesystem::path>& places);

}  // namespace bordereau::text
