// app/form/xlsform/itext.h - the texts of a form by language, as the XForm's itext holds them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/xlsform/form_source.h"
#include "app/form/xlsform/xlsform.h"
#include "app/form/xlsform/xml_writer.h"

namespace bordereau::form::xlsform {

/// True when an element's label stands in itext: it has languages, or media beside it.
bool label_in_itext(const Element& element);
bool hint_in_itext(const Element& element);
/// True when a message such as jr:constraintMsg stands in itext.
bool message_in_itext(std::string_view name, const Translated& text);

/// Text as markup, with every ${name} and every instance(...) path as an <output>.
std::string with_outputs(std::string_view text, const References& references,
                         const Element* context);

/// The text ids, languages and values of the whole form.
class Itext {
public:
    Itext(const FormSource& form, MissingTexts missing_texts);

    std::vector<std::string> languages() const;
    /// Writes <itext>, or nothing when no text needs it.
    void write(XmlWriter& xml) const;
    /// Texts that stand in a language although its author wrote them in another one only.
    const BorrowedTexts& borrowed() const { return borrowed_; }

private:
    /// One <value>: its form attribute ("" for the text itself) and markup.
    using Values = std::vector<std::pair<std::string, std::string>>;
    struct Text {
        std::string id;
        Values values;
    };
    struct Language {
        std::string name;
        std::vector<Text> texts;
        std::map<std::string, std::size_t, std::less<>> by_id;
    };

    void add_choices();
    void add_element(const Element& element);
    void add_titles();
    void add(const std::string& id, const std::string& value_form, const Translated& translated,
             const Element* context);
    void add_media(const std::string& id, const std::vector<Media>& media, const Element* context);
    Language& language(const std::string& name);
    static Text& text(Language& language, const std::string& id);
    void fill_with_dashes();
    void complete();
    void complete(Language& language, const Language& from);

    const FormSource& form_;
    std::vector<Language> languages_;
    BorrowedTexts borrowed_;
};

}  // namespace bordereau::form::xlsform
