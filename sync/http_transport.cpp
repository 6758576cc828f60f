#include "sync/http_transport.h"

#include <curl/curl.h>

#ifdef __linux__
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif

#include <memory>
#include <mutex>
#include <vector>

#include "storage/base/text.h"

namespace bordereau::sync {
namespace {

constexpr int kPollMilliseconds = 60'000;
constexpr std::size_t kMaxHeaders = 100;
constexpr curl_off_t kWorthTelling = 16 << 10;  // bytes that moved since it was told last

struct CloseEasy {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CloseMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

// What the callbacks fill while a response comes in.
struct Incoming {
    Response response;
    std::size_t limit = 0;
    bool too_long = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* into) {
    auto& incoming = *static_cast<Incoming*>(into);
    if (incoming.response.body.size() + count > incoming.limit) {
        incoming.too_long = true;
        return 0;
    }
    incoming.response.body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* into) {
    auto& incoming = *static_cast<Incoming*>(into);
    const std::string_view line{bytes, count};
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) incoming.response.headers.clear();  // of the final response only
    if (colon != std::string_view::npos && incoming.response.headers.size() < kMaxHeaders)
        incoming.response.headers.push_back({std::string{trimmed(line.substr(0, colon))},
                                             std::string{trimmed(line.substr(colon + 1))}});
    return count;
}

// Tells once that a body has gone, and now and then how far both bodies are.
struct Watched {
    explicit Watched(const Request& request)
        : size(static_cast<curl_off_t>(request.body.size())),
          gone(request.handed_over ? &request.handed_over : nullptr),
          moved(request.moved ? &request.moved : nullptr) {}

    curl_off_t size = 0, told = 0;
    const std::function<void()>* gone = nullptr;
    const std::function<void(std::size_t, std::size_t)>* moved = nullptr;
};

int watch(void* from, curl_off_t, curl_off_t come, curl_off_t, curl_off_t sent) {
    auto& watched = *static_cast<Watched*>(from);
    if (watched.moved != nullptr && sent + come - watched.told >= kWorthTelling) {
        watched.told = sent + come;
        (*watched.moved)(static_cast<std::size_t>(sent), static_cast<std::size_t>(come));
    }
    if (sent >= watched.size && watched.gone != nullptr) (*std::exchange(watched.gone, nullptr))();
    return 0;
}

ErrorCode meaning_of(CURLcode code) {
    switch (code) {
        case CURLE_URL_MALFORMAT: return ErrorCode::invalid;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_ISSUER_ERROR: return ErrorCode::conflict;
        case CURLE_UNSUPPORTED_PROTOCOL:  // of the answer: the URL's scheme was looked at before
        case CURLE_WEIRD_SERVER_REPLY: return ErrorCode::corrupt;
        default: return ErrorCode::offline;
    }
}

// Of what was given to the kernel at most so much waits to be sent; else it takes a whole message
// at once, and a slow line that sends it for a minute looks as if nothing moved.
int keep_little_waiting(void*, curl_socket_t socket, curlsocktype) {
#ifdef TCP_NOTSENT_LOWAT
    const int bytes = 32 << 10;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
#endif
    return CURL_SOCKOPT_OK;
}

class Connection {
public:
    explicit Connection(HttpSettings settings) : settings_(std::move(settings)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        easy_.reset(curl_easy_init());
        multi_.reset(curl_multi_init());
    }
    ~Connection() {
        easy_.reset();
        multi_.reset();
        curl_global_cleanup();
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Result<Response> send(const Request& request, const std::stop_token& stop) {
        if (!easy_ || !multi_) return Error{ErrorCode::full, "no memory for a connection"};
        const bool in_the_clear = starts_with_ignoring_case(request.url, "http://");
        if (!in_the_clear && !starts_with_ignoring_case(request.url, "https://"))
            return Error{ErrorCode::invalid, "neither https:// nor http://"};
        if (in_the_clear && !is_loopback(request.url))
            return Error{ErrorCode::refused, "http:// is for this machine itself only"};
        Incoming incoming;
        incoming.limit = request.limits.answer_bytes;
        Watched watched{request};
        const HeaderList headers = headers_of(request);
        prepare(request, headers.get(), incoming);
        if (request.handed_over || request.moved) prepare_watch(watched);
        const CURLcode code = perform(stop);
        if (stop.stop_requested()) return Error{ErrorCode::cancelled, "request"};
        if (incoming.too_long) return Error{ErrorCode::corrupt, "an answer beyond its limit"};
        if (code != CURLE_OK) return Error{meaning_of(code), curl_easy_strerror(code)};
        long status = 0;
        curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        incoming.response.status = static_cast<int>(status);
        return std::move(incoming.response);
    }

private:
    // An empty value takes a header away that libcurl would add by itself.
    static HeaderList headers_of(const Request& request) {
        curl_slist* list = nullptr;
        for (const char* unwanted : {"Accept:", "Content-Type:", "Expect:"})
            list = curl_slist_append(list, unwanted);
        for (const Header& header : request.headers)
            list = curl_slist_append(list, (header.name + ": " + header.value).c_str());
        return HeaderList{list};
    }

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(easy_.get(), option, value);
    }

    void prepare(const Request& request, curl_slist* headers, Incoming& incoming) {
        curl_easy_reset(easy_.get());  // keeps the connection
        set(CURLOPT_URL, request.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 0L);  // a signed request is for this host, no other
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_HTTPHEADER, headers);
        set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(request.limits.connect.count()));
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.limits.silence.count()));
        set(CURLOPT_MAX_SEND_SPEED_LARGE,
            static_cast<curl_off_t>(request.limits.upload_bytes_per_second));
        set(CURLOPT_SOCKOPTFUNCTION, &keep_little_waiting);
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, &incoming);
        set(CURLOPT_HEADERFUNCTION, &take_header);
        set(CURLOPT_HEADERDATA, &incoming);
        set(CURLOPT_MAX_RECV_SPEED_LARGE,
            static_cast<curl_off_t>(request.limits.download_bytes_per_second));
        if (is_loopback(request.url))
            set(CURLOPT_PROXY, "");
        else if (request.proxy)
            set(CURLOPT_PROXY, request.proxy->c_str());
        prepare_body(request);
        prepare_trust();
    }

    void prepare_body(const Request& request) {
        if (request.method == "GET") return;
        set(CURLOPT_POST, 1L);
        set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        set(CURLOPT_POSTFIELDS, request.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }

    void prepare_watch(Watched& watched) {
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &watch);
        set(CURLOPT_XFERINFODATA, &watched);
    }

    // A pinned key stands for itself: no authority needs to vouch for it, and none can replace it.
    void prepare_trust() {
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (settings_.certificate_pin.empty() && !settings_.unchecked) return;
        if (!settings_.certificate_pin.empty())
            set(CURLOPT_PINNEDPUBLICKEY,
                ("sha256//" + to_base64(settings_.certificate_pin)).c_str());
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
    }

    // Through the multi interface, since only that one can be woken by another thread.
    CURLcode perform(const std::stop_token& stop) {
        CURLM* multi = multi_.get();
        if (curl_multi_add_handle(multi, easy_.get()) != CURLM_OK) return CURLE_FAILED_INIT;
        CURLcode result = CURLE_RECV_ERROR;
        {
            const std::stop_callback wake{stop, [multi] { curl_multi_wakeup(multi); }};
            int running = 1;
            while (running > 0 && !stop.stop_requested()) {
                if (curl_multi_perform(multi, &running) != CURLM_OK) break;
                if (running > 0) curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr);
            }
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left))
            if (message->msg == CURLMSG_DONE) result = message->data.result;
        curl_multi_remove_handle(multi, easy_.get());
        return result;
    }

    HttpSettings settings_;
    std::unique_ptr<CURL, CloseEasy> easy_;
    std::unique_ptr<CURLM, CloseMulti> multi_;
};

// As many as are used at once; each keeps its way open for the next request.
class Connections {
public:
    explicit Connections(HttpSettings settings) : settings_(std::move(settings)) {}

    Result<Response> send(const Request& request, const std::stop_token& stop) {
        std::unique_ptr<Connection> connection = take();
        auto response = connection->send(request, stop);
        const std::lock_guard lock{mutex_};
        idle_.push_back(std::move(connection));
        return response;
    }

private:
    std::unique_ptr<Connection> take() {
        const std::lock_guard lock{mutex_};
        if (idle_.empty()) return std::make_unique<Connection>(settings_);
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }

    HttpSettings settings_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace

Transport http_transport(HttpSettings settings) {
    const auto connections = std::make_shared<Connections>(std::move(settings));
    return [connections](const Request& request, std::stop_token stop) {
        return connections->send(request, stop);
    };
}

}  // namespace bordereau::sync
