// tests/sync/simulation/laptop.h - one laptop of a simulated world: its disk, its clock, and what
// its people were told is saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/notebook.h"
#include "sync/exchange.h"
#include "tests/sync/simulation/dice.h"

namespace bordereau::simulation {

/// An answer of which the laptop said "saved".
struct Promise {
    AuditId audit;
    std::string path;
    std::optional<std::string> value;
    DeviceId by;  ///< whose it was
};

/// One side that may be asked: an endpoint or a laptop, by its place in the world.
struct Place {
    enum class Kind { endpoint, laptop } kind = Kind::endpoint;
    std::size_t at = 0;
    bool operator==(const Place&) const = default;
};

/// An exchange that a laptop is in.
struct Session {
    std::uint64_t id = 0;
    Place with;
    sync::Exchange exchange;
};

class Laptop {
public:
    /// Founds a notebook of its own. `time` is the world's.
    Laptop(std::string name, std::shared_ptr<const Millis> time, Dice& dice);
    /// A disk that was copied: the same device again.
    static Laptop copy_of(Laptop& other, std::string name, Dice& dice);
    /// A backup that was restored: another device with the same past.
    static Laptop restored(const Laptop& other, std::string image, std::string name, Dice& dice);

    const std::string& name() const { return name_; }
    bool on() const { return notebook_.has_value(); }
    storage::Notebook& notebook() { return *notebook_; }
    /// What the disk holds now.
    std::string image();
    /// Loses power: what was not on the disk is gone.
    void switch_off();
    void switch_on(Dice& dice);
    /// Loses power and all that was written since that image: no disk should.
    void fall_back_to(std::string image);

    Millis now() const { return *time_ + *drift_; }
    Millis drift() const { return *drift_; }
    void set_drift(Millis drift) { *drift_ = drift; }

    std::vector<Promise> promises;
    std::vector<DeviceId> was;  ///< whose backups it began as
    std::optional<Session> session;
    std::string invitation;  ///< a code that was not redeemed yet
    bool disk_full = false;
    std::string before_latest;  ///< the disk before the latest act, where a flaw needs it
    std::size_t team = 0;       ///< in the world's list

private:
    Laptop(std::string name, std::shared_ptr<const Millis> time);
    storage::Surroundings surroundings(Dice& dice) const;

    std::string name_;
    std::shared_ptr<const Millis> time_;
    std::shared_ptr<Millis> drift_ = std::make_shared<Millis>(0);
    PersonId person_;
    std::string disk_;  // while it is off
    std::optional<storage::Notebook> notebook_;
};

}  // namespace bordereau::simulation
