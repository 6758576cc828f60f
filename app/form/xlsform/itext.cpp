#include "app/form/xlsform/itext.h"

#include <algorithm>
#include <set>

#include "app/form/definition/texts.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kMissing = "-";

/// The end of a path that starts with instance(...): steps with their predicates, up to white
/// space outside brackets and quotes. 0 if it is no such path.
std::size_t end_of_instance_path(std::string_view text, std::size_t start) {
    int depth = 0;
    char quote = 0;
    std::size_t at = start;
    bool stepped = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
            continue;
        }
        if (c == '\'' || c == '"') quote = c;
        if (c == '(' || c == '[') ++depth;
        if (c == ')' || c == ']') --depth;
        if (depth < 0) break;
        if (depth == 0 && c == '/') stepped = true;
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == ',' || c == '<';
        if (depth == 0 && blank) break;
    }
    while (at > start && (text[at - 1] == '.' || text[at - 1] == '?' || text[at - 1] == ':')) --at;
    return stepped && depth <= 0 && quote == 0 ? at : 0;
}

std::string output_of(std::string_view expression) {
    return "<output value=\"" + escape_markup(expression) + "\"/>";
}

/// Text without instance paths: references become outputs, the rest is escaped.
std::string plain_with_outputs(std::string_view text, const References& references,
                               const Element* context) {
    std::string out;
    std::size_t done = 0;
    for (const auto& reference : references_in(text)) {
        out += escape_markup(text.substr(done, reference.start - done));
        const auto whole = text.substr(reference.start, reference.end - reference.start);
        out += output_of(references.resolve(whole, {.context = context}));
        done = reference.end;
    }
    return out += escape_markup(text.substr(done));
}

std::string media_link(std::string_view form, const std::string& file) {
    const std::string_view folder = form == "big-image" || form == "image" ? "images" : form;
    return "jr://" + std::string{folder} + "/" + file;
}

}  // namespace

bool label_in_itext(const Element& element) {
    return element.label.has_languages() || !element.media.empty();
}

bool hint_in_itext(const Element& element) {
    return element.hint.has_languages() || !element.guidance.empty();
}

bool message_in_itext(std::string_view name, const Translated& text) {
    return text.has_languages() || (name != "jr:noAppErrorString" && has_reference(text.plain()));
}

std::string with_outputs(std::string_view text, const References& references,
                         const Element* context) {
    constexpr std::string_view kInstance = "instance(";
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find(kInstance); at != std::string_view::npos;
         at = text.find(kInstance, at)) {
        const auto end = end_of_instance_path(text, at);
        if (end == 0) {
            at += kInstance.size();
            continue;
        }
        out += plain_with_outputs(text.substr(done, at - done), references, context);
        out += output_of(references.resolve(text.substr(at, end - at), {.context = context}));
        done = at = end;
    }
    return out += plain_with_outputs(text.substr(done), references, context);
}

Itext::Itext(const FormSource& form, MissingTexts missing_texts) : form_(form) {
    add_choices();
    walk(std::as_const(*form.survey), [this](const Element& element) { add_element(element); });
    walk(std::as_const(*form.survey), [this](const Element& element) {
        add_media(element.path() + ":label", element.media, &element);
    });
    add_titles();
    missing_texts == MissingTexts::dash ? fill_with_dashes() : complete();
}

void Itext::add_choices() {
    for (const auto& list : form_.choices) {
        if (!list.needs_itext()) continue;
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            const auto id = list.name + "-" + std::to_string(i);
            add(id, "", list.choices[i].label, nullptr);
            add_media(id, list.choices[i].media, nullptr);
        }
    }
}

/// Where other texts are in that language: a title alone makes none.
void Itext::add_titles() {
    if (!form_.settings.titles.has_languages()) return;
    for (const auto& [name, title] : form_.settings.titles.texts)
        if (std::ranges::find(languages_, name, &Language::name) != languages_.end())
            text(language(name), std::string{kTitleText})
                .values.emplace_back("", escape_markup(title));
}

void Itext::add_element(const Element& element) {
    const auto path = element.path();
    for (const auto& [name, text] : element.messages)
        if (message_in_itext(name, text)) add(path + ":" + name, "", text, &element);
    if (label_in_itext(element)) add(path + ":label", "", element.label, &element);
    if (!hint_in_itext(element)) return;
    add(path + ":hint", "", element.hint, &element);
    add(path + ":hint", "guidance", element.guidance, &element);
}

void Itext::add(const std::string& id, const std::string& value_form, const Translated& translated,
                const Element* context) {
    for (const auto& [name, value] : translated.texts) {
        auto& entry = text(language(name.empty() ? form_.settings.default_language : name), id);
        entry.values.emplace_back(
            value_form,
            value == kMissing ? value : with_outputs(value, *form_.references, context));
    }
}

void Itext::add_media(const std::string& id, const std::vector<Media>& media,
                      const Element* context) {
    for (const auto& [value_form, files] : media) {
        for (const auto& [name, file] : files.texts) {
            if (file == kMissing) continue;
            auto& entry = text(language(name.empty() ? form_.settings.default_language : name), id);
            entry.values.emplace_back(
                value_form, with_outputs(media_link(value_form, file), *form_.references, context));
        }
    }
}

Itext::Language& Itext::language(const std::string& name) {
    const auto known = std::ranges::find(languages_, name, &Language::name);
    if (known != languages_.end()) return *known;
    languages_.push_back({name, {}, {}});
    return languages_.back();
}

Itext::Text& Itext::text(Language& language, const std::string& id) {
    const auto [known, fresh] = language.by_id.emplace(id, language.texts.size());
    if (fresh) language.texts.push_back({id, {}});
    return language.texts[known->second];
}

/// Clients show the default language where another lacks a text, so that one must have them all.
void Itext::complete() {
    if (languages_.empty()) return;
    auto main = std::ranges::find(languages_, form_.settings.default_language, &Language::name);
    if (main == languages_.end()) main = languages_.begin();
    for (const auto& other : languages_)
        if (&other != &*main) complete(*main, other);
    for (auto& other : languages_) {
        if (&other == &*main) continue;
        // A text that is wholly absent is looked for in the default language anyway.
        Language known{.name = {}, .texts = {}, .by_id = {}};
        for (const auto& entry : other.texts) {
            const auto source = main->by_id.find(entry.id);
            if (source != main->by_id.end()) text(known, entry.id) = main->texts[source->second];
        }
        complete(other, known);
    }
}

void Itext::complete(Language& language, const Language& from) {
    // Columns without a language make one that no author calls his own.
    const bool nameless = language.name == Settings{}.default_language;
    for (const auto& source : from.texts) {
        auto& entry = text(language, source.id);
        for (const auto& value : source.values) {
            const bool there = std::ranges::find(entry.values, value.first,
                                                 &std::pair<std::string, std::string>::first) !=
                               entry.values.end();
            if (there) continue;
            entry.values.push_back(value);
            const bool words = value.first.empty() || value.first == "guidance";
            if (words && !nameless) borrowed_.emplace(language.name, source.id);
        }
    }
}

void Itext::fill_with_dashes() {
    std::vector<std::string> ids;
    std::map<std::string, std::set<std::string>> forms;
    for (const auto& language : languages_) {
        for (const auto& entry : language.texts) {
            const auto [known, fresh] = forms.try_emplace(entry.id);
            if (fresh) ids.push_back(entry.id);
            for (const auto& [value_form, value] : entry.values) known->second.insert(value_form);
        }
    }
    for (auto& language : languages_) {
        for (const auto& id : ids) {
            auto& entry = text(language, id);
            for (const auto& value_form : forms.at(id)) {
                // A missing picture has no stand-in; a missing text is a dash.
                const bool text_form = value_form.empty() || value_form == "guidance";
                const bool there = std::ranges::find(entry.values, value_form,
                                                     &std::pair<std::string, std::string>::first) !=
                                   entry.values.end();
                if (text_form && !there) entry.values.emplace_back(value_form, kMissing);
            }
        }
    }
}

std::vector<std::string> Itext::languages() const {
    std::vector<std::string> names;
    for (const auto& language : languages_) names.push_back(language.name);
    return names;
}

void Itext::write(XmlWriter& xml) const {
    if (languages_.empty()) return;
    xml.open("itext");
    for (const auto& language : languages_) {
        xml.open("translation").attribute("lang", language.name);
        if (language.name == form_.settings.default_language) xml.attribute("default", "true()");
        for (const auto& entry : language.texts) {
            xml.open("text").attribute("id", entry.id);
            for (const auto& [value_form, value] : entry.values) {
                xml.open("value");
                if (!value_form.empty()) xml.attribute("form", value_form);
                xml.raw(value).close();
            }
            xml.close();
        }
        xml.close();
    }
    xml.close();
}

}  // namespace bordereau::form::xlsform
