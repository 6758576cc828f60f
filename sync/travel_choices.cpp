#include "sync/travel_choices.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/settings.h"

namespace bordereau::sync {
namespace {

constexpr std::string_view kProxy = "travel.proxy", kUpload = "travel.upload",
                           kDownload = "travel.download", kOnRequest = "travel.on-request",
                           kPaused = "travel.paused";
constexpr std::array<std::string_view, 6> kProxyKinds{"http://",    "https://",  "socks4://",
                                                      "socks4a://", "socks5://", "socks5h://"};

bool is_proxy(std::string_view url) {
    return std::ranges::any_of(kProxyKinds, [&](std::string_view kind) {
        return starts_with_ignoring_case(url, kind) && url.size() > kind.size() &&
               url.find_first_of(" \t\r\n") == std::string_view::npos;
    });
}

Result<std::size_t> speed(const storage::Settings& settings, std::string_view name) {
    const auto text = settings.get(name);
    if (!text) return text.error();
    std::size_t value = 0;
    if (*text) std::from_chars((*text)->data(), (*text)->data() + (*text)->size(), value);
    return value;
}

Result<bool> flag(const storage::Settings& settings, std::string_view name) {
    const auto text = settings.get(name);
    if (!text) return text.error();
    return *text == "1";
}

Status keep_or_remove(storage::Settings& settings, std::string_view name,
                      const std::optional<std::string>& value) {
    return value ? settings.set(name, *value) : settings.remove(name);
}

std::optional<std::string> text_of(std::size_t speed) {
    return speed == 0 ? std::nullopt : std::optional{std::to_string(speed)};
}

std::optional<std::string> text_of(bool flag) {
    return flag ? std::optional<std::string>{"1"} : std::nullopt;
}

}  // namespace

Result<TravelChoices> travel_choices(const storage::Settings& settings) {
    TravelChoices choices;
    auto proxy = settings.get(kProxy);
    if (!proxy) return proxy.error();
    choices.proxy = *std::move(proxy);
    const auto upload = speed(settings, kUpload), download = speed(settings, kDownload);
    if (!upload) return upload.error();
    if (!download) return download.error();
    choices.upload = *upload;
    choices.download = *download;
    const auto on_request = flag(settings, kOnRequest), paused = flag(settings, kPaused);
    if (!on_request) return on_request.error();
    if (!paused) return paused.error();
    choices.on_request = *on_request;
    choices.paused = *paused;
    return choices;
}

Status keep(storage::Settings& settings, const TravelChoices& choices) {
    if (choices.proxy && !choices.proxy->empty() && !is_proxy(*choices.proxy))
        return Error{ErrorCode::invalid, "no address of a proxy"};
    for (const std::size_t one : {choices.upload, choices.download})
        if (one > 0 && one < kSlowestChoice) return Error{ErrorCode::invalid, "too slow a limit"};
    Status kept = keep_or_remove(settings, kProxy, choices.proxy);
    if (kept) kept = keep_or_remove(settings, kUpload, text_of(choices.upload));
    if (kept) kept = keep_or_remove(settings, kDownload, text_of(choices.download));
    if (kept) kept = keep_or_remove(settings, kOnRequest, text_of(choices.on_request));
    if (kept) kept = keep_or_remove(settings, kPaused, text_of(choices.paused));
    return kept;
}

Choosing choices_of(storage::Notebook& notebook) {
    return [&notebook](Request& request) -> Status {
        auto choices = travel_choices(storage::Settings{notebook});
        if (!choices) return choices.error();
        request.proxy = std::move(choices->proxy);
        if (request.limits.upload_bytes_per_second == 0)
            request.limits.upload_bytes_per_second = choices->upload;
        if (request.limits.download_bytes_per_second == 0)
            request.limits.download_bytes_per_second = choices->download;
        return done();
    };
}

}  // namespace bordereau::sync
