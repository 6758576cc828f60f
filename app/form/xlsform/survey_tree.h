// app/form/xlsform/survey_tree.h - the survey sheet as a tree: what each row asks for, groups
// around it. Neither the sheet (aliases are resolved) nor yet the XForm.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// Names and values in order; names are unique.
class Attributes {
public:
    void set(std::string_view name, std::string value);
    void erase(std::string_view name);
    /// Empty if absent.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    bool empty() const { return values_.empty(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

enum class ElementKind {
    survey,
    group,
    repeat,
    loop,  ///< one group per choice of a list; an old construction
    question,
    external_instance,  ///< only names a file: csv-external, xml-external
    attribute           ///< of the element around it; its name starts with @
};

/// An image, sound or film beside a label.
struct Media {
    std::string form;  ///< image, big-image, audio, video
    Translated file;
};

/// Something the client does at an event: sets a value, asks for a position, starts a recording.
struct Action {
    std::string element;  ///< setvalue, odk:setgeopoint, odk:recordaudio
    std::string event;
    std::string value;  ///< expression; empty sets nothing or clears
    Attributes more = {};
};

struct Element {
    ElementKind kind = ElementKind::question;
    std::string type;  ///< of a question: canonical, as in question_types.h
    std::string name;
    int row = 0;  ///< of the survey sheet; 0 for what was added to it
    Element* parent = nullptr;
    std::vector<std::unique_ptr<Element>> children;

    Translated label, hint, guidance;
    std::vector<Media> media;
    std::vector<std::pair<std::string, Translated>> messages;  ///< jr:constraintMsg and the like
    Attributes bind, control, instance;

    std::string default_value;
    bool default_is_dynamic = false;
    std::string itemset;  ///< list name, file name or ${reference}
    std::string choice_filter;
    std::string query;  ///< list of select_one_external
    Attributes parameters;
    std::vector<std::string> triggers;  ///< names of the questions whose change sets this one
    std::vector<Action> actions;
    std::string osm_list;

    Element& add(std::unique_ptr<Element> child);
    /// "/data/group/name", or that below `above` only: "/name".
    std::string path(const Element* above = nullptr) const;
    bool is_section() const;
};

/// Calls `visit` for the element and all below it, parents first.
void walk(const Element& element, const std::function<void(const Element&)>& visit);
void walk(Element& element, const std::function<void(Element&)>& visit);

/// The nearest repeat around an element (never itself); null if there is none.
const Element* enclosing_repeat(const Element& element);

}  // namespace bordereau::form::xlsform
