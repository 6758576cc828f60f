#include "app/desk/audit_log.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/form/definition/question_text.h"

namespace bordereau::app {
namespace {

using Kind = TrailStep::Kind;

/// Rows of repeats by the path of their repeat, in their order, as they stood at a step.
class Rows {
public:
    explicit Rows(const form::Form& form) : form_(form) {}

    void add(const std::string& path) {
        const auto [repeat, key] = split(path);
        auto& keys = keys_of(repeat);
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
    void remove(const std::string& path) {
        const auto [repeat, key] = split(path);
        std::erase(keys_of(repeat), key);
    }
    // Each key of a path as its row's position.
    std::string with_positions(std::string_view path) {
        std::string out;
        for (std::size_t at = 0; at < path.size();) {
            const std::size_t open = path.find('[', at);
            if (open == path.npos) return out.append(path.substr(at));
            const std::size_t close = path.find(']', open);
            out.append(path.substr(at, open - at));
            const std::string key{path.substr(open + 1, close - open - 1)};
            out += "[" + std::to_string(position(std::string{path.substr(0, open)}, key)) + "]";
            at = close + 1;
        }
        return out;
    }

private:
    static std::pair<std::string, std::string> split(const std::string& path) {
        const std::size_t open = path.rfind('[');
        return {path.substr(0, open), path.substr(open + 1, path.size() - open - 2)};
    }
    // Rows that nobody added have their number as key.
    std::vector<std::string>& keys_of(const std::string& repeat) {
        const auto [known, first] = keys_.try_emplace(repeat);
        if (first)
            for (std::size_t row = 1; row <= form::initial_rows(form_, repeat); ++row)
                known->second.push_back(std::to_string(row));
        return known->second;
    }
    std::size_t position(const std::string& repeat, const std::string& key) {
        const auto& keys = keys_of(repeat);
        if (const auto found = std::ranges::find(keys, key); found != keys.end())
            return static_cast<std::size_t>(found - keys.begin()) + 1;
        std::size_t number = 1;  // of those that the form counts out
        std::from_chars(key.data(), key.data() + key.size(), number);
        return number;
    }

    const form::Form& form_;
    std::map<std::string, std::vector<std::string>> keys_;
};

bool is_row(std::string_view path) {
    return path.ends_with(']');
}

std::optional<std::string> event_of(const TrailStep& step) {
    switch (step.kind) {
        case Kind::begun: return "form start";
        case Kind::added: return "add repeat";
        case Kind::removed: return is_row(step.path) ? "delete repeat" : "question";
        case Kind::answered:
        case Kind::settled:
            if (is_row(step.path)) return std::nullopt;  // put into another order
            return "question";
        case Kind::state:
            if (step.state == storage::AuditState::finalized ||
                step.state == storage::AuditState::edited)
                return "form finalize";
            return std::nullopt;
        default: return std::nullopt;
    }
}

}  // namespace

std::vector<report::AuditLogRow> audit_log_of(const std::vector<TrailStep>& steps,
                                              const form::Form& form) {
    std::vector<report::AuditLogRow> rows;
    Rows instances{form};
    for (const TrailStep& step : steps) {
        if (step.kind == Kind::added) instances.add(step.path);
        const auto event = event_of(step);
        if (event && (event != "question" || !form::question_label(form, step.path, "").empty())) {
            report::AuditLogRow row;
            row.event = *event;
            row.node = instances.with_positions(step.path);
            row.start = step.at;
            row.end = *event == "question" || *event == "add repeat" ? step.at : 0;
            row.old_value = step.from;
            row.new_value = step.to;
            row.user = step.login;
            rows.push_back(std::move(row));
        }
        if (step.kind == Kind::removed && is_row(step.path)) instances.remove(step.path);
    }
    return rows;
}

std::optional<report::AuditLogColumns> audit_columns_of(const form::Form& form) {
    const auto rules = form::audit_rules(form);
    if (!rules) return std::nullopt;
    return report::AuditLogColumns{rules->location, rules->track_changes, rules->identify_user,
                                   rules->change_reasons};
}

}  // namespace bordereau::app
