// assets/assets.h - files compiled into the program.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace bordereau::assets {

/// One embedded file. Both views live as long as the program.
struct File {
    std::string_view path;  ///< relative to assets/, for example "forms/grpa_main.xlsx"
    std::string_view bytes;
};

/// All embedded files, sorted by path.
std::span<const File> files();

/// The bytes of one file, by its path relative to assets/.
std::optional<std::string_view> find(std::string_view path);

/// The files below one folder, sorted by path; "sql/" gives the migrations, oldest first.
std::span<const File> below(std::string_view folder);

}  // namespace bordereau::assets
