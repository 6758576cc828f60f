#include "app/form/xlsform/references.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kIndexedRepeat = "indexed-repeat(";

struct Span {
    std::size_t start, end;
    bool holds(const Reference& reference) const {
        return reference.start >= start && reference.end <= end;
    }
};

/// Calls of indexed-repeat(), each up to its first closing parenthesis.
std::vector<Span> indexed_repeats(std::string_view text) {
    std::vector<Span> spans;
    for (auto at = text.find(kIndexedRepeat); at != std::string_view::npos;) {
        const auto close = text.find(')', at);
        if (close == std::string_view::npos) break;
        spans.push_back({at + kIndexedRepeat.size(), close});
        at = text.find(kIndexedRepeat, close);
    }
    return spans;
}

/// indexed-repeat(node, repeat, index, repeat, index ...): nodes and repeats must be absolute,
/// since the client counts the instances itself; indexes are ordinary expressions.
bool wants_absolute(std::string_view text, const Reference& reference) {
    for (const auto& span : indexed_repeats(text)) {
        if (!span.holds(reference)) continue;
        const auto before = text.substr(span.start, reference.start - span.start);
        const auto argument = std::ranges::count(before, ',');
        return argument == 0 || argument % 2 == 1;
    }
    return false;
}

/// True between brackets of an expression that starts at a secondary instance: there a relative
/// path would mean the item.
bool in_instance_predicate(std::string_view text, const Reference& reference) {
    if (text.find("instance(") == std::string_view::npos) return false;
    for (auto open = text.find('['); open != std::string_view::npos;) {
        const auto close = text.find(']', open);
        if (close == std::string_view::npos) return false;
        if (Span{open, close + 1}.holds(reference)) return true;
        open = text.find('[', close);
    }
    return false;
}

std::vector<const Element*> lineage(const Element& element) {
    std::vector<const Element*> up;
    for (const auto* at = &element; at; at = at->parent) up.push_back(at);
    return up;
}

/// Steps from an element up to one around it.
std::string steps_up(const Element& from, const Element& to) {
    std::string steps;
    for (const auto* at = &from; at != &to; at = at->parent) steps += steps.empty() ? ".." : "/..";
    return steps;
}

/// Data about the record itself is not for the form's own expressions.
bool in_meta(const Element& element) {
    const auto up = lineage(element);
    return std::ranges::any_of(up, [](const auto* at) { return at->type == "meta"; });
}

const Element* repeat_around(const Element* element) {
    while (element && element->kind != ElementKind::repeat) element = element->parent;
    return element;
}

/// The relative path, or nothing where the two share no repeat.
std::optional<std::string> relative_path(const Element& target, const Element& context,
                                         bool from_repeat_parent) {
    const auto* shared = common_ancestor(context, target);
    const auto* repeat = repeat_around(shared);
    if (!repeat) return std::nullopt;
    // The choices of a select over a repeat are its instances, so the path has to name the repeat
    // for a predicate to stand on it.
    const bool repeat_in_repeat = enclosing_repeat(*repeat) != nullptr;
    const bool through_repeat = from_repeat_parent && enclosing_repeat(target) == repeat &&
                                (!repeat_in_repeat || enclosing_repeat(context) != repeat);
    if (through_repeat) shared = repeat->parent;
    return steps_up(context, *shared) + target.path(shared);
}

}  // namespace

const Element* common_ancestor(const Element& one, const Element& other) {
    const auto above_one = lineage(one), above_other = lineage(other);
    const auto contains = [](const auto& elements, const Element* wanted) {
        return std::ranges::find(elements, wanted) != elements.end();
    };
    if (contains(above_one, &other) || contains(above_other, &one)) return nullptr;
    for (const auto* element : above_one)
        if (contains(above_other, element)) return element;
    return nullptr;
}

References::References(const Element& survey) {
    walk(survey, [this](const Element& element) {
        if (element.kind == ElementKind::survey || in_meta(element)) return;
        const auto [known, fresh] = by_name_.emplace(element.name, &element);
        if (!fresh) known->second = nullptr;
    });
}

const Element* References::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
}

bool References::is_ambiguous(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found != by_name_.end() && !found->second;
}

std::string References::resolve(std::string_view text, const ReferenceUse& use) const {
    std::string out;
    std::size_t done = 0;
    for (const auto& reference : references_in(text)) {
        const auto* target = find(reference.name);
        if (!target) continue;
        out += text.substr(done, reference.start - done);
        done = reference.end;
        std::optional<std::string> path;
        if (use.context && !reference.last_saved && !wants_absolute(text, reference))
            path = relative_path(*target, *use.context, use.from_repeat_parent);
        const bool current = use.current || in_instance_predicate(text, reference);
        if (path) {
            out += (current ? " current()/" : " ") + *path + " ";
        } else {
            const auto* instance = reference.last_saved ? "instance('__last-saved')" : "";
            out += std::string{" "} + instance + target->path() + " ";
        }
    }
    return out += text.substr(done);
}

void References::check(std::string_view text, const Place& place, Findings& findings) const {
    for (const auto& reference : references_in(text)) {
        if (is_ambiguous(reference.name))
            findings.error(
                place, "The name " + quoted(reference.name) + " stands for more than one question.",
                "Give each question its own name, or refer to another one.");
        else if (!find(reference.name))
            findings.error(place, "There is no question " + quoted(reference.name) + ".",
                           "Check the spelling, or add the question to the survey sheet.");
    }
}

}  // namespace bordereau::form::xlsform
