// storage/search.h - finds audits by the words in them, in six languages, and rows of registers.
// What is typed is search_query.h's matter; how words are compared search_text.h's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/audits.h"
#include "storage/base/result.h"
#include "storage/search_index.h"
#include "storage/search_query.h"

namespace bordereau::storage {

class Notebook;

/// An audit that was found, and the place in it that shows why.
struct SearchHit {
    AuditSummary audit;
    SearchField::Kind where = SearchField::Kind::title;
    std::string path;               ///< of the question, with keys; empty where there is none
    std::string snippet;            ///< some words around the first match
    std::vector<SearchMark> marks;  ///< what matched, in the snippet
    bool in_title = false;          ///< every word stands in title or unit: the better half
};

/// Where the next page begins.
struct SearchPlace {
    bool in_title = true;
    std::int64_t doc = 0;
};

struct SearchAsked {
    SearchQuestion question;
    /// State, form, person, unit and dates narrow down; limit is the page; the rest is not used.
    AuditFilter filter;
    std::optional<SearchPlace> after = {};
};

struct SearchPage {
    std::vector<SearchHit> hits;
    std::optional<SearchPlace> next;  ///< nothing: that was all
    std::int64_t unindexed = 0;       ///< audits that could not be looked at yet; usually none
};

struct RegisterHit {
    std::string kind, key;
    std::string snippet;
    std::vector<SearchMark> marks;
};

/// Remembers the words of drafts between calls, so keep one while a notebook is open.
class Search {
public:
    explicit Search(Notebook& notebook) : notebook_(notebook) {}

    /// Those with all words in title or unit first, the rest after them; the latest changed first
    /// in both (by the hour). Answers that this person may not read are not looked at: of others'
    /// audits an officer finds titles and units only. Without any word: invalid; that is a list.
    /// The first page holds all matching drafts besides.
    Result<SearchPage> find(const SearchAsked& asked);

    /// By how recently they were indexed, at most `limit`.
    Result<std::vector<RegisterHit>> find_registers(const SearchQuestion& question,
                                                    std::int64_t limit);

    /// Brings the index up to date by at most `most` audits. Drafts need none: they are searched
    /// where they lie. Call while there is nothing else to do.
    Result<Indexed> catch_up(std::int64_t most);

    /// Audits and register rows that catch_up() has to do.
    Result<std::int64_t> waiting() const;

    /// Compares the index with what it is about; what differs is indexed anew by catch_up().
    /// The number of differing audits.
    Result<std::int64_t> check();

private:
    /// An audit that the index does not know as it stands now.
    struct Open {
        Stamp changed;
        std::vector<SearchField> fields;
        std::vector<std::string> words;  ///< of all of them, sorted: most questions end here
    };

    Status refresh_open();
    Status look_at(std::int64_t row);
    Result<std::vector<SearchHit>> open_hits(const SearchAsked& asked) const;
    Status add_indexed(const SearchAsked& asked, SearchPage& page);

    Notebook& notebook_;
    std::map<std::int64_t, Open> open_;  ///< by row
    std::int64_t unindexed_ = 0;
};

}  // namespace bordereau::storage
