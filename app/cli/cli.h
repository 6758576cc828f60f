// app/cli/cli.h - bordereau's command line. Without a subcommand it gives the word to the window.
#pragma once

#include <filesystem>
#include <functional>

#include "app/cli/console.h"

namespace bordereau::app::cli {

/// What only the program with a window can do.
struct WindowWork {
    std::function<Exit(const Shared&)> open;  ///< no subcommand: the window, until it is closed
    std::function<Exit(const Console&, const std::filesystem::path& folder)> tour;
};

/// Reads the words of the call and carries them out; gives the exit code of the process.
int run(int argc, const char* const* argv, const WindowWork& window);

}  // namespace bordereau::app::cli
