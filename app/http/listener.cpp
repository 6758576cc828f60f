#include "app/http/listener.h"

#include <microhttpd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "app/http/byte_budget.h"
#include "app/http/listening_socket.h"
#include "storage/base/text.h"

namespace bordereau::app::http {
namespace {

constexpr int kBadRequest = 400, kTooLarge = 413, kUnsupportedMediaType = 415;
constexpr int kNotImplemented = 501, kUnavailable = 503;
constexpr std::size_t kHeadBytes = std::size_t{16} << 10;  // of one connection: heads both ways
constexpr unsigned kSilenceSeconds = 120;                  // behind Patience, which is stricter
constexpr std::chrono::milliseconds kSweep{500};
constexpr std::string_view kChunked = "chunked";
// Of a body that is refused while it comes, so much is dropped for the sake of the answer, in
// limits.
constexpr std::size_t kDropped = 2;
constexpr const char* kComeBackSeconds = "5";
constexpr const char* kTlsVersions = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

Answer words(int status, const char* text) {
    return {status, std::string{text} + "\n", "text/plain; charset=utf-8", {}};
}

Answer come_back(const char* text) {
    Answer answer = words(kUnavailable, text);
    answer.headers.emplace_back("Retry-After", kComeBackSeconds);
    return answer;
}

// Some reverse proxies send a body in chunks, so that nobody knows how much will come.
bool is_chunked(const Request& head) {
    const std::string_view coding = head.header("Transfer-Encoding");
    return coding.size() == kChunked.size() && starts_with_ignoring_case(coding, kChunked);
}

// Our messages are never compressed by HTTP: a body could be small on the wire and huge in memory.
// Two lengths in one head are how requests are smuggled past a proxy.
std::optional<Answer> fault_of(const Request& head, std::optional<std::size_t> length,
                               std::size_t most) {
    if (!head.header("Content-Encoding").empty())
        return words(kUnsupportedMediaType, "compressed bodies are not taken");
    const bool coded = !head.header("Transfer-Encoding").empty();
    if (coded && !is_chunked(head)) return words(kNotImplemented, "chunked bodies only");
    if (coded && !head.header("Content-Length").empty())
        return words(kBadRequest, "a body has one length");
    if (length && *length > most) return words(kTooLarge, "too large");
    return std::nullopt;
}

std::optional<std::size_t> length_of(const Request& head) {
    const std::string_view text = head.header("Content-Length");
    std::size_t length = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || read.ec != std::errc{}) return std::nullopt;
    return length;
}

MHD_Result keep_header(void* into, MHD_ValueKind, const char* name, const char* value) {
    static_cast<Request*>(into)->headers.emplace_back(name, value ? value : "");
    return MHD_YES;
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void log_nothing(void*, const char*, va_list) {}

void free_text(void* text) {
    delete static_cast<std::string*>(text);
}

struct EndResponse {
    void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};
using ResponsePtr = std::unique_ptr<MHD_Response, EndResponse>;

ResponsePtr response_of(Answer&& answer) {
    auto body = std::make_unique<std::string>(std::move(answer.body));
    std::string& text = *body;
    ResponsePtr response{MHD_create_response_from_buffer_with_free_callback_cls(
        text.size(), text.data(), free_text, body.get())};
    if (!response) return response;
    body.release();
    if (!answer.content_type.empty())
        MHD_add_response_header(response.get(), "Content-Type", answer.content_type.c_str());
    for (const auto& [name, value] : answer.headers)
        MHD_add_response_header(response.get(), name.c_str(), value.c_str());
    return response;
}

}  // namespace

struct Listener::State {
    /// A request from its head to the end of its answer.
    struct Exchange {
        State& state;
        MHD_Connection* connection;
        Connections::One* place;
        Request request;
        std::size_t announced = 0, came = 0, held = 0;
        std::optional<Answer> answer;  // there before all of the body: the rest is dropped
        bool taken = false, sent = false;
    };

    State(const ListenLimits& wanted, Handlers who, ListeningSocket at)
        : limits(wanted),
          handlers(std::move(who)),
          socket(std::move(at)),
          port(socket.port()),
          budget(wanted.bodies),
          connections(wanted.patience, wanted.connections) {}

    // What the library calls; `self` is this, `slot` an Exchange.
    static MHD_Result on_request(void* self, MHD_Connection* connection, const char* path,
                                 const char* method, const char* version, const char* bytes,
                                 std::size_t* size, void** slot);
    static void on_end(void* self, MHD_Connection*, void** slot, MHD_RequestTerminationCode);
    static void on_connection(void* self, MHD_Connection* connection, void** place,
                              MHD_ConnectionNotificationCode what);
    bool start_daemon();

    MHD_Result begin(MHD_Connection* connection, const char* path, const char* method, void** slot);
    MHD_Result go_on(Exchange& exchange, const char* bytes, std::size_t* size);
    void keep(Exchange& exchange, std::string_view bytes);
    void refuse(Exchange& exchange, Answer answer);
    MHD_Result hand_over(Exchange& exchange);
    MHD_Result send(Exchange& exchange);
    void end(Exchange* exchange);
    std::optional<Answer> at_the_door(const Exchange& exchange);
    void sweep(const std::stop_token& stop);

    ListenLimits limits;
    Handlers handlers;
    ListeningSocket socket;
    int port;
    bool watching = false;
    ByteBudget budget;
    Connections connections;
    std::atomic<std::uint64_t> no_room = 0, too_large = 0;
    std::atomic<bool> stopping = false;

    std::mutex mutex;
    std::condition_variable changed;
    std::size_t under_way = 0, at_work = 0;

    std::string certificate, key;  // stay while the daemon does
    MHD_Daemon* daemon = nullptr;
    std::jthread sweeper;
};

MHD_Result Listener::State::on_request(void* self, MHD_Connection* connection, const char* path,
                                       const char* method, const char*, const char* bytes,
                                       std::size_t* size, void** slot) {
    auto& state = *static_cast<State*>(self);
    if (*slot == nullptr) return state.begin(connection, path, method, slot);
    return state.go_on(*static_cast<Exchange*>(*slot), bytes, size);
}

void Listener::State::on_end(void* self, MHD_Connection*, void** slot, MHD_RequestTerminationCode) {
    if (*slot != nullptr)
        static_cast<State*>(self)->end(static_cast<Exchange*>(std::exchange(*slot, nullptr)));
}

void Listener::State::on_connection(void* self, MHD_Connection* connection, void** place,
                                    MHD_ConnectionNotificationCode what) {
    Connections& connections = static_cast<State*>(self)->connections;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED)
        return connections.remove(static_cast<Connections::One*>(std::exchange(*place, nullptr)));
    const int socket =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    *place = connections.add(socket, peer_of(socket));
}

// The head was read. Nothing of the body is here yet.
MHD_Result Listener::State::begin(MHD_Connection* connection, const char* path, const char* method,
                                  void** slot) {
    const auto* context = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    auto* place = static_cast<Connections::One*>(context->socket_context);
    auto exchange = std::make_unique<Exchange>(*this, connection, place);
    exchange->request.method = method;
    exchange->request.path = path;
    exchange->request.peer = place->peer;
    exchange->request.encrypted = !certificate.empty();
    exchange->request.watching = watching;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_header, &exchange->request);
    exchange->announced =
        is_chunked(exchange->request) ? limits.body : length_of(exchange->request).value_or(0);
    {
        const std::lock_guard lock{mutex};
        ++under_way;
    }
    connections.begin_body(*place);
    exchange->answer = at_the_door(*exchange);
    Exchange& begun = *exchange;
    *slot = exchange.release();
    // What is longer than a message is not even dropped: the connection ends with the answer.
    const bool asks_first = !begun.request.header("Expect").empty();
    if (begun.answer && (begun.announced > limits.body || asks_first)) return send(begun);
    return MHD_YES;
}

std::optional<Answer> Listener::State::at_the_door(const Exchange& exchange) {
    if (stopping) return come_back("the endpoint is stopping");
    const auto length = length_of(exchange.request);
    if (auto fault = fault_of(exchange.request, length, limits.body)) {
        if (fault->status == kTooLarge) ++too_large;
        return fault;
    }
    return handlers.admit(exchange.request);
}

MHD_Result Listener::State::go_on(Exchange& exchange, const char* bytes, std::size_t* size) {
    if (*size > 0) {
        exchange.came += *size;
        connections.body_came(*exchange.place, exchange.came);
        if (!exchange.answer) keep(exchange, {bytes, *size});
        *size = 0;
        return exchange.came <= kDropped * limits.body ? MHD_YES : MHD_NO;
    }
    if (exchange.answer) return send(exchange);
    return exchange.taken ? MHD_YES : hand_over(exchange);
}

// Grows by doubling, as far as was announced; what is reserved counts, not what is filled.
void Listener::State::keep(Exchange& exchange, std::string_view bytes) {
    std::string& body = exchange.request.body;
    const std::size_t needed = body.size() + bytes.size();
    if (needed > limits.body) {
        ++too_large;
        return refuse(exchange, words(kTooLarge, "too large"));
    }
    if (needed > exchange.held) {
        const std::size_t room = std::max(
            needed,
            std::min(exchange.announced, std::max(body.size() * 2, ByteBudget::kBeginning)));
        if (!budget.take(exchange.held, room - exchange.held)) {
            ++no_room;
            return refuse(exchange, come_back("too much at once"));
        }
        exchange.held = room;
        body.reserve(room);
    }
    body.append(bytes);
}

void Listener::State::refuse(Exchange& exchange, Answer answer) {
    std::string{}.swap(exchange.request.body);
    budget.give_back(std::exchange(exchange.held, 0));
    exchange.answer = std::move(answer);
}

MHD_Result Listener::State::hand_over(Exchange& exchange) {
    exchange.taken = true;
    connections.at_work(*exchange.place);
    {
        const std::lock_guard lock{mutex};
        ++at_work;
    }
    MHD_suspend_connection(exchange.connection);
    handlers.take(std::move(exchange.request), [this, &exchange](Answer answer) {
        exchange.answer = std::move(answer);
        MHD_resume_connection(exchange.connection);  // it may end at any time from here on
        const std::lock_guard lock{mutex};
        --at_work;
        changed.notify_all();
    });
    return MHD_YES;
}

MHD_Result Listener::State::send(Exchange& exchange) {
    if (std::exchange(exchange.sent, true)) return MHD_YES;
    const int status = exchange.answer->status;
    const std::size_t bytes = exchange.answer->body.size();
    budget.give_back(std::exchange(exchange.held, bytes));
    budget.add(bytes);
    connections.begin_answer(*exchange.place, bytes);
    if (stopping) exchange.answer->headers.emplace_back("Connection", "close");
    const ResponsePtr response = response_of(std::move(*exchange.answer));
    if (!response) return MHD_NO;
    return MHD_queue_response(exchange.connection, static_cast<unsigned>(status), response.get());
}

void Listener::State::end(Exchange* exchange) {
    const std::unique_ptr<Exchange> ended{exchange};
    budget.give_back(ended->held);
    connections.idle(*ended->place);
    const std::lock_guard lock{mutex};
    --under_way;
    changed.notify_all();
}

void Listener::State::sweep(const std::stop_token& stop) {
    std::mutex nobodys;
    std::condition_variable_any never;
    std::unique_lock lock{nobodys};
    while (!never.wait_for(lock, stop, kSweep, [&stop] { return stop.stop_requested(); }))
        connections.cut_overdue(std::chrono::steady_clock::now());
}

bool Listener::State::start_daemon() {
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_EXTERNAL_LOGGER, reinterpret_cast<intptr_t>(&log_nothing), nullptr},
        {MHD_OPTION_LISTEN_SOCKET, socket.descriptor(), nullptr},
        {MHD_OPTION_CONNECTION_LIMIT, static_cast<intptr_t>(limits.connections), nullptr},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, static_cast<intptr_t>(limits.connections_per_peer),
         nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<intptr_t>(kHeadBytes), nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<intptr_t>(kSilenceSeconds), nullptr},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr},
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<intptr_t>(&State::on_end), this},
        {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<intptr_t>(&State::on_connection), this}};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
                     MHD_USE_ERROR_LOG | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    if (!certificate.empty()) {
        flags |= MHD_USE_TLS;
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, certificate.data()});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, key.data()});
        options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(kTlsVersions)});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});
    daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, &State::on_request, this,
                              MHD_OPTION_ARRAY, options.data(), MHD_OPTION_END);
    return daemon != nullptr;
}

Result<Listener> Listener::start(const ListenAddress& address, const ListenLimits& limits,
                                 Handlers handlers) {
    auto socket = ListeningSocket::open(address.host, address.port);
    if (!socket) return socket.error();
    auto state = std::make_unique<State>(limits, std::move(handlers), *std::move(socket));
    state->watching = address.watching;
    state->certificate = address.certificate_pem;
    state->key = address.key_pem;
    if (!address.certificate.empty()) {
        state->certificate = contents(address.certificate);
        state->key = contents(address.key);
        if (state->certificate.empty() || state->key.empty())
            return Error{ErrorCode::invalid, "the certificate or its key cannot be read"};
    }
    if (!state->start_daemon())
        return Error{ErrorCode::invalid, address.certificate.empty()
                                             ? "the listener did not start"
                                             : "the certificate and its key cannot be used"};
    state->sweeper =
        std::jthread{[state = state.get()](const std::stop_token& stop) { state->sweep(stop); }};
    return Listener{std::move(state)};
}

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}
Listener::Listener(Listener&&) noexcept = default;

Listener::~Listener() {
    if (state_) stop({});
}

int Listener::port() const {
    return state_->port;
}

ListenFigures Listener::figures() const {
    return {state_->connections.open(), state_->budget.taken(), state_->connections.cut(),
            state_->no_room, state_->too_large};
}

void Listener::stop(std::chrono::milliseconds patience) {
    State& state = *state_;
    if (state.daemon == nullptr) return;
    state.stopping = true;
    MHD_quiesce_daemon(state.daemon);
    state.socket.refuse();
    {
        std::unique_lock lock{state.mutex};
        state.changed.wait_for(lock, patience, [&state] { return state.under_way == 0; });
        state.changed.wait(lock, [&state] { return state.at_work == 0; });
    }
    state.sweeper = {};
    MHD_stop_daemon(std::exchange(state.daemon, nullptr));
}

}  // namespace bordereau::app::http
