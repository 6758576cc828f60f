#include "app/form/inspect/reachability.h"

#include <map>
#include <optional>
#include <unordered_map>

#include "app/form/inspect/expression_text.h"
#include "app/form/inspect/possible_values.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

class Reachability {
public:
    explicit Reachability(const Definition& form)
        : form_(form), values_(form), never_(form.model.size()) {
        for (ModelIndex node = 0; node < form.model.size(); ++node)
            by_path_.emplace(form.model[node].path, node);
    }

    std::vector<Unreachable> run() {
        // What is unreachable makes others so, wherever they stand.
        while (pass()) {
        }
        std::vector<Unreachable> found;
        for (ModelIndex node = 0; node < form_.model.size(); ++node) {
            if (!never_[node] || inherits(node)) continue;
            auto entry = *never_[node];
            entry.node = node;
            entry.questions = questions_in(node);
            if (entry.questions > 0) found.push_back(std::move(entry));
        }
        return found;
    }

private:
    bool inherits(ModelIndex node) const {
        const auto parent = form_.model[node].parent;
        return parent != kNone && never_[parent].has_value();
    }

    bool pass() {
        bool changed = false;
        for (ModelIndex node = 0; node < form_.model.size(); ++node) {
            if (never_[node]) continue;
            auto why = inherits(node) ? std::optional{Unreachable{}} : condition_of(node);
            changed = changed || why.has_value();
            never_[node] = std::move(why);
        }
        return changed;
    }

    std::optional<Unreachable> condition_of(ModelIndex node) const {
        const auto relevant = form_.model[node].bind.relevant;
        if (relevant == kNone) return std::nullopt;
        return never(form_.expression(relevant).text(), node);
    }

    /// Why the condition cannot hold; nothing if it may.
    std::optional<Unreachable> never(std::string_view text, ModelIndex context) const {
        text = unwrapped(text);
        if (const auto alternatives = split_outside(text, " or "); alternatives.size() > 1) {
            std::optional<Unreachable> why;
            for (const auto alternative : alternatives) {
                why = never(alternative, context);
                if (!why) break;
            }
            return why;
        }
        if (const auto conditions = split_outside(text, " and "); conditions.size() > 1)
            return any_never(conditions, context);
        if (text == "false()") return Unreachable{};
        const auto compared = comparison_in(text);
        return compared ? never(*compared, context) : std::nullopt;
    }

    std::optional<Unreachable> any_never(const std::vector<std::string_view>& conditions,
                                         ModelIndex context) const {
        std::map<ModelIndex, std::string> wanted;
        for (const auto condition : conditions) {
            if (auto why = never(condition, context)) return why;
            const auto compared = comparison_in(condition);
            const auto source = compared ? resolve(compared->path, context) : std::nullopt;
            if (!source || !compared->whole || !values_.is_select_one(*source)) continue;
            const auto [known, fresh] = wanted.emplace(*source, compared->value);
            if (!fresh && known->second != compared->value)
                return because(WhyNever::two_at_once, *source, compared->value);
        }
        return std::nullopt;
    }

    std::optional<Unreachable> never(const Comparison& compared, ModelIndex context) const {
        const auto source = resolve(compared.path, context);
        if (!source || compared.value.empty()) return std::nullopt;
        if (never_[*source] && values_.only_answered(*source))
            return because(WhyNever::source_never_asked, *source, compared.value);
        const auto* values = values_.of(*source);
        if (!values || values->contains(compared.value)) return std::nullopt;
        return because(WhyNever::no_such_choice, *source, compared.value);
    }

    Unreachable because(WhyNever why, ModelIndex source, const std::string& value) const {
        return {.why = why, .source = form_.model[source].path, .value = value};
    }

    std::optional<ModelIndex> resolve(std::string_view path, ModelIndex context) const {
        std::string at = path.starts_with('/') ? std::string{} : form_.model[context].path;
        for (const auto step : split(path, '/')) {
            if (step.empty() || step == "." || step == "current()") continue;
            if (step == "..")
                at.resize(at.rfind('/') == std::string::npos ? 0 : at.rfind('/'));
            else
                at += "/" + std::string{step};
        }
        const auto found = by_path_.find(at);
        return found == by_path_.end() ? std::nullopt : std::optional{found->second};
    }

    int questions_in(ModelIndex node) const {
        const auto& entry = form_.model[node];
        int count = 0;
        for (const auto control : entry.controls) {
            const auto kind = form_.controls[control].kind;
            if (kind != ControlKind::group && kind != ControlKind::repeat) ++count;
        }
        for (const auto child : entry.children) count += questions_in(child);
        return count;
    }

    const Definition& form_;
    PossibleValues values_;
    std::vector<std::optional<Unreachable>> never_;
    std::unordered_map<std::string, ModelIndex> by_path_;
};

}  // namespace

std::vector<Unreachable> unreachable_questions(const Definition& form) {
    return Reachability{form}.run();
}

}  // namespace bordereau::form
