#include "app/form/xlsform/model_writer.h"

#include <algorithm>

#include "app/form/xlsform/reference_syntax.h"

namespace bordereau::form::xlsform {
namespace {

class ModelWriter {
public:
    ModelWriter(XmlWriter& xml, const FormSource& form) : xml_(xml), form_(form) {}

    void write(const Itext& itext, const std::vector<ExternalInstance>& files) {
        xml_.open("model").attribute("odk:xforms-version", "1.0.0");
        if (!form_.entities_version.empty())
            xml_.attribute("entities:entities-version", form_.entities_version);
        write_submission();
        itext.write(xml_);
        xml_.open("instance");
        write_record();
        xml_.close();
        for (const auto& file : files)
            xml_.open("instance").attribute("id", file.id).attribute("src", file.source).close();
        write_choices();
        walk(std::as_const(*form_.survey), [this](const Element& element) { write_bind(element); });
        xml_.close();
    }

private:
    void write_submission() {
        const auto& submission = form_.settings.submission;
        if (submission.empty()) return;
        xml_.open("submission");
        for (const auto& [name, value] : submission) xml_.attribute(name, value);
        xml_.close();
    }

    void write_record() {
        const auto& settings = form_.settings;
        xml_.open(settings.root);
        if (!settings.instance_xmlns.empty()) xml_.attribute("xmlns", settings.instance_xmlns);
        for (const auto& [name, value] : settings.root_attributes)
            if (name != "id" && name != "version") xml_.attribute(name, value);
        xml_.attribute("id", settings.form_id);
        if (!settings.version.empty()) xml_.attribute("version", settings.version);
        if (!settings.prefix.empty()) xml_.attribute("odk:prefix", settings.prefix);
        if (!settings.delimiter.empty()) xml_.attribute("odk:delimiter", settings.delimiter);
        for (const auto& child : form_.survey->children) write_node(*child, Around::nothing);
        xml_.close();
    }

    /// Repeats outside others appear twice: as the pattern for new instances and as the first
    /// instance. Inside a pattern there are patterns, inside an instance there are instances.
    enum class Around { nothing, pattern, instance };

    void write_node(const Element& element, Around around) {
        if (element.kind == ElementKind::external_instance ||
            element.kind == ElementKind::attribute)
            return;
        if (element.kind != ElementKind::repeat) return write_one(element, false, around);
        if (around != Around::instance) write_one(element, true, Around::pattern);
        if (around != Around::pattern) write_one(element, false, Around::instance);
    }

    void write_one(const Element& element, bool is_template, Around around) {
        xml_.open(element.name);
        if (is_template) xml_.attribute("jr:template", "");
        for (const auto& [name, value] : element.instance)
            xml_.attribute(name, form_.references->resolve(value, {.context = &element}));
        for (const auto& child : element.children)
            if (child->kind == ElementKind::attribute)
                xml_.attribute(child->name.substr(1), child->default_value);
        if (element.kind == ElementKind::question && !element.default_is_dynamic)
            xml_.text(element.default_value);
        // A group in a pattern brings a first instance of its repeats along, as if it stood alone.
        const bool pattern = element.kind != ElementKind::repeat && around == Around::pattern;
        for (const auto& child : element.children)
            write_node(*child, pattern ? Around::nothing : around);
        xml_.close();
    }

    void write_choices() {
        for (const auto& list : form_.choices)
            if (!list.used_by_search) write_list(list);
    }

    void write_list(const ChoiceList& list) {
        const bool itext = list.needs_itext();
        xml_.open("instance").attribute("id", list.name).open("root");
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            const auto& choice = list.choices[i];
            xml_.open("item");
            if (itext) xml_.open("itextId").text(list.name + "-" + std::to_string(i)).close();
            xml_.open("name").text(choice.name).close();
            if (!itext && !choice.label.empty())
                xml_.open("label").text(choice.label.plain()).close();
            for (const auto& [name, value] : choice.more) xml_.open(name).text(value).close();
            xml_.close();
        }
        xml_.close().close();
    }

    void write_bind(const Element& element) {
        const bool bound = !element.bind.empty() || !element.messages.empty();
        if (element.kind == ElementKind::survey) return;
        if (element.kind == ElementKind::external_instance) return;
        if (bound) {
            xml_.open("bind").attribute("nodeset", element.path());
            for (const auto& [name, value] : element.bind) {
                // A triggered question is set by its trigger, not kept up to date.
                if (name == "calculate" && !element.triggers.empty()) continue;
                xml_.attribute(name, form_.references->resolve(value, {.context = &element}));
            }
            for (const auto& [name, text] : element.messages)
                xml_.attribute(name, message_in_itext(name, text)
                                         ? "jr:itext('" + element.path() + ":" + name + "')"
                                         : std::string{text.plain()});
            xml_.close();
        }
        for (const auto& action : element.actions)
            if (action.event != "odk-new-repeat")
                write_action(xml_, element, action, *form_.references);
    }

    XmlWriter& xml_;
    const FormSource& form_;
};

}  // namespace

void write_action(XmlWriter& xml, const Element& element, const Action& action,
                  const References& references) {
    xml.open(action.element).attribute("ref", element.path()).attribute("event", action.event);
    if (!action.value.empty())
        xml.attribute("value", references.resolve(action.value, {.context = &element}));
    for (const auto& [name, value] : action.more) xml.attribute(name, value);
    xml.close();
}

void write_model(XmlWriter& xml, const FormSource& form, const Itext& itext,
                 const std::vector<ExternalInstance>& files) {
    ModelWriter{xml, form}.write(itext, files);
}

}  // namespace bordereau::form::xlsform
