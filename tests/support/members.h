// tests/support/members.h - laptops that are members of a team at a running endpoint.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

#include "storage/settings.h"
#include "sync/http_transport.h"
#include "sync/join.h"
#include "sync/round.h"
#include "sync/station.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {

inline sync::Transport transport_to(const sync::Peer& peer) {
    return sync::http_transport({peer.certificate_pin});
}

/// The machine's time with a test's dice: a real endpoint looks at the clock.
inline storage::Surroundings present_surroundings(std::uint64_t seed) {
    return {system_clock(), seeded_entropy(seed), storage::crypto::least_cost()};
}

inline storage::Notebook present_notebook(const std::filesystem::path& folder, std::uint64_t seed) {
    return want(storage::Notebook::create(
        folder, {"amina", std::string{kPassphrase}, "Crossing North", "laptop"},
        present_surroundings(seed)));
}

inline void join(storage::Notebook& notebook, std::string_view code) {
    want(sync::join(notebook, code, "Amina's laptop", transport_to, {}));
}

inline sync::Peer peer_of(storage::Notebook& notebook) {
    const auto peer = want(sync::remembered_peer(storage::Settings{notebook}));
    REQUIRE(peer.has_value());
    return *peer;
}

/// One round over a given way to the endpoint.
inline sync::RoundEnd sync_over(storage::Notebook& notebook, const sync::Peer& peer,
                                const sync::Transport& transport,
                                const std::stop_token& stop = {}) {
    want(notebook.journal().seal_finished());
    sync::Exchange exchange{sync::replica_of(notebook, sync::outbox_name(peer)),
                            {notebook.team(), &notebook.device_key(), peer.public_key},
                            notebook.clock(),
                            notebook.entropy()};
    return sync::run_round(
        exchange, peer, transport, [](const sync::Progress&) {}, stop);
}

inline sync::RoundEnd sync_now(storage::Notebook& notebook) {
    const sync::Peer peer = peer_of(notebook);
    return sync_over(notebook, peer, transport_to(peer));
}

/// One round that has to work; what it moved.
inline sync::Progress synced(storage::Notebook& notebook) {
    const sync::RoundEnd end = sync_now(notebook);
    if (!end.status) FAIL(end.status.error().detail);
    return end.progress;
}

}  // namespace bordereau::test
