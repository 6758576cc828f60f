// app/audit/training.h - figures of training sessions: numbers only, no attendance lists.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "app/audit/record.h"

namespace bordereau::audit {

struct TrainingFigures {
    int sessions = 0;
    std::int64_t women = 0, men = 0, unrecorded = 0;  ///< participants
    std::int64_t completed_women = 0, completed_men = 0;
    double person_hours = 0;  ///< participants x teaching hours, one decimal per session

    std::int64_t participants() const { return women + men + unrecorded; }
};

/// Mean mark after minus before, in points of 100; only from five of that sex who completed.
struct TrainingGain {
    std::optional<double> women, men;
};

TrainingFigures training_figures(const Record& session);
TrainingFigures training_figures(std::span<const Record* const> sessions);
TrainingGain training_gain(const Record& session);

}  // namespace bordereau::audit
