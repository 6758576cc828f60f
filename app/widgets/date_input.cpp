#include <imgui.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "app/text/format.h"
#include "app/text/read_date.h"
#include "app/widgets/buttons.h"
#include "app/widgets/editor.h"
#include "app/widgets/inputs.h"
#include "app/widgets/items.h"
#include "app/widgets/keyboard.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

constexpr float kDay = 1.9f;  // units a day of the calendar takes in each direction

char32_t date_sign(char32_t code) {
    std::string utf8;
    append_utf8(utf8, code);
    const std::string western = text::with_western_digits(utf8);
    std::size_t at = 0;
    const char32_t sign = next_code_point(western, at);
    return text::in_typed_date(sign) ? sign : U'\0';
}

std::optional<Date> date_in(std::string_view value) {
    return text::read_date(value, look().words->language());
}

std::string_view words(const char* key) {
    return (*look().words)(key);
}

void turn_month(CalendarUi& ui, int by) {
    const int months = ui.year * 12 + ui.month - 1 + by;
    ui.year = months / 12;
    ui.month = months % 12 + 1;
}

int days_in(int year, int month) {
    int days = 31;
    while (!exists({year, month, days})) --days;
    return days;
}

// 0 for Monday; 1970-01-01 was a Thursday.
int weekday_of(Date date) {
    return static_cast<int>(((days_of(date) + 3) % 7 + 7) % 7);
}

void draw_month_bar(CalendarUi& ui) {
    const auto language = look().words->language();
    const std::string title =
        language == text::Language::zh
            ? std::to_string(ui.year) + "年" + std::string{text::month_name(ui.month, language)}
            : std::string{text::month_name(ui.month, language)} + " " + std::to_string(ui.year);
    Row row{Row::Overflow::keep, 0};
    const float side = target_height();
    row.next(side);
    if (icon_button("previous", Icon::backward, words("widget.previous_month"))) turn_month(ui, -1);
    const float middle = row.rest(side);
    row.next(middle);
    middle_line(title, {Ink::text, text::Weight::bold, 1, Align::centre}, middle);
    row.next(side);
    if (icon_button("next", Icon::forward, words("widget.next_month"))) turn_month(ui, 1);
}

bool draw_day(Date date, bool chosen, bool today) {
    const float side = kDay * unit();
    const std::string number = std::to_string(date.day);
    ImGui::PushID(date.day);
    const bool pressed = ImGui::InvisibleButton("day", {side, side}, ImGuiButtonFlags_EnableNav);
    ImGui::PopID();
    announce(to_text(date));
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 inset{from.x + 1, from.y + 1};
    if (chosen || ImGui::IsItemHovered())
        list->AddRectFilled(inset, {to.x - 1, to.y - 1},
                            colour(chosen ? palette().accent : palette().accent_soft), side * 0.2f);
    if (today) list->AddRect(inset, {to.x - 1, to.y - 1}, colour(palette().accent), side * 0.2f);
    draw_text({from.x, from.y + (side - unit()) / 2}, side, number,
              {chosen ? Ink::on_accent : Ink::text,
               today ? text::Weight::bold : text::Weight::regular, 1, Align::centre});
    return pressed;
}

/// Page Up and Page Down turn the months, with Ctrl the years; true when they did.
bool turn_by_keys(CalendarUi& ui) {
    for (const auto& [key, by] : {std::pair{ImGuiKey_PageUp, -1}, {ImGuiKey_PageDown, 1}}) {
        if (!ImGui::IsKeyPressed(key)) continue;
        turn_month(ui, ImGui::GetIO().KeyCtrl ? 12 * by : by);
        keep_from_moving(key);
        return true;
    }
    return false;
}

void draw_weekdays(int first) {
    Row row{Row::Overflow::keep, 0};
    for (int step = 0; step < 7; ++step) {
        row.next(kDay * unit());
        text_line(text::weekday_name((first + step) % 7, look().words->language()),
                  {Ink::quiet, text::Weight::regular, 0.75f, Align::centre}, kDay * unit());
    }
}

/// The day that has the keyboard as the month appears: the one chosen, or today, or its last.
int day_to_land(const CalendarUi& ui, std::optional<Date> chosen, Date today) {
    return std::min(chosen.value_or(today).day, days_in(ui.year, ui.month));
}

std::optional<Date> draw_days(const CalendarUi& ui, bool landing, std::optional<Date> chosen,
                              Date today) {
    const int first = text::first_weekday(look().words->language());
    draw_weekdays(first);
    std::optional<Date> picked;
    const int blank = (weekday_of({ui.year, ui.month, 1}) - first + 7) % 7;
    const int last = days_in(ui.year, ui.month);
    const int begin = landing ? day_to_land(ui, chosen, today) : 0;
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    for (int week = 0; week * 7 < blank + last; ++week) {
        Row row{Row::Overflow::keep, 0};
        for (int column = 0; column < 7; ++column) {
            row.next(kDay * unit());
            const Date date{ui.year, ui.month, week * 7 + column - blank + 1};
            if (date.day < 1 || date.day > last) continue;
            if (date.day == begin) land_here();
            if (draw_day(date, chosen == date, today == date)) picked = date;
        }
    }
    ImGui::PopStyleVar();
    return picked;
}

// The open calendar; true when `value` was set or cleared.
bool draw_calendar(std::string& value, Date today, CalendarUi& ui) {
    ImGui::SetNextWindowSize({kDay * unit() * 7 + 2 * ImGui::GetStyle().WindowPadding.x, 0});
    if (!ImGui::BeginPopup("calendar")) return false;
    const std::optional<Date> chosen = date_in(value);
    draw_month_bar(ui);
    const bool turned = turn_by_keys(ui);
    std::optional<Date> picked = draw_days(ui, turned || ImGui::IsWindowAppearing(), chosen, today);
    gap(0.3f);
    bool cleared = false;
    {
        Row row;
        const float width = (row.rest() - row.gap()) / 2;
        row.next(width);
        if (button("today", words("widget.today"), {ButtonKind::plain, Icon::none, width}))
            picked = today;
        row.next(width);
        cleared = button("clear", words("widget.clear"),
                         {ButtonKind::quiet, Icon::none, width, !value.empty()});
    }
    if (picked) value = to_text(*picked);
    if (cleared) value.clear();
    const bool changed = picked || cleared;
    if (changed) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return changed;
}

}  // namespace

Edit input_date(const char* id, std::string& value, Date today, CalendarUi& ui,
                const FieldLook& field) {
    EditorLook date{field};
    date.base = text::Base::left_to_right;
    date.filter = date_sign;
    if (date.field.placeholder.empty()) date.field.placeholder = words("widget.date_form");
    ImGui::PushID(id);
    Edit edit;
    {
        Row row{Row::Overflow::keep, 0.2f};
        const float side = target_height();
        const float wanted = field.width > 0 ? field.width - side - row.gap() : unit() * 8;
        const float width = std::min(wanted, row.rest(side + row.gap()));
        row.next(width);
        date.field.width = width;
        edit = edit_text(id, value, date);
        row.next(side);
        if (icon_button("open", Icon::calendar, words("widget.open_calendar"), field.enabled)) {
            const Date shown = date_in(value).value_or(today);
            ui = {shown.year, shown.month};
            ImGui::OpenPopup("calendar");
        }
        if (draw_calendar(value, today, ui)) edit = {true, true};
    }
    if (edit.finished) value = text::date_answer(value, look().words->language());
    if (const auto known = date_in(value))
        text_line(text::format_date(*known, look().words->language()), kSmall);
    ImGui::PopID();
    return edit;
}

}  // namespace bordereau::widgets
