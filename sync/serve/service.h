// sync/serve/service.h - the answering side: one request in, one answer out, over a ChangesetStore.
// No sockets, no threads: whoever listens calls handle(), one call at a time per Service.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/time.h"
#include "sync/protocol.h"

namespace bordereau::storage {
class ChangesetStore;
class KeptFiles;
struct Admitted;
}  // namespace bordereau::storage

namespace bordereau::sync {

struct Call {
    std::string_view method;
    std::string_view path;  ///< without a query
    std::string_view body;
};

/// What goes into one line of a log: never answers, keys or secrets.
struct CallNote {
    TeamId team;
    DeviceId device;
    std::string outcome;  ///< "same", "holding", "admitted", or the reason of a refusal
    std::size_t changesets_in = 0;
    std::size_t changesets_out = 0;
    std::size_t waiting = 0;      ///< of those that came: without their predecessors
    std::size_t quarantined = 0;  ///< of those that came
    /// Those, by what is wrong with them and by the device that sealed them, where they say it.
    std::map<std::pair<storage::Fault, DeviceId>, std::size_t> refused;
    std::string detail;                         ///< what the store said where it failed
    std::size_t pieces_in = 0, pieces_out = 0;  ///< of files
};

struct Answer {
    int status = 200;
    std::string body;
    std::string content_type;  ///< empty: none
    std::optional<std::chrono::seconds> retry_after;
    CallNote note;
};

/// What a Service leaves to whoever runs it: how the store is changed, and who may ask how often.
struct Running {
    /// Takes in what a device brings to a team. Durable when it returns.
    std::function<Result<std::vector<storage::Receipt>>(const TeamId&, const DeviceId&,
                                                        std::span<const std::string>)>
        receive;
    /// As ChangesetStore::redeem(): secret, public key, name, team.
    std::function<Result<storage::Admitted>(std::string_view, std::string_view, std::string_view,
                                            const TeamId&)>
        redeem;
    /// How long a device that proved who it is must wait first; nothing: it is answered.
    std::function<std::optional<std::chrono::seconds>(const DeviceId&)> held_back;
};

/// Changes made by the Service's own connection, and nobody held back. The store must outlive it.
Running alone_with(storage::ChangesetStore& store);

/// POST /v1/exchange, POST /v1/enrol, GET /health, GET /ready. Every answer to a POST is signed,
/// refusals too; whatever an answer acknowledges was durable before it was made.
class Service {
public:
    /// Reads from `store`.
    Service(storage::ChangesetStore& store, Clock clock, Running running)
        : store_(store), clock_(std::move(clock)), running_(std::move(running)) {}
    Service(storage::ChangesetStore& store, Clock clock)
        : Service(store, std::move(clock), alone_with(store)) {}

    /// Answers POST /v1/blob as well. The files must outlive it.
    void keep_files(storage::KeptFiles& files) { files_ = &files; }

    Answer handle(const Call& call);

private:
    Answer exchange(std::string_view body);
    Answer enrol(std::string_view body);
    Answer blob(std::string_view body);
    Answer ready() const;
    Answer refuse(Refusal reason, std::string_view body) const;
    Answer refuse(const Error& error, std::string_view body) const;
    Answer hold_back(std::chrono::seconds wait, std::string_view body) const;
    template <class Asked>
    std::optional<Answer> turned_away(const Asked& request, std::string_view body);
    template <class Asked>
    static void name(const Asked& request, Answer& answer);
    bool timely(const Moment& moment) const;

    storage::ChangesetStore& store_;
    Clock clock_;
    Running running_;
    storage::KeptFiles* files_ = nullptr;
};

/// An answer in words, for people and for other programs than ours.
Answer plain_answer(int status, std::string_view text);

/// The status code that goes with a refusal: 400, 403, 503 or 507.
int http_status(Refusal reason);
std::string_view name_of(Refusal reason);  ///< "not-a-member", "clock", ...

}  // namespace bordereau::sync
