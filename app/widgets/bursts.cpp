#include "app/widgets/bursts.h"

#include <imgui_internal.h>

#include <string_view>

#include "storage/base/text.h"

// Dear ImGui keeps the type of its undo records to itself.
namespace ImStb {
#include <imstb_textedit.h>
}

namespace bordereau::widgets {
namespace {

using Record = ImStb::StbUndoRecord;

// Dear ImGui's "delete" is what undo deletes.
bool is_insertion(const Record& record) {
    return record.insert_length == 0 && record.delete_length > 0;
}

bool is_space(char32_t code) {
    return code == ' ' || code == '\t' || code == '\n' || code == 0x3000;
}

bool is_written_without_spaces(char32_t code) {
    return code >= 0x2E80 && code < 0xD800;
}

char32_t last_of(std::string_view text) {
    char32_t last = 0;
    for (std::size_t at = 0; at < text.size();) last = next_code_point(text, at);
    return last;
}

bool goes_on(std::string_view text, const Record& before, const Record& next, bool same_frame) {
    if (!is_insertion(before) || !is_insertion(next)) return false;
    if (before.where + before.delete_length != next.where) return false;
    const auto at = static_cast<std::size_t>(next.where);
    if (at >= text.size()) return false;
    const char32_t last = last_of(text.substr(static_cast<std::size_t>(before.where),
                                              static_cast<std::size_t>(before.delete_length)));
    std::size_t from = at;
    const char32_t first = next_code_point(text, from);
    if (is_space(last) && !is_space(first)) return false;
    return same_frame || !is_written_without_spaces(last);
}

}  // namespace

int undo_records(const ImGuiInputTextState& state) {
    return state.Stb->undostate.undo_point;
}

void join_typed(ImGuiInputTextState& state, int earlier) {
    auto& undo = state.Stb->undostate;
    const std::string_view text{state.TextA.Data, static_cast<std::size_t>(state.TextLen)};
    const int all = undo.undo_point;
    if (earlier >= all) return;
    int kept = earlier;
    for (int index = earlier; index < all; ++index) {
        const Record next = undo.undo_rec[index];
        Record* before = kept > 0 ? &undo.undo_rec[kept - 1] : nullptr;
        if (before != nullptr && goes_on(text, *before, next, index > earlier))
            before->delete_length += next.delete_length;
        else
            undo.undo_rec[kept++] = next;
    }
    undo.undo_point = static_cast<short>(kept);
}

}  // namespace bordereau::widgets
