// app/text/position_tokens.h - what a written place consists of. For position.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordereau::text {

enum class TokenKind {
    number,
    degree,
    minute,
    second,
    north,
    south,
    east,
    west,
    latitude,   ///< the word
    longitude,  ///< the word
    altitude,
    accuracy,
    metre,
    separator,
    word  ///< none of these
};

struct Token {
    TokenKind kind = TokenKind::word;
    double number = 0;
    bool negative = false;  ///< it was written with a minus, also before 0
    bool fraction = false;  ///< ... with decimals
    std::string text;       ///< as written
};

/// Digits of every script; a comma between digits is a decimal mark where no point is one.
std::vector<Token> position_tokens(std::string_view written);

}  // namespace bordereau::text
