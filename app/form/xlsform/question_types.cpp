#include "app/form/xlsform/question_types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::array kTypes = std::to_array<QuestionType>({
    {"text", "input", "string"},
    {"integer", "input", "int"},
    {"decimal", "input", "decimal"},
    {"range", "range", "int"},
    {.name = "note", .control = "input", .bind_type = "string", .readonly = true},
    {"select one", "select1", "string"},
    {"select multiple", "select", "string"},
    {"select one external", "input", "string"},
    {"rank", "odk:rank", "odk:rank"},
    {"date", "input", "date"},
    {"time", "input", "time"},
    {"datetime", "input", "dateTime"},
    {"geopoint", "input", "geopoint"},
    {"geotrace", "input", "geotrace"},
    {"geoshape", "input", "geoshape"},
    {"barcode", "input", "barcode"},
    {"acknowledge", "trigger", "string"},
    {"photo", "upload", "binary", "image/*"},
    {"audio", "upload", "binary", "audio/*"},
    {"video", "upload", "binary", "video/*"},
    {"file", "upload", "binary", "application/*"},
    {"osm", "upload", "binary", "osm/*"},
    {"calculate", "", "string"},
    {"hidden", "", "string"},
    {"audit", "", "binary"},
    {"start-geopoint", "", "geopoint"},
    {"background-geopoint", "", "geopoint"},
    {"background-audio", "", "binary"},
    {"xml-external", "", ""},
    {"csv-external", "", ""},
    {.name = "percentage",
     .control = "input",
     .bind_type = "int",
     .constraint = "0 <= . and . <= 100"},
    {.name = "phone number",
     .control = "input",
     .bind_type = "string",
     .constraint = "regex(., '^\\d*$')",
     .hint = "Enter numbers only."},
    {.name = "number of days in last month",
     .control = "input",
     .bind_type = "int",
     .constraint = "0 <= . and . <= 31",
     .hint = "Enter a number 0-31."},
    {.name = "number of days in last six months",
     .control = "input",
     .bind_type = "int",
     .constraint = "0 <= . and . <= 183",
     .hint = "Enter a number 0-183."},
    {.name = "number of days in last year",
     .control = "input",
     .bind_type = "int",
     .constraint = "0 <= . and . <= 365",
     .hint = "Enter a number 0-365."},
    {.name = "start",
     .control = "",
     .bind_type = "dateTime",
     .preload = "timestamp",
     .preload_parameters = "start"},
    {.name = "end",
     .control = "",
     .bind_type = "dateTime",
     .preload = "timestamp",
     .preload_parameters = "end"},
    {.name = "today",
     .control = "",
     .bind_type = "date",
     .preload = "date",
     .preload_parameters = "today"},
    {.name = "deviceid",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "deviceid"},
    {.name = "username",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "username"},
    {.name = "email",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "email"},
    {.name = "phonenumber",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "phonenumber"},
    {.name = "simserial",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "simserial"},
    {.name = "subscriberid",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "subscriberid"},
    {.name = "uri:deviceid",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:deviceid"},
    {.name = "uri:username",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:username"},
    {.name = "uri:email",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:email"},
    {.name = "uri:phonenumber",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:phonenumber"},
    {.name = "uri:simserial",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:simserial"},
    {.name = "uri:subscriberid",
     .control = "",
     .bind_type = "string",
     .preload = "property",
     .preload_parameters = "uri:subscriberid"},
});

constexpr std::array kSpellings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"int", "integer"},
    {"string", "text"},
    {"image", "photo"},
    {"picture", "photo"},
    {"date time", "datetime"},
    {"gps", "geopoint"},
    {"location", "geopoint"},
    {"trigger", "acknowledge"},
    {"imei", "deviceid"},
    {"device id", "deviceid"},
    {"subscriber id", "subscriberid"},
    {"sim id", "simserial"},
    {"start time", "start"},
    {"end time", "end"},
});

constexpr std::array kSelects = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"select one", "select one"},
    {"select1", "select one"},
    {"select one from", "select one"},
    {"add select one prompt using", "select one"},
    {"select multiple", "select multiple"},
    {"select all that apply", "select multiple"},
    {"select all that apply from", "select multiple"},
    {"add select multiple prompt using", "select multiple"},
    {"select one external", "select one external"},
    {"select one from file", "select one"},
    {"select multiple from file", "select multiple"},
    {"rank", "rank"},
});

/// "Add_Date  Prompt" as "add date prompt".
std::string spaced(std::string_view text) {
    std::string out;
    for (const auto word : words_of(text)) {
        if (!out.empty()) out += ' ';
        for (const char c : lower_ascii(word)) out += c == '_' ? ' ' : c;
    }
    return out;
}

/// "add date prompt", "q date", "get today" are how the first forms of the field were written.
std::string_view without_old_wrapping(std::string_view text) {
    if (text.starts_with("add ") && text.ends_with(" prompt"))
        return text.substr(4, text.size() - 11);
    if (text.starts_with("q ")) return text.substr(2);
    return text.starts_with("get ") ? text.substr(4) : text;
}

std::string joined(const std::vector<std::string_view>& words, std::size_t first,
                   std::size_t count) {
    std::string out;
    for (std::size_t i = first; i < first + count; ++i)
        out += (out.empty() ? "" : " ") + std::string{words[i]};
    return out;
}

}  // namespace

const QuestionType* find_question_type(std::string_view spelled) {
    const auto lower = spaced(spelled);
    const auto find = [](std::string_view name) -> const QuestionType* {
        const auto found = std::ranges::find(kTypes, name, &QuestionType::name);
        return found == kTypes.end() ? nullptr : &*found;
    };
    for (const std::string_view name : {std::string_view{lower}, without_old_wrapping(lower)}) {
        if (const auto* type = find(name)) return type;
        for (const auto& [spelling, canonical] : kSpellings)
            if (spelling == name) return find(canonical);
    }
    return nullptr;
}

bool is_metadata(const QuestionType& type) {
    return !type.preload.empty();
}

std::optional<SelectType> parse_select(std::string_view type) {
    const auto words = words_of(type);
    // The longest command wins: "select one from file x.csv" also starts like "select one".
    for (std::size_t count = std::min<std::size_t>(words.size(), 5); count > 0; --count) {
        const auto command = spaced(joined(words, 0, count));
        const auto* const found = std::ranges::find(
            kSelects, command, &std::pair<std::string_view, std::string_view>::first);
        if (found == kSelects.end() || count == words.size()) continue;
        const auto rest = spaced(joined(words, count + 1, words.size() - count - 1));
        const bool other = rest == "or other" || rest == "or specify other";
        if (!rest.empty() && !other) continue;
        return SelectType{found->second, std::string{words[count]}, command.ends_with("from file"),
                          other};
    }
    return std::nullopt;
}

bool is_of_kobo_alone(std::string_view type) {
    constexpr std::array kTypes = std::to_array<std::string_view>(
        {"begin_kobomatrix", "end_kobomatrix", "begin_score", "end_score", "score__row",
         "begin_rank", "end_rank", "rank__level"});
    const auto words = words_of(type);
    return !words.empty() && std::ranges::find(kTypes, words.front()) != kTypes.end();
}

bool is_select_without_list(std::string_view type) {
    const auto command = spaced(type);
    return std::ranges::find(kSelects, command,
                             &std::pair<std::string_view, std::string_view>::first) !=
           kSelects.end();
}

std::string_view external_file_ending(std::string_view list) {
    for (const std::string_view ending : {".csv", ".xml", ".geojson"})
        if (list.ends_with(ending)) return ending;
    return {};
}

std::optional<SectionType> parse_section(std::string_view type) {
    const auto text = spaced(type);
    const bool begins = text.starts_with("begin ");
    if (!begins && !text.starts_with("end ")) return std::nullopt;
    auto rest = std::string_view{text}.substr(begins ? 6 : 4);
    if (rest == "group") return SectionType{begins, SectionWord::group, {}};
    if (rest == "repeat" || rest == "lgroup" || rest == "looped group")
        return SectionType{begins, SectionWord::repeat, {}};
    if (rest == "loop") return SectionType{begins, SectionWord::loop, {}};
    if (!begins || !rest.starts_with("loop ")) return std::nullopt;
    // The list name must keep its own spelling.
    return SectionType{true, SectionWord::loop, std::string{words_of(type).back()}};
}

std::optional<std::string> parse_osm(std::string_view type) {
    const auto words = words_of(type);
    if (words.empty() || words.front() != "osm" || words.size() > 2) return std::nullopt;
    return words.size() == 2 ? std::string{words.back()} : std::string{};
}

}  // namespace bordereau::form::xlsform
