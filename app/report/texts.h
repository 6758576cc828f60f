// app/report/texts.h - the words of reports in one language, and how it writes numbers, dates and
// lists. Not the words of the window and not those of the forms (their own labels).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/report/document.h"
#include "app/text/words.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::report {

/// Texts of one language. Missing keys are our own mistake and stop the program.
class Texts {
public:
    /// `language` is a BCP 47 tag; another one than the six is English. `json` and `english` are
    /// the contents of two files (see text::Words::read). invalid: not JSON of that form.
    static Result<Texts> read(std::string_view language, std::string_view json,
                              std::string_view english);

    std::string_view language() const { return text::tag_of(words_.language()); }
    Direction direction() const;

    std::string operator()(std::string_view key) const;
    /// With {name} replaced by its value.
    std::string operator()(std::string_view key, text::Args values) const;
    /// "3 units", in the form that the number asks for.
    std::string count(std::string_view key, std::size_t number) const;
    /// The label of a choice, "law_kind.law"; the choice itself where no label is known.
    std::string choice(std::string_view list, std::string_view value) const;

    std::string fixed(double number, int decimals) const;  ///< "1.59", "25,9"
    std::string grouped(std::int64_t number) const;        ///< "1,200,000"
    std::string percent(double percent) const;             ///< "25.9 %", "25.9%"
    std::string compact(double number) const;              ///< a median: "3", "2.5"
    std::string date(Date date) const;                     ///< "7 March 2026"
    std::string or_dash(const std::optional<double>& number, int decimals) const;
    std::string or_dash(const std::optional<Date>& date) const;
    std::string joined(const std::vector<std::string>& parts) const;
    /// Of parts that hold commas themselves.
    std::string joined_phrases(const std::vector<std::string>& parts) const;

private:
    explicit Texts(text::Words words) : words_(std::move(words)) {}

    text::Words words_;
};

}  // namespace bordereau::report
