#include "app/desk/door.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/desk/session_certificate.h"
#include "app/http/listener.h"
#include "storage/travel_log.h"
#include "sync/lan.h"
#include "sync/serve/door_service.h"

namespace bordereau::app {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr std::int64_t kMostEntries = 1000;  // of one request

struct Asked {
    http::Request request;
    http::SendAnswer send;
};

http::ListenLimits limits() {
    http::ListenLimits limits;
    limits.connections = 64;  // a team in one room
    limits.connections_per_peer = 8;
    limits.bodies = std::size_t{64} << 20;
    return limits;
}

Result<http::Listener> listen(const DoorOptions& options, const SessionCertificate& certificate,
                              const http::Handlers& handlers) {
    http::ListenAddress address;
    address.host = options.host;
    address.certificate_pem = certificate.certificate;
    address.key_pem = certificate.key;
    address.port = options.port == 0 ? sync::kDoorPort : options.port;
    auto listener = http::Listener::start(address, limits(), handlers);
    if (listener || options.port != 0 || listener.error().code != ErrorCode::busy) return listener;
    address.port = 0;
    return http::Listener::start(address, limits(), handlers);
}

}  // namespace

// The listener's thread puts requests down; the thread here, whose connection it is, answers them.
struct Door::State {
    State(storage::Notebook connection, SessionCertificate made, Millis open_for,
          std::function<void()> on_news)
        : notebook(std::move(connection)),
          certificate(std::move(made)),
          service(notebook, certificate.pin),
          open_until(notebook.clock().now() + open_for),
          closes(std::chrono::steady_clock::now() + std::chrono::milliseconds{open_for}),
          news(std::move(on_news)),
          seen(latest_entry()),
          thread([this](const std::stop_token& stop) { answer_all(stop); }) {}
    ~State() {
        if (listener) listener->stop(kPatience);
    }

    void take(http::Request request, http::SendAnswer send) {
        {
            const std::lock_guard lock{mutex};
            if (open) {
                waiting.push_back({std::move(request), std::move(send)});
                changed.notify_one();
                return;
            }
        }
        send(http::answer_of(sync::plain_answer(503, "closed")));
    }

    // Nothing: the time is over, or it is to end.
    std::optional<Asked> next(const std::stop_token& stop) {
        std::unique_lock lock{mutex};
        const bool any =
            changed.wait_until(lock, stop, closes, [this] { return !waiting.empty(); });
        if (!any) {
            open = false;
            return std::nullopt;
        }
        std::optional asked{std::move(waiting.front())};
        waiting.pop_front();
        return asked;
    }

    void answer_all(const std::stop_token& stop) {
        while (auto asked = next(stop)) {
            const http::Request& request = asked->request;
            const sync::Answer answer =
                service.handle({request.method, request.path, request.body});
            asked->send(http::answer_of(answer));
            if (answer.note.outcome == "answered") note_guest(answer.note.device);
        }
        if (!stop.stop_requested()) news();
    }

    std::int64_t latest_entry() {
        const auto latest = storage::TravelLog{notebook}.list({}, 0, 1);
        return latest && !latest->empty() ? latest->front().id : 0;
    }

    // What the log says since the last look, of the way between laptops, was exchanged with this
    // one: one is answered at a time.
    void note_guest(const DeviceId& device) {
        DoorGuest now{device, notebook.clock().now()};
        const auto entries = storage::TravelLog{notebook}.list({}, 0, kMostEntries);
        if (entries && !entries->empty()) {
            for (const storage::TravelEntry& entry : *entries) {
                if (entry.id <= seen) break;
                if (entry.way != storage::Way::laptop) continue;
                if (entry.event == storage::TravelEvent::received) now.received += entry.changesets;
                if (entry.event == storage::TravelEvent::sent) now.given += entry.changesets;
            }
            seen = entries->front().id;
        }
        {
            const std::lock_guard lock{mutex};
            const auto known = std::ranges::find(guests, device, &DoorGuest::device);
            if (known == guests.end()) {
                guests.push_back(now);
            } else {
                known->at = now.at;
                known->received += now.received;
                known->given += now.given;
            }
        }
        news();
    }

    storage::Notebook notebook;  // the thread's only
    SessionCertificate certificate;
    sync::DoorService service;  // the thread's only
    Millis open_until;
    std::chrono::steady_clock::time_point closes;
    std::function<void()> news;
    std::int64_t seen;  // of the travel log; the thread's only
    mutable std::mutex mutex;
    std::vector<DoorGuest> guests;
    bool open = true;
    std::condition_variable_any changed;
    std::deque<Asked> waiting;
    std::jthread thread;
    std::optional<http::Listener> listener;  // last: stops before the thread that answers
};

Door::Door(std::unique_ptr<State> state) : state_(std::move(state)) {}
Door::Door(Door&&) noexcept = default;
Door::~Door() = default;

Result<Door> Door::open(storage::Notebook connection, const DoorOptions& options,
                        std::function<void()> news) {
    auto certificate = make_session_certificate();
    if (!certificate) return std::move(certificate).error();
    auto state = std::make_unique<State>(std::move(connection), *std::move(certificate),
                                         options.open_for, std::move(news));
    http::Handlers handlers;
    handlers.admit = [](const http::Request&) { return std::optional<http::Answer>{}; };
    handlers.take = [at = state.get()](http::Request request, http::SendAnswer send) {
        at->take(std::move(request), std::move(send));
    };
    auto listener = listen(options, state->certificate, handlers);
    if (!listener) return std::move(listener).error();
    state->listener.emplace(*std::move(listener));
    return Door{std::move(state)};
}

bool Door::is_open() const {
    const std::lock_guard lock{state_->mutex};
    return state_->open;
}

int Door::port() const {
    return state_->listener->port();
}

Millis Door::open_until() const {
    return state_->open_until;
}

const std::string& Door::pin() const {
    return state_->certificate.pin;
}

std::vector<DoorGuest> Door::guests() const {
    const std::lock_guard lock{state_->mutex};
    return state_->guests;
}

std::vector<std::string> door_addresses(int port) {
    std::vector<std::string> addresses;
    ifaddrs* all = nullptr;
    if (getifaddrs(&all) != 0) return addresses;
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owned{all, &freeifaddrs};
    for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
        const bool usable = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        if (!usable || one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
        sockaddr_in address;
        std::memcpy(&address, one->ifa_addr, sizeof address);
        std::array<char, INET_ADDRSTRLEN> text{};
        if (inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr)
            addresses.push_back(std::string{text.data()} + ":" + std::to_string(port));
    }
    return addresses;
}

}  // namespace bordereau::app
