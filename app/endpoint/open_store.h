// app/endpoint/open_store.h - another connection to what the endpoint keeps.
#pragma once

#include "app/endpoint/options.h"
#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

/// With the machine's clock and random bytes. For one thread.
Result<storage::ChangesetStore> open_store(const Place& place);

/// Makes the endpoint in a folder the first of those that share a database.
Status move_into_store(const Place& place);

}  // namespace bordereau::app::endpoint
