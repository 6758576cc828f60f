#include "app/form/xlsform/body_writer.h"

#include <algorithm>

#include "app/form/xlsform/itext.h"
#include "app/form/xlsform/model_writer.h"
#include "app/form/xlsform/question_types.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Where the choices of a select come from.
struct ItemSource {
    std::string nodeset;
    std::string value = "name";
    std::string label = "label";
};

class BodyWriter {
public:
    BodyWriter(XmlWriter& xml, const FormSource& form) : xml_(xml), form_(form) {
        walk(std::as_const(*form.survey), [this](const Element& element) {
            for (const auto& name : element.triggers) triggered_by_[name].push_back(&element);
        });
    }

    void write() {
        xml_.open("h:body");
        if (!form_.settings.style.empty()) xml_.attribute("class", form_.settings.style);
        write_children(*form_.survey);
        xml_.close();
    }

private:
    void write_children(const Element& section) {
        for (const auto& child : section.children) {
            switch (child->kind) {
                case ElementKind::group: write_group(*child); break;
                case ElementKind::repeat: write_repeat(*child); break;
                case ElementKind::question: write_question(*child); break;
                case ElementKind::survey:
                case ElementKind::loop:
                case ElementKind::external_instance:
                case ElementKind::attribute: break;
            }
        }
    }

    void write_attributes(const Element& element) {
        for (const auto& [name, value] : element.control)
            xml_.attribute(name, form_.references->resolve(value, {.context = &element}));
    }

    void write_group(const Element& group) {
        if (group.type == "meta" || group.control.has("bodyless")) return;
        xml_.open("group");
        write_attributes(group);
        xml_.attribute("ref", group.path());
        if (!group.label.empty() || !group.media.empty()) write_label(group);
        write_children(group);
        xml_.close();
    }

    void write_repeat(const Element& repeat) {
        xml_.open("group").attribute("ref", repeat.path());
        write_label(repeat);
        xml_.open("repeat").attribute("nodeset", repeat.path());
        write_attributes(repeat);
        write_children(repeat);
        write_new_repeat_actions(repeat);
        xml_.close().close();
    }

    /// What each new instance starts with; nested repeats have their own.
    void write_new_repeat_actions(const Element& section) {
        for (const auto& child : section.children) {
            if (child->kind == ElementKind::repeat) continue;
            for (const auto& action : child->actions)
                if (action.event == "odk-new-repeat")
                    write_action(xml_, *child, action, *form_.references);
            write_new_repeat_actions(*child);
        }
    }

    void write_label(const Element& element) {
        xml_.open("label");
        if (label_in_itext(element)) {
            xml_.attribute("ref", "jr:itext('" + element.path() + ":label')");
        } else {
            xml_.raw(with_outputs(element.label.plain(), *form_.references, &element));
        }
        xml_.close();
    }

    void write_hint(const Element& element) {
        xml_.open("hint");
        if (hint_in_itext(element)) {
            xml_.attribute("ref", "jr:itext('" + element.path() + ":hint')");
        } else {
            xml_.raw(with_outputs(element.hint.plain(), *form_.references, &element));
        }
        xml_.close();
    }

    void write_question(const Element& question) {
        if (!is_shown(question)) return;
        const auto* type = find_question_type(question.type);
        xml_.open(type->control);
        write_attributes(question);
        xml_.attribute("ref", question.path());
        if (!type->media_type.empty()) xml_.attribute("mediatype", type->media_type);
        if (!question.query.empty()) xml_.attribute("query", query_of(question));
        const bool hinted = !question.hint.empty() || !question.guidance.empty();
        write_label(question);
        if (hinted) write_hint(question);
        write_items(question);
        write_osm_tags(question);
        write_triggered(question);
        xml_.close();
    }

    std::string query_of(const Element& question) const {
        const auto filter = form_.references->resolve(question.choice_filter,
                                                      {.context = &question, .current = true});
        return "instance('" + question.query + "')/root/item" +
               (filter.empty() ? "" : "[" + filter + "]");
    }

    void write_items(const Element& question) {
        if (question.itemset.empty() || !question.query.empty()) return;
        if (uses_search(question)) {
            if (const auto* list = form_.choices.find(question.itemset)) write_inline_items(*list);
            return;
        }
        const auto source = item_source(question);
        xml_.open("itemset").attribute("nodeset", randomized(source.nodeset, question));
        xml_.open("value").attribute("ref", source.value).close();
        xml_.open("label").attribute("ref", source.label).close();
        xml_.close();
    }

    void write_inline_items(const ChoiceList& list) {
        const bool itext = list.needs_itext();
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            xml_.open("item").open("label");
            if (itext) {
                xml_.attribute("ref", "jr:itext('" + list.name + "-" + std::to_string(i) + "')");
            } else {
                xml_.text(list.choices[i].label.plain());
            }
            xml_.close().open("value").text(list.choices[i].name).close().close();
        }
    }

    ItemSource item_source(const Element& question) const {
        if (has_reference(question.itemset)) return repeat_source(question);
        const auto filter = form_.references->resolve(question.choice_filter,
                                                      {.context = &question, .current = true});
        const auto ending = external_file_ending(question.itemset);
        ItemSource source;
        auto name = question.itemset;
        if (!ending.empty()) {
            name.resize(name.size() - ending.size());
            if (ending == ".geojson") source = {{}, "id", "title"};
        } else if (const auto* list = form_.choices.find(name); list && list->needs_itext()) {
            source.label = "jr:itext(itextId)";
        }
        if (question.parameters.has("value")) source.value = question.parameters.get("value");
        if (question.parameters.has("label")) source.label = question.parameters.get("label");
        source.nodeset =
            "instance('" + name + "')/root/item" + (filter.empty() ? "" : "[" + filter + "]");
        return source;
    }

    /// The instances of a repeat as choices: the path up to the question, which is value and label.
    /// For geometry the repeat itself is named, and its question is called geometry.
    ItemSource repeat_source(const Element& question) const {
        auto path = std::string{trimmed(form_.references->resolve(
            question.itemset, {.context = &question, .from_repeat_parent = true}))};
        const auto name = sole_reference(question.itemset);
        const auto* target = name ? form_.references->find(*name) : nullptr;
        if (target && target->kind == ElementKind::repeat) path += "/geometry";
        const auto slash = path.rfind('/');
        const auto nodeset = path.substr(0, slash);
        const auto leaf = path.substr(slash + 1);
        auto filter = form_.references->resolve(
            question.choice_filter,
            {.context = &question, .current = true, .from_repeat_parent = true});
        if (filter.empty()) {
            // An instance whose question has no answer yet is no choice.
            filter = "./" + leaf + " != ''";
        } else {
            replace_all(filter, "current()/" + nodeset, ".");
            replace_all(filter, nodeset, ".");
        }
        return {nodeset + "[" + filter + "]", leaf, leaf};
    }

    std::string randomized(const std::string& nodeset, const Element& question) const {
        if (question.parameters.get("randomize") != "true") return nodeset;
        const std::string seed{question.parameters.get("seed")};
        if (seed.empty()) return "randomize(" + nodeset + ")";
        const auto resolved = form_.references->resolve(seed, {.context = &question});
        return "randomize(" + nodeset + ", " + std::string{trimmed(resolved)} + ")";
    }

    void write_osm_tags(const Element& question) {
        const auto* tags = form_.osm.find(question.osm_list);
        if (question.osm_list.empty() || !tags) return;
        for (const auto& tag : tags->choices) {
            xml_.open("tag").attribute("key", tag.name);
            xml_.open("label").text(tag.label.plain()).close();
            if (const auto* values = form_.osm.find(tag.name)) write_inline_items(*values);
            xml_.close();
        }
    }

    void write_triggered(const Element& question) {
        const auto found = triggered_by_.find(question.name);
        if (found == triggered_by_.end()) return;
        for (const bool positions : {false, true}) {
            for (const auto* element : found->second) {
                if ((element->type == "background-geopoint") != positions) continue;
                write_action(xml_, *element,
                             {.element = positions ? "odk:setgeopoint" : "setvalue",
                              .event = "xforms-value-changed",
                              .value = std::string{element->bind.get("calculate")}},
                             *form_.references);
            }
        }
    }

    XmlWriter& xml_;
    const FormSource& form_;
    std::map<std::string, std::vector<const Element*>, std::less<>> triggered_by_;
};

}  // namespace

bool is_shown(const Element& question) {
    const auto* type = find_question_type(question.type);
    if (!type || type->control.empty()) return false;
    const bool worked_out = question.bind.has("calculate") || !question.triggers.empty();
    return !worked_out || !question.label.empty() || !question.hint.empty();
}

void write_body(XmlWriter& xml, const FormSource& form) {
    BodyWriter{xml, form}.write();
}

}  // namespace bordereau::form::xlsform
