#include "app/desk/nearby.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/address.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>
#include <avahi-common/thread-watch.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "storage/base/text.h"
#include "sync/door.h"

namespace bordereau::app {
namespace {

constexpr int kInstanceLength = 12;
constexpr std::string_view kHintKey = "hint=";

struct Free {
    void operator()(AvahiThreadedPoll* poll) const { avahi_threaded_poll_free(poll); }
    void operator()(AvahiClient* client) const { avahi_client_free(client); }
};

// A client on a thread of Avahi's. What else is made of it is freed with it.
class Daemon {
public:
    Daemon() : poll_(avahi_threaded_poll_new()) {
        if (!poll_) return;
        client_.reset(avahi_client_new(
            avahi_threaded_poll_get(poll_.get()), AvahiClientFlags{},
            [](AvahiClient*, AvahiClientState, void*) {}, nullptr, nullptr));
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    ~Daemon() {
        if (poll_) avahi_threaded_poll_stop(poll_.get());
        client_.reset();
    }
    AvahiClient* client() const { return client_.get(); }
    bool start() { return avahi_threaded_poll_start(poll_.get()) == 0; }

private:
    std::unique_ptr<AvahiThreadedPoll, Free> poll_;
    std::unique_ptr<AvahiClient, Free> client_;
};

Error nobody() {
    return {ErrorCode::offline, "no Avahi daemon answers"};
}

class Announced : public Announcement {
public:
    Status begin(const TeamId& team, int port, const Entropy& entropy) {
        if (daemon_.client() == nullptr) return nobody();
        const std::string instance = new_key(entropy, kInstanceLength);
        const std::string hint = std::string{kHintKey} + announced_hint(team, instance);
        AvahiEntryGroup* group = avahi_entry_group_new(
            daemon_.client(), [](AvahiEntryGroup*, AvahiEntryGroupState, void*) {}, nullptr);
        if (group == nullptr) return nobody();
        const int added = avahi_entry_group_add_service(
            group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, AvahiPublishFlags{}, instance.c_str(),
            kDoorService.data(), nullptr, nullptr, static_cast<std::uint16_t>(port), hint.c_str(),
            nullptr);
        if (added < 0 || avahi_entry_group_commit(group) < 0 || !daemon_.start()) return nobody();
        return done();
    }

private:
    Daemon daemon_;
};

class Looking : public Nearby {
public:
    Looking(TeamId team, std::function<void()> changed)
        : team_(std::move(team)), changed_(std::move(changed)) {}

    Status begin() {
        if (daemon_.client() == nullptr) return nobody();
        const AvahiServiceBrowser* browser = avahi_service_browser_new(
            daemon_.client(), AVAHI_IF_UNSPEC, AVAHI_PROTO_INET, kDoorService.data(), nullptr,
            AvahiLookupFlags{}, &Looking::browsed, this);
        if (browser == nullptr || !daemon_.start()) return nobody();
        return done();
    }

    std::vector<std::string> addresses() const override {
        const std::lock_guard lock{mutex_};
        std::vector<std::string> all;
        for (const auto& [instance, address] : found_) all.push_back(address);
        std::ranges::sort(all);
        all.erase(std::ranges::unique(all).begin(), all.end());
        return all;
    }

private:
    static void browsed(AvahiServiceBrowser*, AvahiIfIndex interface, AvahiProtocol protocol,
                        AvahiBrowserEvent event, const char* name, const char* type,
                        const char* domain, AvahiLookupResultFlags, void* me) {
        auto* looking = static_cast<Looking*>(me);
        if (event == AVAHI_BROWSER_REMOVE) looking->forget(name);
        // A resolver frees itself when it has been told; with the client at the latest.
        if (event == AVAHI_BROWSER_NEW)
            avahi_service_resolver_new(looking->daemon_.client(), interface, protocol, name, type,
                                       domain, AVAHI_PROTO_INET, AvahiLookupFlags{},
                                       &Looking::resolved, me);
    }

    static void resolved(AvahiServiceResolver* resolver, AvahiIfIndex, AvahiProtocol,
                         AvahiResolverEvent event, const char* name, const char*, const char*,
                         const char*, const AvahiAddress* address, std::uint16_t port,
                         AvahiStringList* texts, AvahiLookupResultFlags, void* me) {
        if (event == AVAHI_RESOLVER_FOUND && address != nullptr)
            static_cast<Looking*>(me)->note(name, *address, port, texts);
        avahi_service_resolver_free(resolver);
    }

    void note(const char* name, const AvahiAddress& address, std::uint16_t port,
              AvahiStringList* texts) {
        const std::string wanted = std::string{kHintKey} + announced_hint(team_, name);
        bool ours = false;
        for (const AvahiStringList* one = texts; one != nullptr; one = one->next)
            ours |= std::string_view{reinterpret_cast<const char*>(one->text), one->size} == wanted;
        if (!ours) return;
        std::array<char, AVAHI_ADDRESS_STR_MAX> text{};
        avahi_address_snprint(text.data(), text.size(), &address);
        {
            const std::lock_guard lock{mutex_};
            found_[name] = std::string{text.data()} + ":" + std::to_string(port);
        }
        changed_();
    }

    void forget(const char* name) {
        {
            const std::lock_guard lock{mutex_};
            found_.erase(name);
        }
        changed_();
    }

    TeamId team_;
    std::function<void()> changed_;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> found_;  // instance to address
    Daemon daemon_;                             // last: its thread ends before what it uses
};

}  // namespace

std::string announced_hint(const TeamId& team, std::string_view instance) {
    return to_hex(sync::team_hint(team, instance));
}

Result<std::unique_ptr<Announcement>> Announcement::make(const TeamId& team, int port,
                                                         const Entropy& entropy) {
    auto made = std::make_unique<Announced>();
    if (Status begun = made->begin(team, port, entropy); !begun) return begun.error();
    return std::unique_ptr<Announcement>{std::move(made)};
}

Result<std::unique_ptr<Nearby>> Nearby::look(const TeamId& team, std::function<void()> changed) {
    auto made = std::make_unique<Looking>(team, std::move(changed));
    if (Status begun = made->begin(); !begun) return begun.error();
    return std::unique_ptr<Nearby>{std::move(made)};
}

}  // namespace bordereau::app
