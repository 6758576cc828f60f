#include "app/screens/file_field.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/button_row.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

constexpr float kPictureUnits = 7;

bool pointed_at() {
    const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    return ImGui::IsMouseHoveringRect(from, {from.x + size.x, from.y + size.y});
}

void draw_choosing(const QuestionView& question, const text::Words& words, Commands& out) {
    widgets::text_block(question.file_rule.text, question.file_rule.room
                                                     ? widgets::kQuiet
                                                     : widgets::TextStyle{widgets::Ink::error});
    widgets::text_block(words("file.drop_here"), widgets::kSmall);
    widgets::gap(0.2f);
    Buttons button{words};
    const bool room = question.file_rule.room;
    if (button("choose", "file.choose", {.icon = Icon::folder, .enabled = room}))
        out.push_back(BrowseFiles{question.key});
    if (question.camera && button("camera", "camera.photo", {.enabled = room}))
        out.push_back(OpenCamera{question.key});
    if (button("paste", "file.paste", {.enabled = room}))
        out.push_back(PasteFile{question.key, pasted_text()});
}

/// Removing asks once more, in place.
void draw_removing(const QuestionView& question, FileUi& ui, const text::Words& words,
                   Commands& out) {
    widgets::text_block(words("file.remove.sure"), widgets::kQuiet);
    Buttons button{words};
    if (button("remove_sure", "file.remove",
               {.kind = widgets::ButtonKind::danger, .icon = Icon::trash})) {
        out.push_back(DetachFile{question.key});
        ui.removing.clear();
    }
    if (button("keep", "action.cancel", {})) ui.removing.clear();
}

std::string_view again_key(const PadView& pad) {
    switch (pad.kind) {
        case PadView::Kind::signature: return "pad.sign_again";
        case PadView::Kind::drawing: return "pad.draw_again";
        case PadView::Kind::annotation: break;
    }
    return "pad.draw_on_it";
}

void draw_actions(const QuestionView& question, bool may_change, FileUi& ui,
                  const text::Words& words, Commands& out) {
    if (may_change && ui.removing == question.key) return draw_removing(question, ui, words, out);
    Buttons button{words};
    const FileView& file = *question.file;
    if (file.picture && button("enlarge", "file.enlarge", {.icon = Icon::search}))
        out.push_back(EnlargeFile{question.key});
    if (file.can_save && button("save", "file.save", {.icon = Icon::down}))
        out.push_back(SaveFile{question.key});
    if (!may_change) return;
    if (question.pad && button("draw", again_key(*question.pad), {.icon = Icon::pencil}))
        out.push_back(OpenPad{question.key});
    if (button("choose", "file.replace", {.icon = Icon::folder}))
        out.push_back(BrowseFiles{question.key});
    if (button("remove", "file.remove", {.icon = Icon::trash})) ui.removing = question.key;
}

void draw_facts(const FileView& file, const text::Words& words, float width) {
    widgets::text_line(file.name, widgets::kBold, width);
    if (!file.about.empty()) widgets::text_block(file.about, widgets::kSmall, width);
    if (file.loading) widgets::text_line(words("file.loading"), widgets::kSmall, width);
    if (!file.problem.empty()) widgets::text_block(file.problem, {widgets::Ink::warning}, width);
}

void draw_file(const QuestionView& question, const text::Words& words, Commands& out) {
    const FileView& file = *question.file;
    widgets::Row row{widgets::Row::Overflow::keep};
    const float side = kPictureUnits * widgets::unit();
    const float room = file.picture ? side : 2 * widgets::unit();
    row.next(room);
    if (!file.picture)
        widgets::icon_item(Icon::file, widgets::ink_colour(widgets::Ink::quiet), 2);
    else if (widgets::picture_button("picture", file.picture_key, *file.picture, side, side,
                                     file.name))
        out.push_back(EnlargeFile{question.key});
    const float rest = row.rest();
    row.next(rest);
    draw_facts(file, words, rest);
}

}  // namespace

std::string pasted_text() {
    const char* text = ImGui::GetClipboardText();
    return text != nullptr ? text : "";
}

void take_in_files(const QuestionView& question, FileUi& ui, Commands& out) {
    ui.drop.questions.push_back(question.key);
    const bool here = pointed_at();
    if (here && !ui.drop.paths.empty()) ui.drop.target = question.key;
    const bool mine = here || ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
    if (mine && pressed(Shortcut::paste_file))
        out.push_back(PasteFile{question.key, pasted_text()});
}

void DropUi::begin_frame(std::vector<std::string> dropped) {
    paths = std::move(dropped);
    target.clear();
    questions.clear();
}

std::string DropUi::chosen() const {
    if (!target.empty()) return target;
    return questions.size() == 1 ? questions.front() : std::string{};
}

void draw_file_field(const QuestionView& question, bool may_change, FileUi& ui,
                     const text::Words& words, Commands& out) {
    const bool open = may_change && !question.readonly;
    if (open) take_in_files(question, ui, out);
    if (!question.file) {
        const bool empty_sheet = question.pad && question.pad->sheet != media::Sheet{};
        if (open && empty_sheet && question.file_rule.room)
            draw_pad_field(*question.pad, ui.pad, words, out);
        else if (open)
            draw_choosing(question, words, out);
        else
            widgets::text_line(words("answer.none"), widgets::kQuiet);
        return;
    }
    draw_file(question, words, out);
    draw_actions(question, open, ui, words, out);
}

}  // namespace bordereau::app
