#include "app/desk/notebook_place.h"

#include <unistd.h>

#include <system_error>

#include "storage/files.h"

namespace bordereau::app {

bool can_hold_notebook(const std::filesystem::path& folder) {
    std::error_code code;
    const std::filesystem::path there = storage::nearest_there(folder);
    return std::filesystem::is_directory(there, code) && ::access(there.c_str(), W_OK | X_OK) == 0;
}

}  // namespace bordereau::app
