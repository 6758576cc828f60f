#include "app/endpoint/committer.h"

#include <chrono>
#include <set>

#include "storage/journal/opening.h"

namespace bordereau::app::endpoint {
namespace {

const Error kTooMuch{ErrorCode::busy, "too many requests wait for the store"};

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Committer::Committer(storage::ChangesetStore store, CommitLimits limits, CommitCalls calls)
    : store_(std::move(store)),
      limits_(limits),
      calls_(std::move(calls)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Committer::~Committer() = default;

Committer::Receipts Committer::receive(const TeamId& team, const DeviceId& device,
                                       std::span<const std::string> bytes) {
    Offered offered{device, {team, bytes}, {}};
    auto taken = offered.taken.get_future();
    if (!enqueue(&offered, storage::size_of(bytes))) return kTooMuch;
    return taken.get();
}

Result<storage::Admitted> Committer::redeem(std::string_view secret, std::string_view public_key,
                                            std::string_view name, const TeamId& team) {
    Redeemed redeemed{secret, public_key, name, team, {}};
    auto admitted = redeemed.admitted.get_future();
    if (!enqueue(&redeemed, 0)) return kTooMuch;
    return admitted.get();
}

std::size_t Committer::waiting() const {
    const std::lock_guard lock{mutex_};
    return queue_.size();
}

bool Committer::enqueue(Job job, std::size_t bytes) {
    {
        const std::lock_guard lock{mutex_};
        // One request always fits, however large it is.
        const bool too_large = !queue_.empty() && queued_bytes_ + bytes > limits_.waiting_bytes;
        if (queue_.size() >= limits_.waiting_requests || too_large) return false;
        queue_.push_back(job);
        queued_bytes_ += bytes;
    }
    changed_.notify_one();
    return true;
}

void Committer::post(std::function<void(storage::ChangesetStore&)> task) {
    {
        const std::lock_guard lock{mutex_};
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
}

void Committer::work(const std::stop_token& stop) {
    while (wait(stop)) {
        if (Redeemed* one = next_redeemed()) carry_out(*one);
        const std::vector<Offered*> batch = next_batch();
        if (!batch.empty()) commit(batch);
        idle_work_ = true;
        do_tasks();
    }
}

// False: stopped, and nothing is left to do.
bool Committer::wait(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    const auto something = [this] { return !queue_.empty() || !tasks_.empty(); };
    for (;; idle_work_ = true) {
        // Whoever sends the next batch in a moment should not find this thread, or its disk, at
        // work.
        if (idle_work_ && changed_.wait_for(lock, stop, limits_.quiet, something)) return true;
        while (idle_work_ && !something() && !stop.stop_requested()) {
            lock.unlock();
            idle_work_ = calls_.when_idle(store_);
            lock.lock();
        }
        if (changed_.wait_for(lock, stop, limits_.look, something)) return true;
        if (stop.stop_requested()) return something();
    }
}

void Committer::do_tasks() {
    std::deque<std::function<void(storage::ChangesetStore&)>> tasks;
    {
        const std::lock_guard lock{mutex_};
        tasks.swap(tasks_);
    }
    for (const auto& task : tasks) task(store_);
}

Committer::Redeemed* Committer::next_redeemed() {
    const std::lock_guard lock{mutex_};
    for (auto job = queue_.begin(); job != queue_.end(); ++job)
        if (auto* const* one = std::get_if<Redeemed*>(&*job)) {
            Redeemed* found = *one;
            queue_.erase(job);
            return found;
        }
    return nullptr;
}

// In order of arrival, but of each device one only: so that one that asks on many connections does
// not go before those that ask on one.
std::vector<Committer::Offered*> Committer::next_batch() {
    const std::lock_guard lock{mutex_};
    std::vector<Offered*> batch;
    std::set<DeviceId> devices;
    std::size_t bytes = 0;
    for (auto job = queue_.begin(); job != queue_.end();) {
        if (batch.size() >= limits_.batch_requests || bytes >= limits_.batch_bytes) break;
        auto* const* one = std::get_if<Offered*>(&*job);
        if (one == nullptr || !devices.insert((*one)->device).second) {
            ++job;
            continue;
        }
        bytes += storage::size_of((*one)->offering.bytes);
        batch.push_back(*one);
        job = queue_.erase(job);
    }
    queued_bytes_ -= bytes;
    return batch;
}

void Committer::commit(std::span<Offered* const> batch) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<storage::Offering> offerings;
    for (const Offered* one : batch) offerings.push_back(one->offering);
    auto receipts = store_.receive(offerings);
    if (receipts) calls_.told(batch.size(), seconds_since(begin));
    for (std::size_t i = 0; i < batch.size(); ++i) {
        // Taken away first: whoever waits may be gone before setting it has returned.
        std::promise<Receipts> taken = std::move(batch[i]->taken);
        if (receipts)
            taken.set_value(std::move((*receipts)[i]));
        else if (batch.size() == 1 || receipts.error().code == ErrorCode::busy)
            taken.set_value(receipts.error());
        else  // what one brought must not keep the others from being heard
            taken.set_value(store_.receive(offerings[i].team, offerings[i].bytes));
    }
}

void Committer::carry_out(Redeemed& one) {
    const auto begin = std::chrono::steady_clock::now();
    auto admitted = store_.redeem(one.secret, one.public_key, one.name, one.team);
    calls_.told(1, seconds_since(begin));
    std::promise<Result<storage::Admitted>> told = std::move(one.admitted);
    told.set_value(std::move(admitted));
}

}  // namespace bordereau::app::endpoint
