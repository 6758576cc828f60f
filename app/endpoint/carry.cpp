// Bundles that were carried to the endpoint, and those that it writes.
#include "app/endpoint/carry_out.h"
#include "storage/base/time.h"
#include "storage/crypto/random.h"
#include "sync/bundling.h"

namespace bordereau::app::endpoint {
namespace {

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

const char* words_of(sync::BundleRefusal refusal) {
    switch (refusal) {
        case sync::BundleRefusal::other_team: return "of a team that is not kept here";
        case sync::BundleRefusal::stranger: return "made by a device that is no member";
        case sync::BundleRefusal::not_for_us: break;
    }
    return "sealed for other devices only";
}

// False: not all of it came in.
bool tell(const sync::BundleImported& one, Output& out) {
    const sync::BundleTaken& taken = one.taken;
    const std::string file = one.files.front().string();
    if (taken.refusal) {
        out.log << file << ": " << words_of(*taken.refusal) << "; nothing was taken in\n";
        return false;
    }
    out.result << file << ": " << taken.applied << " new changesets, " << taken.known
               << " held already\n";
    if (taken.complete()) return true;
    out.log << file << ": " << taken.damaged << " blocks damaged, " << taken.waiting
            << " changesets wait for earlier ones, " << taken.quarantined << " in quarantine"
            << (taken.whole ? "" : ", its end or a part is missing") << "; the rest is safe\n";
    return false;
}

}  // namespace

Status carry_out(const Import& importing, storage::ChangesetStore& store, Output& out) {
    const auto imported = sync::import_bundles(
        store, system_clock(), storage::crypto::system_entropy(), importing.places, go_on);
    if (!imported) return imported.error();
    bool whole = true;
    for (const sync::BundleImported& one : imported->bundles) whole &= tell(one, out);
    for (const sync::UnreadFile& unread : imported->unread) {
        out.log << unread.file.string() << ": " << unread.error.detail << '\n';
        whole = false;
    }
    if (imported->bundles.empty() && imported->unread.empty())
        return Error{ErrorCode::not_found, "no bundle there"};
    return whole ? done() : Status{Error{ErrorCode::corrupt, "not everything came in"}};
}

Status export_bundle(const Export& exporting, storage::ChangesetStore& store, Output& out) {
    const sync::BundleExport asked{exporting.bundle, std::nullopt, false, exporting.part_size};
    const auto made = sync::export_bundle(store, system_clock(), storage::crypto::system_entropy(),
                                          exporting.team, asked, go_on);
    if (!made) return made.error();
    for (const auto& file : made->files) out.result << file.string() << '\n';
    return done();
}

}  // namespace bordereau::app::endpoint
