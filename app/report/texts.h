// app/report/texts.h - the words of reports by key, so that another language is another table.
// Not the words of the window (assets/i18n) and not those of the forms (their own labels).
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/report/document.h"

namespace bordereau::report {

struct Wording {
    std::string_view key;
    std::string_view text;  ///< with {names} where values go
};

/// Texts of one language. Missing keys are our own mistake and stop the program.
class Texts {
public:
    /// `wordings` hold each key once and outlive this.
    constexpr Texts(std::string_view language, Direction direction,
                    std::span<const Wording> wordings)
        : language_(language), direction_(direction), wordings_(wordings) {}

    std::string_view language() const { return language_; }
    Direction direction() const { return direction_; }

    std::string operator()(std::string_view key) const;
    /// With {name} replaced by its value.
    std::string operator()(
        std::string_view key,
        std::initializer_list<std::pair<std::string_view, std::string>> values) const;
    /// The label of a choice, "law_kind.law"; the choice itself where no label is known.
    std::string choice(std::string_view list, std::string_view value) const;

private:
    std::string_view find(std::string_view key) const;

    std::string_view language_;
    Direction direction_;
    std::span<const Wording> wordings_;
};

const Texts& english();

}  // namespace bordereau::report
