#include "app/audit/training.h"

#include <cmath>

namespace bordereau::audit {
namespace {

constexpr std::int64_t kLeastCompleted = 5;

std::optional<double> gain(const Answers& answers, const char* completed, const char* before,
                           const char* after) {
    const auto from = answers.number(before), to = answers.number(after);
    if (answers.count(completed).value_or(0) < kLeastCompleted || !from || !to) return {};
    return std::round((*to - *from) * 10.0) / 10.0;
}

}  // namespace

TrainingFigures training_figures(const Record& session) {
    TrainingFigures figures;
    figures.sessions = 1;
    for (const Answers& row : session.rows("t_row")) {
        figures.women += row.count("t_w").value_or(0);
        figures.men += row.count("t_m").value_or(0);
        figures.unrecorded += row.count("t_x").value_or(0);
    }
    figures.completed_women = session.answers.count("t_don_w").value_or(0);
    figures.completed_men = session.answers.count("t_don_m").value_or(0);
    const double hours = session.answers.number("t_hours").value_or(0);
    figures.person_hours =
        std::round(static_cast<double>(figures.participants()) * hours * 10.0) / 10.0;
    return figures;
}

TrainingFigures training_figures(std::span<const Record* const> sessions) {
    TrainingFigures all;
    for (const Record* session : sessions) {
        const TrainingFigures one = training_figures(*session);
        ++all.sessions;
        all.women += one.women;
        all.men += one.men;
        all.unrecorded += one.unrecorded;
        all.completed_women += one.completed_women;
        all.completed_men += one.completed_men;
        all.person_hours += one.person_hours;
    }
    return all;
}

TrainingGain training_gain(const Record& session) {
    return {gain(session.answers, "t_don_w", "t_pre_w", "t_post_w"),
            gain(session.answers, "t_don_m", "t_pre_m", "t_post_m")};
}

}  // namespace bordereau::audit
