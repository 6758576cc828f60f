#include "sync/round.h"

#include <deque>
#include <future>
#include <memory>
#include <semaphore>

#include "sync/retry.h"

namespace bordereau::sync {
namespace {

constexpr int kTooLarge = 413, kTooManyRequests = 429, kUnavailable = 503;

// A request on its way, sent on a thread of its own.
class Flight {
public:
    Flight(Request request, const Transport& transport, const std::stop_token& stop)
        : request_(std::move(request)) {
        request_.handed_over = [this] { gone_.release(); };
        coming_ = std::async(std::launch::async, [this, &transport, stop] {
            auto response = transport(request_, stop);
            gone_.release();
            return response;
        });
    }

    /// Waits until the line is free for another one.
    void wait_until_gone() { gone_.acquire(); }
    Result<Response> response() { return coming_.get(); }
    const Request& request() const { return request_; }

private:
    Request request_;
    std::counting_semaphore<> gone_{0};
    std::future<Result<Response>> coming_;
};

// One request uses the line at a time; while the endpoint answers it, the next one may already
// travel. The exchange itself stays on this thread.
class Round {
public:
    Round(Exchange& exchange, const Peer& peer, const Transport& transport, const Choosing& choose,
          const std::stop_token& stop)
        : exchange_(exchange),
          peer_(peer),
          transport_(transport),
          choose_(choose),
          stop_(stop),
          pass_on_(stop, [this] { given_up_.request_stop(); }) {}

    RoundEnd run(const std::function<void(const Progress&)>& tell) {
        while (!stop_.stop_requested()) {
            if (flights_.empty())
                if (auto launched = launch_next(); !launched || !*launched)
                    return finish(launched ? done() : Status{std::move(launched).error()});
            if (Status stepped = step(); !stepped) return finish(std::move(stepped));
            end_.progress.tally = exchange_.tally();
            tell(end_.progress);
        }
        return finish(Error{ErrorCode::cancelled, "exchange"});
    }

private:
    // False: nothing is left to say.
    Result<bool> launch_next() {
        auto body = exchange_.next();
        if (!body) return std::move(body).error();
        if (!*body) return false;
        auto request = request_with(**std::move(body));
        if (!request) return std::move(request).error();
        launch(*std::move(request));
        return true;
    }

    Result<Request> request_with(std::string body) const {
        Request request;
        request.url = peer_.url + "/v1/exchange";
        request.body = std::move(body);
        request.limits.answer_bytes = kMaxMessageBytes;
        if (Status chosen = choose_ ? choose_(request) : done(); !chosen) return chosen.error();
        return request;
    }

    void launch(Request request) {
        flights_.push_back(
            std::make_unique<Flight>(std::move(request), transport_, given_up_.get_token()));
    }

    Status step() {
        if (exchange_.goes_on()) hurry();
        const std::unique_ptr<Flight> first = std::move(flights_.front());
        flights_.pop_front();
        auto response = first->response();
        if (!response) return std::move(response).error();
        end_.count(first->request(), *response);
        const std::string& body = first->request().body;
        auto reply = exchange_.read(body, response->body);
        if (reply) return exchange_.take(body, *reply);
        if (response->status == kTooLarge && exchange_.shrink()) return done();
        return foreign_response(*response, std::move(reply).error());
    }

    // Packs what follows, and sends it as soon as the line is free. What fails here shows itself
    // when it is asked for in its turn.
    void hurry() {
        exchange_.prepare();
        flights_.back()->wait_until_gone();
        auto body = exchange_.further();
        if (!body || !*body) return;
        if (auto request = request_with(**std::move(body))) launch(*std::move(request));
    }

    RoundEnd finish(Status status) {
        given_up_.request_stop();
        end_.progress.tally = exchange_.tally();
        end_.status = std::move(status);
        return std::move(end_);
    }

    Exchange& exchange_;
    const Peer& peer_;
    const Transport& transport_;
    const Choosing& choose_;
    const std::stop_token& stop_;
    std::stop_source given_up_;
    std::stop_callback<std::function<void()>> pass_on_;
    std::deque<std::unique_ptr<Flight>> flights_;
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
    return Round{exchange, peer, transport, choose, stop}.run(tell);
}

}  // namespace bordereau::sync
