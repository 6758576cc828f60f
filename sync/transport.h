// sync/transport.h - the seam to the network: one request in, one response out.
// Everything above it works on bytes and runs in tests without a socket.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::sync {

struct Header {
    std::string name;
    std::string value;
};

/// What may be spent on one request before it is given up.
struct TransferLimits {
    std::size_t answer_bytes = 4u << 20;      ///< a longer answer is dropped, not read
    std::chrono::seconds connect{15};         ///< name, TCP and TLS together
    std::chrono::seconds silence{45};         ///< without one byte either way
    std::size_t upload_bytes_per_second = 0;  ///< 0: as fast as the line allows
    std::size_t download_bytes_per_second = 0;
};

struct Request {
    std::string method = "POST";
    std::string url;  ///< https://..., or http:// to a loopback address only
    std::vector<Header> headers;
    std::string body;
    TransferLimits limits;
    /// Nothing: the one that the system's environment names; empty: none; else its address. Never
    /// used on the way to this machine itself.
    std::optional<std::string> proxy = {};
    /// Told, where it is there, once, when the last byte of the body has gone to the line and only
    /// the answer is waited for; on the thread that sends.
    std::function<void()> handed_over = {};
    /// Told now and then, where it is there, how many bytes of the body have gone and how many of
    /// the answer have come so far; on the thread that sends. None of it is acknowledged.
    std::function<void(std::size_t up, std::size_t down)> moved = {};
};

struct Response {
    int status = 0;
    std::vector<Header> headers;
    std::string body;
};

/// Sends one request and waits for its response, whatever its status is. Blocks. Several threads
/// may send at once.
///   offline    no network, no such host, refused, timed out, or cut off before the end
///   conflict   the certificate is not the one that was agreed on, or nobody vouches for it
///   refused    the URL would travel in the clear
///   corrupt    the answer is longer than the limit or not HTTP
///   invalid    the URL is none
///   cancelled  the token was stopped
using Transport = std::function<Result<Response>(const Request&, std::stop_token)>;

/// Writes into a request how a person wants it to travel.
using Choosing = std::function<Status(Request&)>;
/// A transport that sends every request as chosen at that moment; none: as it is.
Transport as_chosen(Choosing choose, Transport transport);

/// The first header of that name, whatever its case.
std::optional<std::string_view> header_of(const Response& response, std::string_view name);

/// Whether a URL names this machine itself: 127.0.0.0/8, [::1] or localhost.
bool is_loopback(std::string_view url);

}  // namespace bordereau::sync
