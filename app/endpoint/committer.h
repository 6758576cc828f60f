// app/endpoint/committer.h - the one thread that changes the store. What several requests brought
// meanwhile goes into one transaction, so that many laptops share one wait for the disk.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

struct CommitLimits {
    std::size_t waiting_requests = 256;                 ///< more are told to come back
    std::size_t waiting_bytes = std::size_t{64} << 20;  ///< of changesets
    std::size_t batch_requests = 64;                    ///< in one transaction
    std::size_t batch_bytes = std::size_t{8} << 20;     ///< may be passed by the last request
    std::chrono::milliseconds quiet{300};  ///< without a request, before work that nobody waits for
    std::chrono::milliseconds look{1000};  ///< from one look for such work to the next: other
                                           ///< processes may have brought some
};

/// What else a Committer calls, on its own thread.
struct CommitCalls {
    /// After each transaction: how many requests it answered, and how long it took.
    std::function<void(std::size_t requests, double seconds)> told;
    /// Work that nobody waits for, a slice at a time, as long as no request waits. True: there is
    /// more. Called again after the next change, and now and then.
    std::function<bool(storage::ChangesetStore&)> when_idle = [](storage::ChangesetStore&) {
        return false;
    };
};

/// Its calls may come from any thread. Each waits until its change is durable, or failed.
/// busy: too much waits already.
class Committer {
public:
    Committer(storage::ChangesetStore store, CommitLimits limits, CommitCalls calls);
    /// Finishes what waits.
    ~Committer();
    Committer(const Committer&) = delete;
    Committer& operator=(const Committer&) = delete;

    Result<std::vector<storage::Receipt>> receive(const TeamId& team, const DeviceId& device,
                                                  std::span<const std::string> bytes);
    Result<storage::Admitted> redeem(std::string_view secret, std::string_view public_key,
                                     std::string_view name, const TeamId& team);
    /// Does this next on the thread that changes the store; does not wait for it.
    void post(std::function<void(storage::ChangesetStore&)> task);
    std::size_t waiting() const;  ///< requests

private:
    using Receipts = Result<std::vector<storage::Receipt>>;
    struct Offered {
        DeviceId device;
        storage::Offering offering;
        std::promise<Receipts> taken;
    };
    struct Redeemed {
        std::string_view secret, public_key, name;
        TeamId team;
        std::promise<Result<storage::Admitted>> admitted;
    };
    // They lie on the stacks of the callers that wait for them.
    using Job = std::variant<Offered*, Redeemed*>;

    bool enqueue(Job job, std::size_t bytes);
    void work(const std::stop_token& stop);
    bool wait(const std::stop_token& stop);
    void do_tasks();
    std::vector<Offered*> next_batch();
    Redeemed* next_redeemed();
    void commit(std::span<Offered* const> batch);
    void carry_out(Redeemed& one);

    storage::ChangesetStore store_;
    CommitLimits limits_;
    CommitCalls calls_;
    bool idle_work_ = true;  // of the thread alone
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Job> queue_;
    std::deque<std::function<void(storage::ChangesetStore&)>> tasks_;
    std::size_t queued_bytes_ = 0;
    std::jthread thread_;  // last: uses all of the above
};

}  // namespace bordereau::app::endpoint
