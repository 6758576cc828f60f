// Desk's side of travelling: to the endpoint by a worker, and to a laptop nearby.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/desk/desk.h"
#include "storage/settings.h"
#include "sync/clock_check.h"
#include "sync/http_transport.h"
#include "sync/lan.h"

namespace bordereau::app {
namespace {

sync::Transport way_to_door(std::string_view pin) {
    return sync::http_transport({std::string{pin}, pin.empty()});
}

// What is done of a work, told on; where nobody wants it any more it is stopped, also in the middle
// of a request.
class Watched {
public:
    explicit Watched(const storage::GoingOn& going_on)
        : going_on_(going_on), thread_([this](const std::stop_token& stop) { watch(stop); }) {}

    void tell(const sync::Progress& progress) {
        const auto moved = static_cast<std::int64_t>(progress.bytes_up + progress.bytes_down);
        done_ = moved;
        all_ = moved + static_cast<std::int64_t>(progress.files.left);
    }
    std::stop_token token() const { return source_.get_token(); }

private:
    void watch(const std::stop_token& stop) {
        std::mutex nobody;
        std::unique_lock lock{nobody};
        std::condition_variable_any never;
        while (!stop.stop_requested()) {
            never.wait_for(lock, stop, std::chrono::milliseconds{300}, [] { return false; });
            if (!going_on_(done_, all_)) source_.request_stop();
        }
    }

    const storage::GoingOn& going_on_;
    std::atomic<std::int64_t> done_ = 0, all_ = 0;
    std::stop_source source_;
    std::jthread thread_;  // last: ends before what it uses
};

}  // namespace

sync::RoundEnd Desk::sync_once(std::size_t most) {
    const auto failed = [](Error error) {
        sync::RoundEnd end;
        end.status = std::move(error);
        return end;
    };
    auto connection = notebook_.connect();
    if (!connection) return failed(std::move(connection).error());
    auto station = sync::station_of(*std::move(connection));
    if (!station) return failed(std::move(station).error());
    if (most > 0)
        station->transport = [most, chosen = std::move(station->transport)](
                                 const sync::Request& request, std::stop_token stop) {
            sync::Request slower = request;
            slower.limits.upload_bytes_per_second = slower.limits.download_bytes_per_second = most;
            return chosen(slower, std::move(stop));
        };
    Status sealed =
        sync::seal_for_round(*station, services_.clock, services_.entropy, std::stop_token{});
    if (!sealed) return failed(std::move(sealed).error());
    return sync::run_station(
        *station, services_.clock, services_.entropy, [](const sync::Progress&) {},
        std::stop_token{});
}

sync::Worker* Desk::start_worker(std::function<void()> wake) {
    if (worker_) return worker_.get();
    wake_ = wake;
    const auto peer = endpoint();
    if (!peer || !*peer) return nullptr;
    sync::WorkerParts parts;
    parts.open = [this]() -> Result<sync::Station> {
        auto connection = notebook_.connect();
        if (!connection) return std::move(connection).error();
        return sync::station_of(*std::move(connection));
    };
    parts.clock = services_.clock;
    parts.entropy = services_.entropy;
    parts.wake = std::move(wake);
    if (const auto choices = travel_choices()) {
        parts.paused = choices->paused;
        parts.on_request = choices->on_request;
    }
    worker_ = std::make_unique<sync::Worker>(std::move(parts));
    reconnect_ =
        std::make_unique<sync::Reconnect>([worker = worker_.get()] { worker->network_returned(); });
    worker_->note_change();  // what was done while none was there
    return worker_.get();
}

Status Desk::travel_now() {
    auto choices = travel_choices();
    if (!choices) return choices.error();
    choices->paused = false;
    if (Status kept = choose_travel(*choices); !kept) return kept;
    if (worker_) worker_->request();
    return done();
}

void Desk::travel_when_allowed() {
    if (worker_) worker_->note_change();
}

void Desk::travel_for_news() {
    if (worker_) worker_->note_presence();
}

Status Desk::pause_travel() {
    auto choices = travel_choices();
    if (!choices) return choices.error();
    choices->paused = true;
    if (worker_) worker_->pause();
    return choose_travel(*choices);
}

Result<sync::TravelChoices> Desk::travel_choices() {
    return sync::travel_choices(storage::Settings{notebook_});
}

Status Desk::choose_travel(const sync::TravelChoices& choices) {
    storage::Settings settings{notebook_};
    if (Status kept = sync::keep(settings, choices); !kept) return kept;
    if (worker_) worker_->set_on_request(choices.on_request);
    return done();
}

Status Desk::open_door(const DoorOptions& options, std::function<void()> wake) {
    if (Status allowed = may(storage::Act::synchronise); !allowed) return allowed;
    close_door();
    auto connection = notebook_.connect();
    if (!connection) return std::move(connection).error();
    auto opened = Door::open(*std::move(connection), options, std::move(wake));
    if (!opened) return std::move(opened).error();
    door_.emplace(*std::move(opened));
    // Without a daemon nobody finds it; the address can be typed.
    if (auto told = Announcement::make(notebook_.team(), door_->port(), services_.entropy))
        announcement_ = *std::move(told);
    return done();
}

void Desk::close_door() {
    announcement_.reset();
    door_.reset();
}

Status Desk::look_nearby(std::function<void()> changed) {
    auto looking = Nearby::look(notebook_.team(), std::move(changed));
    if (!looking) return std::move(looking).error();
    nearby_ = *std::move(looking);
    return done();
}

std::vector<std::string> Desk::nearby() const {
    std::vector<std::string> found;
    if (!nearby_) return found;
    found = nearby_->addresses();
    if (const Door* own = door())
        for (const std::string& address : door_addresses(own->port())) std::erase(found, address);
    return found;
}

Result<std::function<sync::RoundEnd(const storage::GoingOn&)>> Desk::meet(
    std::string_view address) {
    if (Status allowed = may(storage::Act::synchronise); !allowed) return allowed.error();
    auto url = sync::door_url(address);
    if (!url) return std::move(url).error();
    auto connection = notebook_.connect();
    if (!connection) return std::move(connection).error();
    const auto owned = std::make_shared<storage::Notebook>(*std::move(connection));
    return std::function{[owned, url = *std::move(url)](const storage::GoingOn& going_on) {
        Watched watched{going_on};
        return sync::exchange_at_door(
            std::move(*owned), url, way_to_door,
            [&watched](const sync::Progress& progress) { watched.tell(progress); },
            watched.token());
    }};
}

}  // namespace bordereau::app
