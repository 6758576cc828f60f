#include "app/form/xlsform/xml_writer.h"

#include "storage/base/check.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {

void XmlWriter::end_tag_start() {
    if (in_start_tag_) out_ += '>';
    in_start_tag_ = false;
}

XmlWriter& XmlWriter::open(std::string_view name) {
    end_tag_start();
    out_ += '<';
    out_ += name;
    open_.emplace_back(name);
    in_start_tag_ = true;
    return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
    check(in_start_tag_, "an attribute outside a start tag");
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    // Line ends in attributes would be read back as blanks.
    for (std::size_t start = 0; start <= value.size();) {
        const auto end = value.find_first_of("\n\r\t", start);
        out_ += escape_markup(value.substr(start, end - start));
        if (end == std::string_view::npos) break;
        out_ += value[end] == '\n' ? "&#10;" : value[end] == '\r' ? "&#13;" : "&#9;";
        start = end + 1;
    }
    out_ += '"';
    return *this;
}

XmlWriter& XmlWriter::text(std::string_view text) {
    return raw(escape_markup(text));
}

XmlWriter& XmlWriter::raw(std::string_view markup) {
    if (markup.empty()) return *this;
    end_tag_start();
    out_ += markup;
    return *this;
}

XmlWriter& XmlWriter::close() {
    check(!open_.empty(), "nothing is open");
    if (in_start_tag_) {
        out_ += "/>";
        in_start_tag_ = false;
    } else {
        out_ += "</" + open_.back() + ">";
    }
    open_.pop_back();
    return *this;
}

}  // namespace bordereau::form::xlsform
