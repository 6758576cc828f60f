#include "app/endpoint/listener.h"

#include <httplib.h>
#include <sys/socket.h>

#include <latch>

namespace bordereau::app::endpoint {
namespace {

constexpr std::size_t kThreads = 32;
constexpr int kKeepAliveSeconds = 5;
constexpr std::size_t kRequestsPerConnection = 10'000;
constexpr int kSilenceSeconds = 30;
constexpr int kUnsupportedMediaType = 415;

sync::Call call_of(const httplib::Request& request) {
    return {request.method, request.path, request.body};
}

void fill(httplib::Response& response, sync::Answer&& answer) {
    response.status = answer.status;
    if (answer.retry_after)
        response.set_header("Retry-After", std::to_string(answer.retry_after->count()));
    if (answer.content_type.empty())
        response.body = std::move(answer.body);
    else
        response.set_content(answer.body, answer.content_type);
}

// Messages describe themselves; headers that the library adds would double the smallest answer.
void leave_out_what_nobody_reads(const httplib::Request& request, httplib::Response& response) {
    response.headers.erase("Keep-Alive");
    if (request.method == "POST") response.headers.erase("Content-Type");
}

void set_up(httplib::Server& server, const Handler& handler) {
    const auto answer = [handler](const httplib::Request& request, httplib::Response& response) {
        fill(response, handler(call_of(request)));
    };
    server.Get(".*", answer);
    server.Post(".*", answer);
    server.set_post_routing_handler(leave_out_what_nobody_reads);
    // A compressed body could be small on the wire and huge in memory; ours never are compressed.
    server.set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
            if (!request.has_header("Content-Encoding"))
                return httplib::Server::HandlerResponse::Unhandled;
            response.status = kUnsupportedMediaType;
            return httplib::Server::HandlerResponse::Handled;
        });
    server.set_payload_max_length(sync::kMaxMessageBytes);
    server.set_keep_alive_timeout(kKeepAliveSeconds);
    server.set_keep_alive_max_count(kRequestsPerConnection);
    server.set_read_timeout(kSilenceSeconds);
    server.set_write_timeout(kSilenceSeconds);
    server.set_tcp_nodelay(true);
    // The library's default lets a second process share the port; here that is a mistake.
    server.set_socket_options([](socket_t socket) {
        const int on = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
}

std::unique_ptr<httplib::Server> server_for(const ListenAddress& address) {
    if (address.certificate.empty()) return std::make_unique<httplib::Server>();
    return std::make_unique<httplib::SSLServer>(address.certificate.c_str(), address.key.c_str());
}

}  // namespace

struct Listener::State {
    std::unique_ptr<httplib::Server> server;
    int port = 0;
    std::latch running{1};  // the library ignores a stop before it runs
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}
Listener::Listener(Listener&&) noexcept = default;
Listener::~Listener() = default;

Result<Listener> Listener::bind(const ListenAddress& address, Handler handler) {
    auto state = std::make_unique<State>();
    state->server = server_for(address);
    if (!state->server->is_valid())
        return Error{ErrorCode::invalid, "the certificate and its key cannot be used"};
    set_up(*state->server, handler);
    state->server->new_task_queue = [running = &state->running] {
        running->count_down();
        return new httplib::ThreadPool(kThreads);
    };
    if (address.port == 0)
        state->port = state->server->bind_to_any_port(address.host);
    else
        state->port = state->server->bind_to_port(address.host, address.port) ? address.port : -1;
    if (state->port <= 0)
        return Error{ErrorCode::busy,
                     "cannot listen on " + address.host + ":" + std::to_string(address.port)};
    return Listener{std::move(state)};
}

int Listener::port() const {
    return state_->port;
}

bool Listener::run() {
    return state_->server->listen_after_bind();
}

void Listener::stop() {
    state_->running.wait();
    state_->server->stop();
}

}  // namespace bordereau::app::endpoint
