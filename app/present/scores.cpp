#include <algorithm>

#include "app/present/review.h"
#include "app/text/format.h"

namespace bordereau::app {
namespace {

ScoreState state_of(audit::Rating rating) {
    switch (rating) {
        case audit::Rating::rated: return ScoreState::rated;
        case audit::Rating::insufficient: return ScoreState::insufficient;
        case audit::Rating::not_applicable: return ScoreState::not_applicable;
    }
    return ScoreState::not_applicable;
}

std::string figures_of(text::Language language, const audit::DimensionScore& score) {
    if (!score.mean) return {};
    const auto number = [language](double value) {
        return text::format_number(value, 2, language);
    };
    return number(*score.mean) + " [" + number(score.low.value_or(0)) + "–" +
           number(score.high.value_or(0)) + "]";
}

// Gaps among the items of one dimension, as the form asks them: "31. Are ...?".
std::vector<std::string> critical_in(const audit::Dimension& dimension,
                                     const std::vector<std::string_view>& gaps,
                                     const form::Session& session,
                                     const std::vector<Section>& sections) {
    std::vector<std::string> here;
    for (const std::string_view item : dimension.items) {
        if (std::ranges::find(gaps, item) == gaps.end()) continue;
        const form::NodeId node = find_question(session, item);
        const form::Element* asked = session.element_of(node);
        const std::string number = number_of(session, sections, node);
        here.push_back((number.empty() ? "" : number + ". ") +
                       (asked == nullptr ? std::string{item} : session.label(*asked)));
    }
    return here;
}

}  // namespace

ScoresView present_scores(const Presenting& present, const form::Session& session,
                          const std::vector<Section>& sections, const audit::AuditScore& score) {
    ScoresView view;
    const text::Language language = present.words.language();
    for (std::size_t i = 0; i < audit::kDimensions; ++i) {
        const audit::DimensionScore& declared = score.declared[i];
        const audit::DimensionScore& verified = score.verified[i];
        ScoreRow row;
        row.code = audit::dimensions()[i].code;
        row.title = present.words("dimension." + row.code);
        row.state = state_of(verified.rating);
        row.declared = declared.mean.value_or(0);
        row.verified = verified.mean.value_or(0);
        row.low = verified.low.value_or(0);
        row.high = verified.high.value_or(0);
        row.level = verified.level.value_or(0);
        row.figures = figures_of(language, verified);
        if (verified.coverage) row.coverage = text::format_share(*verified.coverage, language);
        row.critical = critical_in(audit::dimensions()[i], score.critical_gaps, session, sections);
        view.rows.push_back(std::move(row));
    }
    view.declared_index = score.declared_index;
    view.verified_index = score.verified_index;
    view.index_note = present.words.count("scores.rated", score.rated);
    return view;
}

}  // namespace bordereau::app
