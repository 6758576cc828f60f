#include "sync/clock_check.h"

#include <utility>
#include <variant>

#include "storage/crypto/sign.h"
#include "storage/journal/log.h"
#include "sync/protocol.h"

namespace bordereau::sync {
namespace {

// It is given nothing, and gives nothing.
std::string question_of(const Parties& parties, const Clock& clock, const Entropy& entropy) {
    return encode({parties.team, storage::crypto::device_id(parties.device->public_key()),
                   Moment::at(clock.now(), entropy), Offer{.answer_bytes = 0}},
                  *parties.device);
}

}  // namespace

Result<Millis> ahead_of_endpoint(const Station& station, const Clock& clock, const Entropy& entropy,
                                 const std::stop_token& stop) {
    Request request;
    request.url = station.peer.url + "/v1/exchange";
    request.body = question_of(station.parties, clock, entropy);
    const auto response = as_chosen(station.choose, station.transport)(request, stop);
    if (!response) return response.error();
    auto reply = decode_reply(response->body, request.body, station.parties.endpoint_public_key);
    if (!reply) return foreign_response(*response, std::move(reply).error());
    const auto* refused = std::get_if<Refused>(&*reply);
    const bool minds = refused != nullptr && refused->reason == Refusal::clock;
    return minds ? clock.now() - refused->now : Millis{0};
}

Status seal_for_round(const Station& station, const Clock& clock, const Entropy& entropy,
                      const std::stop_token& stop) {
    const auto doubt = station.clock_in_doubt ? station.clock_in_doubt() : Result<bool>{false};
    if (!doubt) return doubt.error();
    if (!*doubt) return station.seal();
    const auto ahead = ahead_of_endpoint(station, clock, entropy, stop);
    if (!ahead) return ahead.error();
    if (*ahead > storage::kMostAhead)
        return Error{ErrorCode::too_soon, "this clock is more than a day ahead of the endpoint's"};
    return station.seal();
}

}  // namespace bordereau::sync
