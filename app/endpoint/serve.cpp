// Puts the parts of a running endpoint together, and takes them apart again when told to stop.
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/committer.h"
#include "app/endpoint/disk.h"
#include "app/endpoint/front.h"
#include "app/endpoint/open_store.h"
#include "app/endpoint/workers.h"
#include "app/http/listener.h"
#include "storage/base/time.h"
#include "storage/crypto/random.h"
#include "storage/endpoint_folder.h"
#include "storage/kept_files.h"
#include "sync/serve/service.h"
#include "sync/transport.h"

namespace bordereau::app::endpoint {
namespace {

constexpr std::size_t kWorkers = 16, kMostWaiting = 1024;
constexpr std::int64_t kFoldedAtATime = 2'400;  // changes: some milliseconds
constexpr std::chrono::seconds kNoteEvery{60};
constexpr unsigned kSpareFiles = 256;  // of the store, and of whatever else is open
constexpr const char* kBusySeconds = "5";

// Large messages come one after the other, each to another thread: memory that one of them used is
// kept for the next, instead of one heap for each thread that grows and shrinks with every message.
void share_memory_among_threads() {
    constexpr int kHeaps = 2, kKept = 32 << 20, kGrowth = 1 << 20;
    mallopt(M_ARENA_MAX, kHeaps);
    mallopt(M_MMAP_THRESHOLD, kKept);
    mallopt(M_TRIM_THRESHOLD, kKept);
    mallopt(M_TOP_PAD, kGrowth);
}

std::string url_of(const std::string& host, int port, bool encrypted) {
    const bool v6 = host.find(':') != std::string::npos;
    return (encrypted ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":" +
           std::to_string(port);
}

Status check(const Serve& serve) {
    const auto is_local = [](const std::string& host) {
        return sync::is_loopback(url_of(host, 0, false));
    };
    if (serve.front.behind_proxy && !is_local(serve.host))
        return Error{ErrorCode::refused,
                     "behind a proxy the endpoint listens on loopback only: the proxy is where "
                     "others connect to"};
    const bool all_local =
        is_local(serve.host) && (serve.watch_host.empty() || is_local(serve.watch_host));
    if (serve.certificate.empty() && !all_local)
        return Error{ErrorCode::refused,
                     "off loopback a certificate is needed: give --cert and --key"};
    return done();
}

// As many connections as the system lets this process have, up to what is sensible.
http::ListenLimits limits_for(const Serve& serve) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    http::ListenLimits limits;
    limits.bodies = serve.body_megabytes << 20;
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, limits.connections + kSpareFiles);
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
    const auto room = static_cast<unsigned>(files.rlim_cur);
    limits.connections = std::clamp(room - std::min(room, kSpareFiles), 16U, limits.connections);
    // Behind a proxy all of them come from one address.
    limits.connections_per_peer = serve.front.behind_proxy ? 0 : limits.connections / 2;
    return limits;
}

http::ListenLimits limits_for_watching() {
    http::ListenLimits limits;
    limits.connections = 64;
    limits.connections_per_peer = 0;
    limits.body = std::size_t{64} << 10;
    limits.bodies = std::size_t{4} << 20;
    return limits;
}

sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

/// A running endpoint without its sockets.
class House {
public:
    House(const Serve& serve, storage::ChangesetStore store, std::ostream& log)
        : log_(log, system_clock(), serve.log),
          front_(serve.front, system_clock(), storage::crypto::system_entropy(), log_),
          committer_(std::move(store), {},
                     {[this](std::size_t requests, double seconds) {
                          front_.metrics().committed(requests, seconds);
                      },
                      [](storage::ChangesetStore& own) {
                          return own.fold_more(kFoldedAtATime).value_or(false);
                      }}) {
        front_.present = [this](const storage::ChangesetStore& own) {
            const http::Listener* listener = listener_;
            return Present{own.totals().value_or({}),
                           listener ? listener->figures() : http::ListenFigures{},
                           workers_->waiting(), committer_.waiting()};
        };
        front_.unready = [place = serve.data] {
            const auto trouble = trouble_of_disk(place);
            return trouble ? name_of(*trouble) : std::string_view{};
        };
    }
    ~House() { note_contacts(); }

    Status open(const Serve& serve) {
        auto files = open_files(serve.data);
        if (!files) return std::move(files).error();
        files_.emplace(*std::move(files));
        std::vector<Handler> handlers;
        while (handlers.size() < kWorkers) {
            auto store = open_store(serve.data);
            if (!store) return std::move(store).error();
            handlers.push_back(handler_over(*std::move(store)));
        }
        workers_ = std::make_unique<Workers>(std::move(handlers), kMostWaiting);
        return done();
    }

    http::Handlers handlers() {
        return {[this](const http::Request& head) { return front_.admit(head); },
                [this](http::Request request, const http::SendAnswer& send) {
                    if (workers_->take(request, send)) return;
                    http::Answer busy = http::answer_of(sync::plain_answer(503, "busy"));
                    busy.headers.emplace_back("Retry-After", kBusySeconds);
                    send(std::move(busy));
                }};
    }

    /// Whose figures are told. Must outlive the last request.
    void watch(const http::Listener& listener) { listener_ = &listener; }

    /// Writes down who was heard of, with the next change or now.
    void note_contacts() {
        committer_.post([this](storage::ChangesetStore& store) {
            const auto contacts = front_.contacts().take();
            if (store.note_contacts(contacts)) return;
            for (const storage::Contact& one : contacts)
                front_.contacts().note(one.team, one.device, one.at);
        });
    }

    LogLines& log() { return log_; }

private:
    Handler handler_over(storage::ChangesetStore store) {
        struct Own {
            storage::ChangesetStore store;
            std::unique_ptr<sync::Service> service;
        };
        auto own = std::make_shared<Own>(std::move(store), nullptr);
        own->service = std::make_unique<sync::Service>(own->store, system_clock(), running());
        own->service->keep_files(*files_);
        return [this, own](const http::Request& request) {
            return front_.answer(request, *own->service, own->store);
        };
    }

    sync::Running running() {
        return {
            [this](const TeamId& team, const DeviceId& device, std::span<const std::string> bytes) {
                return committer_.receive(team, device, bytes);
            },
            [this](std::string_view secret, std::string_view key, std::string_view name,
                   const TeamId& team) { return committer_.redeem(secret, key, name, team); },
            [this](const DeviceId& device) { return front_.hold_device(device); }};
    }

    LogLines log_;
    Front front_;
    Committer committer_;
    std::optional<storage::KeptFiles> files_;
    std::atomic<const http::Listener*> listener_ = nullptr;
    std::unique_ptr<Workers> workers_;
};

// Once in a while, until told to stop.
void keep_house(House& house, const http::Listener& listener, const std::stop_token& stop) {
    std::mutex nobodys;
    std::condition_variable_any never;
    std::unique_lock lock{nobodys};
    http::ListenFigures before;
    while (!never.wait_for(lock, stop, kNoteEvery, [&stop] { return stop.stop_requested(); })) {
        house.note_contacts();
        const http::ListenFigures now = listener.figures();
        if (now.cut + now.no_room + now.too_large > before.cut + before.no_room + before.too_large)
            house.log().say(LogLevel::info,
                            {{"event", "refused"},
                             {"too_slow", std::to_string(now.cut - before.cut)},
                             {"no_room", std::to_string(now.no_room - before.no_room)},
                             {"too_large", std::to_string(now.too_large - before.too_large)},
                             {"open", std::to_string(now.open)}});
        before = now;
    }
}

}  // namespace

Status carry_out(const Serve& asked, storage::ChangesetStore& store, Output& out) {
    Serve serve = asked;
    serve.front.watched_apart = !serve.watch_host.empty();
    if (Status allowed = check(serve); !allowed) return allowed;
    const auto serving = storage::begin_serving(serve.data.folder);
    if (!serving) return serving.error();
    share_memory_among_threads();
    // Blocked before any thread starts, so that all threads inherit it and only sigwait() sees
    // them.
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    House house{serve, std::move(store), out.log};
    if (Status opened = house.open(serve); !opened) return opened;
    const bool encrypted = !serve.certificate.empty();
    std::optional<http::Listener> watching;
    auto listener = http::Listener::start({serve.host, serve.port, serve.certificate, serve.key},
                                          limits_for(serve), house.handlers());
    if (!listener) return std::move(listener).error();
    house.watch(*listener);
    if (serve.front.watched_apart) {
        auto apart = http::Listener::start(
            {serve.watch_host, serve.watch_port, serve.certificate, serve.key, true},
            limits_for_watching(), house.handlers());
        if (!apart) return std::move(apart).error();
        watching.emplace(*std::move(apart));
    }
    out.result << "listening on " << url_of(serve.host, listener->port(), encrypted) << '\n';
    if (watching)
        out.result << "watched on " << url_of(serve.watch_host, watching->port(), encrypted)
                   << '\n';
    out.result << std::flush;
    house.log().say(LogLevel::info, {{"event", "started"}, {"version", BORDEREAU_VERSION}});

    int received = 0;
    {
        const std::jthread keeping{[&house, &listener](const std::stop_token& stop) {
            keep_house(house, *listener, stop);
        }};
        sigwait(&signals, &received);
    }
    house.log().say(LogLevel::info, {{"event", "stopping"}});
    listener->stop(std::chrono::seconds{serve.grace_seconds});
    if (watching) watching->stop({});
    house.log().say(LogLevel::info, {{"event", "stopped"}});
    return done();
}

}  // namespace bordereau::app::endpoint
