// tests/app/report/approvals.h - documents compared with the version a person has read and kept.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace bordereau::test {

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Fails when `text` differs from tests/data/reports/NAME. What was made lies below
/// BORDEREAU_BINARY_DIR/approvals, to be read and, when right, copied over.
inline void approve(const std::string& name, const std::string& text) {
    const std::filesystem::path made = std::filesystem::path{BORDEREAU_BINARY_DIR} / "approvals";
    std::filesystem::create_directories(made);
    std::ofstream{made / name, std::ios::binary} << text;
    INFO("compare " << (made / name).string() << " with tests/data/reports/" << name);
    CHECK((bytes_of(std::filesystem::path{BORDEREAU_SOURCE_DIR} / "tests/data/reports" / name) ==
           text));
}

}  // namespace bordereau::test
