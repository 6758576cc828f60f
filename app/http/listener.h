// app/http/listener.h - HTTP(S) in front of a function. Knows sockets, not what is asked.
// listener.cpp is the only includer of microhttpd.h. One thread waits on all connections; a
// connection costs memory, not a thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/http/connections.h"
#include "app/http/message.h"
#include "storage/base/result.h"

namespace bordereau::app::http {

struct ListenAddress {
    std::string host;
    int port = 0;                                    ///< 0: any free one
    std::filesystem::path certificate, key;          ///< PEM; empty: plain HTTP
    bool watching = false;                           ///< as in the requests that come there
    std::string certificate_pem = {}, key_pem = {};  ///< instead of the files: PEM in memory
};

struct ListenLimits {
    unsigned connections = 2048;
    unsigned connections_per_peer = 1024;         ///< 0: no bound but the one above
    std::size_t body = std::size_t{18} << 20;     ///< bytes; a longer one gets 413, also in chunks
    std::size_t bodies = std::size_t{256} << 20;  ///< of all together; beyond: 503
    Patience patience;
};

using SendAnswer = std::function<void(Answer)>;

/// Who answers.
struct Handlers {
    /// As soon as the head of a request was read, before its body; must not wait. An answer
    /// refuses it, and its body is dropped as it comes.
    std::function<std::optional<Answer>(const Request& head)> admit;
    /// A complete request. The answer may be sent later, once, from any thread.
    std::function<void(Request request, SendAnswer send)> take;
};

/// What a listener says of itself, for people who watch over it.
struct ListenFigures {
    std::size_t open = 0;         ///< connections
    std::size_t held_bytes = 0;   ///< in bodies and answers
    std::uint64_t cut = 0;        ///< connections that were too slow
    std::uint64_t no_room = 0;    ///< requests refused because bodies hold too much
    std::uint64_t too_large = 0;  ///< requests refused for their length
};

class Listener {
public:
    /// Answers from now on. invalid: no such address, or a certificate that does not fit its key;
    /// busy: the address is taken.
    static Result<Listener> start(const ListenAddress& address, const ListenLimits& limits,
                                  Handlers handlers);
    Listener(Listener&&) noexcept;
    Listener& operator=(Listener&&) = delete;
    /// stop() without patience.
    ~Listener();

    int port() const;
    ListenFigures figures() const;
    /// Refuses new connections and requests, and waits until those under way are answered: at most
    /// `patience`, but always for what was taken. Then closes everything.
    void stop(std::chrono::milliseconds patience);

private:
    struct State;
    explicit Listener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::app::http
