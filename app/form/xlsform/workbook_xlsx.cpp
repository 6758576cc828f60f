// Office Open XML workbooks (ECMA-376 part 1, 18): only what a form needs, the cells as text.
#include <charconv>
#include <map>
#include <utility>

#include <pugixml.hpp>

#include "app/form/xlsform/cell_value.h"
#include "app/form/xlsform/workbook.h"
#include "app/form/xlsform/zip_archive.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

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
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text->data(), text->size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return Error{ErrorCode::corrupt, part + ": " + parsed.description()};
    return document;
}

/// The text of a shared or inline string: plain, or the runs of a formatted one joined.
std::string string_of(pugi::xml_node item) {
    std::string out;
    for (const auto node : item.children()) {
        const auto name = local_name(node.name());
        if (name == "t") out += node.child_value();
        if (name == "r") out += child(node, "t").child_value();
    }
    return out;
}

/// What all sheets of a workbook share.
struct Shared {
    std::vector<std::string> strings;
    std::vector<NumberKind> styles;
    DateSystem dates = DateSystem::from_1900;
};

Status read_strings(ZipArchive& archive, Shared& shared) {
    auto document = parse(archive, "xl/sharedStrings.xml");
    if (!document) {
        const bool absent = document.error().code == ErrorCode::not_found;
        return absent ? done() : Status{std::move(document).error()};
    }
    for (const auto item : document->document_element().children())
        if (local_name(item.name()) == "si") shared.strings.push_back(string_of(item));
    return done();
}

Status read_styles(ZipArchive& archive, Shared& shared) {
    auto document = parse(archive, "xl/styles.xml");
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

Result<Sheet> read_sheet(ZipArchive& archive, const std::string& part, std::string name,
                         const Shared& shared, const WorkbookLimits& limits) {
    auto document = parse(archive, part);
    if (!document) return std::move(document).error();
    std::vector<SheetRow> rows;
    int number = 0;
    for (const auto node : child(document->document_element(), "sheetData").children()) {
        if (local_name(node.name()) != "row") continue;
        number = to_int(attribute(node, "r"), number + 1);
        if (number < 1 || number > limits.rows || std::ssize(rows) >= limits.rows)
            return Error{ErrorCode::refused, "sheet " + name + " has too many rows"};
        SheetRow row{number, {}};
        int column = -1;
        for (const auto cell : node.children()) {
            if (local_name(cell.name()) != "c") continue;
            const auto reference = attribute(cell, "r");
            column = reference.empty() ? column + 1 : column_of(reference);
            if (column < 0 || column >= limits.columns)
                return Error{ErrorCode::refused, "sheet " + name + " has too many columns"};
            auto text = with_plain_spaces(cell_text(cell, shared));
            if (is_blank(text)) continue;
            if (row.cells.size() <= static_cast<std::size_t>(column))
                row.cells.resize(static_cast<std::size_t>(column) + 1);
            row.cells[static_cast<std::size_t>(column)] = std::move(text);
        }
        if (!row.cells.empty()) rows.push_back(std::move(row));
    }
    return make_sheet(std::move(name), std::move(rows));
}

/// Relationship ids of the workbook part, and the parts they lead to.
Result<std::map<std::string, std::string>> read_relations(ZipArchive& archive) {
    auto document = parse(archive, "xl/_rels/workbook.xml.rels");
    if (!document) return std::move(document).error();
    std::map<std::string, std::string> parts;
    for (const auto node : document->document_element().children()) {
        std::string target{attribute(node, "Target")};
        target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        parts[std::string{attribute(node, "Id")}] = std::move(target);
    }
    return parts;
}

}  // namespace

Result<Workbook> read_xlsx(std::string_view bytes, const WorkbookLimits& limits) {
    auto archive = ZipArchive::open(bytes, {limits.unpacked_bytes, limits.unpacking_ratio});
    if (!archive) return std::move(archive).error();
    auto book = parse(*archive, "xl/workbook.xml");
    if (!book) return std::move(book).error();
    auto parts = read_relations(*archive);
    if (!parts) return std::move(parts).error();
    Shared shared;
    const auto root = book->document_element();
    const auto date1904 = attribute(child(root, "workbookPr"), "date1904");
    if (date1904 == "1" || date1904 == "true") shared.dates = DateSystem::from_1904;
    if (auto strings = read_strings(*archive, shared); !strings) return std::move(strings).error();
    if (auto styles = read_styles(*archive, shared); !styles) return std::move(styles).error();
    Workbook workbook;
    for (const auto node : child(root, "sheets").children()) {
        const auto part = parts->find(std::string{attribute(node, "id")});
        if (part == parts->end()) continue;
        auto sheet = read_sheet(*archive, part->second, std::string{attribute(node, "name")},
                                shared, limits);
        if (!sheet) return std::move(sheet).error();
        workbook.sheets.push_back(std::move(*sheet));
    }
    return workbook;
}

}  // namespace bordereau::form::xlsform
