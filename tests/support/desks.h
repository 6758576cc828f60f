// tests/support/desks.h - desks over real notebooks in temporary folders, and small forms for them.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "app/desk/desk.h"
#include "tests/support/folders.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {

inline app::Services test_services(std::uint64_t seed = 1, const TestClock& clock = {}) {
    return {clock.clock(), seeded_entropy(seed), storage::crypto::least_cost(), "laptop"};
}

/// A new notebook of "amina", administrator, and its desk.
inline std::unique_ptr<app::Desk> new_desk(const std::filesystem::path& folder) {
    return want(app::Desk::create(
        folder, {"amina", std::string{kPassphrase}, "Crossing North", "laptop"}, test_services()));
}

inline std::unique_ptr<app::Desk> desk_as(const std::filesystem::path& folder,
                                          std::string_view login) {
    return want(app::Desk::open(folder, login, kPassphrase, test_services(2)));
}

/// Three questions, one with a constraint, one required, and a repeat.
inline constexpr std::string_view kSmallForm = R"(
| survey |
| | type         | name  | label       | required | constraint | constraint_message |
| | text         | place | Which post? | yes      |            |                    |
| | integer      | staff | How many?   |          | . >= 0     | Not below none.    |
| | begin_repeat | room  | Room        |          |            |                    |
| | text         | use   | Used for?   |          |            |                    |
| | end_repeat   |       |             |          |            |                    |
| settings |
| | form_id | form_title  | version |
| | small   | Small visit | 1       |
)";

/// Puts the small form on the desk's shelf and begins an audit with it.
inline AuditId small_audit(app::Desk& desk, const std::filesystem::path& folder) {
    const auto file = folder / "small.md";
    std::ofstream{file} << kSmallForm;
    const auto read = want(desk.forms().import(file));
    for (const auto& found : read.diagnostics) UNSCOPED_INFO(form::to_text(found));
    REQUIRE(read.form != nullptr);
    return want(desk.start_audit(FormId{"small"}, ""));
}

}  // namespace bordereau::test
