// sync/serve/door_service.h - a laptop answering other laptops of its team: the same exchange as an
// endpoint's, from a notebook, with the lanes that the asking device's membership covers. No
// sockets: whoever listens calls handle(), on the notebook's thread.
#pragma once

#include <string>
#include <string_view>

#include "sync/serve/service.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

/// GET and POST /v1/door, POST /v1/exchange, POST /v1/blob. Every answer to the latter two is
/// signed.
class DoorService {
public:
    /// `pin`: SHA-256 of the TLS key with which this session answers. The notebook must outlive it.
    DoorService(storage::Notebook& notebook, std::string pin);

    Answer handle(const Call& call);

private:
    template <class Request, class Reply>
    Answer answer(const Result<Request>& request, std::string_view body, Reply reply_for);
    Answer introduced(std::string_view certificate);
    Answer exchange(std::string_view body);
    Answer blob(std::string_view body);
    Answer refuse(Refusal reason, std::string_view body) const;
    /// Nothing: it may ask.
    std::optional<Refusal> objection(const TeamId& team, const DeviceId& device,
                                     const Moment& moment, std::string_view body) const;

    storage::Notebook& notebook_;
    std::string statement_;
};

}  // namespace bordereau::sync
