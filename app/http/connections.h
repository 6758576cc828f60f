// app/http/connections.h - the connections of a listener: until when each may stay as it
// is. Who sends or reads too slowly is cut off, whatever it is in the middle of.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>

namespace bordereau::app::http {

/// How long a client may take. Rates hold on average, after a beginning.
struct Patience {
    std::chrono::seconds head{20};               ///< from the connection to a whole first head
    std::chrono::seconds idle{30};               ///< between two requests
    std::chrono::seconds idle_when_many{3};      ///< the same with half the connections in use
    std::chrono::seconds beginning{30};          ///< of a body, or of reading an answer
    std::size_t slowest = std::size_t{2} << 10;  ///< bytes a second from then on
};

class Connections {
public:
    using Instant = std::chrono::steady_clock::time_point;

    struct One {
        int socket = -1;
        std::string peer;
        Instant until;       ///< cut off then
        Instant busy_since;  ///< of the body that comes in
        bool cut = false;
    };

    Connections(Patience patience, std::size_t most) : patience_(patience), most_(most) {}

    /// All of these from any thread. A `One` stays where it is until remove().
    One* add(int socket, std::string peer);
    void remove(One* one);

    void begin_body(One& one);
    void body_came(One& one, std::size_t bytes_so_far);
    void at_work(One& one);  ///< as long as it takes
    void begin_answer(One& one, std::size_t bytes);
    void idle(One& one);

    /// Cuts those whose time is over.
    void cut_overdue(Instant now);

    std::size_t open() const;
    std::uint64_t cut() const;  ///< so far

private:
    void set_until(One& one, Instant until);
    Instant at_slowest(Instant since, std::size_t bytes) const;
    void cut(One& one);

    Patience patience_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::list<One> all_;
    std::uint64_t cut_ = 0;
};

}  // namespace bordereau::app::http
