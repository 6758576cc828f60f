#include "storage/journal/answer_set.h"

#include <algorithm>
#include <tuple>

namespace bordereau::storage {
namespace {

const AnswerGiven& answer_of(const Change* change) {
    return std::get<AnswerGiven>(change->action);
}

// One path's versions, latest first, without those that another of them replaces.
void drop_replaced(std::vector<const Change*>& versions) {
    std::vector<const Version*> replaced;
    for (const Change* change : versions)
        for (const Version& version : answer_of(change).replaces) replaced.push_back(&version);
    const auto by_value = [](const Version* a, const Version* b) { return *a < *b; };
    std::ranges::sort(replaced, by_value);
    std::erase_if(versions, [&](const Change* change) {
        return std::ranges::binary_search(replaced, &change->version, by_value);
    });
}

}  // namespace

bool StandingAnswers::conflict() const {
    return std::ranges::any_of(versions, [this](const Change* change) {
        return answer_of(change).value != answer_of(versions.front()).value;
    });
}

std::vector<StandingAnswers> standing_answers(const std::vector<Change>& changes) {
    std::vector<const Change*> sorted;
    sorted.reserve(changes.size());
    for (const Change& change : changes) sorted.push_back(&change);
    std::ranges::sort(sorted, [](const Change* a, const Change* b) {
        return std::tie(answer_of(a).path, b->version) < std::tie(answer_of(b).path, a->version);
    });
    std::vector<StandingAnswers> all;
    for (const Change* change : sorted) {
        const std::string_view path = answer_of(change).path;
        if (all.empty() || all.back().path != path) all.push_back({path, {}});
        all.back().versions.push_back(change);
    }
    for (StandingAnswers& standing : all)
        if (standing.versions.size() > 1) drop_replaced(standing.versions);
    // A ring of forged replacements leaves none standing.
    std::erase_if(all, [](const StandingAnswers& standing) { return standing.versions.empty(); });
    return all;
}

bool is_beside_answer(std::string_view path) {
    return path.substr(path.rfind('/') + 1).starts_with('@');
}

AnswerCounts count_answers(const std::vector<Change>& changes) {
    AnswerCounts counts;
    for (const StandingAnswers& standing : standing_answers(changes)) {
        if (answer_of(standing.versions.front()).value && !is_beside_answer(standing.path))
            ++counts.answers;
        if (standing.conflict()) ++counts.conflicts;
    }
    return counts;
}

}  // namespace bordereau::storage
