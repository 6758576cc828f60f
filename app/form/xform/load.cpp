#include "app/form/definition/form.h"
#include "app/form/values/xml.h"
#include "app/form/xform/reader.h"

namespace bordereau::form {
namespace {

constexpr std::size_t kLargestForm = 64u << 20;

XmlOptions form_options() {
    XmlOptions options;
    // The blank between two outputs of a label is part of the label.
    options.keep_everything = true;
    options.keep_layout = false;
    options.limits = {kLargestForm, 8'000'000, 200};
    return options;
}

LoadedForm refused(std::string message) {
    return {nullptr, {{Severity::error, {}, 0, {}, {}, std::move(message), {}}}};
}

}  // namespace

LoadedForm load_xform(std::string_view xml, const Resources& resources) {
    auto names = std::make_shared<Names>();
    const auto document = read_xml(xml, names, form_options());
    if (!document)
        return refused("The file cannot be read as a form: " + document.error().detail + ".");
    FormReader reader{*document, names, resources};
    reader.read();
    if (has_errors(reader.findings)) return {nullptr, std::move(reader.findings)};
    auto definition = std::make_shared<Definition>(std::move(reader.definition));
    return {std::make_shared<Form>(std::move(definition)), std::move(reader.findings)};
}

}  // namespace bordereau::form
