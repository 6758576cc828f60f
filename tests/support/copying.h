// tests/support/copying.h - another program that has copied something: it owns the clipboard of the
// display while it lives.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "app/shell/process.h"

namespace bordereau::test {

/// Skips the test where there is no such program. `kind` is a media type.
inline shell::Process copied(const std::string& kind, const std::filesystem::path& file) {
    auto owner = shell::Process::start(
        "/usr/bin/xclip", {"-quiet", "-selection", "clipboard", "-t", kind, "-i", file.string()});
    if (!owner) SKIP("no xclip");
    return *std::move(owner);
}

}  // namespace bordereau::test
