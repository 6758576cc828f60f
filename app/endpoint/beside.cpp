#include "app/endpoint/beside.h"

#include <chrono>
#include <thread>

#include "storage/endpoint_folder.h"

namespace bordereau::app::endpoint {
namespace {

constexpr std::chrono::milliseconds kLook{50};

void tell(std::int64_t unfolded, std::ostream& log) {
    log << unfolded
        << " changesets have come that the running endpoint has not read in yet. They are safe, "
           "and what they say is missing here: ask again when it has less to do, or give it longer "
           "with --wait\n";
}

}  // namespace

Status read_beside(const Place& place, int wait_seconds, storage::ChangesetStore& store,
                   Output& out) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds{wait_seconds};
    for (;; std::this_thread::sleep_for(kLook)) {
        const auto served = storage::is_served(place.folder);
        if (!served) return served.error();
        if (!*served) return done();
        const auto unfolded = store.unfolded();
        if (!unfolded) return unfolded.error();
        const bool late = std::chrono::steady_clock::now() >= latest;
        if (*unfolded > 0 && !late) continue;
        store.leave_folding();
        if (*unfolded > 0) tell(*unfolded, out.log);
        return done();
    }
}

}  // namespace bordereau::app::endpoint
