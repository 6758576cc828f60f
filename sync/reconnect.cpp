#include "sync/reconnect.h"

#ifdef __linux__
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace bordereau::sync {

#ifdef __linux__
namespace {

// Addresses and routes of both families; a link that is up without either leads nowhere.
int listen_to_kernel() {
    const int news = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (news < 0) return news;
    sockaddr_nl here{};
    here.nl_family = AF_NETLINK;
    here.nl_groups =
        RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    sockaddr address{};
    static_assert(sizeof here <= sizeof address);
    std::memcpy(&address, &here, sizeof here);
    if (::bind(news, &address, sizeof here) == 0) return news;
    ::close(news);
    return -1;
}

template <class Body>
Body body_of(const char* message) {
    Body body;
    std::memcpy(&body, message + NLMSG_HDRLEN, sizeof body);
    return body;
}

// `message` is whole: nlmsghdr and what it announces.
bool leads_elsewhere(const nlmsghdr& head, const char* message) {
    if (head.nlmsg_type == RTM_NEWADDR && head.nlmsg_len >= NLMSG_LENGTH(sizeof(ifaddrmsg))) {
        const auto address = body_of<ifaddrmsg>(message);
        // An IPv6 address that is still being tried out cannot be used, and is told of again.
        return address.ifa_scope < RT_SCOPE_LINK && (address.ifa_flags & IFA_F_TENTATIVE) == 0;
    }
    if (head.nlmsg_type == RTM_NEWROUTE && head.nlmsg_len >= NLMSG_LENGTH(sizeof(rtmsg)))
        return body_of<rtmsg>(message).rtm_type == RTN_UNICAST &&
               body_of<rtmsg>(message).rtm_scope < RT_SCOPE_LINK;
    return false;
}

bool any_leads_elsewhere(const char* bytes, std::size_t size) {
    while (size >= sizeof(nlmsghdr)) {
        nlmsghdr head;
        std::memcpy(&head, bytes, sizeof head);
        if (head.nlmsg_len < sizeof head || head.nlmsg_len > size) return false;
        if (leads_elsewhere(head, bytes)) return true;
        const std::size_t step = NLMSG_ALIGN(head.nlmsg_len);
        if (step >= size) return false;
        bytes += step;
        size -= step;
    }
    return false;
}

// All that has arrived. Where the kernel had to drop messages (ENOBUFS), one may have been it.
bool read_news(int news) {
    bool returned = false;
    std::array<char, 16384> bytes;
    for (;;) {
        const ssize_t got = ::recv(news, bytes.data(), bytes.size(), 0);
        if (got > 0)
            returned |= any_leads_elsewhere(bytes.data(), static_cast<std::size_t>(got));
        else if (got < 0 && errno == ENOBUFS)
            returned = true;
        else if (got == 0 || errno != EINTR)
            return returned;
    }
}

void wait_for_news(int news, int end, const std::function<void()>& returned) {
    std::array<pollfd, 2> waited{{{news, POLLIN, 0}, {end, POLLIN, 0}}};
    while (true) {
        if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR) return;
        if (waited[1].revents != 0 || (waited[0].revents & POLLNVAL) != 0) return;
        if (waited[0].revents != 0 && read_news(news)) returned();
    }
}

}  // namespace

// The socket is made here and not in the thread: what happens from now on is noticed.
Reconnect::Reconnect(std::function<void()> returned) : returned_(std::move(returned)) {
    news_ = listen_to_kernel();
    end_ = ::eventfd(0, EFD_CLOEXEC);
    if (news_ < 0 || end_ < 0) return;
    thread_ = std::thread{[this] { wait_for_news(news_, end_, returned_); }};
}

Reconnect::~Reconnect() {
    if (thread_.joinable()) {
        ::eventfd_write(end_, 1);
        thread_.join();
    }
    if (news_ >= 0) ::close(news_);
    if (end_ >= 0) ::close(end_);
}

#else

Reconnect::Reconnect(std::function<void()> returned) : returned_(std::move(returned)) {}
Reconnect::~Reconnect() = default;

#endif

}  // namespace bordereau::sync
