#include "app/widgets/narrator.h"

#include <cmath>
#include <string_view>
#include <utility>

namespace bordereau::widgets {
namespace {

void append_cell(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\t')
            out += "\\t";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    out += '\t';
}

// What stands behind "###" or "##", else the whole name.
std::string_view id_of(std::string_view name) {
    const std::size_t hash = name.find("##");
    if (hash == std::string_view::npos) return name;
    const std::size_t id = name.find_first_not_of('#', hash);
    return id == std::string_view::npos ? name.substr(0, hash) : name.substr(id);
}

void append_box(std::string& out, const Item& item) {
    for (const float edge : {item.min.x, item.min.y, item.max.x, item.max.y})
        out.append(std::to_string(std::lround(edge))).append(" ");
    out.back() = '\t';
}

void append_marks(std::string& out, const Item& item) {
    for (const auto& [mark, word] :
         {std::pair{item.visible, "visible "}, std::pair{item.enabled, "enabled "},
          std::pair{item.checked, "checked "}, std::pair{item.focused, "focused "},
          std::pair{item.stop, "stop "}})
        if (mark) out += word;
    out += '\n';
}

}  // namespace

Narrator::Narrator() : items_(*ImGui::GetCurrentContext()) {}

std::string Narrator::tell(std::int64_t frames) {
    if (std::exchange(told_, frames) == frames) return {};
    const ImVec2 nowhere{-1, -1};
    return narrated(items_.all(), frames,
                    ImGui::IsMousePosValid() ? ImGui::GetIO().MousePos : nowhere);
}

std::string narrated(const std::vector<Item>& items, std::int64_t frames, ImVec2 pointer) {
    std::string out = "picture " + std::to_string(frames) + " " +
                      std::to_string(std::lround(pointer.x)) + " " +
                      std::to_string(std::lround(pointer.y)) + "\n";
    for (const Item& item : items) {
        if (item.window.starts_with("Debug")) continue;  // Dear ImGui's own, never shown
        append_cell(out, id_of(item.name));
        append_cell(out, item.label);
        append_cell(out, item.value);
        append_cell(out, item.composed);
        append_cell(out, item.window);
        append_box(out, item);
        append_marks(out, item);
    }
    return out + "end\n";
}

}  // namespace bordereau::widgets
