// sync/blob_round.h - after a round of changesets: the files that they name, both ways, until
// everything that may travel has. Blocks; each piece that was acknowledged stays, and the next
// round goes on from there.
#pragma once

#include <functional>
#include <stop_token>

#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "sync/blob_shelf.h"
#include "sync/exchange.h"
#include "sync/peer.h"
#include "sync/round.h"
#include "sync/transport.h"

namespace bordereau::sync {

struct BlobParts {
    BlobStock stock;
    Parties parties;
    Clock clock;
    Entropy entropy;
};

/// Goes on from the end of a round that succeeded; its progress is added to. Statuses as
/// run_round(). Files that the other side does not want, or does not have, are no failure: a later
/// round asks again. With nothing to send or to fetch no request is made.
RoundEnd run_blobs(const BlobParts& parts, const Peer& peer, const Transport& transport,
                   RoundEnd so_far, const std::function<void(const Progress&)>& tell,
                   const std::stop_token& stop);

}  // namespace bordereau::sync
