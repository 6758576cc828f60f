#include "app/form/xpath/reference.h"

#include <algorithm>

namespace bordereau::form {
namespace {

// Names from the document element down to where the reference starts.
std::vector<Name> start_of(const Reference& reference, std::span<const Name> context) {
    if (reference.start == ReferenceStart::root) return {};
    return {context.begin(), context.end()};
}

// How many leading steps of an absolute path stay with the context's own ancestors.
std::size_t narrowed(const Reference& reference, std::span<const Name> context) {
    std::size_t own = 0;
    while (own < reference.steps.size() && own < context.size() &&
           reference.steps[own].kind == ReferenceStepKind::child &&
           reference.steps[own].name == context[own] && !reference.steps[own].filtered)
        ++own;
    return own;
}

}  // namespace

std::optional<ResolvedReference> resolve(const Reference& reference, std::span<const Name> context,
                                         bool narrow) {
    if (reference.start == ReferenceStart::instance) return std::nullopt;
    const bool absolute = reference.start == ReferenceStart::root;
    ResolvedReference out;
    out.path = start_of(reference, context);
    out.own = out.path.size();
    if (absolute) out.own = narrow && !reference.in_predicate ? narrowed(reference, context) : 0;
    for (const ReferenceStep& step : reference.steps) {
        if (step.kind == ReferenceStepKind::anything) {
            out.whole_subtree = true;
            break;
        }
        if (step.kind != ReferenceStepKind::parent) {
            out.path.push_back(step.name);
            out.is_attribute = step.kind == ReferenceStepKind::attribute;
            continue;
        }
        if (out.path.empty()) return std::nullopt;
        out.path.pop_back();
        out.is_attribute = false;
        if (!absolute) out.own = std::min(out.own, out.path.size());
    }
    if (reference.any_instance) out.own = 0;
    return out;
}

}  // namespace bordereau::form
