// From nothing to a finished audit, with one pair of hands: at the keyboard, then with the mouse.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "app/present/outline.h"
#include "assets/assets.h"
#include "storage/audits.h"
#include "tests/support/desks.h"
#include "tests/support/form_typist.h"
#include "tests/support/reference_picture.h"

namespace bordereau::app {
namespace {

constexpr const char* kForm = "grpa_walk";
constexpr std::string_view kSecret = "grey herons";

struct Journey {
    test::TemporaryFolder folder;
    std::unique_ptr<Desk> beside = test::new_desk(folder.path() / "beside");
    test::VirtualDisplay display{1024, 600, "us,al"};
    test::RealWindow window{display, {.notebook = folder.path() / "notebook"}};

    /// The same audit in a notebook beside: what the person has in mind.
    Filling meant() {
        return test::want(beside->open_audit(test::want(beside->start_audit(FormId{kForm}, ""))));
    }
    static std::vector<ScriptStep> sample() {
        return test::want(
            read_script(assets::find("samples/" + std::string{kForm} + ".tsv").value_or("")));
    }
    std::string title() {
        for (const auto& form : test::want(beside->forms().list()))
            if (form.id.text == kForm) return form.title;
        return {};
    }
    int fields_asked() const {
        int count = 0;
        for (const test::Shown& item : window.items())
            count += item.stop && item.visible && item.right - item.left > 300 &&
                             item.id != "create" && item.id != "restore" && item.id != "invited"
                         ? 1
                         : 0;
        return count;
    }
    /// Closes the window and reads what was recorded.
    void check_recorded(const form::Session& meant) {
        display.close_window();
        CHECK(window.wait_for_end() == 0);
        auto desk =
            test::want(Desk::open(folder.path() / "notebook", "amina", kSecret, system_services()));
        const auto audits = test::want(storage::Audits{desk->notebook()}.list({}));
        REQUIRE(audits.size() == 1);
        CHECK(audits[0].state == storage::AuditState::finalized);
        const auto filling = test::want(desk->read_audit(audits[0].id));
        for (const ScriptStep& step : sample()) {
            CAPTURE(step.path);
            CHECK(filling.session().value(filling.session().find(step.path)) ==
                  meant.value(meant.find(step.path)));
        }
    }
};

auto named(std::string_view name) {
    return [name](const test::Shown& item) { return item.id == name || item.label == name; };
}

// A hand on the mouse, which types where only letters will do.
class Mouse {
public:
    Mouse(test::RealWindow& window, Filling beside) : window_(window), beside_(std::move(beside)) {}

    const form::Session& session() const { return beside_.session(); }

    void take(const ScriptStep& step) {
        INFO(step.path << " = " << step.value);
        const auto node = session().find(step.path);
        const auto& elements = session().elements();
        const auto element = std::ranges::find(elements, node, &form::Element::node);
        REQUIRE(element != elements.end());
        const int wanted = section_with(session(), sections_of(session()), node);
        for (; section_ < wanted; ++section_) press_next();
        answer(*element, step.value);
        REQUIRE(beside_.take(step).ok());
    }
    void press_next() {
        window_.click(
            window_.bring_into_sight("next", [&] { return window_.find("section_next"); }));
    }

private:
    void answer(const form::Element& element, const std::string& value) {
        const std::string question = session().label(element);
        const bool choice = element.widget == form::Widget::select_one;
        const std::string label = choice ? session().choice_label(element, value) : question;
        bool list = false;
        window_.click(window_.bring_into_sight(question, [&]() -> const test::Shown* {
            for (const test::Shown& item : window_.items()) {
                if (item.id.empty() || item.pane != pane_of(question)) continue;
                list = choice && item.id == "field" && item.label == question;
                if (list || item.label == label) return &item;
            }
            return nullptr;
        }));
        if (!choice) return window_.type(value);
        if (!list) return;
        window_.type(label);
        window_.click(window_.bring_into_sight(label, [&]() -> const test::Shown* {
            for (const test::Shown& item : window_.items())
                if (item.stop && item.label == label && item.id == value) return &item;
            return nullptr;
        }));
    }
    std::string pane_of(const std::string& question) const {
        for (const test::Shown& item : window_.items())
            if (item.id.empty() && item.label == question) return item.pane;
        return "none";
    }

    test::RealWindow& window_;
    Filling beside_;
    int section_ = 0;
};

}  // namespace

TEST_CASE("by keyboard alone: from the first start to a finished audit", "[journeys]") {
    Journey on;
    test::RealWindow& window = on.window;
    test::FormTypist hands{window, on.meant()};
    CHECK(on.fields_asked() == 4);
    CHECK(test::looks_as_recorded(window.picture(), {230, 40, 560, 300}, "first_run"));

    hands.come_to("name", named("person"));
    window.type("amina");
    for (const std::string_view typed : {kSecret, kSecret, std::string_view{"Crossing North"}}) {
        window.press("Tab");
        window.type(typed);
    }
    hands.come_to("create", named("create"));
    window.press("space");
    window.wait_for("new_audit");
    CHECK(test::looks_as_recorded(window.picture(), {0, 0, 240, 300}, "side_bar"));

    hands.come_to("new audit", named("new_audit"));
    window.press("space");
    const std::string title = on.title();
    hands.come_to(title, named(title));
    window.press("space");
    window.wait_for("undo");
    hands.take(Journey::sample());
    hands.finalize();
    CHECK(window.shows("Finalized. A supervisor can review it now."));
    on.check_recorded(hands.session());
}

TEST_CASE("with the mouse: from the first start to a finished audit", "[journeys][mouse]") {
    Journey on;
    test::RealWindow& window = on.window;
    Mouse mouse{window, on.meant()};
    const auto fill = [&](const char* field, std::string_view text) {
        window.click(window.bring_into_sight(field, [&] { return window.find(field); }));
        window.type(text);
    };
    fill("person", "amina");
    fill("passphrase", kSecret);
    fill("again", kSecret);
    fill("team", "Crossing North");
    window.click(window.bring_into_sight("create", [&] { return window.find("create"); }));
    window.wait_for("new_audit");
    window.click("new_audit");
    window.wait_for(on.title());
    window.click(on.title());
    window.wait_for("undo");
    for (const ScriptStep& step : Journey::sample()) mouse.take(step);
    while (!window.shows("finalize")) mouse.press_next();
    window.click(window.bring_into_sight("finalize", [&] { return window.find("finalize"); }));
    window.wait_for("new_audit");
    CHECK(window.shows("Finalized. A supervisor can review it now."));
    on.check_recorded(mouse.session());
}

}  // namespace bordereau::app
