#include "app/desk/answer_script.h"

#include "storage/base/text.h"

namespace bordereau::app {
namespace {

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char next = text[++i];
        out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    }
    return out;
}

Result<ScriptStep> read_step(std::string_view text, int line) {
    ScriptStep step;
    step.line = line;
    if (text.starts_with("+ ") || text.starts_with("- ")) {
        step.kind = text[0] == '+' ? ScriptStep::Kind::add : ScriptStep::Kind::remove;
        step.path = trimmed(text.substr(2));
    } else {
        const std::size_t tab = text.find('\t');
        if (tab == std::string_view::npos)
            return Error{ErrorCode::invalid, "line " + std::to_string(line) + " has no tab"};
        step.path = trimmed(text.substr(0, tab));
        step.value = unescaped(text.substr(tab + 1));
    }
    if (step.path.empty())
        return Error{ErrorCode::invalid, "line " + std::to_string(line) + " names no question"};
    return step;
}

}  // namespace

Result<std::vector<ScriptStep>> read_script(std::string_view text) {
    std::vector<ScriptStep> steps;
    int line = 0;
    for (std::string_view piece : split(text, '\n')) {
        ++line;
        if (piece.ends_with('\r')) piece.remove_suffix(1);
        if (trimmed(piece).empty() || piece.starts_with('#')) continue;
        auto step = read_step(piece, line);
        if (!step) return std::move(step).error();
        steps.push_back(*std::move(step));
    }
    return steps;
}

}  // namespace bordereau::app
