// app/text/composed.h - what an input method composes and has not handed over yet: shown at the
// caret of the field, recorded nowhere.
#pragma once

#include <cstddef>
#include <string>

namespace bordereau::text {

struct Composed {
    std::string text;       ///< empty: nothing is being composed
    std::size_t caret = 0;  ///< byte of it
    /// Bytes of the part that the method is about to turn into words; none where they are equal.
    std::size_t chosen_begin = 0, chosen_end = 0;

    bool empty() const { return text.empty(); }
    bool operator==(const Composed&) const = default;
};

}  // namespace bordereau::text
