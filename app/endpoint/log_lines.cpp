#include "app/endpoint/log_lines.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::app::endpoint {
namespace {

bool is_plain(char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\\' && c != '=';
}

// A name from outside must not be able to begin a line or a field of its own.
std::string value_of(const std::string& text) {
    if (std::ranges::all_of(text, is_plain)) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < ' ' || c == '\x7f';
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += control ? "\\x" + to_hex({&c, 1}) : std::string{c};
    }
    return quoted + '"';
}

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::error: return "error";
        case LogLevel::debug: return "debug";
        case LogLevel::quiet:
        case LogLevel::info: break;
    }
    return "info";
}

}  // namespace

void LogLines::say(LogLevel level, std::initializer_list<Field> fields) {
    if (!wants(level)) return;
    std::string line = "time=" + to_iso(clock_.now(), 0);
    line.append(" level=").append(name_of(level));
    for (const auto& [key, value] : fields)
        line.append(" ").append(key).append("=").append(value_of(value));
    line += '\n';
    const std::lock_guard lock{mutex_};
    out_ << line << std::flush;
}

}  // namespace bordereau::app::endpoint
