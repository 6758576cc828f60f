// app/http/address.h - addresses in digits, as connections and proxies give them.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::app::http {

/// Whether it is this machine itself: 127.0.0.0/8, ::1, also as ::ffff:127.0.0.1.
bool is_loopback_address(std::string_view address);

/// Whom a limit counts as one: an IPv4 address, or the /64 of an IPv6 one, since whoever has one
/// of those has all of it. What is no address stands for itself.
std::string network_of(const std::string& address);

/// The last entry of X-Forwarded-For: the one that the nearest proxy wrote. Empty: none.
std::string_view last_forwarded(std::string_view header);

/// Whether a Host header names this machine itself.
bool is_loopback_host(std::string_view host);

}  // namespace bordereau::app::http
