// Desk's side of bundles for a stick.
#include "app/desk/desk.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

/// A folder that is there, or a file in one, named as bundles are. A mistyped folder would be a
/// file on this laptop's own disk, and the stick would be carried empty.
bool is_place_for_bundle(const std::filesystem::path& place) {
    std::error_code failed;
    if (std::filesystem::is_directory(place, failed)) return true;
    const std::filesystem::path folder = place.parent_path();
    const bool has_folder = folder.empty() || std::filesystem::is_directory(folder, failed);
    return has_folder && place.string().ends_with(sync::kBundleEnding);
}

}  // namespace

Result<std::function<Result<sync::BundleMade>(const storage::GoingOn&)>> Desk::bundle_to(
    const sync::BundleExport& asked) {
    if (Status allowed = may(storage::Act::synchronise); !allowed) return allowed.error();
    if (!is_place_for_bundle(asked.place))
        return Error{ErrorCode::not_found, "no folder " + asked.place.string()};
    auto connection = notebook_.connect();
    if (!connection) return std::move(connection).error();
    auto owned = std::make_shared<storage::Notebook>(*std::move(connection));
    return std::function{[owned, asked](const storage::GoingOn& going_on) {
        return sync::export_bundle(*owned, asked, going_on);
    }};
}

Result<std::function<Result<sync::Imported>(const storage::GoingOn&)>> Desk::bundles_from(
    const std::vector<std::filesystem::path>& places) {
    if (Status allowed = may(storage::Act::synchronise); !allowed) return allowed.error();
    auto connection = notebook_.connect();
    if (!connection) return std::move(connection).error();
    auto owned = std::make_shared<storage::Notebook>(*std::move(connection));
    return std::function{[owned, places](const storage::GoingOn& going_on) {
        return sync::import_bundles(*owned, places, going_on);
    }};
}

Result<DeviceId> Desk::find_device(std::string_view name_or_id) {
    const auto devices = storage::Teams{notebook_}.devices();
    if (!devices) return devices.error();
    std::vector<DeviceId> found;
    for (const storage::Device& device : *devices) {
        if (device.id.text == name_or_id) return device.id;
        if (device.name == name_or_id || device.id.text.starts_with(name_or_id))
            found.push_back(device.id);
    }
    if (found.size() == 1 && !name_or_id.empty()) return found.front();
    return Error{ErrorCode::not_found, std::string{name_or_id} + " names no device, or several"};
}

}  // namespace bordereau::app
