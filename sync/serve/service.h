// sync/serve/service.h - the answering side: one request in, one answer out, over a ChangesetStore.
// No sockets, no threads: whoever listens calls handle(), one call at a time per Service.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/time.h"
#include "sync/protocol.h"

namespace bordereau::storage {
class ChangesetStore;
}

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
};

struct Answer {
    int status = 200;
    std::string body;
    std::string content_type;  ///< empty: none
    std::optional<std::chrono::seconds> retry_after;
    CallNote note;
};

/// POST /v1/exchange, POST /v1/enrol, GET /health. Every answer to the first two is signed,
/// refusals too; whatever an answer acknowledges was durable before it was made.
class Service {
public:
    Service(storage::ChangesetStore& store, Clock clock)
        : store_(store), clock_(std::move(clock)) {}

    Answer handle(const Call& call);

private:
    Answer exchange(std::string_view body);
    Answer enrol(std::string_view body);
    Answer health() const;
    Answer refuse(Refusal reason, std::string_view body) const;
    bool timely(const Moment& moment) const;

    storage::ChangesetStore& store_;
    Clock clock_;
};

/// The status code that goes with a refusal: 400, 403, 503 or 507.
int http_status(Refusal reason);
std::string_view name_of(Refusal reason);  ///< "not-a-member", "clock", ...

}  // namespace bordereau::sync
