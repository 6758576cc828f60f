#include "sync/station.h"

#include "storage/journal/log.h"
#include "storage/notebook.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "sync/blob_round.h"
#include "sync/http_transport.h"
#include "sync/logged.h"
#include "sync/travel_choices.h"

namespace bordereau::sync {
namespace {

// Only where there is something to seal: a round with nothing new stays one request.
Result<bool> clock_in_doubt(storage::Notebook& notebook) {
    const auto count = notebook.journal().travel_count();
    if (!count) return count.error();
    if (*count == 0) return false;
    const auto told = remembered_time(storage::Settings{notebook});
    if (!told) return told.error();
    return !*told || notebook.clock().now() - **told > storage::kMostAhead;
}

}  // namespace

Result<Station> station_of(storage::Notebook notebook) {
    auto peer = remembered_peer(storage::Settings{notebook});
    if (!peer) return std::move(peer).error();
    if (!*peer) return Error{ErrorCode::not_found, "this notebook has joined no endpoint"};
    Transport transport = http_transport({(*peer)->certificate_pin});
    return station_of(std::move(notebook), std::move(**peer), std::move(transport));
}

Station station_of(storage::Notebook notebook, Peer peer, Transport transport) {
    const auto owned = std::make_shared<storage::Notebook>(std::move(notebook));
    const std::string name = outbox_name(peer);
    Station station;
    const Logged logged{*owned, storage::Way::endpoint};
    station.replica = logged.watch(replica_of(*owned, name));
    station.parties = {owned->team(), &owned->device_key(), peer.public_key};
    station.peer = std::move(peer);
    station.transport = std::move(transport);
    station.choose = choices_of(*owned);
    station.seal = [owned]() -> Status {
        auto sealed = owned->journal().seal_finished();
        if (!sealed) return std::move(sealed).error();
        return done();
    };
    station.waiting = [owned, name]() -> Result<std::int64_t> {
        auto waiting = storage::Outbox{*owned, name}.waiting();
        if (!waiting) return std::move(waiting).error();
        return waiting->bytes;
    };
    station.files = logged.watch(stock_of(*owned, name));
    // What cannot be kept is known until the program ends, and the next round tries again.
    station.succeeded = [owned](Millis here, Millis there) {
        storage::Settings settings{*owned};
        static_cast<void>(remember_success(settings, here));
        static_cast<void>(remember_time(settings, there));
    };
    station.clock_in_doubt = [owned] { return clock_in_doubt(*owned); };
    station.ended = [logged](const Tally& tally) { logged.end_round(tally); };
    station.owner = owned;
    return station;
}

std::uint64_t file_bytes_waiting(const Station& station) {
    std::uint64_t bytes = 0;
    if (!station.files) return bytes;
    for (const auto& list : {station.files->waiting(), station.files->missing()})
        if (list)
            for (const storage::NamedFile& file : *list)
                bytes += static_cast<std::uint64_t>(file.size);
    return bytes;
}

RoundEnd run_station(const Station& station, const Clock& clock, const Entropy& entropy,
                     const std::function<void(const Progress&)>& tell,
                     const std::stop_token& stop) {
    Exchange exchange{station.replica, station.parties, clock, entropy};
    RoundEnd end = run_round(exchange, station.peer, station.transport, tell, stop, station.choose);
    if (station.ended) station.ended(end.progress.tally);
    if (end.status && station.files)
        end = run_blobs({*station.files, station.parties, clock, entropy}, station.peer,
                        as_chosen(station.choose, station.transport), std::move(end), tell, stop);
    if (end.status && station.succeeded)
        station.succeeded(clock.now(), clock.now() + exchange.ahead());
    return end;
}

}  // namespace bordereau::sync
