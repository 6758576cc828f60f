#include "app/present/recovery_page.h"

#include <cstdlib>
#include <system_error>

#include "storage/base/text.h"

namespace bordereau::app {

std::string recovery_page(const text::Words& words, std::string_view team, std::string_view key) {
    const std::string title = escape_markup(words("recovery_page.title", {{"team", team}}));
    const bool mirrored = words.direction() == text::Direction::right_to_left;
    std::string page = "<!DOCTYPE html>\n<html lang=\"";
    page += text::tag_of(words.language());
    page += mirrored ? "\" dir=\"rtl\">" : "\">";
    page += "<meta charset=\"utf-8\"><title>" + title + "</title>\n<style>\n" +
            "body{font:14pt/1.5 serif;max-width:36em;margin:3em auto}\n" +
            "code{display:block;direction:ltr;font:bold 20pt/2 monospace;border:1px solid;" +
            "padding:.5em;text-align:center}\n</style>\n<h1>" + title + "</h1>\n<p>" +
            escape_markup(words("people.recovery.about")) + "</p>\n<code>" + escape_markup(key) +
            "</code>\n<p>" + escape_markup(words("recovery_page.use")) + "</p>\n</html>\n";
    return page;
}

std::filesystem::path recovery_page_place() {
    constexpr const char* kName = "bordereau-recovery-key.html";
    if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime != nullptr && *runtime != 0)
        return std::filesystem::path{runtime} / kName;
    std::error_code ignored;
    return std::filesystem::temp_directory_path(ignored) / kName;
}

}  // namespace bordereau::app
