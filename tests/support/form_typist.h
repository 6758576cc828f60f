// tests/support/form_typist.h - fills a form in a real window by keys alone, as a person does who
// reads the questions from the top: Tab to the next one, then type, choose or leave it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/desk/filling.h"
#include "tests/support/real_window.h"

namespace bordereau::test {

/// `beside` is the same audit in a notebook of its own: what the person has in mind. It is answered
/// along, so that labels and lists are known.
class FormTypist {
public:
    FormTypist(RealWindow& window, app::Filling beside)
        : window_(window), beside_(std::move(beside)) {}

    /// Types the answers in their order, which must be that of the form.
    void take(const std::vector<app::ScriptStep>& steps);
    void take(const app::ScriptStep& step);

    struct Counts {
        int answers = 0, keys = 0;
    };
    const Counts& counts() const { return counts_; }
    /// From now on each key waits for its picture; how long that took, in milliseconds, is added.
    void time_keys(std::vector<double>& times) { times_ = &times; }
    /// Entries of repeats are higher than the window: what comes next in one is not shown yet when
    /// the same question of the entry before still is.
    void expect_long_entries() { long_entries_ = true; }
    const form::Session& session() const { return beside_.session(); }

    /// Presses Tab (or Shift+Tab) until the keyboard is at an item of which this holds.
    void come_to(std::string_view what, const std::function<bool(const Shown&)>& is_it);

    /// From any page of the audit to its last one, and finalizes it there.
    void finalize();

private:
    void enter_section_of(const form::Element& element);
    void answer(const form::Element& element, const std::string& value);
    void choose(const form::Element& element, const std::string& value);
    void move_to_choice(const std::string& question, const std::string& label);
    void choose_from_list(const std::string& label);
    void type_into(const form::Element& element, const std::string& value);
    void add_entry_of(const form::Element& repeat);
    void press(std::string_view chord, int times = 1);
    void type(std::string_view utf8);
    void time(const std::function<void()>& stroke);
    bool is_on_card_of(const std::string& question, const Shown& item) const;

    RealWindow& window_;
    app::Filling beside_;
    Counts counts_;
    std::vector<double>* times_ = nullptr;
    int section_ = 0;
    bool in_entry_ = false;  ///< of a repeat
    bool long_entries_ = false;
};

}  // namespace bordereau::test
