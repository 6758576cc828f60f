// app/screens/scores_view.h - scores of one audit, as text and as a dot-range plot.
// Means are from 0 to 4; "declared" counts all answers, "verified" those with accepted evidence.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bordereau::app {

enum class ScoreState { rated, insufficient, not_applicable };

struct ScoreRow {
    std::string code;  ///< "P1"
    std::string title;
    ScoreState state = ScoreState::rated;
    double declared = 0, verified = 0;
    double low = 0, high = 0;           ///< what the missing answers leave open
    int level = 0;                      ///< 0 to 4, of the verified mean; words: "level.<level>"
    std::string figures;                ///< "1.59 [1.59-1.59]", in the digits of the language
    std::string coverage;               ///< "92 %"
    std::vector<std::string> critical;  ///< gaps: the questions, with their numbers
};

struct ScoresView {
    std::vector<ScoreRow> rows;
    std::optional<int> declared_index, verified_index;  ///< 0 to 100; nothing: not published
    std::string index_note;  ///< why it is not published, or how many dimensions are rated
};

}  // namespace bordereau::app
