// Functions over text. Positions and lengths count characters (XPath 1.0, section 4.2); JavaRosa,
// Enketo and web-forms count UTF-16 units, which differs only beyond the basic plane.
#include <algorithm>
#include <cmath>

#include "app/form/values/number.h"
#include "app/form/xpath/functions.h"
#include "storage/base/text.h"

namespace bordereau::form::xpath {
namespace {

Value string_of(Call& call) {
    if (call.count() == 0) return to_string(NodeSet{call.context_node()});
    return call.text(0);
}

// Every node of a node-set argument, the text of any other, until the sink has enough.
template <class Sink>
void for_each_text(Call& call, std::size_t from, Sink&& sink) {
    for (std::size_t i = from; i < call.count(); ++i) {
        const Value value = call.value(i);
        const auto* nodes = std::get_if<NodeSet>(&value);
        if (nodes == nullptr) {
            if (!sink(std::string_view{to_string(value)})) return;
            continue;
        }
        std::string scratch;
        for (const NodeRef& node : *nodes)
            if (!sink(node.tree->string_value(node.index, scratch))) return;
    }
}

// Joined texts could double with every question: 2 to the power of 40 after forty of them.
bool append(Call& call, std::string_view text, std::string& out) {
    if (text.size() <= kLongestResult - out.size()) {
        out += text;
        return true;
    }
    call.fail("the result is longer than 4 MB");
    return false;
}

Value concat(Call& call) {
    std::string out;
    for_each_text(call, 0, [&](std::string_view text) { return append(call, text, out); });
    return out;
}

Value join(Call& call) {
    const std::string separator = call.text(0);
    std::string out;
    bool first = true;
    for_each_text(call, 1, [&](std::string_view text) {
        const bool fits = first || append(call, separator, out);
        first = false;
        return fits && append(call, text, out);
    });
    return out;
}

// An index counted from the end where negative, kept within the text.
std::size_t index_in(double index, std::size_t size) {
    if (std::isnan(index)) return 0;
    index = std::trunc(index);
    if (index < 0) index += static_cast<double>(size);
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(size)));
}

// substr(text, start[, end]): from 0, the end not included.
Value substr(Call& call) {
    const std::u32string text = to_utf32(call.text(0));
    const std::size_t begin = index_in(call.number(1), text.size());
    const std::size_t end = call.count() > 2 ? index_in(call.number(2), text.size()) : text.size();
    if (begin >= end) return std::string{};
    return to_utf8(std::u32string_view{text}.substr(begin, end - begin));
}

// substring(text, start[, length]) of XPath 1.0: from 1, halves rounded up, NaN gives nothing.
Value substring(Call& call) {
    const std::u32string text = to_utf32(call.text(0));
    const double begin = std::floor(call.number(1) + 0.5);
    const double end = call.count() > 2 ? begin + std::floor(call.number(2) + 0.5)
                                        : std::numeric_limits<double>::infinity();
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const double position = static_cast<double>(i) + 1;
        if (position >= begin && position < end) out += text[i];
    }
    return to_utf8(out);
}

Value substring_before(Call& call) {
    const std::string text = call.text(0), mark = call.text(1);
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::string{} : text.substr(0, at);
}

Value substring_after(Call& call) {
    const std::string text = call.text(0), mark = call.text(1);
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::string{} : text.substr(at + mark.size());
}

Value contains(Call& call) {
    std::string a, b;
    const std::string_view text = call.text(0, a);
    return text.find(call.text(1, b)) != std::string_view::npos;
}

Value starts_with(Call& call) {
    std::string a, b;
    const std::string_view text = call.text(0, a);
    return text.starts_with(call.text(1, b));
}

Value ends_with(Call& call) {
    std::string a, b;
    const std::string_view text = call.text(0, a);
    return text.ends_with(call.text(1, b));
}

Value translate(Call& call) {
    const std::u32string text = to_utf32(call.text(0));
    const std::u32string from = to_utf32(call.text(1)), to = to_utf32(call.text(2));
    std::u32string out;
    for (const char32_t c : text) {
        const std::size_t at = from.find(c);
        if (at == std::u32string::npos)
            out += c;
        else if (at < to.size())
            out += to[at];
    }
    return to_utf8(out);
}

Value string_length(Call& call) {
    std::string scratch;
    const std::string text =
        call.count() == 0 ? to_string(NodeSet{call.context_node()}) : call.text(0);
    const auto is_first_byte = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    };
    return static_cast<double>(std::ranges::count_if(text, is_first_byte));
}

Value normalize_space(Call& call) {
    const std::string text =
        call.count() == 0 ? to_string(NodeSet{call.context_node()}) : call.text(0);
    std::string out;
    for (const std::string_view word : words_of(text)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

constexpr Function kFunctions[] = {
    {"string", 0, 1, TypeOf::text, kContextIfBare, string_of},
    {"concat", 0, kAnyNumber, TypeOf::text, kPure, concat},
    {"join", 1, kAnyNumber, TypeOf::text, kPure, join},
    {"substr", 2, 3, TypeOf::text, kPure, substr},
    {"substring", 2, 3, TypeOf::text, kPure, substring},
    {"substring-before", 2, 2, TypeOf::text, kPure, substring_before},
    {"substring-after", 2, 2, TypeOf::text, kPure, substring_after},
    {"contains", 2, 2, TypeOf::boolean, kPure, contains},
    {"starts-with", 2, 2, TypeOf::boolean, kPure, starts_with},
    {"ends-with", 2, 2, TypeOf::boolean, kPure, ends_with},
    {"translate", 3, 3, TypeOf::text, kPure, translate},
    {"string-length", 0, 1, TypeOf::number, kContextIfBare, string_length},
    {"normalize-space", 0, 1, TypeOf::text, kContextIfBare, normalize_space}};

}  // namespace

std::span<const Function> text_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
