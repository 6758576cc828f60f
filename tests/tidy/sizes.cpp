#include "tests/tidy/sizes.h"

#include <regex>

namespace bordereau::test {
namespace {

std::size_t indent_of(const std::string& line) {
    const std::size_t indent = line.find_first_not_of(' ');
    return indent == std::string::npos ? 0 : indent;
}

// "Type name(arguments) {" but not a type, a namespace, a table or a statement.
bool opens_function(const std::string& line) {
    static const std::regex kOther{
        R"(^\s*(namespace|class|struct|enum|union|if|for|while|switch|else|do|case|return|TEST_CASE|SECTION)\b)"};
    static const std::regex kHead{R"(\)[^;=]*\{\s*$)"};
    return !std::regex_search(line, kOther) && std::regex_search(line, kHead);
}

// Lines from the head at `begin` to the brace that closes it; 0 where none does.
std::size_t length_from(const std::vector<std::string>& lines, std::size_t begin) {
    const std::size_t indent = indent_of(lines[begin]);
    for (std::size_t end = begin + 1; end < lines.size(); ++end)
        if (indent_of(lines[end]) <= indent &&
            lines[end].starts_with(std::string(indent, ' ') + "}"))
            return end - begin + 1;
    return 0;
}

// Deeper indented than what it belongs to, or what a constructor begins its members with.
bool goes_on(const std::string& line) {
    const std::size_t indent = indent_of(line);
    return indent > 0 && (indent % 4 != 0 || line.substr(indent).starts_with(": "));
}

// A head that spans lines: its own first line is the last one before it that does not go on.
std::size_t head_of(const std::vector<std::string>& lines, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && goes_on(lines[begin])) --begin;
    return begin;
}

}  // namespace

std::vector<std::string> size_offences(const std::vector<Source>& sources) {
    std::vector<std::string> offences;
    for (const Source& source : sources) {
        const auto& lines = source.lines;
        if (lines.size() > kLongestFile)
            offences.push_back(source.path + " has " + std::to_string(lines.size()) + " lines");
        for (std::size_t at = 0; at < lines.size(); ++at) {
            if (!opens_function(lines[at])) continue;
            const std::size_t length = length_from(lines, head_of(lines, at));
            if (length > kLongestFunction)
                offences.push_back(source.path + ":" + std::to_string(at + 1) + " function of " +
                                   std::to_string(length) + " lines");
        }
    }
    return offences;
}

}  // namespace bordereau::test
