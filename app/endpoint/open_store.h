// app/endpoint/open_store.h - another connection to what the endpoint keeps.
#pragma once

#include "app/endpoint/options.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"

namespace bordereau::app::endpoint {

/// With the machine's clock and random bytes. For one thread. Makes one where there is none.
Result<storage::ChangesetStore> open_store(const Place& place);

/// As open_store(), of an endpoint that is there. not_found: there is none, and nothing was made.
Result<storage::ChangesetStore> open_existing_store(const Place& place);

/// The attached files that belong to it.
Result<storage::KeptFiles> open_files(const Place& place);

/// Makes the endpoint in a folder the first of those that share a database.
Status move_into_store(const Place& place);

}  // namespace bordereau::app::endpoint
