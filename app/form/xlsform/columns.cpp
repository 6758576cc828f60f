#include "app/form/xlsform/columns.h"

#include <algorithm>
#include <array>

namespace bordereau::form::xlsform {
namespace {

constexpr std::array kSurveyAliases = std::to_array<ColumnAlias>({
    {"compact_tag", "instance::odk:tag"},
    {"readonly", "bind::readonly"},
    {"read_only", "bind::readonly"},
    {"relevant", "bind::relevant"},
    {"relevance", "bind::relevant"},
    {"required", "bind::required"},
    {"constraint", "bind::constraint"},
    {"constraint_message", "bind::jr:constraintMsg"},
    {"constraining_message", "bind::jr:constraintMsg"},
    {"required_message", "bind::jr:requiredMsg"},
    {"requiredmsg", "bind::jr:requiredMsg"},
    {"no_app_error_string", "bind::jr:noAppErrorString"},
    {"noapperrorstring", "bind::jr:noAppErrorString"},
    {"calculation", "bind::calculate"},
    {"calculate", "bind::calculate"},
    {"save_to", "bind::entities:saveto"},
    {"caption", "label"},
    {"appearance", "control::appearance"},
    {"command", "type"},
    {"tag", "name"},
    {"value", "name"},
    {"image", "media::image"},
    {"big-image", "media::big-image"},
    {"audio", "media::audio"},
    {"video", "media::video"},
    {"repeat_count", "control::jr:count"},
    {"count", "control::jr:count"},
    {"jr:count", "control::jr:count"},
    {"autoplay", "control::autoplay"},
    {"rows", "control::rows"},
    {"body", "control"},
});
constexpr std::array kListAliases = std::to_array<ColumnAlias>({
    {"caption", "label"},
    {"value", "name"},
    {"image", "media::image"},
    {"big-image", "media::big-image"},
    {"audio", "media::audio"},
    {"video", "media::video"},
});
constexpr std::array kSettingsAliases = std::to_array<ColumnAlias>({
    {"form_title", "title"},
    {"set_form_title", "title"},
    {"form_id", "id_string"},
    {"set_form_id", "id_string"},
});
constexpr std::array kEntitiesAliases = std::to_array<ColumnAlias>({
    {"dataset", "list_name"},
});

constexpr std::array kSurveyColumns = std::to_array<std::string_view>(
    {"type",     "name",      "label",      "hint",       "guidance_hint", "default", "bind",
     "control",  "media",     "instance",   "parameters", "choice_filter", "trigger", "intent",
     "disabled", "sms_field", "sms_option", "list_name",  "itemset",       "query"});
constexpr std::array kListColumns =
    std::to_array<std::string_view>({"list_name", "name", "label", "media", "sms_option"});
constexpr std::array kSettingsColumns = std::to_array<std::string_view>({"title",
                                                                         "id_string",
                                                                         "version",
                                                                         "default_language",
                                                                         "style",
                                                                         "instance_name",
                                                                         "public_key",
                                                                         "submission_url",
                                                                         "auto_send",
                                                                         "auto_delete",
                                                                         "client_editable",
                                                                         "instance_xmlns",
                                                                         "namespaces",
                                                                         "attribute",
                                                                         "omit_instanceID",
                                                                         "allow_choice_duplicates",
                                                                         "clean_text_values",
                                                                         "name",
                                                                         "prefix",
                                                                         "delimiter",
                                                                         "sms_keyword",
                                                                         "sms_separator",
                                                                         "sms_allow_media",
                                                                         "sms_date_format",
                                                                         "sms_datetime_format",
                                                                         "sms_response",
                                                                         "flat",
                                                                         "instance_id",
                                                                         "add_none_option"});
constexpr std::array kEntitiesColumns =
    std::to_array<std::string_view>({"list_name", "entity_id", "create_if", "update_if", "label"});

constexpr std::array kYes =
    std::to_array<std::string_view>({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"});
constexpr std::array kNo =
    std::to_array<std::string_view>({"no", "No", "NO", "false", "False", "FALSE", "false()"});

}  // namespace

std::span<const ColumnAlias> column_aliases(SheetKind kind) {
    switch (kind) {
        case SheetKind::survey: return kSurveyAliases;
        case SheetKind::settings: return kSettingsAliases;
        case SheetKind::entities: return kEntitiesAliases;
        case SheetKind::choices:
        case SheetKind::external_choices:
        case SheetKind::osm: break;
    }
    return kListAliases;
}

std::span<const std::string_view> column_names(SheetKind kind) {
    switch (kind) {
        case SheetKind::survey: return kSurveyColumns;
        case SheetKind::settings: return kSettingsColumns;
        case SheetKind::entities: return kEntitiesColumns;
        case SheetKind::choices:
        case SheetKind::external_choices:
        case SheetKind::osm: break;
    }
    return kListColumns;
}

YesNo yes_no(std::string_view text) {
    if (std::ranges::find(kYes, text) != kYes.end()) return YesNo::yes;
    return std::ranges::find(kNo, text) != kNo.end() ? YesNo::no : YesNo::neither;
}

}  // namespace bordereau::form::xlsform
