#include "app/call/nearest.h"

#include <algorithm>
#include <cstddef>

namespace bordereau::app::call {
namespace {

constexpr std::size_t kLettersPerMistake = 3, kShortestBeginning = 3;

// Letters to add, to leave out, to exchange or to swap with the next one (Damerau's distance).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
            cost[i][j] =
                std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + other});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& names) {
    const std::size_t most = std::max<std::size_t>(1, word.size() / kLettersPerMistake);
    std::string found;
    std::size_t least = most + 1;
    for (const std::string& name : names) {
        const bool begun = word.size() >= kShortestBeginning && name.starts_with(word);
        const std::size_t away = begun ? 1 : distance(word, name);
        if (away == least) found.clear();
        if (away < least) found = name;
        least = std::min(least, away);
    }
    return found;
}

}  // namespace bordereau::app::call
