#include "app/screens/code_field.h"

#include <imgui.h>

#include "app/screens/typing.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/signs.h"
#include "app/widgets/signs_input.h"

namespace bordereau::app {
namespace {

using widgets::Icon;

void draw_typed(const QuestionView& question, FieldsUi& ui, Commands& out) {
    widgets::FieldLook look = look_of(question);
    look.focus = ui.focus == question.key;
    if (look.focus) ui.focus.clear();
    type_into(
        question, {"", question.value}, ui, out,
        [&](std::string& text) { return widgets::input_signs("field", text, look); },
        [](const std::string& text) { return text; });
}

/// Several codes in one picture: which one is meant only a person knows.
void draw_found(const QuestionView& question, const text::Words& words, Commands& out) {
    widgets::text_block(words("code.several"));
    for (const std::string& code : question.code->found) {
        ImGui::PushID(code.c_str());
        widgets::Row row{widgets::Row::Overflow::wrap};
        row.next(widgets::button_width(code));
        if (widgets::button("code", code)) out.push_back(Answer{question.key, code});
        ImGui::PopID();
    }
}

void draw_reading(const QuestionView& question, const text::Words& words, Commands& out) {
    if (!question.code) return;
    if (question.code->reading) widgets::text_line(words("code.reading"), widgets::kSmall);
    if (!question.code->problem.empty())
        widgets::message_strip("code_problem", Tone::warning, question.code->problem);
    if (!question.code->found.empty()) draw_found(question, words, out);
}

}  // namespace

void draw_code_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                     Commands& out) {
    draw_typed(question, ui, out);
    if (question.readonly) return;
    take_in_files(question, ui.files, out);
    widgets::text_block(words("code.help"), widgets::kSmall);
    {
        widgets::Row row{widgets::Row::Overflow::wrap};
        if (question.camera) {
            row.next(widgets::button_width(words("camera.read")));
            if (widgets::button("camera", words("camera.read")))
                out.push_back(OpenCamera{question.key});
        }
        row.next(widgets::button_width(words("code.picture"), Icon::folder));
        if (widgets::button("picture", words("code.picture"), {.icon = Icon::folder}))
            out.push_back(BrowseFiles{question.key});
        row.next(widgets::button_width(words("code.paste")));
        if (widgets::button("paste", words("code.paste")))
            out.push_back(PasteFile{question.key, pasted_text()});
    }
    draw_reading(question, words, out);
}

}  // namespace bordereau::app
