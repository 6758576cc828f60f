#include "app/form/xpath/shuffle.h"

namespace bordereau::form::xpath {
namespace {

constexpr std::int64_t kModulus = 2'147'483'647;
constexpr std::int64_t kMultiplier = 16'807;

}  // namespace

std::vector<NodeRef> shuffled(const std::vector<NodeRef>& nodes, std::int64_t seed) {
    std::int64_t state = seed % kModulus;
    if (state <= 0) state += kModulus - 1;
    std::vector<NodeRef> out(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        state = state * kMultiplier % kModulus;
        const double random = static_cast<double>(state - 1) / static_cast<double>(kModulus - 1);
        const auto j = static_cast<std::size_t>(random * static_cast<double>(i + 1));
        if (j != i) out[i] = out[j];
        out[j] = nodes[i];
    }
    return out;
}

}  // namespace bordereau::form::xpath
