#include "tests/assets/sample.h"

#include <catch2/catch_test_macros.hpp>

#include "app/form/xlsform/xlsform.h"
#include "assets/assets.h"
#include "storage/base/text.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"

namespace bordereau::form::test {
namespace {

Result<std::string> embedded_list(std::string_view name) {
    const auto bytes = assets::find("forms/" + std::string{name});
    if (!bytes) return Error{ErrorCode::not_found, std::string{name}};
    return std::string{*bytes};
}

Environment environment() {
    Environment environment;
    environment.clock = fixed_clock(*parse_iso("2026-03-07T12:00:00Z"), 60);
    environment.entropy = seeded_entropy(1);
    environment.property = [](std::string_view name) {
        return name == "username" ? std::string{"officer"} : std::string{};
    };
    return environment;
}

}  // namespace

Session start_built_in(std::string_view form_id) {
    const auto file = std::string{form_id} + ".xlsx";
    const auto bytes = assets::find("forms/" + file);
    REQUIRE(bytes);
    const auto converted = convert_xlsform(*bytes, file, MissingTexts::fall_back);
    REQUIRE(!has_errors(converted.diagnostics));
    const auto loaded = load_xform(converted.xform, embedded_list);
    for (const auto& diagnostic : loaded.diagnostics) UNSCOPED_INFO(to_text(diagnostic));
    REQUIRE(loaded.form);
    return Session::start(loaded.form, environment());
}

std::vector<std::string> feed_sample(Session& session, std::string_view sample_text) {
    std::vector<std::string> complaints;
    for (const auto line : split(sample_text, '\n')) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto complain = [&](std::string_view what) {
            complaints.push_back(std::string{line} + ": " + std::string{what});
        };
        if (line.starts_with("+ ")) {
            const auto repeat = session.find(line.substr(2));
            if (session.add_repeat(repeat) == NodeId{}) complain("no instance was added");
            continue;
        }
        const auto tab = line.find('\t');
        const auto node = session.find(line.substr(0, tab));
        if (node == NodeId{} || !session.relevant(node))
            complain("not to be answered now");
        else if (session.answer(node, line.substr(tab + 1)) != Validity::valid)
            complain("invalid: " + session.message(node));
    }
    return complaints;
}

}  // namespace bordereau::form::test
