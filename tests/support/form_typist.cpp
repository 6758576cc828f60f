#include "tests/support/form_typist.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
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

// The first one from `here` on, else the nearest before.
template <class Is>
std::optional<std::ptrdiff_t> place_of(const std::vector<Shown>& items,
                                       const std::vector<std::size_t>& stops, const Is& is,
                                       std::ptrdiff_t here = 0) {
    std::optional<std::ptrdiff_t> before;
    for (std::ptrdiff_t place = 0; place < std::ssize(stops); ++place) {
        if (!is(items[stops[static_cast<std::size_t>(place)]])) continue;
        before = place;
        if (place >= here) break;
    }
    return before;
}

// The question on whose card an item stands: "question KEY " in the names of what it lies in.
std::string_view card_of(const Shown& item) {
    constexpr std::string_view kCard = "/question ";
    const std::size_t at = item.pane.find(kCard);
    if (at == item.pane.npos) return {};
    const std::string_view key = std::string_view{item.pane}.substr(at + kCard.size());
    return key.substr(0, key.find(' '));
}

std::size_t letters_in(std::string_view utf8) {
    return to_utf32(utf8).size();
}

}  // namespace

void FormTypist::press(std::string_view chord, int times) {
    counts_.keys += times;
    for (int i = 0; i < times; ++i) time([&] { window_.display().press(chord); });
    window_.settle();
}

void FormTypist::type(std::string_view utf8) {
    counts_.keys += static_cast<int>(letters_in(utf8));
    for (std::size_t at = 0, from = 0; at < utf8.size(); from = at) {
        next_code_point(utf8, at);
        time([&] { window_.display().type(utf8.substr(from, at - from)); });
    }
    window_.settle();
}

// All keys reach the program in their order: only who wants to know waits for each one's picture.
void FormTypist::time(const std::function<void()>& stroke) {
    const auto begin = std::chrono::steady_clock::now();
    stroke();
    if (times_ == nullptr) return;
    window_.settle();
    const auto end = std::chrono::steady_clock::now();
    times_->push_back(std::chrono::duration<double, std::milli>(end - begin).count());
}

void FormTypist::come_to(std::string_view what, const std::function<bool(const Shown&)>& is_it) {
    constexpr int kMostRounds = 400;
    constexpr std::ptrdiff_t kReadOn = 5;  // stops, while what is sought is out of sight
    for (int round = 0; round < kMostRounds; ++round) {
        const auto& items = window_.items();
        const auto stops = stops_of(items);
        const auto here = place_of(items, stops, [](const Shown& item) { return item.focused; });
        const auto there = place_of(items, stops, is_it, here.value_or(0));
        if (there && here == there) return;
        const auto last = static_cast<std::ptrdiff_t>(stops.size()) - 1;
        const auto steps = !here ? 1 : there ? *there - *here : std::min(last - *here, kReadOn);
        if (steps < 0)
            press("shift+Tab", static_cast<int>(-steps));
        else
            press("Tab", static_cast<int>(std::max<std::ptrdiff_t>(steps, 1)));
    }
    std::string shown;
    for (const Shown& item : window_.items())
        if (item.visible) shown += (item.label.empty() ? item.id : item.label) + " | ";
    FAIL("Tab never comes to " << what << "; shown: " << shown);
}

void FormTypist::finalize() {
    while (!window_.shows("finalize")) {
        come_to("finish", [](const Shown& item) { return item.id == "section_next"; });
        press("space");
    }
    come_to("finalize", [](const Shown& item) { return item.id == "finalize"; });
    press("space");
    window_.wait_for("new_audit");
}

void FormTypist::take(const std::vector<app::ScriptStep>& steps) {
    for (const app::ScriptStep& step : steps) take(step);
}

void FormTypist::take(const app::ScriptStep& step) {
    INFO(step.path << " = " << step.value);
    const Element element = element_at(session(), step.path);
    enter_section_of(element);
    if (step.kind == app::ScriptStep::Kind::answer) {
        answer(element, step.value);
        ++counts_.answers;
        REQUIRE(beside_.take(step).ok());
        return;
    }
    const auto before = entries_of(element);
    add_entry_of(element);
    REQUIRE(beside_.take(step).ok());
    learn_entry(element, before);
}

// Entries that a form begins with have the same key everywhere.
std::string FormTypist::shown_key(form::NodeId node) const {
    const std::string key = session().key_path(node);
    for (std::size_t end = key.rfind(']'); end != key.npos && end > 0;
         end = key.rfind(']', end - 1))
        if (const auto found = entries_.find(key.substr(0, end + 1)); found != entries_.end())
            return found->second + key.substr(end + 1);
    return key;
}

std::set<std::string> FormTypist::entries_of(const Element& repeat) const {
    const std::string within = session().key_path(repeat.node) + "[";
    std::set<std::string> keys;
    for (const Element& element : session().elements())
        if (element.kind == ElementKind::repeat_instance)
            if (const std::string key = session().key_path(element.node); key.starts_with(within))
                keys.insert(key);
    return keys;
}

// What is shown of an entry of the repeat that is not known yet.
std::optional<std::string> FormTypist::new_entry(const std::string& repeat) const {
    std::set<std::string> known;
    for (const Element& element : session().elements())
        if (element.kind == ElementKind::repeat_instance) known.insert(shown_key(element.node));
    for (const Shown& item : window_.items()) {
        const std::string_view card = card_of(item);
        if (!card.starts_with(repeat + "[")) continue;
        std::string entry{card.substr(0, card.find(']', repeat.size()) + 1)};
        if (!known.contains(entry)) return entry;
    }
    return std::nullopt;
}

void FormTypist::learn_entry(const Element& repeat, const std::set<std::string>& before) {
    const std::string shown = shown_key(repeat.node);
    for (const std::string& key : entries_of(repeat)) {
        if (before.contains(key)) continue;
        window_.wait_until("the new entry of " + shown,
                           [&] { return new_entry(shown).has_value(); });
        entries_[key] = *new_entry(shown);
    }
}

// Below its entries; the button names the repeat.
void FormTypist::add_entry_of(const Element& repeat) {
    const std::string label = session().label(repeat);
    come_to("the button that adds to " + label,
            [&](const Shown& item) { return item.id == "add" && item.label.ends_with(label); });
    press("space");
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
        case Widget::trigger:
            come_to("confirm",
                    [&](const Shown& item) { return item.id == "box" && is_of(element, item); });
            return press("space");
        default: return type_into(element, value);
    }
}

// Cells of tables have no cards: there no words stand twice.
bool FormTypist::is_of(const Element& question, const Shown& item) const {
    const std::string_view card = card_of(item);
    if (!card.empty()) return card == shown_key(question.node);
    return item.label == session().label(question);
}

void FormTypist::choose(const Element& element, const std::string& value) {
    const std::string question = session().label(element);
    const bool one = element.widget == Widget::select_one;
    const auto is_choice = [&](const Shown& item) {
        return std::ranges::any_of(session().choices(element), [&](const form::Choice& each) {
            return session().choice_label(element, each.value) == item.label;
        });
    };
    bool list = false;
    for (const std::string_view each : words_of(value)) {
        const std::string label = session().choice_label(element, each);
        come_to(question, [&](const Shown& item) {
            if (!is_of(element, item)) return false;
            list = item.id == "field" && item.label == question;
            return list || (one ? is_choice(item) : item.label == label);
        });
        if (list) {
            choose_from_list(label);
            continue;
        }
        if (one) move_to_choice(element, label);
        press("space");
    }
}

// Tab stops once at choices that exclude each other: arrow keys lead to the one that is meant.
void FormTypist::move_to_choice(const Element& element, const std::string& label) {
    const auto stands_there = [&](const Shown& item) {
        return item.label == label && !item.id.empty() && is_of(element, item);
    };
    for (std::size_t step = 0; step <= window_.items().size(); ++step) {
        const Shown* here = window_.focused();
        if (here == nullptr) break;
        const auto there = std::ranges::find_if(window_.items(), stands_there);
        if (stands_there(*here)) return;
        const bool out_of_sight = there == window_.items().end();
        press(out_of_sight                 ? "Down"
              : there->top >= here->bottom ? "Down"
              : there->bottom <= here->top ? "Up"
              : there->left >= here->right ? "Right"
                                           : "Left");
    }
    FAIL("the arrow keys do not lead to " << label);
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
        return is_of(element, item) && (item.id == "field" || item.id == "day");
    };
    come_to(question, [&](const Shown& item) {
        for (const Shown& field : window_.items())
            if (is_field(field) && field.left == item.left && field.top == item.top) return true;
        return false;
    });
    type(value);
}

}  // namespace bordereau::test
