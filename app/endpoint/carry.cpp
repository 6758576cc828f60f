// Bundles and files that are carried to the endpoint and from it.
#include <algorithm>
#include <fstream>
#include <set>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/open_store.h"
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
               << " held already, " << taken.attachments << " attached files\n";
    if (taken.complete()) return true;
    out.log << file << ": " << taken.damaged << " blocks damaged, " << taken.incomplete
            << " attached files not whole or not named, " << taken.waiting
            << " changesets wait for earlier ones, " << taken.quarantined << " in quarantine, "
            << taken.turned_away << " refused that quarantine has no more room for"
            << (taken.whole ? "" : ", its end or a part is missing") << "; the rest is safe\n";
    return false;
}

sync::CentralSide central_side(storage::ChangesetStore& store, storage::KeptFiles& files) {
    return {store, &files, system_clock(), storage::crypto::system_entropy()};
}

// People chose it, on another system maybe: here it must stay one name in its folder.
std::string file_name_of(std::string_view given, std::set<std::string>& taken) {
    std::string name{given.substr(0, 120)};
    std::ranges::replace_if(
        name, [](char c) { return c == '/' || c == '\\' || c == ':' || (c >= 0 && c < ' '); }, '_');
    if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
    for (int again = 2; !taken.insert(name).second; ++again)
        name = std::to_string(again) + "-" + name;
    return name;
}

Status write_out(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out.write(bytes.data(), std::ssize(bytes));
    if (!out.flush()) return Error{ErrorCode::io, "cannot write " + file.string()};
    return done();
}

// What has not arrived, or does not read as it was written, is said and left out.
Status write_one(const storage::KeptFiles& files, const storage::AuditFile& named,
                 const std::filesystem::path& file, Output& out) {
    const auto bytes = named.size == 0 ? Result<std::string>{std::string{}} : files.get(named.hash);
    if (bytes) return write_out(file, *bytes);
    const ErrorCode code = bytes.error().code;
    if (code != ErrorCode::not_found && code != ErrorCode::corrupt) return bytes.error();
    out.log << file.string()
            << (code == ErrorCode::corrupt ? ": damaged here; left out\n"
                                           : ": has not arrived yet; left out\n");
    return done();
}

}  // namespace

Status export_files_of(const AuditId& audit, const std::filesystem::path& into,
                       const storage::ChangesetStore& store, const storage::KeptFiles& files,
                       Output& out) {
    const auto named = store.files_of(audit);
    if (!named) return named.error();
    if (named->empty()) return done();
    const std::filesystem::path folder = into / audit.text;
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) return Error{ErrorCode::io, "making " + folder.string() + ": " + code.message()};
    std::set<std::string> taken;
    for (const storage::AuditFile& one : *named)
        if (Status written = write_one(files, one, folder / file_name_of(one.name, taken), out);
            !written)
            return written;
    return done();
}

Status carry_out(const Import& importing, storage::ChangesetStore& store, Output& out) {
    auto files = open_existing_files(importing.data);
    if (!files) return files.error();
    const auto imported =
        sync::import_bundles(central_side(store, *files), importing.places, go_on);
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
    auto files = open_existing_files(exporting.data);
    if (!files) return files.error();
    const sync::BundleExport asked{exporting.bundle, std::nullopt, false, exporting.part_size};
    const auto made =
        sync::export_bundle(central_side(store, *files), exporting.team, asked, go_on);
    if (!made) return made.error();
    for (const auto& file : made->files) out.result << file.string() << '\n';
    if (made->without > 0)
        out.log << made->without << " attached files have not arrived here and are not in it\n";
    return done();
}

}  // namespace bordereau::app::endpoint
