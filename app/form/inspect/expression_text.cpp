#include "app/form/inspect/expression_text.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::form {
namespace {

bool is_name_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

/// A path without predicates and functions, current() at its start aside.
bool is_path(std::string_view text) {
    if (text.starts_with("current()/")) text.remove_prefix(10);
    return !text.empty() &&
           (text.front() == '/' || text.front() == '.' ||
            text.find('/') != std::string_view::npos) &&
           std::ranges::all_of(text, [](char c) { return c == '/' || is_name_part(c); });
}

/// The place of an = that stands alone, outside quotes and parentheses; npos if there is none or
/// more than one, or another comparison.
std::size_t sole_equals(std::string_view text) {
    const auto code = without_quoted(text);
    const auto at = code.find('=');
    const bool other = code.find_first_of("<>!()+*|[", 0) != std::string::npos;
    if (other || at == std::string::npos || code.find('=', at + 1) != std::string::npos)
        return std::string::npos;
    return at;
}

std::optional<Comparison> equality_in(std::string_view text) {
    // current() is the only call that may stand in a path.
    const auto at = sole_equals(text);
    if (at == std::string_view::npos) return std::nullopt;
    const auto left = trimmed(text.substr(0, at)), right = trimmed(text.substr(at + 1));
    for (const auto& [path, value] : {std::pair{left, right}, std::pair{right, left}}) {
        const auto literal = literal_of(value);
        if (is_path(path) && literal) return Comparison{std::string{path}, *literal, true};
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string_view> split_outside(std::string_view text, std::string_view word) {
    std::vector<std::string_view> pieces;
    int depth = 0;
    char quote = 0;
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[') {
            ++depth;
        } else if (c == ')' || c == ']') {
            --depth;
        } else if (depth == 0 && text.substr(at).starts_with(word)) {
            pieces.push_back(text.substr(start, at - start));
            at += word.size() - 1;
            start = at + 1;
        }
    }
    pieces.push_back(text.substr(start));
    return pieces;
}

std::string_view unwrapped(std::string_view text) {
    text = trimmed(text);
    while (text.starts_with('(') && text.ends_with(')')) {
        // "(a) or (b)" is not wrapped: its first parenthesis closes early.
        int depth = 0;
        std::size_t closes = 0;
        const auto code = without_quoted(text);
        for (; closes < code.size(); ++closes) {
            if (code[closes] == '(') ++depth;
            if (code[closes] == ')' && --depth == 0) break;
        }
        if (closes + 1 != text.size()) break;
        text = trimmed(text.substr(1, text.size() - 2));
    }
    return text;
}

std::string without_quoted(std::string_view text) {
    std::string code{text};
    char quote = 0;
    for (char& c : code) {
        if (quote != 0) {
            const bool ends = c == quote;
            if (ends) quote = 0;
            c = ' ';
        } else if (c == '\'' || c == '"') {
            quote = c;
            c = ' ';
        }
    }
    return code;
}

std::vector<std::string> functions_in(std::string_view text) {
    std::vector<std::string> names;
    const auto code = without_quoted(text);
    for (auto open = code.find('('); open != std::string::npos; open = code.find('(', open + 1)) {
        auto end = open;
        while (end > 0 && code[end - 1] == ' ') --end;
        auto start = end;
        while (start > 0 && is_name_part(code[start - 1])) --start;
        const auto name = code.substr(start, end - start);
        const bool word = name.empty() || name == "and" || name == "or" || name == "div" ||
                          name == "mod" || std::ranges::find(names, name) != names.end();
        if (!word) names.push_back(name);
    }
    return names;
}

std::optional<std::string> literal_of(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
        text.find(text.front(), 1) == text.size() - 1)
        return std::string{text.substr(1, text.size() - 2)};
    const bool digits =
        !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::optional{std::string{text}} : std::nullopt;
}

std::optional<Comparison> comparison_in(std::string_view text) {
    text = unwrapped(text);
    constexpr std::string_view kSelected = "selected(";
    if (!text.starts_with(kSelected)) return equality_in(text);
    const auto inner = text.substr(kSelected.size());
    const auto close = without_quoted(inner).find(')');
    if (close != inner.size() - 1) return std::nullopt;
    const auto arguments = split_outside(inner.substr(0, close), ",");
    if (arguments.size() != 2) return std::nullopt;
    const auto path = trimmed(arguments[0]);
    const auto literal = literal_of(arguments[1]);
    if (!is_path(path) || !literal) return std::nullopt;
    return Comparison{std::string{path}, *literal, false};
}

}  // namespace bordereau::form
