// tests/sync/simulation/endpoint.h - one endpoint of a simulated world: its store, its clock, and
// the service over them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/changeset_store.h"
#include "sync/peer.h"
#include "sync/serve/service.h"
#include "tests/sync/simulation/dice.h"

namespace bordereau::simulation {

class Endpoint {
public:
    Endpoint(std::string name, std::shared_ptr<const Millis> time, Dice& dice);

    const std::string& name() const { return name_; }
    storage::ChangesetStore& store() { return *store_; }
    Clock clock() const;
    Millis now() const { return *time_ + *drift_; }
    void set_drift(Millis drift) { *drift_ = drift; }
    sync::Peer peer() const {
        return {"http://127.0.0.1/" + name_, store_->key().public_key(), {}};
    }

    sync::Answer answer(std::string_view path, std::string_view body);
    std::string image() { return disk(); }

    /// Loses power and starts again, with the disk as it was.
    void restart(Dice& dice);
    /// Starts again with a disk that takes no further page.
    void restart_full(Dice& dice);
    /// Starts again with a disk on which no changeset can be written.
    void restart_failing(Dice& dice);
    /// Loses all that was written since that image: no disk should.
    void fall_back_to(const std::string& image, Dice& dice);
    bool ailing() const { return ailing_; }

private:
    std::string disk() const;
    void start(const std::string& image, const char* trouble, Dice& dice);

    std::string name_;
    std::shared_ptr<const Millis> time_;
    std::shared_ptr<Millis> drift_ = std::make_shared<Millis>(0);
    std::optional<storage::ChangesetStore> store_;
    bool ailing_ = false;
};

}  // namespace bordereau::simulation
