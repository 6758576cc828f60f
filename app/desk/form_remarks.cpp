#include "app/desk/form_remarks.h"

#include <algorithm>
#include <array>

#include "storage/base/text.h"

namespace bordereau::app {
namespace {

constexpr std::array<std::string_view, 5> kEndings{".xlsx", ".xlsm", ".csv", ".md", ".xml"};

bool is_missing_list(const form::Diagnostic& found) {
    return found.severity == form::Severity::warning && found.message.starts_with("The file \"");
}

}  // namespace

form::Resources files_of(const std::filesystem::path& form) {
    const auto beside = files_in(form.parent_path());
    const auto media = files_in(form.parent_path() / (form.stem().string() + "-media"));
    return [beside, media](std::string_view name) {
        auto found = beside(name);
        return found ? found : media(name);
    };
}

form::FormReport report_on(ReadForm& read, const form::Resources& beside) {
    if (!read.form) return {};
    form::FormReport report = form::inspect(*read.form, read.xform, beside, read.borrowed);
    std::erase_if(read.diagnostics, is_missing_list);
    for (form::Remark& remark : report.remarks)
        form::place_in_workbook(remark.finding, read.origins);
    return report;
}

form::Diagnostics findings_of(ReadForm read, const std::filesystem::path& file) {
    form::FormReport report = report_on(read, files_of(file));
    form::Diagnostics findings = std::move(read.diagnostics);
    for (form::Remark& remark : report.remarks) findings.push_back(std::move(remark.finding));
    return findings;
}

bool names_form(std::string_view file_name) {
    const std::string name = lower_ascii(file_name);
    return std::ranges::any_of(kEndings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace bordereau::app
