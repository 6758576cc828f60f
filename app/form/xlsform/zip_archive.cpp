#include "app/form/xlsform/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <utility>

namespace bordereau::form::xlsform {
namespace {

constexpr std::size_t kSmallPart = 8u << 20;

}  // namespace

struct ZipArchive::Handle {
    zip_t* archive = nullptr;
    ~Handle() {
        if (archive) zip_discard(archive);
    }
};

ZipArchive::ZipArchive(std::unique_ptr<Handle> handle, Limits limits)
    : handle_(std::move(handle)), limits_(limits) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(std::string_view bytes, Limits limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    auto handle = std::make_unique<Handle>();
    if (source) handle->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (source && !handle->archive) zip_source_free(source);
    const std::string said = handle->archive ? "" : zip_error_strerror(&error);
    zip_error_fini(&error);
    if (!handle->archive) return Error{ErrorCode::corrupt, "not a zip archive: " + said};
    return ZipArchive{std::move(handle), limits};
}

/// Part names do not differ by case, and some programs write backslashes (ECMA-376 part 2, 9).
long long ZipArchive::find(const std::string& name) const {
    auto spelled = name;
    const auto index = zip_name_locate(handle_->archive, spelled.c_str(), ZIP_FL_NOCASE);
    if (index >= 0) return index;
    std::ranges::replace(spelled, '/', '\\');
    return zip_name_locate(handle_->archive, spelled.c_str(), ZIP_FL_NOCASE);
}

Result<std::string> ZipArchive::read(const std::string& name) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const auto index = find(name);
    if (index < 0 || zip_stat_index(handle_->archive, static_cast<zip_uint64_t>(index), 0, &stat))
        return Error{ErrorCode::not_found, name + " is not in the archive"};
    const std::size_t size = stat.size;
    const bool swollen = size > kSmallPart && stat.comp_size > 0 &&
                         size / static_cast<std::size_t>(stat.comp_size) > limits_.ratio;
    if (swollen || size > limits_.total_bytes - read_bytes_)
        return Error{ErrorCode::refused, name + " unpacks into more than a form may hold"};
    zip_file_t* file = zip_fopen_index(handle_->archive, stat.index, 0);
    if (!file) return Error{ErrorCode::corrupt, name + " cannot be unpacked"};
    std::string out(size, '\0');
    const auto got = zip_fread(file, out.data(), size);
    const bool closed = zip_fclose(file) == 0;
    if (!closed || got < 0 || static_cast<std::size_t>(got) != size)
        return Error{ErrorCode::corrupt, name + " is damaged"};
    read_bytes_ += size;
    return out;
}

}  // namespace bordereau::form::xlsform
