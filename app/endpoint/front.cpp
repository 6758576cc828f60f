#include "app/endpoint/front.h"

#include <algorithm>
#include <array>

#include "app/endpoint/page/status_page.h"
#include "app/endpoint/page/token.h"
#include "app/http/address.h"

namespace bordereau::app::endpoint {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kSeeOther = 303, kUnauthorized = 401, kForbidden = 403, kTooManyRequests = 429;
constexpr int kFailed = 500, kUnavailable = 503;
constexpr std::size_t kLoggedPath = 80;
constexpr std::string_view kCookie = "bordereau-status";
constexpr std::string_view kBearer = "Bearer ";

constexpr std::array<std::string_view, 9> kRoutes{"/v1/exchange", "/v1/enrol",   "/v1/blob",
                                                  "/health",      "/ready",      "/metrics",
                                                  "/status",      "/status.css", "/status-login"};

// A label must not carry what a client chose.
std::string_view route_of(std::string_view path) {
    const auto known = std::ranges::find(kRoutes, path);
    return known == kRoutes.end() ? std::string_view{"other"} : known->substr(1);
}

bool is_watching(std::string_view path) {
    return path == "/metrics" || path.starts_with("/status");
}

bool is_attempt(const http::Request& request) {
    return request.path == "/v1/enrol" || request.path == "/status-login";
}

// Came through somebody else, whatever the connection says.
bool was_forwarded(const http::Request& request) {
    return std::ranges::any_of(
        std::array<std::string_view, 4>{"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"},
        [&request](std::string_view name) { return !request.header(name).empty(); });
}

http::Answer words(int status, std::string_view text) {
    return http::answer_of(sync::plain_answer(status, text));
}

double seconds_since(Steady::time_point begin) {
    return std::chrono::duration<double>(Steady::now() - begin).count();
}

}  // namespace

Front::Front(FrontSettings settings, Clock clock, Entropy entropy, LogLines& log)
    : settings_(settings),
      clock_(std::move(clock)),
      entropy_(std::move(entropy)),
      log_(log),
      metrics_(clock_.now()),
      devices_(settings.limits.device),
      addresses_(settings.limits.address),
      attempts_(settings.limits.attempts) {}

std::string Front::asker(const http::Request& request) const {
    std::string from = request.peer;
    if (settings_.behind_proxy && http::is_loopback_address(from))
        if (const auto told = http::last_forwarded(request.last_header("X-Forwarded-For"));
            !told.empty())
            from = told;
    return http::network_of(from);
}

std::optional<http::Answer> Front::admit(const http::Request& head) {
    if (head.path == "/health" && head.method == "GET") {
        metrics_.answered({"health", "ok"});
        return words(200, "ok");
    }
    const std::string from = asker(head);
    const Millis now = clock_.now();
    if (const auto wait = addresses_.take(from, now)) return hold_back(HeldBack::address, *wait);
    if (!is_attempt(head)) return std::nullopt;
    if (const auto wait = attempts_.take(from, now)) return hold_back(HeldBack::attempts, *wait);
    return std::nullopt;
}

http::Answer Front::hold_back(HeldBack why, Millis wait) {
    metrics_.held_back(why);
    http::Answer answer = words(kTooManyRequests, "too many requests; come back later");
    answer.headers.emplace_back("Retry-After", std::to_string(retry_after(wait, entropy_).count()));
    return answer;
}

std::optional<std::chrono::seconds> Front::hold_device(const DeviceId& device) {
    const auto wait = devices_.take(device.text, clock_.now());
    if (!wait) return std::nullopt;
    metrics_.held_back(HeldBack::device);
    return retry_after(*wait, entropy_);
}

http::Answer Front::answer(const http::Request& request, sync::Service& service,
                           const storage::ChangesetStore& store) {
    if (!is_watching(request.path)) return exchange(request, service);
    if (settings_.watched_apart && !request.watching) return words(404, "not found");
    const auto begin = Steady::now();
    http::Answer answer = watch(request, store);
    note_page(request, answer, seconds_since(begin));
    return answer;
}

http::Answer Front::exchange(const http::Request& request, sync::Service& service) {
    const auto begin = Steady::now();
    sync::Answer answer = service.handle({request.method, request.path, request.body});
    if (request.path == "/ready" && answer.status == 200)
        if (const std::string_view why = unready(); !why.empty())
            answer = sync::plain_answer(kUnavailable, why);
    if (answer.note.outcome == "admitted") attempts_.give_back(asker(request));
    note(request, answer, seconds_since(begin));
    return http::answer_of(std::move(answer));
}

bool Front::is_local(const http::Request& request) const {
    return http::is_loopback_address(request.peer) &&
           http::is_loopback_host(request.header("Host")) && !was_forwarded(request) &&
           (request.watching || !settings_.behind_proxy);
}

http::Answer Front::watch(const http::Request& request, const storage::ChangesetStore& store) {
    if (request.path == "/status-login")
        return request.method == "POST" ? log_in(request, store) : words(405, "use POST");
    if (request.method != "GET") return words(405, "use GET");
    if (request.path == "/metrics") return show_metrics(request, store);
    if (request.path == "/status.css") return style_answer();
    if (request.path == "/status") return show_status(request, store);
    return words(404, "not found");
}

http::Answer Front::show_metrics(const http::Request& request,
                                 const storage::ChangesetStore& store) {
    std::string_view bearer = request.header("Authorization");
    const bool given = bearer.starts_with(kBearer);
    if (given) bearer.remove_prefix(kBearer.size());
    if (!is_local(request) && !(given && opens(store, bearer, clock_.now())))
        return words(kForbidden, "metrics are told on this machine, or to a bearer of the token");
    return {200, metrics_.text(present(store)), "text/plain; version=0.0.4; charset=utf-8", {}};
}

http::Answer Front::show_status(const http::Request& request,
                                const storage::ChangesetStore& store) {
    const std::string_view token = cookie(request.header("Cookie"), kCookie);
    if (!is_local(request) && !opens(store, token, clock_.now()))
        return page_answer(kUnauthorized, login_page(false));
    const auto view = status_view(store, contacts_, incidents_, clock_.now());
    if (!view) return words(kUnavailable, "the store does not answer");
    return page_answer(200, status_page(*view));
}

http::Answer Front::log_in(const http::Request& request, const storage::ChangesetStore& store) {
    const std::string token = form_field(request.body, "token");
    if (!opens(store, token, clock_.now())) return page_answer(kForbidden, login_page(true));
    attempts_.give_back(asker(request));
    http::Answer answer = page_answer(kSeeOther, {});
    const bool encrypted = request.encrypted || request.header("X-Forwarded-Proto") == "https";
    answer.headers.emplace_back("Location", "status");
    answer.headers.emplace_back("Set-Cookie", std::string{kCookie} + "=" + token +
                                                  "; HttpOnly; SameSite=Strict" +
                                                  (encrypted ? "; Secure" : ""));
    return answer;
}

void Front::note(const http::Request& request, const sync::Answer& answer, double seconds) {
    const sync::CallNote& note = answer.note;
    const Millis now = clock_.now();
    if (!note.device.empty()) contacts_.note(note.team, note.device, now);
    if (answer.status >= 400 && request.path.starts_with("/v1/"))
        incidents_.note({now, note.team, note.device, note.outcome});
    for (const auto& [which, count] : note.refused)
        incidents_.note({now, note.team, which.second.empty() ? note.device : which.second,
                         "quarantined", 1, which.first});
    metrics_.answered({route_of(request.path), note.outcome, seconds, request.body.size(),
                       answer.body.size(), note.changesets_in, note.changesets_out,
                       note.quarantined, note.pieces_in, note.pieces_out});
    const LogLevel usual = request.path.starts_with("/v1/") ? LogLevel::info : LogLevel::debug;
    log_.say(answer.status >= kFailed ? LogLevel::error : usual,
             {{"event", "request"},
              {"method", request.method},
              {"path", request.path.substr(0, kLoggedPath)},
              {"status", std::to_string(answer.status)},
              {"outcome", note.outcome},
              {"peer", request.peer},
              {"team", note.team.text},
              {"device", note.device.text},
              {"in", std::to_string(note.changesets_in)},
              {"out", std::to_string(note.changesets_out)},
              {"pieces_in", std::to_string(note.pieces_in)},
              {"pieces_out", std::to_string(note.pieces_out)},
              {"quarantined", std::to_string(note.quarantined)},
              {"bytes_in", std::to_string(request.body.size())},
              {"bytes_out", std::to_string(answer.body.size())},
              {"ms", std::to_string(static_cast<int>(seconds * 1000))},
              {"detail", note.detail}});
}

void Front::note_page(const http::Request& request, const http::Answer& answer, double seconds) {
    metrics_.answered({route_of(request.path), answer.status < 400 ? "shown" : "refused", seconds,
                       request.body.size(), answer.body.size(), 0, 0, 0});
    log_.say(LogLevel::debug, {{"event", "request"},
                               {"method", request.method},
                               {"path", request.path.substr(0, kLoggedPath)},
                               {"status", std::to_string(answer.status)},
                               {"peer", request.peer}});
}

}  // namespace bordereau::app::endpoint
