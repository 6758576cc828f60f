// tests/support/unit_form.h - an audit of last year with the form about a unit: for what is copied
// from one audit into the next.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "tests/support/desks.h"
#include "tests/support/unit_form_text.h"

namespace bordereau::test {

inline void shelve_unit_form(app::Desk& desk, const std::filesystem::path& folder,
                             std::string_view version) {
    const auto file = folder / ("unit" + std::string{version} + ".md");
    std::ofstream{file} << unit_form(version);
    const auto read = want(desk.forms().import(file));
    for (const auto& found : read.diagnostics) UNSCOPED_INFO(form::to_text(found));
    REQUIRE(read.form != nullptr);
}

inline void give(app::Filling& filling, std::string_view path, std::string_view text) {
    want(filling.answer(filling.session().find(path), text));
}

/// Last year's audit of the north gate: 14 women, 20 men, a large room, two posts.
inline AuditId last_year(app::Desk& desk) {
    const AuditId audit = want(desk.start_audit(FormId{"unit"}, "1"));
    app::Filling filling = want(desk.open_audit(audit));
    give(filling, "/data/id/a_unit", "north");
    give(filling, "/data/id/day", "2025-03-04");
    give(filling, "/data/id/a_consent", "yes");
    give(filling, "/data/staff/women", "14");
    give(filling, "/data/staff/men", "20");
    give(filling, "/data/staff/room", "yes");
    give(filling, "/data/staff/kind", "large");
    give(filling, "/data/staff/size", "small");
    give(filling, "/data/staff/opened", "spring");
    give(filling, "/data/post[1]/at", "barrier");
    want(filling.add_repeat(filling.session().find_key_path("/data/post")));
    give(filling, "/data/post[2]/at", "hall");
    return audit;
}

}  // namespace bordereau::test
