// app/cli/console.h - what every subcommand needs: options shared by all, output, exit codes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/desk/desk.h"
#include "app/present/wording.h"
#include "app/text/words.h"
#include "storage/base/result.h"

namespace bordereau::app::cli {

/// Exit codes: what a script can tell apart. Listed in --help.
enum class Exit : int {
    ok = 0,
    failed = 1,     ///< the disk, damaged data, a full disk
    usage = 2,      ///< the words of the call
    not_found = 3,  ///< no such notebook, audit, question or form
    refused = 4,    ///< not allowed, not valid, or not yet complete
    busy = 5,       ///< another process has the notebook
    offline = 6     ///< no answer from the endpoint
};

Exit exit_of(ErrorCode code);

/// Options before the subcommand.
struct Shared {
    std::filesystem::path notebook = default_notebook_folder();
    std::string person;           ///< login; empty: BORDEREAU_PERSON
    std::string passphrase_file;  ///< empty: BORDEREAU_PASSPHRASE, else asked on the terminal
    bool json = false;
};

class Console {
public:
    explicit Console(Shared shared);

    const Shared& shared() const { return shared_; }
    const text::Words& words() const { return words_; }
    bool json() const { return shared_.json; }

    void print(std::string_view line) const;     ///< to standard output, with a line end
    void complain(std::string_view line) const;  ///< to standard error, with a line end
    /// Says what happened on standard error and gives the exit code. `what` names the thing.
    Exit fail(Doing doing, const Error& error, std::string_view what = {}) const;

    /// Opens the notebook for the person; the passphrase is asked only on a terminal.
    Result<std::unique_ptr<Desk>> open_desk() const;
    std::string person() const;
    /// invalid: there is none and nobody to ask.
    Result<std::string> passphrase() const;
    /// Of somebody who gets one: from a file, else BORDEREAU_NEW_PASSPHRASE, else asked.
    Result<std::string> new_passphrase(const std::string& file) const;
    /// From a file where one is named, else from the environment, else asked under these words.
    Result<std::string> secret(const std::string& file, const char* variable,
                               std::string_view words) const;

private:
    Shared shared_;
    text::Words words_;
};

}  // namespace bordereau::app::cli
