// Titles of forms, and of the audits that are named by them, in the language that a person reads.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/app/stage/setting.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kWalkInSpanish = "Recorrido de observación del paso fronterizo";
constexpr std::string_view kWalkInFrench = "Visite d'observation du point de passage frontalier";

bool offers(const HomeView& home, std::string_view title) {
    return std::ranges::any_of(home.forms,
                               [&](const FormChoice& form) { return form.title == title; });
}

}  // namespace

TEST_CASE("a form is called in lists as the interface's language calls it", "[stage][titles]") {
    Setting on;
    on.found();
    CHECK(offers(on.stage.views().home, "Border crossing point walk-through"));
    on.ask(SetLanguage{"fr"});
    on.ask(GoTo{Place::home});
    CHECK(offers(on.stage.views().home, kWalkInFrench));
    on.ask(GoTo{Place::forms});
    const auto& forms = on.stage.views().forms.forms;
    CHECK(std::ranges::find(forms, kWalkInFrench, &FormRow::title) != forms.end());
}

TEST_CASE("an audit without a name of its own has its form's, in the language that is read",
          "[stage][titles]") {
    Setting on;
    on.found();
    on.ask(SetLanguage{"fr"});
    on.ask(NewAudit{FormId{"grpa_walk"}, ""});
    REQUIRE(on.stage.filling() != nullptr);
    const auto header = [&] { return on.stage.views().fill.header; };
    CHECK(header().title == kWalkInFrench);
    CHECK(header().form == std::string{kWalkInFrench} + " 2026.1");
    on.ask(SetLanguage{"es"});
    CHECK(header().title == kWalkInSpanish);
    on.ask(GoTo{Place::home});
    REQUIRE(on.stage.views().home.rows.size() == 1);
    CHECK(on.stage.views().home.rows[0].title == kWalkInSpanish);
    CHECK(on.stage.views().home.rows[0].form == kWalkInSpanish);
}

}  // namespace bordereau::app
