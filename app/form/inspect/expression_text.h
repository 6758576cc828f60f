// app/form/inspect/expression_text.h - looking into an expression's text: its code without quoted
// texts, its alternatives and conditions, the functions it calls. Not a parser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form {

/// The pieces between a word (" or ", " and ") that stands outside parentheses, brackets and
/// quotes; one piece if there is none.
std::vector<std::string_view> split_outside(std::string_view text, std::string_view word);

/// Without white space and parentheses around the whole.
std::string_view unwrapped(std::string_view text);

/// The text with everything in quotes blanked.
std::string without_quoted(std::string_view text);

/// Names before an opening parenthesis, each once, in order.
std::vector<std::string> functions_in(std::string_view text);

/// "'a'" as "a", and numbers as they are.
std::optional<std::string> literal_of(std::string_view text);

/// path = 'value' or selected(path, 'value'), either way round.
struct Comparison {
    std::string path;
    std::string value;
    bool whole = false;  ///< by =, so that two different values exclude each other
};
std::optional<Comparison> comparison_in(std::string_view text);

}  // namespace bordereau::form
