// app/endpoint/listener.h - HTTP(S) in front of a function. Knows sockets, not what is asked.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "storage/base/result.h"
#include "sync/serve/service.h"

namespace bordereau::app::endpoint {

struct ListenAddress {
    std::string host;
    int port = 0;                            ///< 0: any free one
    std::filesystem::path certificate, key;  ///< PEM; empty: plain HTTP
};

/// Called on several threads at once.
using Handler = std::function<sync::Answer(const sync::Call&)>;

class Listener {
public:
    /// Takes the address; connections wait from then on.
    /// invalid: no such address, or a certificate that does not fit its key; busy: taken.
    static Result<Listener> bind(const ListenAddress& address, Handler handler);

    Listener(Listener&&) noexcept;
    Listener& operator=(Listener&&) = delete;
    ~Listener();

    int port() const;
    /// Answers until stop(). False: the socket failed.
    bool run();
    /// From another thread, while or before run(): answers what is under way, then ends run().
    void stop();

private:
    struct State;
    explicit Listener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::app::endpoint
