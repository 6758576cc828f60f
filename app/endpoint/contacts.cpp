#include "app/endpoint/contacts.h"

#include <algorithm>

namespace bordereau::app::endpoint {

void Contacts::note(const TeamId& team, const DeviceId& device, Millis at) {
    const std::lock_guard lock{mutex_};
    Millis& latest = latest_[{team, device}];
    latest = std::max(latest, at);
}

std::vector<storage::Contact> Contacts::take() {
    const std::lock_guard lock{mutex_};
    std::vector<storage::Contact> taken;
    for (const auto& [who, at] : latest_) taken.push_back({who.first, who.second, at});
    latest_.clear();
    return taken;
}

std::map<DeviceId, Millis> Contacts::of(const TeamId& team) const {
    const std::lock_guard lock{mutex_};
    std::map<DeviceId, Millis> found;
    for (const auto& [who, at] : latest_)
        if (who.first == team) found.emplace(who.second, at);
    return found;
}

// The same again counts up instead of pushing the others out.
void Incidents::note(Incident incident) {
    const std::lock_guard lock{mutex_};
    const auto same = std::ranges::find_if(all_, [&incident](const Incident& one) {
        return one.team == incident.team && one.device == incident.device &&
               one.outcome == incident.outcome && one.fault == incident.fault;
    });
    if (same != all_.end()) {
        incident.times += same->times;
        all_.erase(same);
    }
    all_.push_front(std::move(incident));
    if (all_.size() > kMost) all_.pop_back();
}

std::vector<Incident> Incidents::latest() const {
    const std::lock_guard lock{mutex_};
    return {all_.begin(), all_.end()};
}

}  // namespace bordereau::app::endpoint
