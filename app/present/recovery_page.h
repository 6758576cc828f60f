// app/present/recovery_page.h - the recovery key as a page to print.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/text/words.h"

namespace bordereau::app {

/// One HTML page without scripts or links: what the key is for, the key in large groups, how it is
/// used.
std::string recovery_page(const text::Words& words, std::string_view team, std::string_view key);

/// Where the page is proposed to be written: in memory where the system has a place there
/// (XDG_RUNTIME_DIR, gone at logout), else among temporary files.
std::filesystem::path recovery_page_place();

}  // namespace bordereau::app
