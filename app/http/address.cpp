#include "app/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "storage/base/text.h"
#include "sync/transport.h"

namespace bordereau::app::http {
namespace {

constexpr std::string_view kMapped = "::ffff:";
constexpr std::size_t kNetworkBytes = 8;

std::string_view unmapped(std::string_view address) {
    if (starts_with_ignoring_case(address, kMapped) && address.find('.') != std::string_view::npos)
        address.remove_prefix(kMapped.size());
    return address;
}

}  // namespace

bool is_loopback_address(std::string_view address) {
    const std::string plain{unmapped(address)};
    in_addr v4{};
    if (inet_pton(AF_INET, plain.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, plain.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string network_of(const std::string& address) {
    const std::string plain{unmapped(address)};
    in6_addr v6{};
    if (inet_pton(AF_INET6, plain.c_str(), &v6) != 1) return plain;
    return to_hex({reinterpret_cast<const char*>(&v6), kNetworkBytes}) + "::/64";
}

std::string_view last_forwarded(std::string_view header) {
    const std::size_t comma = header.rfind(',');
    return trimmed(comma == std::string_view::npos ? header : header.substr(comma + 1));
}

bool is_loopback_host(std::string_view host) {
    return sync::is_loopback("http://" + std::string{host});
}

}  // namespace bordereau::app::http
