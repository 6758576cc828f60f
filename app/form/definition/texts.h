// app/form/definition/texts.h - texts of a form before outputs are filled in, by language.
// Not the texts as shown: a Session makes those.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bordereau::form {

using ExpressionIndex = std::uint32_t;  ///< into Definition::expressions
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// A literal piece followed by the value of an <output>, if it has one.
struct TextPart {
    std::string literal;
    ExpressionIndex output = kNone;
};
using TextTemplate = std::vector<TextPart>;

/// A label, hint or message: the text of an itext id, of a calculated id, or written in place.
struct Wording {
    std::string itext;                         ///< id in jr:itext('id'); empty if none
    ExpressionIndex itext_expression = kNone;  ///< the argument of jr:itext(path)
    TextTemplate plain;                        ///< shown when the id is missing or absent
    bool empty() const { return itext.empty() && itext_expression == kNone && plain.empty(); }
};

/// The itext id of the form's title. ODK's forms give their titles in one language; other clients
/// show that, and leave out a text to which nothing refers.
inline constexpr std::string_view kTitleText = "form:title";

/// What one language has under one itext id.
struct TextForms {
    TextTemplate plain, guidance;
    std::string image;  ///< file name, without jr://images/
    std::string audio;
    std::string video;
};

struct Translation {
    std::string language;  ///< as written, "English (en)"
    std::unordered_map<std::string, TextForms> texts;
};

/// All translations; the default one is where a missing text is looked for next.
struct Translations {
    std::vector<Translation> all;
    std::size_t default_index = 0;
    bool has_outputs = false;  ///< some text contains the value of a question

    /// The texts under `id` in a language, else in the default one; null if neither has it.
    const TextForms* find(std::string_view id, std::string_view language) const;
    bool has_language(std::string_view language) const;
};

}  // namespace bordereau::form
