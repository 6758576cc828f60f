#include "sync/round.h"

#include <future>

#include "sync/retry.h"

namespace bordereau::sync {
namespace {

constexpr int kTooLarge = 413, kTooManyRequests = 429, kUnavailable = 503;

class Round {
public:
    Round(Exchange& exchange, const Peer& peer, const Transport& transport, const Choosing& choose)
        : exchange_(exchange), peer_(peer), transport_(transport), choose_(choose) {}

    RoundEnd run(const std::function<void(const Progress&)>& tell, const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            auto request = exchange_.next();
            if (!request) return finish(std::move(request).error());
            if (!*request) return finish(done());
            if (Status stepped = step(**request, stop); !stepped) return finish(std::move(stepped));
            end_.progress.tally = exchange_.tally();
            tell(end_.progress);
        }
        return finish(Error{ErrorCode::cancelled, "exchange"});
    }

private:
    Status step(const std::string& body, const std::stop_token& stop) {
        Request request;
        request.url = peer_.url + "/v1/exchange";
        request.body = body;
        request.limits.answer_bytes = kMaxMessageBytes;
        if (Status chosen = choose_ ? choose_(request) : done(); !chosen) return chosen;
        auto response = send(request, stop);
        if (!response) return std::move(response).error();
        end_.count(request, *response);
        auto reply = exchange_.read(body, response->body);
        if (reply) return exchange_.take(body, *reply);
        if (response->status == kTooLarge && exchange_.shrink()) return done();
        return foreign_response(*response, std::move(reply).error());
    }

    Result<Response> send(const Request& request, const std::stop_token& stop) {
        if (!exchange_.goes_on()) return transport_(request, stop);
        auto coming = std::async(std::launch::async, [&] { return transport_(request, stop); });
        exchange_.prepare();
        return coming.get();
    }

    RoundEnd finish(Status status) {
        end_.progress.tally = exchange_.tally();
        end_.status = std::move(status);
        return std::move(end_);
    }

    Exchange& exchange_;
    const Peer& peer_;
    const Transport& transport_;
    const Choosing& choose_;
    RoundEnd end_;
};

}  // namespace

void RoundEnd::count(const Request& request, const Response& response) {
    progress.bytes_up += request.body.size();
    progress.bytes_down += response.body.size();
    const auto text = header_of(response, "Retry-After");
    retry_after = text ? parse_retry_after(*text) : std::nullopt;
}

// No reply of the endpoint's: a login page, a proxy's words, or damage on the way.
Error foreign_response(const Response& response, Error&& unreadable) {
    if (response.status == kTooManyRequests || response.status == kUnavailable)
        return {ErrorCode::busy, "asked to come back later"};
    const std::string status = "HTTP " + std::to_string(response.status);
    return Error{ErrorCode::offline, std::move(unreadable.detail)}.during(status);
}

RoundEnd run_round(Exchange& exchange, const Peer& peer, const Transport& transport,
                   const std::function<void(const Progress&)>& tell, std::stop_token stop,
                   const Choosing& choose) {
    return Round{exchange, peer, transport, choose}.run(tell, stop);
}

}  // namespace bordereau::sync
