#include "storage/journal/compress.h"

#include <zstd.h>

#include <memory>

#include "storage/base/check.h"

namespace bordereau::storage {
std::string compressed(std::string_view bytes, int level) {
    // Made once a thread: making one takes longer than compressing a small table.
    thread_local const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context{
        ZSTD_createCCtx(), ZSTD_freeCCtx};
    check(context != nullptr, "no memory to compress");
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size(), level);
    check(ZSTD_isError(size) == 0, "zstd refused a buffer of the size it asked for");
    out.resize(size);
    return out;
}

Result<std::string> expanded(std::string_view bytes, std::size_t most) {
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    // Both error values lie above every size that is allowed.
    if (size > most) return Error{ErrorCode::corrupt, "compressed bytes of no or too large size"};
    thread_local const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{
        ZSTD_createDCtx(), ZSTD_freeDCtx};
    check(context != nullptr, "no memory to expand");
    std::string out(static_cast<std::size_t>(size), '\0');
    const std::size_t got =
        ZSTD_decompressDCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != out.size())
        return Error{ErrorCode::corrupt, "compressed bytes are damaged"};
    return out;
}

Result<std::string> expanded_first(std::string_view& bytes, std::size_t most) {
    const std::size_t size = ZSTD_findFrameCompressedSize(bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) return Error{ErrorCode::corrupt, "compressed bytes are damaged"};
    auto out = expanded(bytes.substr(0, size), most);
    bytes.remove_prefix(size);
    return out;
}

}  // namespace bordereau::storage
