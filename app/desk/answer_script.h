// app/desk/answer_script.h - answers as a text file: for scripts, the tour and worked samples.
//
//   # a comment
//   /grpa_main/a_id/a_type<TAB>baseline      answers a question (or by its name alone: a_type)
//   + /grpa_main/l_fin/l_item                adds a row to a repeat
//   - /grpa_main/l_fin/l_item[2]             removes one
//
// In values \n, \t and \\ stand for a line end, a tab and a backslash. Nothing after the tab
// clears.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::app {

struct ScriptStep {
    enum class Kind { answer, add, remove };
    Kind kind = Kind::answer;
    std::string path;  ///< XPath with positions, or a question's name
    std::string value;
    int line = 0;  ///< in the file, from 1
};

/// invalid: names the first line that is none of the above.
Result<std::vector<ScriptStep>> read_script(std::string_view text);

}  // namespace bordereau::app
