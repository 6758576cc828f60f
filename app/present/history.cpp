#include <algorithm>

#include "app/desk/review_list.h"
#include "app/desk/trail.h"
#include "app/form/definition/question_text.h"
#include "app/present/answer_words.h"
#include "app/present/audits.h"
#include "app/text/format.h"
#include "app/text/language.h"

namespace bordereau::app {
namespace {

using Kind = TrailStep::Kind;

bool is_row(const std::string& path) {
    return path.ends_with(']');
}

// An explanation counts as dealt with when it is given: that is no step of its own for people.
void leave_out_settled_explanations(std::vector<TrailStep>& steps) {
    std::erase_if(steps, [](const TrailStep& step) {
        return step.kind == Kind::resolved && !explained_check(step.path).empty();
    });
}

/// Words for the steps of one audit.
class Worded {
public:
    Worded(const Presenting& present, const form::Session& session)
        : present_(present), session_(session) {}

    HistoryRow row(const TrailStep& step, std::size_t number) const {
        HistoryRow row;
        row.key = std::to_string(number);
        row.when = worded_time(present_, step.at);
        row.what = what(step);
        if (!step.path.empty() && session_.find_key_path(step.path) != form::NodeId{} &&
            !is_row(step.path))
            row.question = step.path;
        if (step.kind == Kind::noted) {
            row.from = step.from;
            row.to = step.to;
        }
        if (step.kind == Kind::answered || step.kind == Kind::settled ||
            (step.kind == Kind::removed && !is_row(step.path))) {
            row.from = in_words(step.path, step.from);
            row.to = in_words(step.path, step.to);
        }
        row.why = why(step);
        if (step.unaware) row.tone = Tone::warning;
        return row;
    }

private:
    std::string what(const TrailStep& step) const {
        switch (step.kind) {
            case Kind::begun: return std::string{present_.words("history.begun")};
            case Kind::taken: return std::string{present_.words("history.taken")};
            case Kind::state:
                return std::string{
                    present_.words("state." + std::string{state_name(shown_state(step.state))})};
            case Kind::added: return act("history.added", step);
            case Kind::removed:
                return is_row(step.path) ? act("history.removed", step) : label(step.path);
            case Kind::confirmed: return act("history.confirmed", step);
            case Kind::noted: return act("history.noted", step);
            case Kind::commented:
                return act(
                    explained_check(step.path).empty() ? "history.commented" : "history.explained",
                    step);
            case Kind::resolved: return act("history.resolved", step);
            case Kind::judged: return judged(step);
            case Kind::answered:
            case Kind::settled: break;
        }
        return label(step.path);
    }

    std::string act(const char* key, const TrailStep& step) const {
        const std::string place = label(step.path);
        const std::string act{present_.words(key)};
        return place.empty() ? act : act + ": " + place;
    }

    std::string judged(const TrailStep& step) const {
        const char* key = step.verdict == storage::Verdict::accepted   ? "history.accepted"
                          : step.verdict == storage::Verdict::rejected ? "history.refused"
                                                                       : "history.open";
        return act(key, step);
    }

    std::string why(const TrailStep& step) const {
        std::string out = step.text;
        const auto note = [&](const char* key) {
            out.append(out.empty() ? "" : " \xC2\xB7 ").append(present_.words(key));
        };
        if (!step.copied_from.empty()) {
            const std::string from =
                step.copied_title.empty() ? step.copied_from.text.substr(0, 8) : step.copied_title;
            out.append(out.empty() ? "" : " \xC2\xB7 ")
                .append(present_.words("history.copied", {{"audit", from}}));
        }
        if (step.kind == Kind::settled) note("history.settled");
        if (step.folded > 1)
            out.append(out.empty() ? "" : " \xC2\xB7 ")
                .append(present_.words.count("history.folded", step.folded));
        if (step.unaware) note("history.unaware");
        if (step.other_hand) note("history.other_hand");
        return out;
    }

    std::string label(const std::string& path) const {
        if (path.empty()) return path;
        if (const auto check = explained_check(path); !check.empty())
            return std::string{present_.words("consistency.x" + std::string{check.substr(1)})};
        if (is_review_item(path)) return std::string{present_.words("review.list." + path)};
        return asked_at(session_, path);
    }

    std::string in_words(const std::string& path, const std::string& value) const {
        const form::NodeId node = session_.find_key_path(path);
        const form::Element* element = session_.element_of(node);
        if (element != nullptr && element->kind == form::ElementKind::question)
            return answer_for_people(present_.words, session_, *element, value);
        return form::choice_text(session_.form(), path, value, session_.language());
    }

    const Presenting& present_;
    const form::Session& session_;
};

std::string sitting_in_words(const Presenting& present, const Sitting& sitting) {
    return present.words("history.sitting", {{"person", sitting.login},
                                             {"device", sitting.device},
                                             {"when", worded_moment(present, sitting.begin)}});
}

}  // namespace

Result<HistoryView> present_history(const Presenting& present, Desk& desk, const Filling& filling,
                                    const std::string& filter) {
    auto steps = trail_of(desk, filling.summary());
    if (!steps) return std::move(steps).error();
    leave_out_settled_explanations(*steps);
    *steps = folded_steps(asked_steps(*std::move(steps), filling.session().form()));
    HistoryView view;
    view.header = header_of(filling.summary(), filling.session());
    view.filter = filter;
    view.in_all = static_cast<int>(steps->size());
    const Worded worded{present, filling.session()};
    const std::string wanted = text::search_key(filter);
    auto sittings = sittings_of(*steps);
    std::size_t number = steps->size();
    std::ranges::reverse(sittings);
    for (Sitting& sitting : sittings) {
        bool first = true;
        std::ranges::reverse(sitting.steps);
        for (const TrailStep& step : sitting.steps) {
            HistoryRow row = worded.row(step, number--);
            if (text::search_key(row.what).find(wanted) == std::string::npos) continue;
            if (first) row.sitting = sitting_in_words(present, sitting);
            first = false;
            view.rows.push_back(std::move(row));
        }
    }
    return view;
}

}  // namespace bordereau::app
