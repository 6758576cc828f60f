// storage/base/typed.h - where a text that is being typed is recorded before it is left.
#pragma once

#include <string_view>

namespace bordereau {

/// Whether what was typed so far ends a word: so little is lost if the next one never comes.
inline bool ends_word(std::string_view typed) {
    return typed.ends_with(' ') || typed.ends_with('\n') || typed.ends_with('.');
}

}  // namespace bordereau
