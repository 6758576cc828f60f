// sync/logged.h - one side's changesets and files, with an entry in the travel log for all that was
// sent, received, acknowledged and refused. What travels is the same without it.
#pragma once

#include <memory>

#include "storage/travel_log.h"
#include "sync/blob_shelf.h"
#include "sync/replica.h"
#include "sync/round.h"

namespace bordereau::sync {

/// Writes the entries of one way. A log that cannot be written keeps nothing from travelling.
class Logged {
public:
    /// The notebook must outlive it and stay on one thread.
    Logged(storage::Notebook& notebook, storage::Way way);

    /// The same with entries. Copies go on in the same log.
    Holdings watch(Holdings holdings) const;
    Replica watch(Replica replica) const;
    BlobStock watch(BlobStock stock) const;
    /// At the end of a round: what was sent and not acknowledged, and what was declined.
    void end_round(const Tally& tally) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace bordereau::sync
