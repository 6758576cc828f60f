// app/desk/receiver.h - the satellite receiver of this machine, asked through gpsd while a person
// wants a place, and not a moment longer. A thread waits for what it says; between its lines
// nothing runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/desk/gpsd.h"
#include "app/desk/watched.h"
#include "storage/base/time.h"

namespace bordereau::app {

struct ReceiverState {
    enum class End {
        none,         ///< still asking
        good,         ///< as exact as was wished
        patience,     ///< the time is over
        unreachable,  ///< no gpsd answers
        no_receiver,  ///< gpsd knows of none
        hung_up       ///< gpsd ended the connection
    };
    End end = End::none;
    bool connected = false;
    std::optional<Fix> best;  ///< the most exact of all so far
    int satellites = 0;       ///< used for the latest
};

class Receiver {
public:
    struct Options {
        std::uint16_t port = 2947;  ///< of gpsd on this machine
        double good_enough = 5;     ///< metres: ends by itself there
        Millis patience = 180'000;
    };
    /// `changed` is called from a thread when state() has news.
    /// Its end ends the connection.
    Receiver(const Options& options, std::function<void()> changed);

    ReceiverState state() const { return watched_.state(); }
    void wait() { watched_.wait(); }  ///< until it has ended by itself; for tests

private:
    class Conversation;

    Watched<ReceiverState> watched_;  // last: its thread uses the others
};

}  // namespace bordereau::app
