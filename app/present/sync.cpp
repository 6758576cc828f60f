#include "app/present/copied.h"
#include "app/present/places.h"
#include "app/present/wording.h"
#include "storage/outbox.h"

namespace bordereau::app {
namespace {

SyncState state_of(const sync::SyncStatus& status, std::int64_t waiting) {
    switch (status.phase) {
        case sync::Phase::syncing: return SyncState::travelling;
        case sync::Phase::waiting:
            return status.last_error && status.last_error->code == ErrorCode::offline
                       ? SyncState::offline
                       : SyncState::attention;
        case sync::Phase::paused:
        case sync::Phase::idle: break;
    }
    if (status.last_error) return SyncState::attention;
    return waiting > 0 ? SyncState::waiting : SyncState::up_to_date;
}

void add_status(const Presenting& present, const sync::SyncStatus& status, SyncView& view) {
    view.state = state_of(status, view.waiting);
    view.sent = static_cast<int>(status.progress.tally.sent);
    view.received = static_cast<int>(status.progress.tally.received);
    if (status.last_success) {
        view.last_contact = worded_time(present, *status.last_success);
        if (view.sent > 0)
            view.log.push_back({view.last_contact, SyncDirection::sent, Tone::good,
                                present.words.count("sync.log.sent", view.sent)});
        if (view.received > 0)
            view.log.push_back({view.last_contact, SyncDirection::received, Tone::good,
                                present.words.count("sync.log.received", view.received)});
    }
    if (status.next_try) view.next_try = worded_time(present, *status.next_try);
    if (status.last_error)
        view.log.insert(
            view.log.begin(),
            {worded_time(present, present.clock.now()), SyncDirection::note, Tone::warning,
             sentence_for(present.words, Doing::syncing, *status.last_error)});
}

// First in the list: going on with both copies makes more of it.
Status tell_of_copies(const Presenting& present, Desk& desk, SyncView& view) {
    const auto sentences = sentences_of_copies(present.words, desk.notebook());
    if (!sentences) return sentences.error();
    for (const std::string& sentence : *sentences)
        view.log.insert(view.log.begin(), {worded_time(present, present.clock.now()),
                                           SyncDirection::note, Tone::warning, sentence});
    if (!sentences->empty()) view.state = SyncState::attention;
    return done();
}

}  // namespace

Result<SyncView> present_sync(const Presenting& present, Desk& desk, const sync::Worker* worker) {
    SyncView view;
    view.can_carry = storage::may(desk.notebook().person(), storage::Act::synchronise);
    view.can_join = storage::may(desk.notebook().person(), storage::Act::join);
    const auto peer = desk.endpoint();
    if (!peer) return peer.error();
    const auto quarantined = desk.notebook().journal().quarantine();
    if (!quarantined) return quarantined.error();
    view.quarantined = static_cast<int>(quarantined->size());
    if (!*peer) return view;
    view.endpoint = (*peer)->url;
    view.can_join = false;
    view.can_sync = true;
    const auto waiting = storage::Outbox{desk.notebook(), sync::outbox_name(**peer)}.waiting();
    if (!waiting) return waiting.error();
    view.waiting = static_cast<int>(waiting->changesets + (waiting->unsealed > 0 ? 1 : 0));
    view.state = view.waiting > 0 ? SyncState::waiting : SyncState::up_to_date;
    if (worker != nullptr) add_status(present, worker->status(), view);
    if (Status told = tell_of_copies(present, desk, view); !told) return told.error();
    return view;
}

}  // namespace bordereau::app
