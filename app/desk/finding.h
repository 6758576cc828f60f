// app/desk/finding.h - what people type to find audits, with names of states, forms and people
// resolved, and what was found with the questions' labels.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/search.h"

namespace bordereau::app {

class Desk;

struct FindRequest {
    std::string typed;            ///< words and filters, as storage/search_query.h has them
    bool typing = false;          ///< the last word may be unfinished
    storage::AuditFilter filter;  ///< narrows down besides; typed filters win
    std::optional<storage::SearchPlace> after;
    std::string language;  ///< of labels: a BCP 47 tag such as "fr"
};

struct FoundAudit {
    storage::SearchHit hit;
    std::string form;   ///< title
    std::string label;  ///< of the question; empty for title, unit and reason
};

struct Findings {
    std::vector<FoundAudit> audits;
    std::vector<storage::RegisterHit> registers;  ///< with the first page only
    std::optional<storage::SearchPlace> next;
    std::int64_t unindexed = 0;
    std::vector<std::string> not_understood;  ///< filters with a value that nobody knows
};

/// invalid: there is no word to look for. Filters that are not understood find nothing.
Result<Findings> find_audits(Desk& desk, const FindRequest& request);

/// A snippet with its matches between « and », which every script keeps in their place.
std::string with_marks(std::string_view snippet, const std::vector<storage::SearchMark>& marks);

}  // namespace bordereau::app
