// app/endpoint/open_store.h - another connection to what the endpoint keeps.
#pragma once

#include "app/endpoint/options.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"

namespace bordereau::app::endpoint {

/// With the machine's clock and random bytes. For one thread. Makes one where there is none.
Result<storage::ChangesetStore> open_store(const Place& place);

/// Says that open_store() made one.
std::string words_on_new(const Place& place);

/// As open_store(), of an endpoint that is there; with a database also in a folder that is there
/// and has, or is given, the key file. not_found: there is none, and nothing was made.
Result<storage::ChangesetStore> open_existing_store(const Place& place);

/// The attached files that belong to it. Makes the folder where there is none.
Result<storage::KeptFiles> open_files(const Place& place);

/// not_found: they are said to lie somewhere where none do.
Status check_files(const Place& place);
/// open_files() after check_files().
Result<storage::KeptFiles> open_existing_files(const Place& place);

/// Makes the endpoint in a folder the first of those that share a database.
Status move_into_store(const Place& place);

}  // namespace bordereau::app::endpoint
