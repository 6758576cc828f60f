// app/form/inspect/reachability.h - questions that nobody will ever be asked, since their relevance
// cannot hold. Careful: what it cannot decide counts as possible.
#pragma once

#include <string>
#include <vector>

#include "app/form/definition/definition.h"

namespace bordereau::form {

enum class WhyNever {
    constant,           ///< the condition is false() whatever is answered
    no_such_choice,     ///< it waits for a value that the list of `source` does not have
    two_at_once,        ///< it waits for two values of one select_one
    source_never_asked  ///< it waits for an answer to `source`, which is unreachable itself
};

struct Unreachable {
    ModelIndex node = kNone;  ///< the outermost: what lies inside is not listed
    int questions = 0;        ///< inside, itself included
    WhyNever why = WhyNever::constant;
    std::string source;  ///< path of the question waited for; empty for `constant`
    std::string value;   ///< the value waited for
};

/// In the order of the model.
std::vector<Unreachable> unreachable_questions(const Definition& form);

}  // namespace bordereau::form
