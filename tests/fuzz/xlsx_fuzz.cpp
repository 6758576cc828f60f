// Converts any bytes as a workbook: .xlsx where they start like a zip archive; Markdown after "|";
// after "<" the parts of a workbook, divided by lines of "---", which are put into an archive here;
// otherwise CSV. A form that comes of it is loaded.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/form/definition/form.h"
#include "app/form/xlsform/xlsform.h"
#include "storage/base/check.h"
#include "tests/fuzz/stored_zip.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

constexpr std::string_view kWorkbook =
    R"(<workbook xmlns:r="r"><sheets><sheet name="survey" r:id="1"/><sheet name="choices" r:id="2"/>)"
    R"(<sheet name="settings" r:id="3"/></sheets></workbook>)";
constexpr std::string_view kRelations =
    R"(<Relationships><Relationship Id="1" Target="s1.xml"/><Relationship Id="2" Target="s2.xml"/>)"
    R"(<Relationship Id="3" Target="s3.xml"/></Relationships>)";
constexpr std::array kParts{"xl/s1.xml", "xl/s2.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                            "xl/s3.xml"};
constexpr std::string_view kDivider = "\n---\n";

std::string workbook_of(std::string_view bytes) {
    std::vector<std::pair<std::string, std::string>> parts{
        {"xl/workbook.xml", std::string{kWorkbook}},
        {"xl/_rels/workbook.xml.rels", std::string{kRelations}}};
    for (const char* name : kParts) {
        const std::size_t end = std::min(bytes.find(kDivider), bytes.size());
        parts.emplace_back(name, std::string{bytes.substr(0, end)});
        bytes.remove_prefix(std::min(end + kDivider.size(), bytes.size()));
        if (bytes.empty()) break;
    }
    return fuzz::stored_zip(parts);
}

ConvertedForm convert(std::string_view bytes) {
    if (bytes.starts_with("PK")) return convert_xlsform(bytes, "form.xlsx");
    if (bytes.starts_with('|')) return convert_xlsform(bytes, "form.md");
    if (bytes.starts_with('<')) return convert_xlsform(workbook_of(bytes), "form.xlsx");
    return convert_xlsform(bytes, "form.csv");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto converted = convert({reinterpret_cast<const char*>(data), size});
    check(converted.xform.empty() == has_errors(converted.diagnostics),
          "a form comes out exactly when there is no error");
    if (!converted.xform.empty()) static_cast<void>(load_xform(converted.xform, {}));
    return 0;
}
