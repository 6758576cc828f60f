// app/form/xlsform/references.h - turns ${name} into paths.
// Inside repeats the paths are relative, since each instance must mean its own siblings.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"

namespace bordereau::form::xlsform {

/// How a text is used, which decides what its references may look like.
struct ReferenceUse {
    const Element* context = nullptr;  ///< whose expression it is; null: absolute paths only
    bool current = false;  ///< it stands in a predicate: relative paths start at current()
    bool from_repeat_parent = false;  ///< the path must pass through the repeat's own step
};

/// Names of the survey and the elements they stand for.
class References {
public:
    explicit References(const Element& survey);

    /// The only element of that name; null if there is none or several.
    const Element* find(std::string_view name) const;
    bool is_ambiguous(std::string_view name) const;

    /// `text` with each ${name} as a path with a blank on either side. Unknown names stay as they
    /// are: check() has reported them.
    std::string resolve(std::string_view text, const ReferenceUse& use) const;

    /// Says which references of a cell lead nowhere or to several questions.
    void check(std::string_view text, const Place& place, Findings& findings) const;

private:
    std::map<std::string, const Element*, std::less<>> by_name_;  ///< null: several
};

/// The nearest element around both, of any kind; null if one is around the other.
const Element* common_ancestor(const Element& one, const Element& other);

}  // namespace bordereau::form::xlsform
