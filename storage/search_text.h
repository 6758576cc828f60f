// storage/search_text.h - text as search sees it: words without case, marks and spelling variants.
// Pure. The same for what is recorded and for what is looked for.
//
// Latin: without accents, ligatures apart. Russian: ё as е. Greek: without accents. Arabic: one
// alef, ى as ي, ة as ه, without tatweel, vowel marks and the article; Arabic digits as 0-9. Han and
// kana, which are written without spaces: each pair of neighbours is a word, and so is the last
// sign of a run.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::storage {

/// One word of a text, and the bytes of the text that it came from.
struct SearchWord {
    std::string text;  ///< letters and digits, normalised; never empty
    std::size_t begin = 0, end = 0;
    bool pair = false;  ///< of Han or kana: overlaps its neighbours
};

/// Words in their order. Longer ones than 40 letters are cut.
std::vector<SearchWord> search_words(std::string_view text);

/// Whether a recorded value has anything to find: not a number, a date, a place or an identifier.
bool is_searchable(std::string_view value);

}  // namespace bordereau::storage
