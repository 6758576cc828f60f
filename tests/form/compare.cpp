#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <pugixml.hpp>

#include "storage/base/text.h"
#include "tests/form/player.h"

namespace bordereau::form::test {
namespace {

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<double> number_of(std::string_view text) {
    const std::string copy{text};
    if (copy.empty()) return std::nullopt;
    char* end = nullptr;
    const double number = std::strtod(copy.c_str(), &end);
    if (*end != '\0') return std::nullopt;
    return number;
}

bool same_numbers(std::string_view a, std::string_view b) {
    const auto first = number_of(a), second = number_of(b);
    if (!first || !second) return false;
    return std::abs(*first - *second) <= 1e-9 * std::max(1.0, std::abs(*first));
}

/// Points and lists of points, number by number.
bool same_words(std::string_view a, std::string_view b) {
    std::string left{a}, right{b};
    for (auto* text : {&left, &right})
        for (auto& c : *text)
            if (c == ';') c = ' ';
    const auto first = words_of(left), second = words_of(right);
    if (first.empty() || first.size() != second.size()) return false;
    for (std::size_t at = 0; at < first.size(); ++at)
        if (first[at] != second[at] && !same_numbers(first[at], second[at])) return false;
    return true;
}

bool matches_mask(std::string_view mask, std::string_view got) {
    const auto star = mask.find('*');
    const auto last = mask.rfind('*');
    if (star == std::string_view::npos || last == star) return false;
    const auto word = mask.substr(star + 1, last - star - 1);
    if (word != "uuid" && word != "ts") return false;
    const auto before = mask.substr(0, star), after = mask.substr(last + 1);
    return got.size() >= before.size() + after.size() && got.starts_with(before) &&
           got.ends_with(after);
}

/// "Z" and "+00:00" are the same offset; instants of the recording's day are those of its run.
bool same_time(std::string_view expected, std::string_view got) {
    constexpr std::string_view kDay = "2026-11-2";
    if (expected.starts_with(kDay) && got.starts_with(kDay) && expected.size() > 20) return true;
    // JavaRosa stores a date in a text question as its midnight.
    if (expected.starts_with(got) && expected.substr(got.size()).starts_with("T00:00:00.000"))
        return got.size() == 10;
    std::string left{expected}, right{got};
    for (auto* text : {&left, &right})
        if (text->ends_with('Z')) text->replace(text->size() - 1, 1, "+00:00");
    return left == right;
}

std::vector<pugi::xml_node> elements_of(const pugi::xml_node& parent) {
    std::vector<pugi::xml_node> found;
    for (const auto& child : parent.children())
        if (child.type() == pugi::node_element && local(child.name()) != "meta")
            found.push_back(child);
    // Engines differ in where the first instance of a repeat goes; the order among equals counts.
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return local(a.name()) < local(b.name());
    });
    return found;
}

Difference compare(const pugi::xml_node& expected, const pugi::xml_node& got, std::string path) {
    path += "/" + std::string{local(expected.name())};
    if (local(expected.name()) != local(got.name()))
        return path + " was expected, found " + std::string{local(got.name())};
    const auto wanted = elements_of(expected), found = elements_of(got);
    for (std::size_t at = 0; at < std::max(wanted.size(), found.size()); ++at) {
        if (at >= wanted.size()) return path + " has an extra " + found[at].name();
        if (at >= found.size()) return path + " lacks " + wanted[at].name();
        if (auto difference = compare(wanted[at], found[at], path)) return difference;
    }
    if (!wanted.empty()) return std::nullopt;
    if (same_value(expected.text().get(), got.text().get())) return std::nullopt;
    return path + " is \"" + got.text().get() + "\", expected \"" + expected.text().get() + "\"";
}

}  // namespace

bool same_value(std::string_view expected, std::string_view got) {
    if (expected == got || matches_mask(expected, got)) return true;
    if (trimmed(expected) == trimmed(got)) return true;
    return same_numbers(expected, got) || same_words(expected, got) || same_time(expected, got);
}

Difference compare_records(std::string_view expected, std::string_view got) {
    pugi::xml_document left, right;
    if (!left.load_buffer(expected.data(), expected.size()))
        return "the expected record is not XML";
    if (!right.load_buffer(got.data(), got.size())) return "the record is not XML";
    return compare(left.document_element(), right.document_element(), {});
}

}  // namespace bordereau::form::test
