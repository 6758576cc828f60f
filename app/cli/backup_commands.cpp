// Backup and restore, with progress on a terminal and Ctrl-C as the way to stop.
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/watched.h"

namespace bordereau::app::cli {
namespace {

void tell(const Console& console, const storage::Restored& restored) {
    const text::Words& words = console.words();
    if (console.json()) {
        console.print(nlohmann::json{{"device", restored.device.text},
                                     {"previous", restored.previous.text},
                                     {"made_at", restored.made_at},
                                     {"kept", restored.kept},
                                     {"damaged", restored.damaged},
                                     {"complete", restored.complete}}
                          .dump(2));
        return;
    }
    console.print(words("restore.new_device"));
    if (restored.kept > 0) console.print(words.count("restore.kept", restored.kept));
    if (restored.damaged > 0) console.print(words.count("restore.damaged", restored.damaged));
    if (!restored.complete) console.print(words("restore.cut_short"));
}

}  // namespace

Exit backup(const Console& console, const std::filesystem::path& file, bool replace) {
    std::error_code ignored;
    if (!replace && std::filesystem::exists(file, ignored)) {
        console.complain("bordereau: " +
                         console.words()("backup.exists", {{"path", file.string()}}));
        return Exit::refused;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Result<storage::BackupMade> made = Error{ErrorCode::io, "not begun"};
    {
        Watched watched;
        made = (*desk)->notebook().back_up(file, std::ref(watched));
    }
    if (!made) return console.fail(Doing::backing_up, made.error(), file.string());
    if (console.json())
        console.print(nlohmann::json{{"file", file.string()},
                                     {"bytes", made->bytes},
                                     {"attachments", made->attachments},
                                     {"made_at", made->made_at}}
                          .dump(2));
    else
        console.print(console.words()("message.backed_up", {{"path", file.string()}}));
    return Exit::ok;
}

Exit restore(const Console& console, const RestoreOptions& options) {
    auto secret = console.passphrase();
    if (!secret) return console.fail(Doing::restoring, secret.error());
    Services services = system_services();
    if (!options.device.empty()) services.device_name = options.device;
    Result<storage::Restored> restored = Error{ErrorCode::io, "not begun"};
    {
        Watched watched;
        restored = Desk::restore(options.file, options.into, console.person(), *secret, services,
                                 std::ref(watched));
    }
    if (!restored) return console.fail(Doing::restoring, restored.error(), options.file.string());
    tell(console, *restored);
    return Exit::ok;
}

}  // namespace bordereau::app::cli
