#include "tests/app/widgets/gallery.h"

#include <imgui.h>

#include <array>
#include <vector>

#include "app/widgets/buttons.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/question.h"
#include "app/widgets/signs.h"

namespace bordereau::test {
namespace {

using namespace widgets;

void draw_side(const GalleryTexts& texts) {
    text_line("Bordereau", {Ink::side, text::Weight::bold, 1.2f});
    gap(0.6f);
    side_item("home", {Icon::home, texts.title, 3, -1, Tone::neutral, true});
    side_item("fill", {Icon::pencil, texts.question, 0, 0.4f, Tone::error, false});
    side_item("review", {Icon::review, texts.state, 0, 1, Tone::good, false});
    side_item("sync", {Icon::sync, texts.send, 12, -1, Tone::warning, false});
    side_item("people", {Icon::people, texts.name, 0, -1, Tone::neutral, false});
    side_item("settings", {Icon::settings, texts.unit, 0, -1, Tone::neutral, false});
}

void draw_questions(const GalleryTexts& texts, GalleryUi& ui) {
    const std::vector<Choice> levels{{"2", texts.yes}, {"1", texts.partly}, {"0", texts.no}};
    const QuestionFrame first{.number = "12",
                              .label = texts.question,
                              .hint = texts.hint,
                              .required = true,
                              .answered = true,
                              .comments = 2};
    begin_question("q12", first);
    choice_list("level", levels, ui.level);
    end_question(first);
    const QuestionFrame second{.number = "13",
                               .label = texts.note,
                               .required = true,
                               .tone = Tone::error,
                               .message = texts.error};
    begin_question("q13", second);
    input_paragraph("note", ui.note,
                    {.label = texts.note, .placeholder = texts.hint, .invalid = true});
    end_question(second);
    const QuestionFrame third{.number = "14", .label = texts.name};
    begin_question("q14", third);
    multi_choice("offers", levels, ui.offers, {.layout = ChoiceLayout::list});
    input_number("count", ui.number, {.unit = texts.unit});
    input_date("date", ui.date, {2026, 3, 9}, ui.calendar);
    end_question(third);
}

void draw_rows(const GalleryTexts& texts) {
    const Table::Column columns[] = {{texts.title, 3}, {texts.state, -9}, {texts.unit, 1, true}};
    Table table{"rows", columns};
    table.header();
    for (int row = 0; row < 3 && table.visible(); ++row) {
        ImGui::PushID(row);
        table.row();
        table.cell(0);
        table.row_button("row", texts.place);
        text_line(texts.place, kBold);
        text_line(texts.hint, kSmall);
        table.cell(1);
        badge(texts.state, row == 0 ? Tone::good : row == 1 ? Tone::warning : Tone::info);
        table.cell(2);
        text_line(row == 0 ? "1 250" : "17", {.align = Align::end});
        ImGui::PopID();
    }
}

void draw_controls(const GalleryTexts& texts, GalleryUi& ui) {
    const std::vector<Choice> places(40, {"x", texts.place});
    {
        Row row{Row::Overflow::wrap};
        for (const auto kind :
             {ButtonKind::primary, ButtonKind::plain, ButtonKind::quiet, ButtonKind::danger}) {
            row.next(button_width(texts.send, Icon::sync));
            ImGui::PushID(static_cast<int>(kind));
            button("send", texts.send, {kind, Icon::sync});
            ImGui::PopID();
        }
    }
    {
        Row row{Row::Overflow::wrap};
        for (const auto* label : {&texts.yes, &texts.partly, &texts.no}) {
            row.next(tab_width(*label, 7));
            tab(label->c_str(), *label, label == &texts.yes, 7);
        }
    }
    field_label(texts.name, true);
    input_text("name", ui.name,
               {.label = texts.name, .placeholder = texts.hint, .width = unit() * 20});
    input_search("search", ui.search, {.label = "search", .placeholder = texts.place});
    drop_down("place", places, ui.country, ui.list, {.label = "place", .placeholder = texts.place});
    check_box("agree", texts.yes, ui.agreed);
    labelled_progress(texts.state, 0.45f);
    tile("tile", {Icon::report, texts.title, texts.hint, true});
    link("link", texts.place);
}

}  // namespace

void draw_gallery(const GalleryTexts& texts, GalleryUi& ui) {
    const float side = narrow() ? 0 : unit() * 13;
    const ImVec2 all = ImGui::GetContentRegionAvail();
    Row panes{Row::Overflow::keep, 0};
    if (side > 0) {
        panes.next(side);
        begin_pane("side", {side, all.y}, PaneLook::side);
        draw_side(texts);
        end_pane();
    }
    const float rest = panes.rest();
    panes.next(rest);
    begin_pane("page", {rest, all.y}, PaneLook::page);
    heading(texts.title);
    message_strip("message", Tone::warning, texts.message, true);
    draw_questions(texts, ui);
    begin_card("controls");
    draw_controls(texts, ui);
    end_card();
    begin_card("table");
    draw_rows(texts);
    end_card();
    empty_state(Icon::form, texts.title, texts.hint);
    end_pane();
}

GalleryTexts gallery_texts(text::Language language) {
    switch (language) {
        case text::Language::ar:
            return {"استبيان المعبر الحدودي",
                    "هل توجد إجراءات مكتوبة لإحالة الأشخاص المعرَّضين للخطر (المادة 12)؟",
                    "يُرجى عدم إدخال بيانات شخصية.",
                    "نعم",
                    "جزئيا",
                    "لا",
                    "لم تُرسَل 3 سجلات بعد إلى WFP-2024/17؛ ستُرسَل عند عودة الشبكة.",
                    "المدقِّق",
                    "ملاحظات المدقِّق",
                    "شخص",
                    "نقطة عبور حدودية",
                    "مزامنة",
                    "في انتظار المزامنة",
                    "إجابة إلزامية"};
        case text::Language::zh:
            return {"边境口岸审计问卷",
                    "是否有书面程序，用于转介处于危险中的人员（第12条）？",
                    "请勿填写个人信息。",
                    "是",
                    "部分",
                    "否",
                    "还有 3 条记录待同步，网络恢复后将自动发送。",
                    "审计员",
                    "审计员备注",
                    "人",
                    "过境点",
                    "同步",
                    "等待同步",
                    "必答"};
        case text::Language::ru:
            return {"Анкета пункта пропуска",
                    "Существуют ли письменные процедуры направления лиц, находящихся в опасности "
                    "(статья 12)?",
                    "Не вводите персональные данные.",
                    "Да",
                    "Частично",
                    "Нет",
                    "3 записи ожидают синхронизации; они будут отправлены, когда появится сеть.",
                    "Аудитор",
                    "Примечания аудитора",
                    "человек",
                    "Пункт пропуска через границу",
                    "Синхронизировать",
                    "Ожидает синхронизации",
                    "Обязательный ответ"};
        default:
            return {"Audit of the border crossing point",
                    "Are there written procedures for referring people at risk (article 12)?",
                    "No personal data here.",
                    "Yes",
                    "Partly",
                    "No",
                    "3 records are waiting; they travel when a network returns.",
                    "Auditor",
                    "Notes of the auditor",
                    "people",
                    "Border crossing point",
                    "Synchronise",
                    "Waiting to synchronise",
                    "Answer required"};
    }
}

}  // namespace bordereau::test
