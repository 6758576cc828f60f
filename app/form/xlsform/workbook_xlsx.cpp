// Office Open XML workbooks (ECMA-376 part 1, 18): only what a form needs, the cells as text.
#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <pugixml.hpp>

#include "app/form/values/number.h"
#include "app/form/xlsform/cell_value.h"
#include "app/form/xlsform/workbook.h"
#include "app/form/xlsform/zip_archive.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::ptrdiff_t kMostTags = 30'000'000;

std::string_view local_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The first child of that name, whatever prefix the writer of the file chose.
pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (const auto node : parent.children())
        if (local_name(node.name()) == name) return node;
    return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
    for (const auto attr : node.attributes())
        if (local_name(attr.name()) == name) return attr.value();
    return {};
}

int to_int(std::string_view text, int otherwise) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Result<pugi::xml_document> parse(ZipArchive& archive, const std::string& part) {
    auto text = archive.read(part);
    if (!text) return std::move(text).error();
    // Each takes ten times its bytes once it is a tree.
    if (std::ranges::count(*text, '<') > kMostTags)
        return Error{ErrorCode::refused, part + " has more than " +
                                             form::grouped(static_cast<std::size_t>(kMostTags)) +
                                             " elements"};
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text->data(), text->size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return Error{ErrorCode::corrupt, part + ": " + parsed.description()};
    return document;
}

/// Control characters are written as _x000D_, and an underscore before such a piece as _x005F_
/// (ECMA-376 part 1, 22.9.2.19).
std::string unescaped(std::string text) {
    for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
        unsigned code = 0;
        const auto* start = text.data() + at + 2;
        if (text.size() < at + 7 || text[at + 6] != '_') continue;
        const auto read = std::from_chars(start, start + 4, code, 16);
        if (read.ptr != start + 4 || (code >= ' ' && code != '_')) continue;
        const bool kept = code == '\n' || code == '\t' || code == '_';
        text.replace(at, 7, kept ? std::string(1, static_cast<char>(code)) : "");
    }
    return text;
}

/// The text of a shared or inline string: plain, or the runs of a formatted one joined.
std::string string_of(pugi::xml_node item) {
    std::string out;
    for (const auto node : item.children()) {
        const auto name = local_name(node.name());
        if (name == "t") out += node.child_value();
        if (name == "r") out += child(node, "t").child_value();
    }
    return unescaped(std::move(out));
}

/// What all sheets of a workbook share.
struct Shared {
    std::vector<std::string> strings;
    std::vector<NumberKind> styles;
    DateSystem dates = DateSystem::from_1900;
};

Status read_strings(ZipArchive& archive, const std::string& part, Shared& shared) {
    auto document = parse(archive, part);
    if (!document) {
        const bool absent = document.error().code == ErrorCode::not_found;
        return absent ? done() : Status{std::move(document).error()};
    }
    for (const auto item : document->document_element().children())
        if (local_name(item.name()) == "si") shared.strings.push_back(string_of(item));
    return done();
}

Status read_styles(ZipArchive& archive, const std::string& part, Shared& shared) {
    auto document = parse(archive, part);
    if (!document) {
        const bool absent = document.error().code == ErrorCode::not_found;
        return absent ? done() : Status{std::move(document).error()};
    }
    const auto root = document->document_element();
    std::map<int, NumberKind> custom;
    for (const auto format : child(root, "numFmts").children())
        custom[to_int(attribute(format, "numFmtId"), -1)] =
            number_kind(attribute(format, "formatCode"));
    for (const auto style : child(root, "cellXfs").children()) {
        const int id = to_int(attribute(style, "numFmtId"), 0);
        const auto found = custom.find(id);
        shared.styles.push_back(found == custom.end() ? number_kind(id) : found->second);
    }
    return done();
}

/// Column of a reference such as "AB12", counted from 0; -1 if it is none.
int column_of(std::string_view reference) {
    int column = 0;
    std::size_t at = 0;
    for (; at < reference.size() && at < 4 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at)
        column = column * 26 + (reference[at] - 'A' + 1);
    return column - 1;
}

std::string cell_text(pugi::xml_node cell, const Shared& shared) {
    const auto type = attribute(cell, "t");
    if (type == "inlineStr") return string_of(child(cell, "is"));
    const std::string_view value = child(cell, "v").child_value();
    if (value.empty()) return {};
    if (type == "s") {
        const auto index = static_cast<std::size_t>(to_int(value, -1));
        return index < shared.strings.size() ? shared.strings[index] : std::string{};
    }
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (!type.empty() && type != "n") return std::string{value};
    const auto style = static_cast<std::size_t>(to_int(attribute(cell, "s"), 0));
    const auto kind = style < shared.styles.size() ? shared.styles[style] : NumberKind::plain;
    return number_text(value, kind, shared.dates);
}

/// No-break spaces in cells come from word processors; formulas cannot be read with them.
std::string with_plain_spaces(std::string text) {
    for (auto at = text.find("\xC2\xA0"); at != std::string::npos; at = text.find("\xC2\xA0", at))
        text.replace(at, 2, " ");
    return text;
}

/// Formulas that no program has worked out yet, and those that came to an error.
void note_unusable(pugi::xml_node cell, CellPlace place, Sheet& sheet) {
    const std::string_view value = child(cell, "v").child_value();
    const bool inline_text = child(cell, "is");
    if (attribute(cell, "t") == "e")
        sheet.unusable.push_back({place, std::string{value}});
    else if (child(cell, "f") && value.empty() && !inline_text && attribute(cell, "t") != "str")
        sheet.unusable.push_back({place, {}});
}

/// Reads the sheets of one workbook and counts what they hold together.
class SheetReader {
public:
    SheetReader(ZipArchive& archive, const Shared& shared, const WorkbookLimits& limits)
        : archive_(archive), shared_(shared), limits_(limits) {}

    Result<Sheet> read(const std::string& part, std::string name) {
        auto document = parse(archive_, part);
        if (!document) return std::move(document).error();
        std::vector<SheetRow> rows;
        Sheet sheet;
        sheet.name = std::move(name);
        int number = 0;
        for (const auto node : child(document->document_element(), "sheetData").children()) {
            if (local_name(node.name()) != "row") continue;
            number = to_int(attribute(node, "r"), number + 1);
            SheetRow row{number, {}};
            if (auto status = read_row(node, sheet, row); !status) return std::move(status).error();
            if (row.cells.empty()) continue;
            if (number < 1 || std::ssize(rows) >= limits_.rows)
                return too_many(sheet, grouped(limits_.rows) + " rows");
            rows.push_back(std::move(row));
        }
        auto unusable = std::move(sheet.unusable);
        sheet = make_sheet(std::move(sheet.name), std::move(rows));
        sheet.unusable = std::move(unusable);
        return sheet;
    }

private:
    static std::string grouped(auto limit) {
        return form::grouped(static_cast<std::size_t>(limit));
    }

    static Error too_many(const Sheet& sheet, const std::string& limit) {
        return {ErrorCode::refused, "sheet " + sheet.name + " has more than " + limit};
    }

    Status read_row(pugi::xml_node node, Sheet& sheet, SheetRow& row) {
        int column = -1;
        for (const auto cell : node.children()) {
            if (local_name(cell.name()) != "c") continue;
            const auto reference = attribute(cell, "r");
            column = reference.empty() ? column + 1 : column_of(reference);
            note_unusable(cell, {row.number, column}, sheet);
            auto text = with_plain_spaces(cell_text(cell, shared_));
            // Only cells with text count: styles often reach to the last row and column.
            if (is_blank(text)) continue;
            if (column < 0 || column >= limits_.columns)
                return too_many(sheet, grouped(limits_.columns) + " columns");
            if (auto status = keep(std::move(text), static_cast<std::size_t>(column), sheet, row);
                !status)
                return status;
        }
        return done();
    }

    Status keep(std::string text, std::size_t column, const Sheet& sheet, SheetRow& row) {
        if (row.cells.size() <= column) {
            cells_ += column + 1 - row.cells.size();
            if (cells_ > limits_.cells) return too_many(sheet, grouped(limits_.cells) + " cells");
            row.cells.resize(column + 1);
        }
        bytes_ += text.size();
        if (bytes_ > limits_.text_bytes)
            return too_many(sheet, grouped(limits_.text_bytes >> 20) + " MB of text");
        row.cells[column] = std::move(text);
        return done();
    }

    ZipArchive& archive_;
    const Shared& shared_;
    const WorkbookLimits& limits_;
    std::size_t cells_ = 0, bytes_ = 0;
};

std::string folder_of(const std::string& part) {
    return part.substr(0, part.rfind('/') + 1);
}

/// Parts that another part leads to, by relationship id and by the last word of their type
/// ("sharedStrings"). ECMA-376 part 2, 9.3.
struct Relations {
    std::map<std::string, std::string> by_id, by_type;

    std::string of_type(const std::string& type, std::string otherwise) const {
        const auto found = by_type.find(type);
        return found == by_type.end() ? std::move(otherwise) : found->second;
    }
};

Result<Relations> read_relations(ZipArchive& archive, const std::string& part) {
    const auto folder = folder_of(part);
    auto document = parse(archive, folder + "_rels/" + part.substr(folder.size()) + ".rels");
    if (!document) return std::move(document).error();
    Relations relations;
    for (const auto node : document->document_element().children()) {
        std::string target{attribute(node, "Target")};
        target = target.starts_with('/') ? target.substr(1) : folder + target;
        const std::string type{attribute(node, "Type")};
        relations.by_type.emplace(type.substr(type.rfind('/') + 1), target);
        relations.by_id[std::string{attribute(node, "Id")}] = std::move(target);
    }
    return relations;
}

/// Where the workbook itself lies: nearly always in xl/workbook.xml.
std::string workbook_part(ZipArchive& archive) {
    const auto relations = read_relations(archive, "");
    return relations ? relations->of_type("officeDocument", "xl/workbook.xml") : "xl/workbook.xml";
}

}  // namespace

Result<Workbook> read_xlsx(std::string_view bytes, const WorkbookLimits& limits) {
    auto archive = ZipArchive::open(bytes, {limits.unpacked_bytes, limits.unpacking_ratio});
    if (!archive) return std::move(archive).error();
    const auto part = workbook_part(*archive);
    auto book = parse(*archive, part);
    if (!book) return std::move(book).error();
    const auto parts = read_relations(*archive, part);
    if (!parts) return parts.error();
    Shared shared;
    const auto root = book->document_element();
    const auto date1904 = attribute(child(root, "workbookPr"), "date1904");
    if (date1904 == "1" || date1904 == "true") shared.dates = DateSystem::from_1904;
    const auto strings = parts->of_type("sharedStrings", folder_of(part) + "sharedStrings.xml");
    const auto styles = parts->of_type("styles", folder_of(part) + "styles.xml");
    if (Status read = read_strings(*archive, strings, shared); !read) return read.error();
    if (Status read = read_styles(*archive, styles, shared); !read) return read.error();
    Workbook workbook;
    SheetReader reader{*archive, shared, limits};
    for (const auto node : child(root, "sheets").children()) {
        const auto sheet_part = parts->by_id.find(std::string{attribute(node, "id")});
        if (sheet_part == parts->by_id.end()) continue;
        auto sheet = reader.read(sheet_part->second, std::string{attribute(node, "name")});
        if (!sheet) return std::move(sheet).error();
        workbook.sheets.push_back(std::move(*sheet));
    }
    return workbook;
}

}  // namespace bordereau::form::xlsform
