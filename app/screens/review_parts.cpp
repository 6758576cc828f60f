#include "app/screens/review_parts.h"

#include <imgui.h>

#include <array>

#include "app/screens/checks.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::ButtonKind;
using widgets::Icon;

namespace {

struct VerdictSign {
    const char* key;
    Tone tone;
    Icon icon;
};
constexpr std::array<VerdictSign, 3> kVerdicts{{
    {"verdict.open", Tone::neutral, Icon::ring},
    {"verdict.accepted", Tone::good, Icon::check},
    {"verdict.rejected", Tone::error, Icon::cross},
}};

void draw_judging(const EvidenceView& evidence, const text::Words& words, Commands& out) {
    const std::string_view accept = words("review.evidence.accept");
    const std::string_view reject = words("review.evidence.reject");
    widgets::Row row(widgets::Row::Overflow::wrap);
    row.next(widgets::button_width(accept, Icon::check));
    if (widgets::button("accept", accept,
                        {.icon = Icon::check, .enabled = evidence.verdict != Verdict::accepted}))
        out.push_back(JudgeEvidence{evidence.key, true});
    row.next(widgets::button_width(reject, Icon::cross));
    if (widgets::button("reject", reject,
                        {.icon = Icon::cross, .enabled = evidence.verdict != Verdict::rejected}))
        out.push_back(JudgeEvidence{evidence.key, false});
}

void draw_review_list(const ReviewView& view, const text::Words& words, Commands& out) {
    if (view.list.empty()) return;
    widgets::heading(words("review.list"), 2);
    for (const ReviewItem& item : view.list) {
        bool done = item.done;
        if (widgets::check_box(item.item.c_str(), words("review.list." + item.item), done,
                               view.can_judge))
            out.push_back(TickReviewItem{item.item, done});
    }
    widgets::gap();
}

void draw_on_the_whole(const ReviewView& view, ReviewUi& ui, const text::Words& words,
                       Commands& out) {
    widgets::heading(words("comment.whole"), 2);
    draw_comments(view.comments, words, out);
    if (view.can_comment) draw_comment_box("", ui.comment, false, words, out);
    widgets::gap();
}

/// Returning and rejecting need a reason; approving takes it as a remark.
void draw_verdict_buttons(const ReviewView& view, ReviewUi& ui, const text::Words& words,
                          Commands& out) {
    widgets::Row row(widgets::Row::Overflow::wrap);
    const auto offer = [&](const char* id, const char* key, Icon icon, ButtonKind kind,
                           bool possible) {
        const std::string_view label = words(key);
        row.next(widgets::button_width(label, icon));
        return widgets::button(id, label, {.kind = kind, .icon = icon, .enabled = possible});
    };
    const bool approved =
        offer("approve", "review.approve", Icon::check, ButtonKind::primary, view.can_approve);
    const bool returned =
        offer("return", "review.return", Icon::backward, ButtonKind::plain, view.can_return);
    const bool rejected =
        offer("reject", "review.reject", Icon::cross, ButtonKind::danger, view.can_reject);
    ui.tried = ui.reason.empty() && (ui.tried || returned || rejected);
    if (approved)
        out.push_back(ApproveAudit{ui.reason});
    else if (returned && !ui.tried)
        out.push_back(ReturnAudit{ui.reason});
    else if (rejected && !ui.tried)
        out.push_back(RejectAudit{ui.reason});
    else
        return;
    ui.reason.clear();
}

}  // namespace

void draw_evidence(const ReviewView& view, const text::Words& words, Commands& out) {
    if (view.evidence.empty())
        widgets::empty_state(Icon::file, words("review.evidence"), words("review.evidence.empty"));
    for (const EvidenceView& evidence : view.evidence) {
        ImGui::PushID(evidence.key.c_str());
        widgets::begin_card("evidence");
        widgets::text_block(evidence.title, widgets::kBold);
        if (!evidence.supports.empty())
            widgets::text_block(words("review.evidence.for", {{"questions", evidence.supports}}),
                                widgets::kSmall);
        const VerdictSign& sign = kVerdicts[static_cast<std::size_t>(evidence.verdict)];
        widgets::badge(words(sign.key), sign.tone, sign.icon);
        if (view.can_judge) draw_judging(evidence, words, out);
        widgets::end_card();
        ImGui::PopID();
    }
}

void draw_decision(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    if (!view.checks.empty()) draw_checks(view.checks, false, ui.explanations, words, out);
    draw_review_list(view, words, out);
    draw_on_the_whole(view, ui, words, out);
    widgets::heading(words("review.decide"), 2);
    if (!view.why_not.empty()) widgets::message_strip("why_not", Tone::info, view.why_not);
    if (!view.can_approve && !view.can_return && !view.can_reject) return;
    widgets::field_label(words("review.reason"));
    widgets::input_paragraph("reason", ui.reason,
                             {.label = words("review.reason"), .invalid = ui.tried}, 2);
    if (ui.tried)
        widgets::message_strip("reason_needed", Tone::error, words("review.reason.needed"));
    widgets::gap(0.25f);
    draw_verdict_buttons(view, ui, words, out);
}

}  // namespace bordereau::app
