// app/form/xpath/lexer.h - the words of an expression (XPath 1.0, section 3.7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::form::xpath {

enum class TokenKind : std::uint8_t {
    end,
    number,
    text,
    name,
    function,
    axis,
    variable,
    star,
    open,
    close,
    open_square,
    close_square,
    at,
    comma,
    dot,
    dot_dot,
    slash,
    double_slash,
    bar,
    plus,
    minus,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    multiply,
    divide,
    modulo,
    both,
    either
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view text;     ///< of a text: without quotes; of a name: with its prefix
    std::size_t position = 0;  ///< byte offset in the expression
};

/// The last token is always `end`. invalid: a character that no word begins with, an open quote.
Result<std::vector<Token>> tokenize(std::string_view expression);

/// An error that says where: "at character N: what".
Error syntax_error(std::size_t position, const std::string& what);

}  // namespace bordereau::form::xpath
