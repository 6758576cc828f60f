#include "app/screens/laptops_part.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/button_row.h"
#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"
#include "app/widgets/question.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

constexpr float kPictureUnits = 14;

void draw_revoking(const LaptopRow& laptop, LaptopsUi& ui, const text::Words& words,
                   Commands& out) {
    if (ui.revoking != laptop.device) {
        if (widgets::link("revoke", words("laptops.revoke"))) ui.revoking = laptop.device;
        return;
    }
    widgets::text_block(words("laptops.revoke.sure", {{"device", laptop.name}}));
    widgets::field_label(words("laptops.revoke.reason"), true);
    widgets::input_text("reason", ui.reason, {.label = words("laptops.revoke.reason")});
    widgets::gap(0.25f);
    widgets::Row row(widgets::Row::Overflow::wrap, 0.25f);
    row.next(widgets::button_width(words("laptops.revoke")));
    if (widgets::button("revoke_sure", words("laptops.revoke"),
                        {.kind = widgets::ButtonKind::danger, .enabled = !ui.reason.empty()})) {
        out.push_back(RevokeLaptop{laptop.device, ui.reason});
        ui.revoking.clear();
        ui.reason.clear();
    }
    row.next(widgets::button_width(words("action.cancel")));
    if (widgets::button("keep", words("action.cancel"))) ui.revoking.clear();
}

void draw_laptop(const LaptopRow& laptop, LaptopsUi& ui, const text::Words& words, Commands& out) {
    ImGui::PushID(laptop.device.c_str());
    widgets::begin_card("laptop");
    {
        widgets::Row row(widgets::Row::Overflow::wrap);
        const float width = widgets::text_size(laptop.name, widgets::kBold).x;
        row.next(width);
        widgets::text_line(laptop.name, widgets::kBold, width);
        if (laptop.self || laptop.revoked) {
            const auto sign = words(laptop.revoked ? "member.revoked" : "member.own");
            row.next(widgets::badge_width(sign));
            widgets::badge(sign, laptop.revoked ? Tone::error : Tone::info,
                           laptop.revoked ? Icon::cross : Icon::check);
        }
    }
    widgets::text_block(words(laptop.role), widgets::kQuiet);
    if (!laptop.since.empty())
        widgets::text_block(words("people.since", {{"when", laptop.since}}), widgets::kSmall);
    if (!laptop.number.empty())
        widgets::text_block(
            laptop.heard.empty()
                ? words("laptops.number", {{"number", laptop.number}})
                : words("laptops.heard", {{"number", laptop.number}, {"when", laptop.heard}}),
            widgets::kSmall);
    if (!laptop.reason.empty()) widgets::text_block(laptop.reason, widgets::kSmall);
    if (laptop.can_revoke) draw_revoking(laptop, ui, words, out);
    widgets::end_card();
    ImGui::PopID();
}

/// As text to copy, as a picture to photograph, as a file for a stick.
void draw_code(const HandOnView& code, bool answer, std::string& file, const text::Words& words,
               Commands& out) {
    ImGui::PushID(answer ? "answer_code" : "own_code");
    widgets::text_block(code.text, widgets::kBold);
    if (!code.picture.empty()) {
        const float side = kPictureUnits * widgets::unit();
        widgets::picture("picture", code.text, code.picture, side, side);
    }
    if (widgets::button("copy", words("laptops.copy"), {.icon = Icon::file}))
        ImGui::SetClipboardText(code.text.c_str());
    if (file.empty()) file = code.file;
    widgets::field_label(words("laptops.file"));
    widgets::input_text("file", file, {.label = words("laptops.file")});
    widgets::gap(0.25f);
    if (widgets::button("save", words("laptops.save"), {.enabled = !file.empty()}))
        out.push_back(SaveCode{answer, file});
    ImGui::PopID();
}

/// Below the field that what the camera reads goes into.
void draw_scanning(const LaptopsView& view, bool answer, const text::Words& words, Commands& out) {
    if (!view.camera) return;
    widgets::gap(0.25f);
    if (widgets::button(answer ? "scan_answer" : "scan_code", words("camera.read")))
        out.push_back(ScanCode{answer});
}

void take_scanned(const ScannedView& scanned, LaptopsUi& ui) {
    if (ui.scanned == scanned.number) return;
    ui.scanned = scanned.number;
    if (!scanned.code.empty()) (scanned.answer ? ui.answer : ui.code) = scanned.code;
}

void draw_admitting(const LaptopsView& view, LaptopsUi& ui, const text::Words& words,
                    Commands& out) {
    widgets::gap();
    widgets::begin_card("admitting");
    widgets::heading(words("laptops.admit"), 3);
    widgets::text_block(words("laptops.admit.about"), widgets::kQuiet);
    widgets::field_label(words("laptops.code"), true);
    widgets::input_text("laptop_code", ui.code, {.label = words("laptops.code")});
    draw_scanning(view, false, words, out);
    widgets::field_label(words("laptops.name"));
    widgets::input_text("laptop_name", ui.name, {.label = words("laptops.name")});
    draw_role_choice(view.roles, "laptop_", ui.role, words);
    widgets::gap(0.25f);
    if (widgets::button("admit", words("laptops.admit"), {.enabled = !ui.code.empty()}))
        out.push_back(AdmitLaptop{ui.code, ui.name, ui.role});
    // What was typed stays until it has served.
    const bool fresh = view.answer.text != ui.answered;
    if (fresh) {
        ui.answered = view.answer.text;
        ui.code.clear();
        ui.name.clear();
        ui.to_file.clear();
    }
    if (!view.answer.text.empty()) {
        widgets::gap();
        widgets::message_strip("admitted", Tone::good,
                               words("laptops.admitted", {{"device", view.answer.name}}));
        if (fresh) widgets::land_here();
        draw_code(view.answer, true, ui.to_file, words, out);
    }
    widgets::end_card();
}

void draw_entering(const LaptopsView& view, LaptopsUi& ui, const text::Words& words,
                   Commands& out) {
    widgets::gap();
    widgets::begin_card("entering");
    widgets::heading(words("laptops.join"), 3);
    widgets::text_block(words("laptops.join.about"), widgets::kQuiet);
    draw_code(view.own, false, ui.own_file, words, out);
    widgets::gap();
    widgets::field_label(words("laptops.answer"));
    widgets::input_text("answer", ui.answer, {.label = words("laptops.answer")});
    draw_scanning(view, true, words, out);
    widgets::gap(0.25f);
    if (widgets::button("join_laptops", words("laptops.join"), {.enabled = !ui.answer.empty()}))
        out.push_back(JoinLaptops{ui.answer});
    widgets::end_card();
}

/// Those that are no members any more fold away below the others.
void draw_all(const LaptopsView& view, LaptopsUi& ui, const text::Words& words, Commands& out) {
    const auto former = std::ranges::find_if(view.laptops, &LaptopRow::revoked);
    for (auto laptop = view.laptops.begin(); laptop != former; ++laptop)
        draw_laptop(*laptop, ui, words, out);
    if (former == view.laptops.end()) return;
    const std::string title = words.count("laptops.former", view.laptops.end() - former);
    if (widgets::fold("former", {.title = title, .open = ui.former})) ui.former = !ui.former;
    if (!ui.former) return;
    for (auto laptop = former; laptop != view.laptops.end(); ++laptop)
        draw_laptop(*laptop, ui, words, out);
}

}  // namespace

void draw_laptops(const LaptopsView& view, LaptopsUi& ui, const text::Words& words, Commands& out) {
    take_scanned(view.scanned, ui);
    widgets::gap();
    widgets::heading(words("laptops"), 2);
    widgets::text_block(words("laptops.about", {{"team", view.team}}), widgets::kQuiet);
    draw_all(view, ui, words, out);
    if (!view.problem.empty()) widgets::message_strip("laptops_problem", Tone::error, view.problem);
    if (view.can_admit) draw_admitting(view, ui, words, out);
    if (view.can_join) draw_entering(view, ui, words, out);
}

}  // namespace bordereau::app
