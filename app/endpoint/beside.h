// app/endpoint/beside.h - reading what is kept while a running endpoint takes changesets in. That
// one folds them when it has nothing else to do; nobody who only reads lets it wait by doing the
// same.
#pragma once

#include "app/endpoint/carry_out.h"

namespace bordereau::app::endpoint {

/// Where somebody serves the folder: leaves folding to them, waits at most so long until they are
/// done with it, and says in the log what they have not folded then.
Status read_beside(const Place& place, int wait_seconds, storage::ChangesetStore& store,
                   Output& out);

}  // namespace bordereau::app::endpoint
