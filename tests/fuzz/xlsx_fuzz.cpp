// Converts arbitrary bytes as a workbook: .xlsx where they start like a zip archive, else Markdown.
// Seeds: tests/data/forms/xlsform, assets/forms.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/form/xlsform/xlsform.h"
#include "storage/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto* name = bytes.starts_with("PK") ? "form.xlsx" : "form.md";
    const auto converted = bordereau::form::convert_xlsform(bytes, name);
    bordereau::check(converted.xform.empty() == bordereau::form::has_errors(converted.diagnostics),
                     "a form comes out exactly when there is no error");
    return 0;
}
