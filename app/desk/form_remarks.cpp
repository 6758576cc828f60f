#include "app/desk/form_remarks.h"

#include <algorithm>
#include <array>

#include "app/form/inspect/report.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

constexpr std::array<std::string_view, 5> kEndings{".xlsx", ".xlsm", ".csv", ".md", ".xml"};

form::Resources beside(const std::filesystem::path& file) {
    const auto folder = files_in(file.parent_path());
    const auto media = files_in(file.parent_path() / (file.stem().string() + "-media"));
    return [folder, media](std::string_view name) {
        auto found = folder(name);
        return found ? found : media(name);
    };
}

// Each is among the remarks as well.
bool is_missing_list(const form::Diagnostic& found) {
    return found.severity == form::Severity::warning && found.message.starts_with("The file \"");
}

}  // namespace

form::Diagnostics findings_of(const ReadForm& read, const std::filesystem::path& file) {
    form::Diagnostics findings = read.diagnostics;
    if (!read.form) return findings;
    std::erase_if(findings, is_missing_list);
    form::FormReport report = form::inspect(*read.form, read.xform, beside(file), read.borrowed);
    for (form::Remark& remark : report.remarks) {
        form::place_in_workbook(remark.finding, read.origins);
        findings.push_back(std::move(remark.finding));
    }
    return findings;
}

bool names_form(std::string_view file_name) {
    const std::string name = lower_ascii(file_name);
    return std::ranges::any_of(kEndings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace bordereau::app
