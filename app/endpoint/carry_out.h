// app/endpoint/carry_out.h - each command of bordereau-endpoint, over a ChangesetStore.
#pragma once

#include <ostream>

#include "app/endpoint/options.h"
#include "storage/base/result.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"

namespace bordereau::app::endpoint {

/// Where a command writes: its result, and what happened on the way.
struct Output {
    std::ostream& result;
    std::ostream& log;
};

/// Listens until SIGTERM or SIGINT. Prints "listening on URL" once connections are taken.
/// refused: off loopback without a certificate.
Status carry_out(const Serve& serve, storage::ChangesetStore& store, Output& out);
Status carry_out(const StatusToken& asked, storage::ChangesetStore& store, Output& out);
Status carry_out(const Invite& invite, storage::ChangesetStore& store, Output& out);
Status carry_out(const List& list, storage::ChangesetStore& store, Output& out);
Status carry_out(const Show& show, storage::ChangesetStore& store, Output& out);
Status carry_out(const Export& exporting, storage::ChangesetStore& store, Output& out);
/// corrupt, refused: something of what was there did not come in; the rest did.
Status carry_out(const Import& importing, storage::ChangesetStore& store, Output& out);
Status carry_out(const Revoke& revoke, storage::ChangesetStore& store, Output& out);
Status carry_out(const Verify& verify, storage::ChangesetStore& store, Output& out);

/// Makes the endpoint where there is none.
Status carry_out(const Create& create, Output& out);

// These work on what lies in the folder, while nobody or somebody else has it open.
Status carry_out(const Backup& backup, Output& out);
Status carry_out(const Restore& restore, Output& out);
Status carry_out(const ChangeKey& change, Output& out);

/// The part of Export that writes a bundle.
Status export_bundle(const Export& exporting, storage::ChangesetStore& store, Output& out);

/// The part of Export that writes the files of one audit into a folder of its own. What is not here
/// is said in the log.
Status export_files_of(const AuditId& audit, const std::filesystem::path& into,
                       const storage::ChangesetStore& store, const storage::KeptFiles& files,
                       Output& out);

}  // namespace bordereau::app::endpoint
