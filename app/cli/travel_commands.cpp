#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/commands.h"
#include "app/present/copied.h"
#include "app/present/places.h"
#include "storage/base/time.h"
#include "storage/travel_log.h"

namespace bordereau::app::cli {

Exit join(const Console& console, const std::string& invitation) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status joined = (*desk)->join(invitation);
    return joined ? Exit::ok : console.fail(Doing::joining, joined.error());
}

namespace {

constexpr std::int64_t kLogShown = 1000;

nlohmann::json json_of(const storage::TravelEntry& entry) {
    return {{"at", to_iso(entry.at, 0)},
            {"audit", entry.audit.text},
            {"title", entry.title},
            {"way", storage::name_of(entry.way)},
            {"event", storage::name_of(entry.event)},
            {"changesets", entry.changesets},
            {"files", entry.files},
            {"bytes", entry.bytes},
            {"reason", entry.reason}};
}

constexpr const char* key_of(SyncDirection direction) {
    switch (direction) {
        case SyncDirection::sent: return "sync.direction.sent";
        case SyncDirection::received: return "sync.direction.received";
        case SyncDirection::acknowledged: return "sync.direction.acknowledged";
        case SyncDirection::refused: return "sync.direction.refused";
        case SyncDirection::note: break;
    }
    return "sync.direction.note";
}

Exit show_log(const Console& console, Desk& desk, const std::string& audit) {
    std::optional<AuditId> only;
    if (!audit.empty()) {
        const auto found = desk.find_audit(audit);
        if (!found) return console.fail(Doing::opening_audit, found.error(), audit);
        only = found->id;
    }
    const auto entries = storage::TravelLog{desk.notebook()}.list(only, 0, kLogShown);
    if (!entries) return console.fail(Doing::opening_audit, entries.error());
    if (console.json()) {
        nlohmann::json rows = nlohmann::json::array();
        for (const storage::TravelEntry& entry : *entries) rows.push_back(json_of(entry));
        console.print(rows.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return Exit::ok;
    }
    const Presenting present{console.words(), desk.services().clock};
    for (const SyncLogRow& row : travel_rows(present, *entries))
        console.print(row.when + "  " + std::string{console.words()(key_of(row.direction))} + "  " +
                      row.way + "  " + row.text);
    return Exit::ok;
}

}  // namespace

Exit travel(const Console& console, const TravelOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    auto choices = (*desk)->travel_choices();
    if (!choices) return console.fail(Doing::recording, choices.error());
    if (options.proxy == "system")
        choices->proxy.reset();
    else if (options.proxy == "none")
        choices->proxy = "";
    else if (!options.proxy.empty())
        choices->proxy = options.proxy;
    if (options.limit) choices->upload = choices->download = *options.limit;
    if (!options.on_request.empty()) choices->on_request = options.on_request == "yes";
    if (!options.paused.empty()) choices->paused = options.paused == "yes";
    if (Status kept = (*desk)->choose_travel(*choices); !kept) {
        console.complain(console.words()("sync.proxy.wrong"));
        return exit_of(kept.error().code);
    }
    const nlohmann::json shown{{"proxy", choices->proxy.value_or("system")},
                               {"bytes_per_second", choices->upload},
                               {"on_request", choices->on_request},
                               {"paused", choices->paused}};
    console.print(shown.dump(console.json() ? -1 : 2));
    return Exit::ok;
}

namespace {

// What one side did not take, each reason once. False: there is nothing of the kind.
bool complain_of(const Console& console, const char* key, const std::vector<sync::Declined>& some) {
    std::map<storage::Fault, std::size_t> counts;
    for (const sync::Declined& one : some)
        if (one.fault) ++counts[*one.fault];
    for (const auto& [fault, count] : counts) {
        const std::string reason = "sync.reason." + std::string{storage::name_of(fault)};
        console.complain(console.words()(
            key, {{"n", std::to_string(count)}, {"reason", console.words()(reason)}}));
    }
    return !counts.empty();
}

// The number of the latest entry of the travel log; 0: it is empty.
Result<std::int64_t> latest_entry(storage::Notebook& notebook) {
    const auto latest = storage::TravelLog{notebook}.list(std::nullopt, 0, 1);
    if (!latest) return latest.error();
    return latest->empty() ? 0 : latest->front().id;
}

// What went one way in a round: audits, and changes of people, forms and devices.
struct Travelled {
    std::set<AuditId> audits;
    bool others = false;
};

std::string in_words(const Console& console, const char* key, const Travelled& travelled) {
    const std::string audits = console.words().count(key, std::ssize(travelled.audits));
    return travelled.others ? console.words()("sync.done.others", {{"audits", audits}}) : audits;
}

// Told in audits, as people know them, where the exchange counts batches.
Status tell_what_travelled(const Console& console, storage::Notebook& notebook,
                           std::int64_t before) {
    const auto entries =
        storage::TravelLog{notebook}.list(std::nullopt, 0, storage::TravelLog::kMostEntries);
    if (!entries) return entries.error();
    Travelled sent, received;
    for (const storage::TravelEntry& entry : *entries) {
        if (entry.id <= before) break;
        const bool came = entry.event == storage::TravelEvent::received;
        if (!came && entry.event != storage::TravelEvent::acknowledged) continue;
        Travelled& way = came ? received : sent;
        if (entry.audit.empty())
            way.others = true;
        else
            way.audits.insert(entry.audit);
    }
    console.print(in_words(console, "sync.done.sent", sent));
    console.print(in_words(console, "sync.done.received", received));
    return done();
}

}  // namespace

Exit sync(const Console& console, const SyncOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    if (options.log) return show_log(console, **desk, options.audit);
    const auto before = latest_entry((*desk)->notebook());
    if (!before) return console.fail(Doing::opening_audit, before.error());
    const sync::RoundEnd end = (*desk)->sync_once(options.limit);
    const sync::Tally& tally = end.progress.tally;
    const auto copies = sentences_of_copies(console.words(), (*desk)->notebook());
    if (!copies) return console.fail(Doing::syncing, copies.error());
    for (const std::string& sentence : *copies) console.complain(sentence);
    if (console.json())
        console.print(nlohmann::json{{"sent", tally.sent},
                                     {"received", tally.received},
                                     {"declined", tally.declined.size()},
                                     {"refused", tally.refused.size()},
                                     {"files_sent", end.progress.files.sent},
                                     {"files_received", end.progress.files.received},
                                     {"requests", tally.requests},
                                     {"bytes_up", end.progress.bytes_up},
                                     {"bytes_down", end.progress.bytes_down},
                                     {"complete", end.status.ok()}}
                          .dump());
    else if (end.status) {
        Status told = tell_what_travelled(console, (*desk)->notebook(), *before);
        if (!told) return console.fail(Doing::syncing, told.error());
    }
    const bool declined = complain_of(console, "sync.not_taken", tally.declined);
    const bool refused = complain_of(console, "sync.not_taken.here", tally.refused);
    if (!end.status) return console.fail(Doing::syncing, end.status.error());
    return declined || refused ? Exit::refused : Exit::ok;
}

}  // namespace bordereau::app::cli
