#include "app/screens/review_parts.h"

#include <imgui.h>

#include <array>
#include <string>
#include <utility>

#include "app/screens/checks.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/choices.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
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

bool has_unsent(const ReviewUi& ui) {
    return !ui.comment.empty() ||
           (!ui.questions.commenting.empty() && !ui.questions.comment.empty());
}

/// Remarks that were typed and not sent go along with the decision.
void send_typed(ReviewUi& ui, Commands& out) {
    if (!ui.comment.empty()) out.push_back(Comment{"", std::exchange(ui.comment, {})});
    if (!ui.questions.commenting.empty() && !ui.questions.comment.empty())
        out.push_back(Comment{ui.questions.commenting, std::exchange(ui.questions.comment, {})});
    ui.questions.commenting.clear();
}

struct Decisions {
    bool approved = false, returned = false, rejected = false;
};

Decisions draw_verdict_buttons(const ReviewView& view, const text::Words& words) {
    widgets::Row row(widgets::Row::Overflow::wrap);
    const auto offer = [&](const char* id, const char* key, Icon icon, ButtonKind kind,
                           bool possible) {
        const std::string_view label = words(key);
        row.next(widgets::button_width(label, icon));
        return widgets::button(id, label, {.kind = kind, .icon = icon, .enabled = possible});
    };
    Decisions pressed;
    pressed.approved =
        offer("approve", "review.approve", Icon::check, ButtonKind::primary, view.can_approve);
    pressed.returned =
        offer("return", "review.return", Icon::backward, ButtonKind::plain, view.can_return);
    pressed.rejected =
        offer("reject", "review.reject", Icon::cross, ButtonKind::danger, view.can_reject);
    return pressed;
}

/// Before an audit with remarks that nobody has answered is approved. True: all the same.
/// What was `just_asked` is brought into sight, and the keyboard to what changes nothing.
bool draw_asking(const ReviewView& view, ReviewUi& ui, bool just_asked, const text::Words& words) {
    widgets::gap(0.25f);
    std::string remarks{words("review.remarks_open")};
    for (const OpenRemark& remark : view.open_remarks)
        remarks += "\n\xE2\x80\xA2 " +
                   (remark.question.empty() ? remark.text : remark.question + " " + remark.text);
    if (!ui.questions.commenting.empty() && !ui.questions.comment.empty())
        remarks += "\n\xE2\x80\xA2 " + ui.questions.comment;
    if (!ui.comment.empty()) remarks += "\n\xE2\x80\xA2 " + ui.comment;
    widgets::message_strip("remarks_open", Tone::warning, remarks);
    widgets::Row row(widgets::Row::Overflow::wrap);
    const std::string_view yes = words("review.approve_all_same"), no = words("action.cancel");
    row.next(widgets::button_width(yes, Icon::check));
    const bool sure = widgets::button("approve_sure", yes, {.icon = Icon::check});
    row.next(widgets::button_width(no));
    if (just_asked) widgets::land_here();
    if (widgets::button("approve_not", no, {.kind = ButtonKind::quiet})) ui.asking = false;
    return sure;
}

/// Returning and rejecting need a reason; approving takes it as a remark.
void decide(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out) {
    const Decisions pressed = draw_verdict_buttons(view, words);
    ui.tried = ui.reason.empty() && (ui.tried || pressed.returned || pressed.rejected);
    if (pressed.approved) ui.asking = !view.open_remarks.empty() || has_unsent(ui);
    bool approved = pressed.approved && !ui.asking;
    if (ui.asking && view.can_approve)
        approved = draw_asking(view, ui, pressed.approved, words) || approved;
    const bool returned = pressed.returned && !ui.tried, rejected = pressed.rejected && !ui.tried;
    if (!approved && !returned && !rejected) return;
    send_typed(ui, out);
    if (approved)
        out.push_back(ApproveAudit{ui.reason});
    else if (returned)
        out.push_back(ReturnAudit{ui.reason});
    else
        out.push_back(RejectAudit{ui.reason});
    ui.reason.clear();
    ui.asking = false;
}

/// What was decided, and the way on.
void draw_decided(const ReviewView& view, const text::Words& words, Commands& out) {
    if (!view.decided.empty()) widgets::text_block(view.decided);
    if (view.next.empty()) return;
    widgets::gap(0.25f);
    if (widgets::button("next_review", words.count("review.next", view.waiting),
                        {.kind = ButtonKind::primary, .icon = Icon::forward}))
        out.push_back(OpenAudit{view.next});
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
    if (!view.can_approve && !view.can_return && !view.can_reject)
        return draw_decided(view, words, out);
    widgets::field_label(words("review.reason"));
    widgets::input_paragraph("reason", ui.reason,
                             {.label = words("review.reason"), .invalid = ui.tried}, 2);
    if (ui.tried)
        widgets::message_strip("reason_needed", Tone::error, words("review.reason.needed"));
    widgets::gap(0.25f);
    decide(view, ui, words, out);
}

}  // namespace bordereau::app
