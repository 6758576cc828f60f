// tests/support/form_typist.h - fills a form in a real window by keys alone, as a person does who
// reads the questions from the top: Tab to the next one, then type, choose or leave it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
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
    const form::Session& session() const { return beside_.session(); }

    /// Presses Tab (or Shift+Tab) until the keyboard is at an item of which this holds.
    void come_to(std::string_view what, const std::function<bool(const Shown&)>& is_it);

    /// From any page of the audit to its last one, and finalizes it there.
    void finalize();

private:
    void enter_section_of(const form::Element& element);
    void answer(const form::Element& element, const std::string& value);
    void choose(const form::Element& element, const std::string& value);
    void move_to_choice(const form::Element& element, const std::string& label);
    void choose_from_list(const std::string& label);
    void type_into(const form::Element& element, const std::string& value);
    void add_entry_of(const form::Element& repeat);
    /// The key path of what stands at `node` in the window's notebook, where entries have other
    /// keys.
    std::string shown_key(form::NodeId node) const;
    std::set<std::string> entries_of(const form::Element& repeat) const;
    void learn_entry(const form::Element& repeat, const std::set<std::string>& before);
    std::optional<std::string> new_entry(const std::string& repeat) const;
    void press(std::string_view chord, int times = 1);
    void type(std::string_view utf8);
    void time(const std::function<void()>& stroke);
    bool is_of(const form::Element& question, const Shown& item) const;

    RealWindow& window_;
    app::Filling beside_;
    Counts counts_;
    std::vector<double>* times_ = nullptr;
    int section_ = 0;
    std::map<std::string, std::string> entries_;  ///< key path in `beside` to that in the window
};

}  // namespace bordereau::test
