// app/desk/notebook_place.h - whether a notebook can be made in a folder, before anything is asked.
#pragma once

#include <filesystem>

namespace bordereau::app {

/// The folder, or where it is not there yet the nearest one above it that is, can be written.
/// Makes nothing.
bool can_hold_notebook(const std::filesystem::path& folder);

}  // namespace bordereau::app
