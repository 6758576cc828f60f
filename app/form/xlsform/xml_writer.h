// app/form/xlsform/xml_writer.h - writes XML front to back. Keeps no tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form::xlsform {

class XmlWriter {
public:
    /// Attributes may follow until the next text, element or close().
    XmlWriter& open(std::string_view name);
    XmlWriter& attribute(std::string_view name, std::string_view value);
    XmlWriter& text(std::string_view text);
    /// Markup that is well-formed already.
    XmlWriter& raw(std::string_view markup);
    /// Ends the innermost open element.
    XmlWriter& close();
    std::string take() { return std::move(out_); }

private:
    void end_tag_start();

    std::string out_ = "<?xml version=\"1.0\"?>";
    std::vector<std::string> open_;
    bool in_start_tag_ = false;
};

}  // namespace bordereau::form::xlsform
