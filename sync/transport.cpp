#include "sync/transport.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::sync {
namespace {

// The host between "://" and the port or path; credentials before an @ are no host.
std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#\\"));
    if (url.find('@') != std::string_view::npos) return {};
    if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
    return url.substr(0, url.find(':'));
}

// Exactly four decimal octets: "127.evil.example" is a name like any other.
bool is_loopback_v4(std::string_view host) {
    const auto octets = split(host, '.');
    return octets.size() == 4 && octets[0] == "127" &&
           std::ranges::all_of(octets, [](std::string_view octet) {
               return !octet.empty() && octet.size() <= 3 &&
                      octet.find_first_not_of("0123456789") == std::string_view::npos;
           });
}

}  // namespace

Transport as_chosen(Choosing choose, Transport transport) {
    if (!choose) return transport;
    return [choose = std::move(choose), transport = std::move(transport)](
               const Request& request, std::stop_token stop) -> Result<Response> {
        Request chosen = request;
        if (Status could = choose(chosen); !could) return could.error();
        return transport(chosen, std::move(stop));
    };
}

std::optional<std::string_view> header_of(const Response& response, std::string_view name) {
    const std::string wanted = lower_ascii(name);
    for (const Header& header : response.headers)
        if (lower_ascii(header.name) == wanted) return header.value;
    return std::nullopt;
}

bool is_loopback(std::string_view url) {
    const std::string host = lower_ascii(host_of(url));
    return host == "localhost" || host == "[::1]" || is_loopback_v4(host);
}

}  // namespace bordereau::sync
