#include "app/screens/overview_screen.h"

#include "app/screens/beside_parts.h"
#include "app/screens/checks.h"
#include "app/screens/parts.h"
#include "app/screens/sections.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

std::string title_of(const ProblemView& problem) {
    return problem.number.empty() ? problem.label : problem.number + "  " + problem.label;
}

void draw_problem(const ProblemView& problem, const text::Words& words, Commands& out) {
    const bool missing = problem.problem == AnswerProblem::required;
    const std::string detail =
        problem.section + " \xC2\xB7 " +
        std::string(problem_words(problem.problem, problem.message, words, problem.control));
    const bool copied = problem.problem == AnswerProblem::unconfirmed;
    if (widgets::tile("problem", {.icon = copied    ? widgets::Icon::history
                                          : missing ? widgets::Icon::ring
                                                    : widgets::Icon::error,
                                  .title = title_of(problem),
                                  .detail = detail}))
        out.push_back(OpenQuestion{problem.question});
}

/// Each leads to its question.
void draw_problems(const OverviewView& view, RowsUi& ui, const text::Words& words, Commands& out) {
    widgets::heading(words("overview.missing"), 2);
    widgets::text_block(
        words.count("overview.to_answer", static_cast<std::int64_t>(view.problems.size())),
        widgets::kQuiet);
    draw_rows(
        {.count = view.problems.size(),
         .key = [&](std::size_t i) -> const std::string& { return view.problems[i].question; },
         .draw = [&](std::size_t i) { draw_problem(view.problems[i], words, out); }},
        ui);
}

void draw_finish(const OverviewView& view, const text::Words& words, Commands& out) {
    if (view.problems.empty()) {
        widgets::message_strip("complete", Tone::good, words("overview.complete"));
        widgets::text_block(words("overview.complete.next"), widgets::kQuiet);
    }
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary,
                                   .icon = widgets::Icon::check,
                                   .enabled = view.can_finalize};
    if (widgets::button("finalize", words("overview.finalize"), look)) out.push_back(Finalize{});
}

void draw_conflict_count(int conflicts, const text::Words& words, Commands& out) {
    if (conflicts == 0) return;
    const std::string title = words.count("overview.conflicts", conflicts);
    if (widgets::tile("conflicts", {.icon = widgets::Icon::warning,
                                    .title = title,
                                    .detail = words("overview.conflicts.next")}))
        out.push_back(GoTo{Place::conflicts});
    widgets::gap();
}

void draw_all(const OverviewView& view, OverviewUi& ui, const text::Words& words, Commands& out) {
    draw_audit_header(view.header, Place::overview, words, out);
    widgets::gap();
    widgets::labelled_progress(words_of(view.progress, words), share_of(view.progress));
    widgets::gap();
    draw_conflict_count(view.conflicts, words, out);
    draw_copy_offer(view.copy, CopyEarlier::What::all, words, out);
    if (view.editable) draw_finish(view, words, out);
    if (!view.checks.empty()) {
        widgets::gap();
        draw_checks(view.checks, view.editable, ui.explanations, words, out);
    }
    if (!view.problems.empty()) {
        widgets::gap();
        draw_problems(view, ui.problems, words, out);
    }
    widgets::gap();
    widgets::heading(words("fill.sections"), 2);
    draw_sections(view.sections, -1, out);
}

}  // namespace

void draw_overview(const OverviewView& view, OverviewUi& ui, const text::Words& words,
                   Commands& out) {
    widgets::begin_pane("overview", {0, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_all(view, ui, words, out);
    }
    widgets::end_pane();
}

}  // namespace bordereau::app
