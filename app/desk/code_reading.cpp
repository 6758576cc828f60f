#include "app/desk/code_reading.h"

#include <chrono>
#include <utility>

#include "app/media/barcode.h"
#include "app/media/codec.h"
#include "storage/attachments.h"
#include "storage/files.h"

namespace bordereau::app {
namespace {

CodesRead read_codes(const std::string& bytes) {
    if (bytes.empty()) return {{}, FileRefusal::empty};
    const media::Kind kind = media::sniff(bytes);
    if (!media::can_decode(kind)) return {{}, FileRefusal::wrong_kind};
    auto codes = media::codes_in(kind, bytes);
    if (codes) return {*std::move(codes), std::nullopt};
    const bool large = codes.error().code == ErrorCode::refused;
    return {{}, large ? FileRefusal::too_large : FileRefusal::damaged};
}

CodesRead read_codes(const std::filesystem::path& picture) {
    const auto bytes = storage::read_file_within(picture, storage::kMaxAttachmentBytes);
    if (bytes) return read_codes(*bytes);
    const bool large = bytes.error().code == ErrorCode::refused;
    return {{}, large ? FileRefusal::too_large : FileRefusal::not_a_file};
}

template <class Source>
std::future<CodesRead> beside(Source source, std::function<void()> wake) {
    return std::async(std::launch::async, [source = std::move(source), wake = std::move(wake)] {
        CodesRead read = read_codes(source);
        wake();
        return read;
    });
}

}  // namespace

CodeReading::CodeReading(std::filesystem::path picture, std::function<void()> wake)
    : reading_(beside(std::move(picture), std::move(wake))) {}

CodeReading CodeReading::of_bytes(std::string bytes, std::function<void()> wake) {
    return CodeReading{beside(std::move(bytes), std::move(wake))};
}

bool CodeReading::ready() const {
    return reading_.valid() &&
           reading_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
}

}  // namespace bordereau::app
