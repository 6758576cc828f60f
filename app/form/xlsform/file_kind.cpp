#include "app/form/xlsform/file_kind.h"

#include <array>

#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

// Compound files: .xls, and .xlsx under a password ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3.4).
constexpr std::string_view kCompoundFile{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
constexpr std::string_view kZip{"PK\x03\x04", 4};
constexpr std::size_t kBeginning = 1024;

/// `text` as UTF-16LE, as compound files name their streams.
std::string wide(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c;
        out += '\0';
    }
    return out;
}

bool is_markup(std::string_view bytes) {
    const auto start = lower_ascii(trimmed(bytes.substr(0, kBeginning)));
    return start.starts_with("<!doctype html") || start.starts_with("<html") ||
           start.starts_with("<table");
}

bool ends_as_text(std::string_view file_name) {
    const auto lower = lower_ascii(file_name);
    return lower.ends_with(".csv") || lower.ends_with(".md");
}

bool ends_as_workbook(std::string_view file_name) {
    const auto lower = lower_ascii(file_name);
    return lower.ends_with(".xlsx") || lower.ends_with(".xlsm") || lower.ends_with(".xls");
}

}  // namespace

bool is_zip(std::string_view bytes) {
    return bytes.starts_with(kZip);
}

std::optional<Refusal> refuse_by_content(std::string_view bytes, std::string_view file_name) {
    if (bytes.empty())
        return Refusal{"The file is empty.", "Copy it again from where it came from."};
    if (bytes.starts_with(kCompoundFile)) {
        if (bytes.find(wide("EncryptedPackage")) != std::string_view::npos)
            return Refusal{"The workbook is protected by a password.",
                           "Remove the password in your spreadsheet program and save it again."};
        return Refusal{"This is a workbook of the old .xls kind.",
                       "Open it in a spreadsheet program and save it as .xlsx."};
    }
    const auto start = bytes.substr(0, kBeginning);
    if (is_zip(bytes) && start.find("opendocument") != std::string_view::npos)
        return Refusal{"This is an OpenDocument file.", "Save it as .xlsx."};
    if (is_zip(bytes) && ends_as_text(file_name))
        return Refusal{"This is a workbook, not a text file.", "Rename it to end in .xlsx."};
    if (is_markup(bytes))
        return Refusal{"This is a web page, perhaps a login page instead of the form.",
                       "Download the form again."};
    if (start.starts_with("%PDF"))
        return Refusal{"This is a PDF document.", "Ask for the form as .xlsx."};
    if (!is_zip(bytes) && ends_as_workbook(file_name))
        return Refusal{"This is no workbook, whatever its name says.",
                       "Save the form as .xlsx in a spreadsheet program."};
    return std::nullopt;
}

}  // namespace bordereau::form::xlsform
