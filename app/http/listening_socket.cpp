#include "app/http/listening_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace bordereau::app::http {
namespace {

constexpr int kBacklog = 4096;  // the kernel takes what net.core.somaxconn allows

struct FreeAddresses {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

// A restarted endpoint may take its port again at once; two at a time would be a mistake.
bool listen_at(int descriptor, const addrinfo& address) {
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 &&
           listen(descriptor, kBacklog) == 0;
}

}  // namespace

Result<ListeningSocket> ListeningSocket::open(const std::string& host, int port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const std::string name = host + ":" + std::to_string(port);
    if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &list) != 0)
        return Error{ErrorCode::invalid, "no such address: " + name};
    const std::unique_ptr<addrinfo, FreeAddresses> addresses{list};
    std::string why = "no address";
    for (const addrinfo* one = list; one; one = one->ai_next) {
        const int descriptor =
            socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, one->ai_protocol);
        if (descriptor < 0) continue;
        ListeningSocket owned{descriptor};
        if (listen_at(descriptor, *one)) return owned;
        why = std::strerror(errno);
    }
    return Error{ErrorCode::busy, "cannot listen on " + name + ": " + why};
}

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

ListeningSocket::~ListeningSocket() {
    if (descriptor_ >= 0) close(descriptor_);
}

int ListeningSocket::port() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    char digits[NI_MAXSERV] = "0";
    if (getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        getnameinfo(reinterpret_cast<sockaddr*>(&address), size, nullptr, 0, digits, sizeof digits,
                    NI_NUMERICSERV);
    return std::atoi(digits);
}

void ListeningSocket::refuse() {
    shutdown(descriptor_, SHUT_RDWR);
}

std::string peer_of(int connected) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    char digits[NI_MAXHOST] = "";
    if (getpeername(connected, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        getnameinfo(reinterpret_cast<sockaddr*>(&address), size, digits, sizeof digits, nullptr, 0,
                    NI_NUMERICHOST);
    return digits;
}

}  // namespace bordereau::app::http
