// app/http/listening_socket.h - an address that connections can be made to.
#pragma once

#include <string>

#include "storage/base/result.h"

namespace bordereau::app::http {

class ListeningSocket {
public:
    /// Port 0 takes a free one. invalid: no such address; busy: taken, or not allowed.
    static Result<ListeningSocket> open(const std::string& host, int port);
    ListeningSocket(ListeningSocket&& other) noexcept;
    ListeningSocket& operator=(ListeningSocket&&) = delete;
    ~ListeningSocket();

    int descriptor() const { return descriptor_; }
    int port() const;
    /// From now on connections are refused.
    void refuse();

private:
    explicit ListeningSocket(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// The address at the other end in digits, for example "192.0.2.7" or "2001:db8::1".
std::string peer_of(int connected);

}  // namespace bordereau::app::http
