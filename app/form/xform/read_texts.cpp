// Translations, and the labels, hints and messages that refer to them.
#include <algorithm>
#include <set>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// "jr://images/a.png" gives "a.png".
std::string file_of(std::string_view uri) {
    const auto slash = uri.rfind('/');
    return std::string{slash == std::string_view::npos ? uri : uri.substr(slash + 1)};
}

/// White space around a text comes from the indentation of the document.
void trim_ends(TextTemplate& text) {
    if (text.empty()) return;
    auto& first = text.front().literal;
    first.erase(0, static_cast<std::size_t>(
                       std::find_if_not(first.begin(), first.end(),
                                        [](char c) { return c == ' ' || c == '\n' || c == '\t'; }) -
                       first.begin()));
    auto& last = text.back();
    if (last.output == kNone)
        while (!last.literal.empty() &&
               std::string_view{" \n\t"}.find(last.literal.back()) != std::string_view::npos)
            last.literal.pop_back();
    if (last.output == kNone && last.literal.empty()) text.pop_back();
}

/// The argument of "jr:itext(...)", or nothing for other texts.
std::optional<std::string_view> itext_argument(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with("jr:itext(") || !text.ends_with(")")) return std::nullopt;
    return trimmed(text.substr(9, text.size() - 10));
}

bool is_quoted(std::string_view text) {
    if (text.size() < 2 || (text.front() != '\'' && text.front() != '"')) return false;
    return text.find(text.front(), 1) == text.size() - 1;
}

}  // namespace

void FormReader::read_pieces(NodeIndex element, const std::string& path, TextTemplate& into) {
    const auto& tree = document_.tree();
    const auto add = [&into](std::string_view literal) {
        if (into.empty() || into.back().output != kNone) into.push_back({});
        into.back().literal += literal;
    };
    if (tree.is_leaf(element)) return add(tree.text(element));
    for (auto at = tree.first_child(element); at != kNoNode; at = tree.next(at)) {
        if (tree.kind(at) == NodeKind::text) add(tree.text(at));
        if (!document_.is_element(at)) continue;
        if (document_.name(at) != "output") {
            read_pieces(at, path, into);
            continue;
        }
        const auto value = document_.either(at, "value", "ref");
        add({});
        into.back().output = compile(value, path, "output");
    }
}

TextTemplate FormReader::read_template(NodeIndex element, const std::string& path) {
    TextTemplate result;
    read_pieces(element, path, result);
    trim_ends(result);
    return result;
}

bool FormReader::read_itext_reference(std::string_view text, const std::string& path,
                                      Wording& into) {
    const auto argument = itext_argument(text);
    if (!argument) return false;
    if (is_quoted(*argument))
        into.itext = argument->substr(1, argument->size() - 2);
    else
        into.itext_expression = compile(*argument, path, "label");
    return true;
}

Wording FormReader::read_wording(NodeIndex element, const std::string& path) {
    Wording wording;
    wording.plain = read_template(element, path);
    const auto reference = document_.attribute(element, "ref");
    if (reference.empty()) return wording;
    if (read_itext_reference(reference, path, wording)) {
        const auto& id = wording.itext;
        if (!id.empty() && definition.translations.find(id, {}) == nullptr && wording.plain.empty())
            warning(path, "No translation has a text with the id \"" + id + "\".",
                    "Add it to the itext block.");
        return wording;
    }
    TextPart part;
    part.output = compile(reference, path, "label");
    wording.plain = {part};
    return wording;
}

Wording FormReader::read_message(std::string_view text, const std::string& path) {
    Wording wording;
    if (trimmed(text).empty() || read_itext_reference(text, path, wording)) return wording;
    wording.plain.push_back({std::string{trimmed(text)}, kNone});
    return wording;
}

void FormReader::read_text_value(NodeIndex value, const std::string& place, TextForms& forms) {
    const auto form = document_.attribute(value, "form");
    if (form.empty() || form == "long")
        forms.plain = read_template(value, place);
    else if (form == "short" && forms.plain.empty())
        forms.plain = read_template(value, place);
    else if (form == "guidance")
        forms.guidance = read_template(value, place);
    else if (form == "image")
        forms.image = file_of(document_.text(value));
    else if (form == "audio")
        forms.audio = file_of(document_.text(value));
    else if (form == "video")
        forms.video = file_of(document_.text(value));
}

void FormReader::read_translation(NodeIndex element, Translation& translation) {
    for (auto text = document_.first_element(element); text != kNoNode;
         text = document_.next_element(text)) {
        const std::string id{document_.attribute(text, "id")};
        auto& forms = translation.texts[id];
        for (auto value = document_.first_element(text); value != kNoNode;
             value = document_.next_element(value))
            read_text_value(value, id, forms);
    }
}

void FormReader::read_itext(NodeIndex itext) {
    auto& translations = definition.translations;
    bool chosen = false;
    for (auto at = document_.first_element(itext); at != kNoNode; at = document_.next_element(at)) {
        if (document_.name(at) != "translation") continue;
        Translation translation;
        translation.language = document_.attribute(at, "lang");
        // default="" and default="true()" are both in use.
        const auto mark = document_.attribute(at, "default");
        if (!chosen && document_.has(at, "default") && mark != "false()" && mark != "false") {
            translations.default_index = translations.all.size();
            chosen = true;
        }
        const auto known = definition.expressions.size();
        read_translation(at, translation);
        if (definition.expressions.size() > known) translations.has_outputs = true;
        definition.languages.push_back(translation.language);
        check_outputs(translation);
        translations.all.push_back(std::move(translation));
    }
}

// As in JavaRosa: a text that contains itself has no end.
void FormReader::check_outputs(const Translation& translation) {
    for (const auto& [id, forms] : translation.texts) {
        std::set<std::string> seen;
        std::vector<std::string> open = texts_within(forms.plain);
        while (!open.empty()) {
            const auto next = std::move(open.back());
            open.pop_back();
            if (next == id) {
                error({}, "The text \"" + id + "\" contains itself.", "Remove the output.");
                break;
            }
            const auto found = translation.texts.find(next);
            if (!seen.insert(next).second || found == translation.texts.end()) continue;
            for (auto& more : texts_within(found->second.plain)) open.push_back(std::move(more));
        }
    }
}

std::vector<std::string> FormReader::texts_within(const TextTemplate& text) const {
    std::vector<std::string> ids;
    for (const auto& part : text) {
        if (part.output == kNone) continue;
        const auto argument = itext_argument(definition.expression(part.output).text());
        if (argument && is_quoted(*argument))
            ids.emplace_back(argument->substr(1, argument->size() - 2));
    }
    return ids;
}

}  // namespace bordereau::form
