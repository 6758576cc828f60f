// Exchanging with a laptop of the team in the same network.
#include <csignal>
#include <cstdio>
#include <ctime>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/text/format.h"

namespace bordereau::app::cli {
namespace {

// Blocked in every thread, so that only the wait below sees them.
sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&signals, one);
    return signals;
}

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

}  // namespace

Exit lan_serve(const Console& console, const LanOptions& options) {
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const DoorOptions door{options.host, options.port, Millis{options.minutes} * 60 * 1000};
    const auto me = pthread_self();
    const Status opened = (*desk)->open_door(door, [me] { pthread_kill(me, SIGUSR1); });
    if (!opened) return console.fail(Doing::meeting, opened.error());
    if (console.json()) {
        console.print(nlohmann::json{{"port", (*desk)->door()->port()}}.dump());
    } else {
        std::string addresses;
        for (const std::string& one : door_addresses((*desk)->door()->port()))
            addresses += (addresses.empty() ? "" : ", ") + one;
        console.print(console.words()(
            "sync.lan.is_open",
            {{"time", text::format_instant((*desk)->door()->open_until(), (*desk)->services().clock,
                                           console.words().language())},
             {"address", addresses}}));
    }
    std::fflush(stdout);  // whoever waits for the door reads a pipe
    // Of guests the door tells as well as of its end.
    int received = SIGUSR1;
    while (received == SIGUSR1 && (*desk)->door() != nullptr) sigwait(&signals, &received);
    (*desk)->close_door();
    return Exit::ok;
}

Exit lan_sync(const Console& console, const LanOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto work = (*desk)->meet(options.address);
    if (!work) return console.fail(Doing::meeting, work.error());
    const sync::RoundEnd end = (*work)(go_on);
    if (!end.status) return console.fail(Doing::meeting, end.status.error());
    const sync::Progress& progress = end.progress;
    if (console.json())
        console.print(nlohmann::json{{"sent", progress.tally.sent},
                                     {"received", progress.tally.received},
                                     {"files_sent", progress.files.sent},
                                     {"files_received", progress.files.received}}
                          .dump());
    else
        console.print(console.words()("sync.lan.done"));
    return Exit::ok;
}

Exit lan_find(const Console& console, const LanOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    if (Status looking = (*desk)->look_nearby([] {}); !looking) {
        console.complain(console.words()("sync.lan.none"));
        return Exit::offline;
    }
    const timespec wait{options.seconds, 0};
    nanosleep(&wait, nullptr);
    const auto found = (*desk)->nearby();
    if (console.json())
        console.print(nlohmann::json(found).dump());
    else
        for (const std::string& address : found) console.print(address);
    return found.empty() ? Exit::not_found : Exit::ok;
}

}  // namespace bordereau::app::cli
