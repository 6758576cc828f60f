#include "app/endpoint/metrics.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace bordereau::app::endpoint {
namespace {

// Should an outcome ever carry what a client chose, it must not grow this without bound.
constexpr std::size_t kMostRows = 200;

std::string number(double value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.15g", value);
    return digits;
}

void head(std::string& out, std::string_view name, std::string_view kind, std::string_view what) {
    out.append("# HELP ").append(name).append(" ").append(what).append("\n# TYPE ");
    out.append(name).append(" ").append(kind).append("\n");
}

template <class Value>
void row(std::string& out, std::string_view name, std::string_view labels, Value value) {
    out.append(name);
    if (!labels.empty()) out.append("{").append(labels).append("}");
    out.append(" ").append(number(static_cast<double>(value))).append("\n");
}

template <class Value>
void single(std::string& out, std::string_view name, std::string_view kind, std::string_view what,
            Value value) {
    head(out, name, kind, what);
    row(out, name, {}, value);
}

std::string label(std::string_view name, std::string_view value) {
    std::string text = std::string{name} + "=\"";
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        text += c == '\n' ? ' ' : c;
    }
    return text + '"';
}

double resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    double all = 0, resident = 0;
    file >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void print_store(std::string& out, const storage::StoreTotals& store) {
    single(out, "bordereau_store_bytes", "gauge", "Size of the store.", store.bytes);
    single(out, "bordereau_store_changesets", "gauge", "Changesets held.", store.changesets);
    single(out, "bordereau_store_waiting", "gauge", "Changesets that wait for their predecessors.",
           store.waiting);
    single(out, "bordereau_store_quarantined", "gauge",
           "Changesets refused and kept for a person to look at.", store.quarantined);
    single(out, "bordereau_store_turned_away_total", "counter",
           "Arrivals of refused changesets that were not kept, for lack of room for evidence.",
           store.turned_away);
    single(out, "bordereau_store_unfolded", "gauge",
           "Changesets held that the figures about audits do not count yet.", store.unfolded);
}

void print_listener(std::string& out, const http::ListenFigures& listener) {
    single(out, "bordereau_connections_open", "gauge", "Connections.", listener.open);
    single(out, "bordereau_connections_cut_total", "counter",
           "Connections that were too slow or idle for too long.", listener.cut);
    single(out, "bordereau_held_bytes", "gauge", "Bytes in bodies and answers under way.",
           listener.held_bytes);
    single(out, "bordereau_refused_no_room_total", "counter",
           "Requests refused because bodies held too much.", listener.no_room);
    single(out, "bordereau_refused_too_large_total", "counter",
           "Requests refused for their length.", listener.too_large);
}

}  // namespace

void Histogram::add(double seconds) {
    for (std::size_t i = 0; i < kSteps.size(); ++i)
        if (seconds <= kSteps[i]) ++counts_[i];
    ++all_;
    sum_ += seconds;
}

void Histogram::print(std::string& out, std::string_view name, std::string_view labels) const {
    const std::string comma = labels.empty() ? "" : ",";
    const std::string bucket = std::string{name} + "_bucket";
    for (std::size_t i = 0; i < kSteps.size(); ++i)
        row(out, bucket, std::string{labels} + comma + label("le", number(kSteps[i])), counts_[i]);
    row(out, bucket, std::string{labels} + comma + label("le", "+Inf"), all_);
    row(out, std::string{name} + "_sum", labels, sum_);
    row(out, std::string{name} + "_count", labels, all_);
}

void Metrics::answered(const Answered& one) {
    const std::lock_guard lock{mutex_};
    std::pair<std::string, std::string> key{one.route, one.outcome};
    if (requests_.size() >= kMostRows && !requests_.contains(key)) key.second = "other";
    ++requests_[key];
    latency_[std::string{one.route}].add(one.seconds);
    bytes_in_ += one.bytes_in;
    bytes_out_ += one.bytes_out;
    changesets_in_ += one.changesets_in;
    changesets_out_ += one.changesets_out;
    quarantined_ += one.quarantined;
    pieces_in_ += one.pieces_in;
    pieces_out_ += one.pieces_out;
}

void Metrics::committed(std::size_t requests, double seconds) {
    const std::lock_guard lock{mutex_};
    committed_requests_ += requests;
    commits_.add(seconds);
}

void Metrics::held_back(HeldBack why) {
    const std::lock_guard lock{mutex_};
    ++held_back_.at(static_cast<std::size_t>(why));
}

std::string Metrics::text(const Present& present) const {
    std::string out;
    head(out, "bordereau_build_info", "gauge", "What runs here.");
    row(out, "bordereau_build_info", label("version", BORDEREAU_VERSION), 1);
    single(out, "process_start_time_seconds", "gauge", "Since 1970.", started_at_ / 1000);
    single(out, "process_resident_memory_bytes", "gauge", "Memory in use.", resident_bytes());
    {
        const std::lock_guard lock{mutex_};
        print_requests(out);
        print_changes(out);
    }
    single(out, "bordereau_requests_waiting", "gauge", "Requests that wait for a thread.",
           present.requests_waiting);
    single(out, "bordereau_commits_waiting", "gauge", "Requests that wait for the store.",
           present.commits_waiting);
    print_store(out, present.store);
    print_listener(out, present.listener);
    return out;
}

void Metrics::print_requests(std::string& out) const {
    head(out, "bordereau_requests_total", "counter", "Requests answered.");
    for (const auto& [key, count] : requests_)
        row(out, "bordereau_requests_total",
            label("route", key.first) + "," + label("outcome", key.second), count);
    head(out, "bordereau_request_seconds", "histogram", "From a whole request to its answer.");
    for (const auto& [route, histogram] : latency_)
        histogram.print(out, "bordereau_request_seconds", label("route", route));
    head(out, "bordereau_held_back_total", "counter", "Requests told to come back later.");
    constexpr std::array<std::string_view, 3> kLimits{"device", "address", "attempts"};
    for (std::size_t i = 0; i < kLimits.size(); ++i)
        row(out, "bordereau_held_back_total", label("limit", kLimits[i]), held_back_[i]);
}

void Metrics::print_changes(std::string& out) const {
    single(out, "bordereau_received_bytes_total", "counter", "Bodies of requests.", bytes_in_);
    single(out, "bordereau_sent_bytes_total", "counter", "Bodies of answers.", bytes_out_);
    single(out, "bordereau_changesets_offered_total", "counter", "Changesets that devices brought.",
           changesets_in_);
    single(out, "bordereau_changesets_given_total", "counter", "Changesets given to devices.",
           changesets_out_);
    single(out, "bordereau_changesets_quarantined_total", "counter",
           "Changesets refused as damaged, forged or not allowed.", quarantined_);
    single(out, "bordereau_file_pieces_received_total", "counter",
           "Pieces of files that devices brought.", pieces_in_);
    single(out, "bordereau_file_pieces_given_total", "counter", "Pieces of files given to devices.",
           pieces_out_);
    head(out, "bordereau_commit_seconds", "histogram", "Transactions of the store.");
    commits_.print(out, "bordereau_commit_seconds", {});
    single(out, "bordereau_commit_requests_total", "counter",
           "Requests whose changes those transactions made.", committed_requests_);
}

}  // namespace bordereau::app::endpoint
