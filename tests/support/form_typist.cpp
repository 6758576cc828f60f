#include "tests/support/form_typist.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <optional>

#include "app/present/outline.h"
#include "storage/base/text.h"

namespace bordereau::test {
namespace {

using form::Element;
using form::ElementKind;
using form::Widget;

Element element_at(const form::Session& session, const std::string& path) {
    const auto node = session.find(path);
    for (const Element& element : session.elements())
        if (element.node == node && element.kind != ElementKind::group) return element;
    FAIL("nothing is asked at " << path);
    std::abort();
}

// Places among the items at which Tab stops.
std::vector<std::size_t> stops_of(const std::vector<Shown>& items) {
    std::vector<std::size_t> stops;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].stop) stops.push_back(i);
    return stops;
}

template <class Is>
std::optional<std::ptrdiff_t> place_of(const std::vector<Shown>& items,
                                       const std::vector<std::size_t>& stops, const Is& is) {
    const auto found = std::ranges::find_if(stops, [&](std::size_t at) { return is(items[at]); });
    if (found == stops.end()) return std::nullopt;
    return found - stops.begin();
}

std::size_t letters_in(std::string_view utf8) {
    return to_utf32(utf8).size();
}

}  // namespace

void FormTypist::press(std::string_view chord, int times) {
    for (int i = 0; i < times; ++i) window_.display().press(chord);
    counts_.keys += times;
    window_.settle();
}

void FormTypist::type(std::string_view utf8) {
    window_.type(utf8);
    counts_.keys += static_cast<int>(letters_in(utf8));
}

void FormTypist::come_to(std::string_view what, const std::function<bool(const Shown&)>& is_it) {
    constexpr int kMostRounds = 150;
    for (int round = 0; round < kMostRounds; ++round) {
        const auto& items = window_.items();
        const auto stops = stops_of(items);
        const auto there = place_of(items, stops, is_it);
        const auto here = place_of(items, stops, [](const Shown& item) { return item.focused; });
        if (there && here == there) return;
        const auto last = static_cast<std::ptrdiff_t>(stops.size()) - 1;
        const auto steps = here ? (there.value_or(last) - *here) : 1;
        if (steps < 0)
            press("shift+Tab", static_cast<int>(-steps));
        else
            press("Tab", static_cast<int>(std::max<std::ptrdiff_t>(steps, 1)));
    }
    FAIL("Tab never comes to " << what);
}

void FormTypist::take(const std::vector<app::ScriptStep>& steps) {
    for (const app::ScriptStep& step : steps) take(step);
}

void FormTypist::take(const app::ScriptStep& step) {
    INFO(step.path << " = " << step.value);
    const Element element = element_at(session(), step.path);
    enter_section_of(element);
    if (step.kind == app::ScriptStep::Kind::add) {
        const std::string pane = pane_of(session().label(element));
        come_to("add", [&](const Shown& item) { return item.id == "add" && item.pane == pane; });
        press("space");
    } else {
        answer(element, step.value);
        ++counts_.answers;
    }
    REQUIRE(beside_.take(step).ok());
}

void FormTypist::enter_section_of(const Element& element) {
    const int wanted = app::section_with(session(), app::sections_of(session()), element.node);
    if (wanted != section_) press("ctrl+Next", wanted - section_);
    section_ = wanted;
}

void FormTypist::answer(const Element& element, const std::string& value) {
    switch (element.widget) {
        case Widget::select_one:
        case Widget::select_multiple: return choose(element, value);
        case Widget::trigger: {
            const std::string pane = pane_of(session().label(element));
            come_to("confirm",
                    [&](const Shown& item) { return item.id == "box" && item.pane == pane; });
            return press("space");
        }
        default: return type_into(element, value);
    }
}

// The card of a question is named by its words.
std::string FormTypist::pane_of(const std::string& label) const {
    for (const Shown& item : window_.items())
        if (item.id.empty() && item.label == label) return item.pane;
    return {};
}

void FormTypist::choose(const Element& element, const std::string& value) {
    const std::string question = session().label(element);
    bool list = false;
    for (const std::string_view each : words_of(value)) {
        const std::string label = session().choice_label(element, each);
        come_to(question, [&](const Shown& item) {
            if (item.pane != pane_of(question)) return false;
            list = item.id == "field" && item.label == question;
            return list || item.label == label;
        });
        if (list)
            choose_from_list(label);
        else
            press("space");
    }
}

void FormTypist::choose_from_list(const std::string& label) {
    press("space");
    type(label);
    press("Return");
}

void FormTypist::type_into(const Element& element, const std::string& value) {
    const std::string question = session().label(element);
    // A paragraph is told twice in one place, once as that at which Tab stops.
    const auto is_field = [&](const Shown& item) {
        return item.label == question && (item.id == "field" || item.id == "day");
    };
    come_to(question, [&](const Shown& item) {
        for (const Shown& field : window_.items())
            if (is_field(field) && field.left == item.left && field.top == item.top) return true;
        return false;
    });
    type(value);
}

}  // namespace bordereau::test
