// app/desk/door.h - the door that one laptop opens for some minutes, so that another one of its
// team exchanges with it directly. A thread of its own with its own connection answers; a key for
// the session keeps others from listening.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/notebook.h"

namespace bordereau::app {

struct DoorOptions {
    std::string host = "0.0.0.0";  ///< address to listen on
    int port = 0;                  ///< 0: the usual one, or any free one where it is taken
    Millis open_for = Millis{10} * 60 * 1000;
};

/// A laptop that came in, and what was exchanged with it.
struct DoorGuest {
    DeviceId device;
    Millis at = 0;                         ///< its latest request
    std::int64_t received = 0, given = 0;  ///< changesets
};

class Door {
public:
    /// Answers from now on, over a connection to the notebook of its own, until the time is over.
    /// `news` is called from a thread when a laptop was answered, and when the door has closed.
    /// busy: the address is taken; invalid: there is no such address.
    static Result<Door> open(storage::Notebook connection, const DoorOptions& options,
                             std::function<void()> news);
    Door(Door&&) noexcept;
    Door& operator=(Door&&) = delete;
    ~Door();  ///< answers what was asked, then closes

    bool is_open() const;
    int port() const;
    Millis open_until() const;
    const std::string& pin() const;  ///< of the session's TLS key
    /// In the order in which they came. Nobody who was turned away is among them.
    std::vector<DoorGuest> guests() const;

private:
    struct State;
    explicit Door(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// "192.168.1.5:8644" for each address under which others may reach this machine.
std::vector<std::string> door_addresses(int port);

}  // namespace bordereau::app
