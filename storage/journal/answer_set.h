// storage/journal/answer_set.h - what the versions of an audit's answers amount to.
// Pure: from all versions of all paths to those that stand.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/journal/change.h"

namespace bordereau::storage {

/// The versions of one path that nothing replaced, latest first. Their first is the default.
struct StandingAnswers {
    std::string_view path;
    std::vector<const Change*> versions;  ///< never empty
    /// Two people gave different answers, neither knowing of the other's.
    bool conflict() const;
};

/// By path. `changes` are AnswerGiven changes of one audit, each once, in any order; they must
/// outlive the result.
std::vector<StandingAnswers> standing_answers(const std::vector<Change>& changes);

/// Whether a path ends in an attribute, "/f/q/@note": it says something beside an answer, and is
/// none.
bool is_beside_answer(std::string_view path);

struct AnswerCounts {
    std::int64_t answers = 0;  ///< paths whose default has a value, without what stands beside
    std::int64_t conflicts = 0;
};
AnswerCounts count_answers(const std::vector<Change>& changes);

}  // namespace bordereau::storage
