#include "app/endpoint/disk.h"

#include <sys/statvfs.h>

#include <cstdint>

#include "storage/files.h"

namespace bordereau::app::endpoint {
namespace {

constexpr std::uint64_t kLeastRoom = std::uint64_t{1} << 20;

std::optional<DiskTrouble> trouble_at(const std::filesystem::path& place) {
    struct statvfs disk {};
    if (statvfs(storage::nearest_there(place).c_str(), &disk) != 0) return std::nullopt;
    if ((disk.f_flag & ST_RDONLY) != 0) return DiskTrouble::read_only;
    const std::uint64_t room = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    return room < kLeastRoom ? std::optional{DiskTrouble::full} : std::nullopt;
}

}  // namespace

std::optional<DiskTrouble> trouble_of_disk(const Place& place) {
    const auto trouble = trouble_at(place.folder);
    return trouble || place.files.empty() ? trouble : trouble_at(place.files);
}

std::string_view name_of(DiskTrouble trouble) {
    return trouble == DiskTrouble::full ? "the disk is full" : "the disk may not be written";
}

std::string sentence_on(const Error& error, const Place& place) {
    if (error.code != ErrorCode::full && error.code != ErrorCode::io) return error.detail;
    const auto trouble = trouble_of_disk(place);
    if (!trouble) return error.detail;
    const bool full = *trouble == DiskTrouble::full;
    return std::string{full ? "the disk of " : "the disk may only be read that holds "} +
           place.folder.string() + (full ? " is full" : "") +
           ". Nothing was changed: what is kept there is safe, and so is what laptops have not "
           "sent yet. " +
           (full ? "Make some megabytes of room" : "Mount it so that it may be written") +
           ", and do it again";
}

}  // namespace bordereau::app::endpoint
