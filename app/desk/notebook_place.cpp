#include "app/desk/notebook_place.h"

#include <unistd.h>

#include <system_error>

namespace bordereau::app {

bool can_hold_notebook(const std::filesystem::path& folder) {
    std::error_code code;
    std::filesystem::path there = std::filesystem::absolute(folder, code);
    while (!std::filesystem::exists(there, code) && there.has_relative_path())
        there = there.parent_path();
    return std::filesystem::is_directory(there, code) && ::access(there.c_str(), W_OK | X_OK) == 0;
}

}  // namespace bordereau::app
