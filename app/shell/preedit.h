// app/shell/preedit.h - what an input method composes, put together from the changes that it tells
// (XIM, "Preedit Draw Callbacks"). Knows no display.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/text/composed.h"

namespace bordereau::shell {

/// Places and lengths are code points of the text as it was.
struct PreeditChange {
    int caret = 0;                          ///< afterwards
    int first = 0, length = 0;              ///< what is replaced
    std::optional<std::u32string> letters;  ///< none: only the marks of that part change
    std::vector<bool> chosen;               ///< by letter: it stands out
};

enum class CaretMove { to, forward, back, to_start, to_end, none };

/// Whatever a method tells gives a text of at most kMostLetters and a caret within it.
class Preedit {
public:
    static constexpr std::size_t kMostLetters = 1000;

    Preedit() = default;
    Preedit(const Preedit&) = delete;
    Preedit& operator=(const Preedit&) = delete;
    ~Preedit() { clear(); }

    void change(const PreeditChange& change);
    /// The new place of the caret, which the method wants to know.
    int move(CaretMove move, int to);
    /// A passphrase may have been composed: its bytes are overwritten.
    void clear();

    const text::Composed& composed() const { return composed_; }

private:
    void renew();
    std::u32string letters_;
    std::vector<bool> chosen_;  // as many
    std::size_t caret_ = 0;     // letters before it
    text::Composed composed_;
};

}  // namespace bordereau::shell
