// app/form/xlsform/findings.h - gathers what is wrong with a spreadsheet, all of it, not the first.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "app/form/definition/diagnostic.h"

namespace bordereau::form::xlsform {

/// Where something stands in the workbook; empty or 0 where it concerns more than that.
struct Place {
    std::string sheet;
    int row = 0;  ///< the header is row 1
    std::string column = {};
};

/// Diagnostics in the order found. Equal findings are kept once.
class Findings {
public:
    void error(const Place& place, std::string message, std::string remedy) {
        add(Severity::error, place, std::move(message), std::move(remedy));
    }
    void warning(const Place& place, std::string message, std::string remedy) {
        add(Severity::warning, place, std::move(message), std::move(remedy));
    }
    bool any_error() const { return errors_ > 0; }
    Diagnostics take() { return std::move(found_); }

private:
    void add(Severity severity, const Place& place, std::string message, std::string remedy);

    Diagnostics found_;
    int errors_ = 0;
};

/// `text` in single quotes, for use inside messages.
std::string quoted(std::string_view text);

}  // namespace bordereau::form::xlsform
