#include <algorithm>
#include <array>

#include "app/desk/members.h"
#include "app/present/copied.h"
#include "app/present/places.h"
#include "app/present/wording.h"
#include "app/text/format.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "storage/travel_log.h"

namespace bordereau::app {
namespace {

constexpr std::int64_t kPage = 30;           // entries of what happened
constexpr std::int64_t kSecondsShown = 100;  // beyond, minutes
constexpr std::array<std::int64_t, 4> kSpeeds{0, 8'000, 32'000, 128'000};

SyncState state_of(const sync::SyncStatus& status, std::int64_t waiting) {
    switch (status.phase) {
        case sync::Phase::syncing: return SyncState::travelling;
        case sync::Phase::waiting:
            return status.last_error && status.last_error->code == ErrorCode::offline
                       ? SyncState::offline
                       : SyncState::attention;
        case sync::Phase::paused: return SyncState::paused;
        case sync::Phase::idle: break;
    }
    if (status.last_error) return SyncState::attention;
    return waiting > 0 ? SyncState::waiting : SyncState::up_to_date;
}

// "1.2 MB left, about 10 seconds".
std::string worded_rest(const text::Words& words, const sync::Remaining& rest) {
    const std::string size =
        text::format_bytes(static_cast<std::int64_t>(rest.left), words.language());
    if (!rest.time) return words("sync.left", {{"size", size}});
    const std::int64_t seconds = std::max<std::int64_t>(rest.time->count(), 1);
    const std::string time = seconds < kSecondsShown
                                 ? words.count("sync.seconds", seconds)
                                 : words.count("settings.minutes", (seconds + 59) / 60);
    return words("sync.left.time", {{"size", size}, {"time", time}});
}

// While a round is under way, and where one was broken off: the rest goes on from there.
void add_progress(const Presenting& present, const sync::SyncStatus& status, SyncView& view) {
    sync::Remaining rest = sync::remaining(status, present.clock.now());
    const bool under_way = status.phase == sync::Phase::syncing;
    if (rest.all == 0 || (!under_way && rest.left == 0)) return;
    view.share = 1 - static_cast<float>(rest.left) / static_cast<float>(rest.all);
    if (!under_way) rest.time.reset();
    view.remaining = worded_rest(present.words, rest);
}

void add_status(const Presenting& present, const sync::SyncStatus& status, SyncView& view) {
    view.state = state_of(status, view.waiting);
    view.can_pause = status.phase != sync::Phase::paused;
    const sync::Progress& progress = status.progress;
    view.sent = static_cast<int>(progress.tally.sent + progress.files.sent);
    view.received = static_cast<int>(progress.tally.received + progress.files.received);
    add_progress(present, status, view);
    if (status.last_success) view.last_contact = worded_time(present, *status.last_success);
    if (status.next_try) view.next_try = worded_time(present, *status.next_try);
    if (status.last_error)
        view.log.insert(view.log.begin(),
                        {worded_time(present, present.clock.now()),
                         {},
                         SyncDirection::note,
                         Tone::warning,
                         sentence_for(present.words, Doing::syncing, *status.last_error)});
}

std::string worded_what(const text::Words& words, const storage::TravelEntry& entry) {
    if (entry.files > 0)
        return words.count("sync.entry.files", entry.files,
                           {{"size", text::format_bytes(entry.bytes, words.language())}});
    return words.count("sync.entry.batches", entry.changesets);
}

// "Unit · Title (person)", as lists name it.
std::string worded_audit(const text::Words& words, const storage::TravelEntry& entry) {
    const bool says_unit = entry.unit.empty() || entry.title.find(entry.unit) != entry.title.npos;
    const std::string name = says_unit ? entry.title : entry.unit + " \xC2\xB7 " + entry.title;
    if (entry.person.empty()) return name;
    return words("sync.entry.by", {{"audit", name}, {"person", entry.person}});
}

std::string worded_entry(const text::Words& words, const storage::TravelEntry& entry) {
    const std::string_view nothing =
        entry.event == storage::TravelEvent::refused && entry.audit.empty()
            ? words("sync.entry.unread")
            : words("sync.entry.team");
    const std::string title =
        !entry.title.empty()
            ? worded_audit(words, entry)
            : std::string{entry.audit.empty() ? nothing : words("sync.entry.unread")};
    const std::string what =
        words("sync.entry", {{"audit", title}, {"what", worded_what(words, entry)}});
    if (entry.reason.empty()) return what;
    return words("sync.entry.because",
                 {{"what", what}, {"reason", words("sync.reason." + entry.reason)}});
}

SyncDirection direction_of(storage::TravelEvent event) {
    switch (event) {
        case storage::TravelEvent::sent: return SyncDirection::sent;
        case storage::TravelEvent::received: return SyncDirection::received;
        case storage::TravelEvent::acknowledged: return SyncDirection::acknowledged;
        case storage::TravelEvent::refused: break;
    }
    return SyncDirection::refused;
}

Status add_log(const Presenting& present, Desk& desk, int pages, SyncView& view) {
    const auto entries = storage::TravelLog{desk.notebook()}.list({}, 0, pages * kPage + 1);
    if (!entries) return entries.error();
    std::vector<SyncLogRow> rows = travel_rows(present, *entries);
    view.more_log = std::ssize(rows) > pages * kPage;
    if (view.more_log) rows.pop_back();
    view.log.insert(view.log.end(), rows.begin(), rows.end());
    return done();
}

std::string worded_door(const Presenting& present, const Door& door) {
    const std::string addresses = present.words.list(door_addresses(door.port()));
    return present.words("sync.lan.is_open", {{"time", worded_time(present, door.open_until())},
                                              {"address", addresses}});
}

// "post exchanged at 10:42. Batches of changes received from there: 2, given: 3", the latest first.
Status add_door(const Presenting& present, Desk& desk, SyncView& view) {
    const Door* door = desk.door();
    if (door == nullptr) return done();
    view.door = worded_door(present, *door);
    const auto guests = door->guests();
    if (guests.empty()) return done();
    const auto members = members_of(desk.notebook());
    if (!members) return members.error();
    for (const DoorGuest& guest : guests) {
        const auto known = std::ranges::find(*members, guest.device, &storage::Membership::device);
        const std::string name =
            known == members->end() ? guest.device.text.substr(0, 8) : known->name;
        view.guests.push_back(
            present.words("sync.lan.guest", {{"device", name},
                                             {"time", worded_time(present, guest.at)},
                                             {"in", std::to_string(guest.received)},
                                             {"out", std::to_string(guest.given)}}));
    }
    std::ranges::reverse(view.guests);
    return done();
}

Status add_choices(const Presenting& present, Desk& desk, SyncView& view) {
    const auto choices = desk.travel_choices();
    if (!choices) return choices.error();
    const text::Words& words = present.words;
    view.travel.on_request = choices->on_request;
    view.travel.bytes_per_second = static_cast<std::int64_t>(choices->upload);
    for (const std::int64_t speed : kSpeeds)
        view.travel.speeds.push_back(
            {speed == 0 ? std::string{words("sync.limit.none")}
                        : words("sync.limit.each",
                                {{"size", text::format_bytes(speed, words.language())}}),
             speed});
    if (!choices->proxy) return done();
    view.travel.proxy = *choices->proxy;
    view.travel.proxy_kind = choices->proxy->empty() ? ProxyKind::none : ProxyKind::own;
    return done();
}

// First in the list: going on with both copies makes more of it.
Status tell_of_copies(const Presenting& present, Desk& desk, SyncView& view) {
    const auto sentences = sentences_of_copies(present.words, desk.notebook());
    if (!sentences) return sentences.error();
    for (const std::string& sentence : *sentences)
        view.log.insert(view.log.begin(), {worded_time(present, present.clock.now()),
                                           {},
                                           SyncDirection::note,
                                           Tone::warning,
                                           sentence});
    if (!sentences->empty()) view.state = SyncState::attention;
    return done();
}

}  // namespace

std::vector<SyncLogRow> travel_rows(const Presenting& present,
                                    const std::vector<storage::TravelEntry>& entries) {
    std::vector<SyncLogRow> rows;
    for (const storage::TravelEntry& entry : entries) {
        const bool refused = entry.event == storage::TravelEvent::refused;
        const bool unsure = entry.event == storage::TravelEvent::sent;
        rows.push_back(
            {worded_time(present, entry.at),
             std::string{present.words("sync.way." + std::string{storage::name_of(entry.way)})},
             direction_of(entry.event),
             refused  ? Tone::warning
             : unsure ? Tone::info
                      : Tone::good,
             worded_entry(present.words, entry)});
    }
    return rows;
}

Status tell_of_evidence(const Presenting& present, Desk& desk, SyncView& view) {
    const auto quarantined = desk.notebook().journal().quarantine();
    if (!quarantined) return quarantined.error();
    view.quarantined = static_cast<int>(quarantined->size());
    const auto turned_away = desk.notebook().journal().turned_away();
    if (!turned_away) return turned_away.error();
    if (*turned_away > 0)
        view.turned_away = present.words("sync.turned_away", {{"n", std::to_string(*turned_away)}});
    return done();
}

Result<SyncView> present_sync(const Presenting& present, Desk& desk, const sync::Worker* worker,
                              int pages) {
    SyncView view;
    view.can_carry = storage::may(desk.notebook().person(), storage::Act::synchronise);
    view.can_join = storage::may(desk.notebook().person(), storage::Act::join);
    view.nearby = desk.nearby();
    if (Status told = add_door(present, desk, view); !told) return told.error();
    const auto peer = desk.endpoint();
    if (!peer) return peer.error();
    if (Status told = tell_of_evidence(present, desk, view); !told) return told.error();
    if (!*peer) {
        if (Status told = add_log(present, desk, pages, view); !told) return told.error();
        return view;
    }
    view.endpoint = (*peer)->url;
    view.can_join = false;
    view.can_sync = true;
    const auto waiting = storage::Outbox{desk.notebook(), sync::outbox_name(**peer)}.waiting();
    if (!waiting) return waiting.error();
    view.waiting = static_cast<int>(waiting->changesets + (waiting->unsealed > 0 ? 1 : 0));
    view.state = view.waiting > 0 ? SyncState::waiting : SyncState::up_to_date;
    const auto success = sync::remembered_success(storage::Settings{desk.notebook()});
    if (!success) return success.error();
    if (*success) view.last_contact = worded_time(present, **success);
    if (worker != nullptr) add_status(present, worker->status(), view);
    if (Status told = tell_of_copies(present, desk, view); !told) return told.error();
    if (Status told = add_log(present, desk, pages, view); !told) return told.error();
    if (Status told = add_choices(present, desk, view); !told) return told.error();
    return view;
}

}  // namespace bordereau::app
