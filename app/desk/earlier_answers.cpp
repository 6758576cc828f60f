#include "app/desk/earlier_answers.h"

#include <algorithm>
#include <set>

#include "app/desk/filling.h"
#include "app/form/definition/definition.h"

namespace bordereau::app {
namespace {

using form::Control;
using form::ControlKind;
using form::Definition;
using form::kNone;
using form::ModelIndex;

// More entries than people write.
constexpr std::size_t kMostEntries = 1000;

std::string entry_path(const std::string& repeat, std::size_t index) {
    return repeat + "[" + std::to_string(index + 1) + "]";
}

std::string without_positions(std::string_view path) {
    std::string plain;
    for (bool inside = false; const char c : path) {
        inside = c == '[' || (inside && c != ']');
        if (!inside && c != ']') plain += c;
    }
    return plain;
}

bool may_name(const Control& control) {
    return control.kind == ControlKind::select_one || control.widget == form::Widget::text ||
           control.widget == form::Widget::barcode;
}

bool requires_answer(const Definition& definition, ModelIndex node) {
    const auto required = definition.model[node].bind.required;
    return required != kNone && definition.expression(required).text() != "false()";
}

// The question that tells entries of a repeat apart; else what is calculated there. kNone: neither.
ModelIndex naming_question(const Definition& definition, form::RepeatIndex repeat) {
    ModelIndex first = kNone;
    for (const Control& control : definition.controls) {
        if (control.node == kNone || definition.model[control.node].frame != repeat ||
            control.remark_on != kNone || !may_name(control))
            continue;
        if (requires_answer(definition, control.node)) return control.node;
        if (first == kNone) first = control.node;
    }
    if (first != kNone) return first;
    for (const ModelIndex node : definition.repeats[repeat].nodes)
        if (definition.model[node].is_leaf && definition.model[node].bind.calculate != kNone)
            return node;
    return kNone;
}

// Below the repeat, "/where"; empty: nothing names its entries.
std::string naming_path(const Definition& definition, const std::string& repeat) {
    for (form::RepeatIndex at = 0; at < definition.repeats.size(); ++at) {
        const std::string& path = definition.model[definition.repeats[at].node].path;
        if (path != repeat) continue;
        const ModelIndex node = naming_question(definition, at);
        return node == kNone ? std::string{} : definition.model[node].path.substr(path.size());
    }
    return {};
}

// The names of all entries; an empty one: it has none.
std::vector<std::string> names_of(const form::Session& session, const std::string& repeat,
                                  const std::string& naming) {
    std::vector<std::string> names;
    while (names.size() < kMostEntries) {
        const std::string entry = entry_path(repeat, names.size());
        if (session.xpath(session.find(entry)).empty()) break;
        const form::NodeId node = naming.empty() ? form::NodeId{} : session.find(entry + naming);
        names.push_back(session.relevant(node) ? session.value(node) : std::string{});
    }
    return names;
}

bool told_apart(const std::vector<std::string>& names) {
    std::set<std::string_view> seen;
    return std::ranges::all_of(
        names, [&](const std::string& name) { return name.empty() || seen.insert(name).second; });
}

// For each entry now the index of the one then.
std::vector<std::optional<std::size_t>> matched(const std::vector<std::string>& now,
                                                const std::vector<std::string>& then) {
    std::vector<std::optional<std::size_t>> found(now.size());
    const bool by_name = told_apart(now) && told_apart(then);
    std::set<std::size_t> claimed;
    for (std::size_t at = 0; by_name && at < now.size(); ++at) {
        if (now[at].empty()) continue;
        const auto same = std::ranges::find(then, now[at]);
        if (same == then.end()) continue;
        found[at] = static_cast<std::size_t>(same - then.begin());
        claimed.insert(*found[at]);
    }
    for (std::size_t at = 0; at < now.size(); ++at) {
        const bool free = !found[at] && at < then.size() && !claimed.contains(at);
        // Two names: two things.
        const bool other = by_name && free && !now[at].empty() && !then[at].empty();
        if (free && !other) found[at] = at;
    }
    return found;
}

}  // namespace

EarlierAnswers::EarlierAnswers(const Filling& earlier, const form::Session& session)
    : earlier_(earlier), session_(session) {}

void EarlierAnswers::match(const Repeat& repeat) {
    const std::string naming =
        naming_path(session_.form().definition(), without_positions(repeat.path));
    const auto now = names_of(session_, repeat.path, naming);
    const auto then = names_of(earlier_.session(), repeat.then, naming);
    const auto found = matched(now, then);
    for (std::size_t at = 0; at < found.size(); ++at)
        entries_[entry_path(repeat.path, at)] =
            found[at] ? std::optional{entry_path(repeat.then, *found[at])} : std::nullopt;
}

// From the outermost entry inwards.
std::optional<std::string> EarlierAnswers::path_then(std::string_view path) {
    std::string then;
    std::size_t from = 0;
    for (std::size_t end = path.find(']'); end != path.npos; end = path.find(']', from)) {
        const std::string entry{path.substr(0, end + 1)};
        if (!entries_.contains(entry)) {
            const std::string own = entry.substr(0, entry.rfind('['));
            match({own, then + own.substr(from)});
        }
        const auto& found = entries_[entry];
        if (!found) return std::nullopt;
        then = *found;
        from = end + 1;
    }
    return then + std::string{path.substr(from)};
}

std::optional<EarlierAnswer> EarlierAnswers::at(const form::Element& question) {
    const form::Session& then = earlier_.session();
    const auto path = path_then(session_.xpath(question.node));
    if (!path) return {};
    const form::NodeId node = then.find(*path);
    if (then.xpath(node).empty() || then.value(node).empty() || !then.relevant(node)) return {};
    if (!earlier_.copied_from(node).empty()) return {};
    const form::Element* element = then.element_of(node);
    return element == nullptr ? std::nullopt
                              : std::optional{EarlierAnswer{element, then.value(node)}};
}

}  // namespace bordereau::app
