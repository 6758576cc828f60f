// tests/tidy/sources.h - reads the project's own sources, for tests about their form.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::test {

struct Source {
    std::string path;  ///< relative to the root, for example "app/main.cpp"
    std::vector<std::string> lines;
};

inline Source read_source(const std::filesystem::path& root, const std::filesystem::path& file) {
    Source source{std::filesystem::relative(file, root).generic_string(), {}};
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) source.lines.push_back(line);
    return source;
}

/// All .h and .cpp files below the given folders.
inline std::vector<Source> sources_below(const std::filesystem::path& root,
                                         std::initializer_list<std::string_view> folders) {
    std::vector<Source> found;
    for (const std::string_view folder : folders) {
        if (!std::filesystem::exists(root / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{root / folder}) {
            const auto ending = entry.path().extension();
            if (entry.is_regular_file() && (ending == ".h" || ending == ".cpp"))
                found.push_back(read_source(root, entry.path()));
        }
    }
    return found;
}

}  // namespace bordereau::test
