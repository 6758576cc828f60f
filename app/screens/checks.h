// app/screens/checks.h - consistency checks that fire, each with its explanation or a field for it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/overview_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// `typed` holds explanations being written, by check; only drawn when `editable`.
void draw_checks(const std::vector<CheckView>& checks, bool editable,
                 std::map<std::string, std::string>& typed, const text::Words& words,
                 Commands& out);

}  // namespace bordereau::app
