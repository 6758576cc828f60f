// app/text/words.h - the interface's texts in one language, with plurals and placeholders.
// Texts of forms are not here: they belong to the form.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/text/language.h"
#include "storage/base/result.h"

namespace bordereau::text {

/// A value for the placeholder {name}.
struct Arg {
    std::string_view name;
    std::string_view value;
};
using Args = std::initializer_list<Arg>;

/// Texts by key. A text that the language lacks is taken from English; a key that English lacks is
/// shown itself, so that the gap is seen.
///
/// A file is a JSON object: {"home.title": "Audits", "waiting": {"one": "{n} record", "other":
/// "{n} records"}}. An object with the member "other" holds plural forms by CLDR category; any
/// other object is a group, and its members' keys are joined by dots.
class Words {
public:
    /// `json` and `english` are the contents of the two files. invalid: not JSON of that form.
    static Result<Words> read(Language language, std::string_view json, std::string_view english);

    Language language() const { return language_; }
    Direction direction() const { return direction_of(language_); }

    /// The text of a key as it stands. Lives as long as the Words (or the key, if there is none).
    std::string_view operator()(std::string_view key) const;
    /// With placeholders filled in. Values that may run in the other direction are isolated
    /// (Unicode UAX #9: FSI and PDI).
    std::string operator()(std::string_view key, Args args) const;
    /// The plural form for `count`, which also fills {n}, written as the language writes numbers.
    std::string count(std::string_view key, std::int64_t count, Args args = {}) const;

    /// Pieces as the language lists them, each isolated as values are. `separator` is a key:
    /// list.separator, or list.of_phrases where the pieces hold commas themselves.
    std::string list(std::span<const std::string> pieces,
                     std::string_view separator = "list.separator") const;

    bool has(std::string_view key) const;         ///< in this language or in English
    bool translated(std::string_view key) const;  ///< in this language
    std::vector<std::string_view> keys() const;   ///< of English, sorted

private:
    /// One text, or one per plural category.
    using Forms = std::map<Plural, std::string>;
    using Texts = std::map<std::string, Forms, std::less<>>;
    friend struct WordsReader;

    const Forms* find(std::string_view key) const;

    Language language_ = Language::en;
    Texts texts_, english_;
};

}  // namespace bordereau::text
