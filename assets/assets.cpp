#include "assets/assets.h"

#include <algorithm>

namespace bordereau::assets {

std::optional<std::string_view> find(std::string_view path) {
    const auto all = files();
    const auto found = std::ranges::lower_bound(all, path, {}, &File::path);
    if (found == all.end() || found->path != path) return std::nullopt;
    return found->bytes;
}

std::span<const File> below(std::string_view folder) {
    const auto all = files();
    const auto begin = std::ranges::lower_bound(all, folder, {}, &File::path);
    const auto end = std::find_if(
        begin, all.end(), [folder](const File& file) { return !file.path.starts_with(folder); });
    return {begin, end};
}

}  // namespace bordereau::assets
