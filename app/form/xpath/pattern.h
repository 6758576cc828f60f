// app/form/xpath/pattern.h - regular expressions of regex(). The only includer of PCRE2.
#pragma once

#include <memory>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::form::xpath {

/// A compiled pattern. Cheap to copy, safe from several threads.
class Pattern {
public:
    /// invalid: not a regular expression (the detail says what and where).
    static Result<Pattern> compile(std::string_view pattern);

    /// True when the whole text matches, as in JavaRosa and the documentation of ODK; Enketo and
    /// web-forms look for a match anywhere, which forms written for Collect do not expect.
    /// A match that needs too much work counts as none.
    bool matches(std::string_view text) const;

private:
    struct Code;
    explicit Pattern(std::shared_ptr<const Code> code) : code_{std::move(code)} {}
    std::shared_ptr<const Code> code_;
};

}  // namespace bordereau::form::xpath
