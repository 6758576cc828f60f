#include <signal.h>
#include <unistd.h>

#include <mutex>
#include <thread>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/listener.h"
#include "storage/base/time.h"
#include "sync/serve/service.h"
#include "sync/transport.h"

namespace bordereau::app::endpoint {
namespace {

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
        << " bytes_in=" << call.body.size() << " bytes_out=" << answer.body.size() << '\n'
        << std::flush;
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
    sync::Service service{store, clock};
    std::mutex one_at_a_time;  // the store is one connection
    auto listener = Listener::bind({serve.host, serve.port, serve.certificate, serve.key},
                                   [&](const sync::Call& call) {
                                       const std::lock_guard lock{one_at_a_time};
                                       sync::Answer answer = service.handle(call);
                                       log_call(out.log, clock.now(), call, answer);
                                       return answer;
                                   });
    if (!listener) return std::move(listener).error();
    out.result << "listening on " << url_of(serve, listener->port()) << '\n' << std::flush;

    bool served = false;
    std::jthread answering{[&] {
        served = listener->run();
        kill(getpid(), SIGTERM);  // a socket that failed ends the wait below
    }};
    int received = 0;
    sigwait(&signals, &received);
    listener->stop();
    answering.join();
    if (!served) return Error{ErrorCode::io, "the listening socket failed"};
    return done();
}

}  // namespace bordereau::app::endpoint
