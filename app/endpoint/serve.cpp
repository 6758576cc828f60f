#include <signal.h>
#include <unistd.h>

#include <mutex>
#include <thread>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/committer.h"
#include "app/endpoint/http/listener.h"
#include "app/endpoint/open_store.h"
#include "app/endpoint/workers.h"
#include "storage/base/time.h"
#include "storage/crypto/random.h"
#include "storage/kept_files.h"
#include "sync/serve/service.h"
#include "sync/transport.h"

namespace bordereau::app::endpoint {
namespace {

constexpr std::size_t kWorkers = 16, kMostWaiting = 1024;
constexpr std::chrono::seconds kGrace{10};

std::string url_of(const Serve& serve, int port) {
    const bool v6 = serve.host.find(':') != std::string::npos;
    return (serve.certificate.empty() ? "http://" : "https://") +
           (v6 ? "[" + serve.host + "]" : serve.host) + ":" + std::to_string(port);
}

// One line of key=value: who, what, how much; never what was said.
void log_call(std::ostream& log, Millis at, const sync::Call& call, const sync::Answer& answer) {
    log << "time=" << to_iso(at, 0) << " method=" << call.method << " path=" << call.path
        << " status=" << answer.status << " outcome=\"" << answer.note.outcome << '"'
        << " team=" << answer.note.team.text << " device=" << answer.note.device.text
        << " in=" << answer.note.changesets_in << " out=" << answer.note.changesets_out
        << " pieces_in=" << answer.note.pieces_in << " pieces_out=" << answer.note.pieces_out
        << " bytes_in=" << call.body.size() << " bytes_out=" << answer.body.size() << '\n'
        << std::flush;
}

Result<std::vector<storage::ChangesetStore>> open_stores(const std::filesystem::path& folder) {
    std::vector<storage::ChangesetStore> stores;
    while (stores.size() < kWorkers) {
        auto store = open_store(folder);
        if (!store) return std::move(store).error();
        stores.push_back(*std::move(store));
    }
    return stores;
}

sync::Running through(Committer& committer) {
    return {[&committer](const TeamId& team, const DeviceId& device,
                         std::span<const std::string> bytes) {
                return committer.receive(team, device, bytes);
            },
            [&committer](std::string_view secret, std::string_view key, std::string_view name,
                         const TeamId& team) { return committer.redeem(secret, key, name, team); },
            [](const DeviceId&) { return std::optional<std::chrono::seconds>{}; }};
}

sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

}  // namespace

Status carry_out(const Serve& serve, storage::ChangesetStore& store, Output& out) {
    if (serve.certificate.empty() && !sync::is_loopback(url_of(serve, serve.port)))
        return Error{ErrorCode::refused,
                     "off loopback a certificate is needed: give --cert and --key"};
    // Blocked before any thread starts, so that all threads inherit it and only sigwait() sees
    // them.
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const Clock clock = system_clock();
    Committer committer{std::move(store), {}, [](std::size_t, double) {}};
    auto stores = open_stores(serve.data);
    if (!stores) return stores.error();
    auto files = storage::KeptFiles::open(serve.files.empty() ? serve.data / "files" : serve.files,
                                          storage::crypto::system_entropy());
    if (!files) return std::move(files).error();
    std::mutex log_mutex;
    std::vector<Handler> handlers;
    for (storage::ChangesetStore& own : *stores) {
        auto service = std::make_shared<sync::Service>(own, clock, through(committer));
        service->keep_files(*files);
        handlers.push_back([&, service = std::move(service)](const HttpRequest& request) {
            const sync::Call call{request.method, request.path, request.body};
            sync::Answer answer = service->handle(call);
            const std::lock_guard lock{log_mutex};
            log_call(out.log, clock.now(), call, answer);
            return http_answer(std::move(answer));
        });
    }
    Workers workers{std::move(handlers), kMostWaiting};
    const Handlers listening{[](const HttpRequest&) { return std::nullopt; },
                             [&](HttpRequest request, const SendAnswer& send) {
                                 if (!workers.take(request, send))
                                     send(http_answer(sync::plain_answer(503, "busy")));
                             }};
    auto listener =
        Listener::start({serve.host, serve.port, serve.certificate, serve.key}, {}, listening);
    if (!listener) return std::move(listener).error();
    out.result << "listening on " << url_of(serve, listener->port()) << '\n' << std::flush;

    int received = 0;
    sigwait(&signals, &received);
    listener->stop(kGrace);
    return done();
}

}  // namespace bordereau::app::endpoint
