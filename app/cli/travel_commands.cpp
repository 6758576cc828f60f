#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/present/copied.h"

namespace bordereau::app::cli {

Exit join(const Console& console, const std::string& invitation) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status joined = (*desk)->join(invitation);
    return joined ? Exit::ok : console.fail(Doing::joining, joined.error());
}

Exit sync(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const sync::RoundEnd end = (*desk)->sync_once();
    const sync::Tally& tally = end.progress.tally;
    const auto copies = sentences_of_copies(console.words(), (*desk)->notebook());
    if (!copies) return console.fail(Doing::syncing, copies.error());
    for (const std::string& sentence : *copies) console.complain(sentence);
    if (console.json())
        console.print(nlohmann::json{{"sent", tally.sent},
                                     {"received", tally.received},
                                     {"declined", tally.declined.size()},
                                     {"refused", tally.refused.size()},
                                     {"requests", tally.requests},
                                     {"bytes_up", end.progress.bytes_up},
                                     {"bytes_down", end.progress.bytes_down},
                                     {"complete", end.status.ok()}}
                          .dump());
    else if (end.status)
        console.print(std::string{console.words()("sync.sent")} + " " + std::to_string(tally.sent) +
                      "  " + std::string{console.words()("sync.received")} + " " +
                      std::to_string(tally.received));
    return end.status ? Exit::ok : console.fail(Doing::syncing, end.status.error());
}

}  // namespace bordereau::app::cli
