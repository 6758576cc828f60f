#include "app/shell/preedit.h"

#include <algorithm>

#include "storage/base/secret_text.h"
#include "storage/base/text.h"

namespace bordereau::shell {
namespace {

std::size_t within(int value, std::size_t most) {
    return value < 0 ? 0 : std::min(static_cast<std::size_t>(value), most);
}

// A field may have one line only, and a method may send anything.
char32_t drawable(char32_t letter) {
    return letter < 0x20 || letter == 0x7F ? U' ' : letter;
}

std::size_t bytes_of(std::u32string_view letters) {
    return to_utf8(letters).size();
}

}  // namespace

void Preedit::change(const PreeditChange& change) {
    const std::size_t first = within(change.first, letters_.size());
    const std::size_t length = within(change.length, letters_.size() - first);
    const auto from = chosen_.begin() + static_cast<std::ptrdiff_t>(first);
    if (change.letters) {
        std::u32string letters = *change.letters;
        std::ranges::transform(letters, letters.begin(), drawable);
        std::vector<bool> chosen = change.chosen;
        chosen.resize(letters.size());
        chosen_.erase(from, from + static_cast<std::ptrdiff_t>(length));
        chosen_.insert(chosen_.begin() + static_cast<std::ptrdiff_t>(first), chosen.begin(),
                       chosen.end());
        letters_.replace(first, length, letters);
    } else {
        for (std::size_t at = 0; at < std::min(length, change.chosen.size()); ++at)
            chosen_[first + at] = change.chosen[at];
    }
    letters_.resize(std::min(letters_.size(), kMostLetters));
    chosen_.resize(letters_.size());
    caret_ = within(change.caret, letters_.size());
    renew();
}

int Preedit::move(CaretMove move, int to) {
    const int now = static_cast<int>(caret_);
    const int last = static_cast<int>(letters_.size());
    const int wanted = move == CaretMove::to         ? to
                       : move == CaretMove::forward  ? now + 1
                       : move == CaretMove::back     ? now - 1
                       : move == CaretMove::to_start ? 0
                       : move == CaretMove::to_end   ? last
                                                     : now;
    caret_ = within(wanted, letters_.size());
    renew();
    return static_cast<int>(caret_);
}

void Preedit::clear() {
    std::ranges::fill(letters_, U'\0');
    letters_.clear();
    chosen_.clear();
    caret_ = 0;
    renew();
}

void Preedit::renew() {
    wipe(composed_.text);
    composed_.text = to_utf8(letters_);
    const std::u32string_view letters = letters_;
    composed_.caret = bytes_of(letters.substr(0, caret_));
    const auto begin = std::ranges::find(chosen_, true);
    const auto end = std::find(begin, chosen_.end(), false);
    const auto bytes_before = [&](auto place) {
        return bytes_of(letters.substr(0, static_cast<std::size_t>(place - chosen_.begin())));
    };
    const bool none = begin == chosen_.end();
    composed_.chosen_begin = none ? 0 : bytes_before(begin);
    composed_.chosen_end = none ? 0 : bytes_before(end);
}

}  // namespace bordereau::shell
