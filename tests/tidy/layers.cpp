#include "tests/tidy/layers.h"

#include <algorithm>
#include <optional>
#include <regex>

namespace bordereau::test {
namespace {

using Layers = std::map<std::string, std::set<std::string>>;

// A folder, and the folders that it may include besides itself. The longest match wins.
const Layers kMayInclude{
    {"assets", {}},
    {"storage/base", {}},
    {"storage/crypto", {"storage/base"}},
    {"storage/sqlite", {"storage/base", "storage/crypto"}},
    {"storage/journal", {"storage/base", "storage/crypto", "storage/sqlite", "storage"}},
    {"storage", {"assets", "storage/base", "storage/crypto", "storage/journal", "storage/sqlite"}},
    {"storage/postgres", {"assets", "storage", "storage/base"}},
    {"sync", {"storage", "storage/base", "storage/crypto", "storage/journal"}},
    {"sync/serve", {"storage", "storage/base", "storage/crypto", "storage/journal", "sync"}},
    {"app/form/values", {"storage/base"}},
    {"app/form/xpath", {"app/form/values", "storage/base"}},
    {"app/form/definition", {"app/form/values", "app/form/xpath", "storage/base"}},
    {"app/form/xform",
     {"app/form/definition", "app/form/values", "app/form/xpath", "storage/base"}},
    {"app/form/inspect",
     {"app/form/definition", "app/form/values", "app/form/xpath", "storage/base"}},
    {"app/form/xlsform", {"app/form/definition", "app/form/values", "storage/base"}},
    {"app/form/session",
     {"app/form/definition", "app/form/values", "app/form/xform", "app/form/xpath",
      "storage/base"}},
    {"app/audit", {"storage/base"}},
    // Reports are written in a language: its words, plurals, numbers and dates.
    {"app/report", {"app/audit", "app/text", "storage/base"}},
    {"app/media", {"storage/base"}},
    {"app/text", {"storage/base"}},
    {"app/widgets", {"app/media", "app/text", "storage/base"}},
    {"app/screens", {"app", "app/media", "app/text", "app/widgets", "storage/base"}},
    {"app/shell", {"app/text", "storage/base"}},
    {"app/desk",
     {"app/audit", "app/form/definition", "app/form/inspect", "app/form/session",
      "app/form/xlsform", "app/media", "app/report", "assets", "storage", "storage/base",
      "storage/crypto", "storage/journal", "sync", "sync/serve", "app/http"}},
    {"app/present",
     {"app", "app/audit", "app/desk", "app/form/definition", "app/form/session", "app/media",
      "app/screens", "app/text", "assets", "storage", "storage/base", "sync"}},
    {"app/call", {}},
    {"app/cli",
     {"app", "app/audit", "app/call", "app/desk", "app/form/definition", "app/form/inspect",
      "app/form/session", "app/form/xlsform", "app/media", "app/present", "app/report", "app/text",
      "assets", "storage", "storage/base", "storage/crypto", "storage/journal", "sync"}},
    {"app/http", {"storage/base", "sync", "sync/serve"}},
    {"app/endpoint",
     {"app/call", "app/http", "app/media", "storage", "storage/base", "storage/crypto",
      "storage/journal", "storage/postgres", "sync", "sync/serve"}},
    {"app/tour",
     {"app", "app/audit", "app/desk", "app/shell", "app/text", "assets", "storage", "storage/base",
      "storage/crypto"}},
    {"app",
     {"app/cli", "app/desk", "app/media", "app/present", "app/screens", "app/shell", "app/text",
      "app/tour", "app/widgets", "assets", "storage", "storage/base", "sync"}},
};

// A library, by the start of its headers' names, and the only folders that may include it.
const Layers kLibraries{
    {"sqlite3.h", {"storage/sqlite"}},
    {"libpq-fe.h", {"storage/postgres"}},
    {"sodium", {"storage/crypto"}},
    {"zstd", {"storage/journal"}},
    {"curl/", {"sync"}},
    {"microhttpd.h", {"app/http"}},
    {"avahi-", {"app/desk"}},
    {"linux/videodev2.h", {"app/desk"}},
    {"openssl/", {"app/endpoint", "app/desk"}},
    {"pugixml", {"app/form/xform", "app/form/xlsform", "app/form/session", "app/form/values"}},
    {"pcre2", {"app/form/xpath"}},
    {"zip.h", {"app/form/xlsform"}},
    {"GLFW/", {"app/shell"}},
    {"systemd/", {"app/shell"}},
    {"X11/", {"app/shell"}},
    {"imgui", {"app/text", "app/widgets", "app/screens", "app/shell"}},
    {"hb", {"app/text"}},
    {"fribidi", {"app/text"}},
    {"CLI/", {"app/call", "app/cli", "app/endpoint"}},
    {"jpeglib.h", {"app/media"}},
    {"png.h", {"app/media"}},
    {"ReadBarcode.h", {"app/media"}},
    {"nlohmann/",
     {"storage", "storage/journal", "storage/crypto", "sync", "sync/serve", "app/cli", "app/desk",
      "app/text", "app/endpoint", "app/form/xform", "app/tour"}},
};

// Only these may know processes, signals and sockets: the same code will run in a browser.
const Layers kSystem{
    {"unistd.h",
     {"storage/base", "storage/sqlite", "storage", "app/shell", "app/desk", "app/cli",
      "app/endpoint", "app/http", "sync"}},
    {"signal.h", {"app/shell", "app/cli", "app/endpoint"}},
    {"csignal", {"app/shell", "app/cli", "app/endpoint"}},
    {"sys/wait.h", {"app/shell", "app/cli"}},
    {"sys/socket.h", {"sync", "app/desk", "app/http"}},
};

std::string layer_of(const std::string& path) {
    for (std::filesystem::path dir = std::filesystem::path{path}.parent_path(); !dir.empty();
         dir = dir.parent_path())
        if (kMayInclude.contains(dir.generic_string())) return dir.generic_string();
    return {};
}

bool may_include(const std::string& from, const std::string& to) {
    const auto rule = kMayInclude.find(from);
    return from == to || (rule != kMayInclude.end() && rule->second.contains(to));
}

std::optional<std::string> owner_offence(const Layers& owners, const std::string& from,
                                         const std::string& header) {
    for (const auto& [start, rooms] : owners)
        if (header.starts_with(start) && !rooms.contains(from))
            return "<" + header + "> belongs to other rooms than " + from;
    return std::nullopt;
}

std::optional<std::string> offence(const Source& source, const std::string& line) {
    static const std::regex kOurs{R"re(^\s*#\s*include "([^"]+)")re"};
    static const std::regex kTheirs{R"re(^\s*#\s*include <([^>]+)>)re"};
    const std::string from = layer_of(source.path);
    std::smatch found;
    if (std::regex_search(line, found, kOurs)) {
        const std::string to = layer_of(found[1].str());
        if (to.empty()) return "\"" + found[1].str() + "\" is no room's header";
        if (!may_include(from, to)) return from + " must not know \"" + found[1].str() + "\"";
    } else if (std::regex_search(line, found, kTheirs)) {
        if (auto library = owner_offence(kLibraries, from, found[1].str())) return library;
        if (auto system = owner_offence(kSystem, from, found[1].str())) return system;
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> layer_offences(const std::vector<Source>& sources) {
    std::vector<std::string> offences;
    for (const Source& source : sources)
        for (std::size_t line = 0; line < source.lines.size(); ++line)
            if (const auto found = offence(source, source.lines[line]))
                offences.push_back(source.path + ":" + std::to_string(line + 1) + ": " + *found);
    return offences;
}

}  // namespace bordereau::test
