// app/endpoint/metrics.h - what happened so far, in numbers, for Prometheus (text format 0.0.4).
// No names and no teams: labels are routes and outcomes, of which there are few.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "app/http/listener.h"
#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

/// Counts in steps of seconds, each step's count with those of the shorter ones.
class Histogram {
public:
    static constexpr std::array kSteps{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                       0.1,   0.25,   0.5,   1.0,  2.5,   10.0};
    void add(double seconds);
    /// `labels` without braces; may be empty.
    void print(std::string& out, std::string_view name, std::string_view labels) const;

private:
    std::array<std::uint64_t, kSteps.size()> counts_{};
    std::uint64_t all_ = 0;
    double sum_ = 0;
};

/// One answered request.
struct Answered {
    std::string_view route;    ///< of a fixed few
    std::string_view outcome;  ///< of a fixed few
    double seconds = 0;
    std::size_t bytes_in = 0, bytes_out = 0;
    std::size_t changesets_in = 0, changesets_out = 0, quarantined = 0;
    std::size_t pieces_in = 0, pieces_out = 0;  ///< of files
};

/// Why somebody was told to come back before anything was looked at.
enum class HeldBack { device, address, attempts };

/// What is so now.
struct Present {
    storage::StoreTotals store;
    http::ListenFigures listener;
    std::size_t requests_waiting = 0, commits_waiting = 0;
};

/// From any thread.
class Metrics {
public:
    explicit Metrics(Millis started_at) : started_at_(started_at) {}

    void answered(const Answered& one);
    void committed(std::size_t requests, double seconds);
    void held_back(HeldBack why);
    std::string text(const Present& present) const;

private:
    void print_requests(std::string& out) const;
    void print_changes(std::string& out) const;

    Millis started_at_;
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> requests_;
    std::map<std::string, Histogram> latency_;
    std::uint64_t bytes_in_ = 0, bytes_out_ = 0;
    std::uint64_t changesets_in_ = 0, changesets_out_ = 0, quarantined_ = 0;
    std::uint64_t pieces_in_ = 0, pieces_out_ = 0;
    std::uint64_t committed_requests_ = 0;
    Histogram commits_;
    std::array<std::uint64_t, 3> held_back_{};
};

}  // namespace bordereau::app::endpoint
