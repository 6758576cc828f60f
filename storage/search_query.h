// storage/search_query.h - what a person types into the search field, understood. Pure.
//
//   search room        both words, in any order; the last one may be unfinished while typing
//   "search room"      one after the other
//   -holding           not this word; -"holding room" not this phrase
//   state:approved unit:"North gate" form:grpa_walk person:amina from:2026-01-01 to:2026-03-31
//   interp*            words that begin so
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/time.h"
#include "storage/search_text.h"

namespace bordereau::storage {

/// Words that stand one after the other; of a single word the common case.
struct SearchTerm {
    std::vector<std::string> words;  ///< normalised, never empty
    bool beginning = false;          ///< the last word may go on
    bool excluded = false;
};

struct SearchQuestion {
    std::vector<SearchTerm> terms;
    /// Filters that were typed, as typed: "state" and the like. Their values are not checked here.
    std::string state, unit, form, person;
    std::optional<Date> from, to;  ///< both included
    /// Filters with a value that is none of theirs, such as from:yesterday; for a person to see.
    std::vector<std::string> not_understood;

    bool has_words() const;  ///< any term that is not excluded
};

/// `typing`: the last word, unless a space follows, may be unfinished.
SearchQuestion understand(std::string_view typed, bool typing);

/// Bytes of a text.
struct SearchMark {
    std::size_t begin = 0, end = 0;
    bool operator==(const SearchMark&) const = default;
};

/// Where a term stands in a text whose words these are.
std::vector<SearchMark> places_of(const SearchTerm& term, const std::vector<SearchWord>& words);

}  // namespace bordereau::storage
