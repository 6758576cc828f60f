// app/endpoint/front.h - what is asked of the endpoint, and by whom: limits at the door, then the
// exchange, or one of the pages for those who watch over it. Counts and logs what happened.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "app/endpoint/contacts.h"
#include "app/endpoint/log_lines.h"
#include "app/endpoint/metrics.h"
#include "app/endpoint/rate_limit.h"
#include "app/http/message.h"
#include "storage/base/uuid.h"
#include "storage/changeset_store.h"
#include "sync/serve/service.h"

namespace bordereau::app::endpoint {

/// How many requests a minute; 0: any number.
struct AskingLimits {
    std::size_t device = 3'000;    ///< of one that proved who it is
    std::size_t address = 30'000;  ///< many laptops may share one
    std::size_t attempts = 20;     ///< to join or to log in, from one address, that failed
};

struct FrontSettings {
    AskingLimits limits;
    bool behind_proxy = false;   ///< X-Forwarded-For counts where it comes from loopback
    bool watched_apart = false;  ///< metrics and status have an address of their own
};

/// From any thread.
class Front {
public:
    Front(FrontSettings settings, Clock clock, Entropy entropy, LogLines& log);

    /// Before the body of a request is read: health, and limits by address.
    std::optional<http::Answer> admit(const http::Request& head);

    /// A complete request. `service` and `store` are the calling thread's own.
    http::Answer answer(const http::Request& request, sync::Service& service,
                        const storage::ChangesetStore& store);

    /// For Service: how long a known device must wait.
    std::optional<std::chrono::seconds> hold_device(const DeviceId& device);

    /// Where /metrics asks for what is so now; set before the first request.
    std::function<Present(const storage::ChangesetStore&)> present;

    /// Where /ready asks what keeps it from taking anything in; nothing does where it is empty.
    std::function<std::string_view()> unready = [] { return std::string_view{}; };

    Metrics& metrics() { return metrics_; }
    Contacts& contacts() { return contacts_; }

private:
    std::string asker(const http::Request& request) const;
    bool is_local(const http::Request& request) const;
    http::Answer hold_back(HeldBack why, Millis wait);
    http::Answer exchange(const http::Request& request, sync::Service& service);
    http::Answer watch(const http::Request& request, const storage::ChangesetStore& store);
    http::Answer show_metrics(const http::Request& request, const storage::ChangesetStore& store);
    http::Answer show_status(const http::Request& request, const storage::ChangesetStore& store);
    http::Answer log_in(const http::Request& request, const storage::ChangesetStore& store);
    void note(const http::Request& request, const sync::Answer& answer, double seconds);
    void note_page(const http::Request& request, const http::Answer& answer, double seconds);

    FrontSettings settings_;
    Clock clock_;
    Entropy entropy_;
    LogLines& log_;
    Metrics metrics_;
    RateLimit devices_, addresses_, attempts_;
    Contacts contacts_;
    Incidents incidents_;
};

}  // namespace bordereau::app::endpoint
