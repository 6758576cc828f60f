#include "app/screens/review_screen.h"

#include <imgui.h>

#include <array>

#include "app/screens/parts.h"
#include "app/screens/review_parts.h"
#include "app/screens/scores_plot.h"
#include "app/screens/sections.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

namespace {

constexpr float kSectionsUnits = 16;
constexpr std::array<const char*, 4> kPages{"review.answers", "review.scores", "review.evidence",
                                            "review.decide"};

void draw_pages(ReviewUi& ui, const text::Words& words) {
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    for (std::size_t i = 0; i < kPages.size(); ++i) {
        const auto page = static_cast<ReviewPage>(i);
        const std::string_view label = words(kPages[i]);
        row.next(widgets::tab_width(label));
        if (widgets::tab(kPages[i], label, page == ui.page)) ui.page = page;
    }
}

void draw_answers(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    if (ui.section != view.section) {
        if (ui.section >= 0) ImGui::SetScrollY(0);
        ui.section = view.section;
    }
    const auto at = static_cast<std::size_t>(view.section);
    if (at < view.sections.size()) widgets::heading(view.sections[at].title, 2);
    const QuestionsRights rights{.comment = view.can_comment,
                                 .comment_label = words("comment.add")};
    draw_questions(view.questions, {}, rights, {view.scroll_to, view.scroll_request, {}},
                   ui.questions, words, out);
    widgets::gap();
    if (draw_section_steps(view.section, static_cast<int>(view.sections.size()),
                           words("review.decide"), false, words, out))
        ui.page = ReviewPage::decide;
}

void draw_page(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    switch (ui.page) {
        case ReviewPage::answers: return draw_answers(view, ui, words, out);
        case ReviewPage::scores: return draw_scores(view.scores, words);
        case ReviewPage::evidence: return draw_evidence(view, words, out);
        case ReviewPage::decide: return draw_decision(view, ui, words, out);
    }
}

void draw_head(const ReviewView& view, const text::Words& words, Commands& out) {
    draw_audit_header(view.header, Place::review, words, out);
    if (!view.auditor.empty())
        widgets::text_block(words(view.finalized.empty() ? "review.by_open" : "review.by",
                                  {{"person", view.auditor}, {"when", view.finalized}}),
                            widgets::kSmall);
}

void choose_section(const ReviewView& view, ReviewUi& ui, Commands& out) {
    const int open = ui.page == ReviewPage::answers ? view.section : -1;
    if (!draw_sections(view.sections, open, out, ui.section != view.section)) return;
    ui.page = ReviewPage::answers;
    ui.sections_open = false;
}

void draw_wide(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    widgets::Row row(widgets::Row::Overflow::keep, 0);
    const float side = kSectionsUnits * widgets::unit();
    row.next(side);
    widgets::begin_pane("sections", {side, 0}, widgets::PaneLook::page);
    draw_head(view, words, out);
    widgets::gap();
    choose_section(view, ui, out);
    widgets::end_pane();
    const float rest = row.rest();
    row.next(rest);
    widgets::begin_pane("page", {rest, 0}, widgets::PaneLook::page);
    {
        const MiddleColumn column(kPageUnits);
        draw_pages(ui, words);
        widgets::gap();
        draw_page(view, ui, words, out);
    }
    widgets::end_pane();
}

void draw_narrow(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    widgets::begin_pane("page", {0, 0}, widgets::PaneLook::page);
    draw_head(view, words, out);
    draw_pages(ui, words);
    if (ui.page == ReviewPage::answers &&
        widgets::button("sections", words("fill.sections"),
                        {.icon = ui.sections_open ? widgets::Icon::up : widgets::Icon::down,
                         .width = ImGui::GetContentRegionAvail().x}))
        ui.sections_open = !ui.sections_open;
    widgets::gap(0.25f);
    if (ui.page == ReviewPage::answers && ui.sections_open)
        choose_section(view, ui, out);
    else
        draw_page(view, ui, words, out);
    widgets::end_pane();
}

/// What was typed about another audit does not follow into this one.
void begin_with(const AuditId& audit, ReviewUi& ui) {
    const ReviewPage page = ui.audit.empty() ? ui.page : ReviewPage::answers;
    ui = {};
    ui.audit = audit;
    ui.page = page;
}

}  // namespace

void draw_review(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    if (ui.audit != view.header.audit) begin_with(view.header.audit, ui);
    if (has_room_for_sections())
        draw_wide(view, ui, words, out);
    else
        draw_narrow(view, ui, words, out);
}

}  // namespace bordereau::app
