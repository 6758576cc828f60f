// app/form/xlsform/question_types.h - what each question type becomes in an XForm.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form::xlsform {

/// The control and bind of a question type; empty where the XForm has none.
struct QuestionType {
    std::string_view name;     ///< canonical, lower case, words separated by blanks
    std::string_view control;  ///< input, select1, upload ... ; empty: nothing is shown
    std::string_view bind_type;
    std::string_view media_type = {};
    std::string_view constraint = {};
    std::string_view hint = {};
    std::string_view preload = {};
    std::string_view preload_parameters = {};
    bool readonly = false;
};

/// Finds a type by any of its spellings ("gps", "dateTime", "add date prompt"); null if unknown.
const QuestionType* find_question_type(std::string_view spelled);

/// True for a type that describes the record rather than asks: start, deviceid, today ...
bool is_metadata(const QuestionType& type);

/// What a type cell with a choice list says: "select_one colours or_other".
struct SelectType {
    std::string_view canonical;  ///< "select one", "select multiple", "rank", "select one external"
    std::string list;            ///< list name, file name or ${reference}
    bool from_file = false;
    bool or_other = false;
};
std::optional<SelectType> parse_select(std::string_view type);

/// Matrix, rating and ranking constructions of KoboToolbox, which no XLSForm converter knows.
bool is_of_kobo_alone(std::string_view type);

/// "select_one" and its like with nothing behind it.
bool is_select_without_list(std::string_view type);

/// ".csv", ".xml" or ".geojson" where a list is a file of that kind; else empty.
std::string_view external_file_ending(std::string_view list);

/// What a begin or end row says.
enum class SectionWord { group, repeat, loop };
struct SectionType {
    bool begins = false;
    SectionWord word = SectionWord::group;
    std::string list;  ///< of "begin loop over LIST"
};
std::optional<SectionType> parse_section(std::string_view type);

/// The list after "osm"; empty list for "osm" alone; nothing for other types.
std::optional<std::string> parse_osm(std::string_view type);

}  // namespace bordereau::form::xlsform
