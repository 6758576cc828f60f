#include "sync/lan.h"

#include <charconv>
#include <memory>

#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/teams.h"
#include "sync/blob_shelf.h"
#include "sync/door.h"
#include "sync/logged.h"
#include "sync/replica.h"

namespace bordereau::sync {
namespace {

constexpr int kOk = 200, kMaxPort = 65535;
constexpr std::size_t kMaxName = 253;

bool is_name(std::string_view host) {
    if (host.empty() || host.size() > kMaxName) return false;
    for (const char c : host) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && c != '.' && c != '-') return false;
    }
    return true;
}

bool is_v6(std::string_view host) {
    return host.find(':') != std::string_view::npos &&
           host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

// Directly, whatever proxy leads elsewhere: the other laptop is in this network.
Transport direct(Transport transport) {
    return [transport = std::move(transport)](const Request& request, std::stop_token stop) {
        Request here = request;
        here.proxy = "";
        here.limits.connect = std::chrono::seconds{8};
        return transport(here, std::move(stop));
    };
}

Result<DoorStatement> read_door(const std::string& url, const Transport& unchecked,
                                const std::stop_token& stop) {
    Request request;
    request.method = "GET";
    request.url = url + "/v1/door";
    request.limits.answer_bytes = kMaxDoorBytes;
    const auto response = unchecked(request, stop);
    if (!response) return response.error();
    if (response->status != kOk) return Error{ErrorCode::corrupt, "no door there"};
    return decode_door(response->body);
}

Status may_enter(storage::Notebook& notebook, const DoorStatement& door) {
    if (door.hint != team_hint(notebook.team(), door.pin))
        return Error{ErrorCode::refused, "the laptop there is of another team"};
    const auto device = storage::crypto::device_id(door.public_key);
    if (device == notebook.device())
        return Error{ErrorCode::refused, "this laptop itself answers there"};
    return meet_member(notebook, door.public_key, door.certificate);
}

// Shows the other laptop by what this one belongs to the team. Whether it needed that is seen from
// its answers.
Status introduce(storage::Notebook& notebook, const Peer& peer, const Transport& transport,
                 const std::stop_token& stop) {
    const auto certificate = storage::Teams{notebook}.certificate();
    if (!certificate) return certificate.error();
    if (!*certificate) return done();
    Request request;
    request.url = peer.url + "/v1/door";
    request.body = **certificate;
    request.limits.answer_bytes = kMaxDoorBytes;
    const auto response = transport(request, stop);
    return response ? done() : Status{response.error()};
}

// Only what the other laptop may hold is offered to it.
BlobStock stock_for(storage::Notebook& notebook, const Peer& peer) {
    BlobStock stock = stock_of(notebook, outbox_name(peer));
    const DeviceId member = storage::crypto::device_id(peer.public_key);
    stock.waiting = [&notebook, member,
                     waiting =
                         std::move(stock.waiting)]() -> Result<std::vector<storage::NamedFile>> {
        auto files = waiting();
        const auto admission = notebook.journal().admission();
        if (!admission) return admission.error();
        if (files)
            std::erase_if(*files, [&](const storage::NamedFile& file) {
                return !admission->covers(member, file.lane);
            });
        return files;
    };
    return stock;
}

Station station_at_door(std::shared_ptr<storage::Notebook> notebook, Peer peer,
                        Transport transport) {
    const Logged logged{*notebook, storage::Way::laptop};
    const std::string name = outbox_name(peer);
    const DeviceId member = storage::crypto::device_id(peer.public_key);
    Station station;
    station.replica = logged.watch(replica_of(*notebook, name, member));
    station.parties = {notebook->team(), &notebook->device_key(), peer.public_key};
    station.files = logged.watch(stock_for(*notebook, peer));
    station.peer = std::move(peer);
    station.transport = std::move(transport);
    station.ended = [logged](const Tally& tally) { logged.end_round(tally); };
    station.owner = std::move(notebook);
    return station;
}

}  // namespace

Result<std::string> door_url(std::string_view typed) {
    const Error invalid{ErrorCode::invalid, "no address of a laptop"};
    std::string_view host = trimmed(typed), port;
    if (starts_with_ignoring_case(host, "https://")) host.remove_prefix(8);
    if (!host.empty() && host.back() == '/') host.remove_suffix(1);
    const bool bracketed = !host.empty() && host.front() == '[';
    if (bracketed) {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos) return invalid;
        port = host.substr(end + 1);
        host = host.substr(1, end - 1);
    } else if (const std::size_t colon = host.find(':'); colon == host.rfind(':')) {
        port = colon == std::string_view::npos ? "" : host.substr(colon);
        host = host.substr(0, colon);
    }
    int number = kDoorPort;
    if (!port.empty()) {
        const char* end = port.data() + port.size();
        const auto read = std::from_chars(port.data() + 1, end, number);
        if (port.front() != ':' || read.ec != std::errc{} || read.ptr != end) return invalid;
    }
    if (number < 1 || number > kMaxPort) return invalid;
    const bool v6 = is_v6(host);
    if ((bracketed && !v6) || (!v6 && !is_name(host))) return invalid;
    const std::string shown = v6 ? "[" + std::string{host} + "]" : std::string{host};
    return "https://" + shown + ":" + std::to_string(number);
}

Result<Peer> knock(storage::Notebook& notebook, std::string url, const DoorTransport& way,
                   const std::stop_token& stop) {
    const auto door = read_door(url, direct(way({})), stop);
    if (!door) return door.error();
    if (Status may = may_enter(notebook, *door); !may) return may.error();
    return Peer{std::move(url), door->public_key, door->pin};
}

RoundEnd exchange_at_door(storage::Notebook notebook, std::string url, const DoorTransport& way,
                          const std::function<void(const Progress&)>& tell,
                          const std::stop_token& stop) {
    RoundEnd end;
    const auto owned = std::make_shared<storage::Notebook>(std::move(notebook));
    auto peer = knock(*owned, std::move(url), way, stop);
    if (!peer) {
        end.status = std::move(peer).error();
        return end;
    }
    if (auto sealed = owned->journal().seal_finished(); !sealed) {
        end.status = std::move(sealed).error();
        return end;
    }
    Transport pinned = direct(way(peer->certificate_pin));
    if (Status told = introduce(*owned, *peer, pinned, stop); !told) {
        end.status = std::move(told);
        return end;
    }
    const Station station = station_at_door(owned, *std::move(peer), std::move(pinned));
    // By reference: a copy of a source of random bytes may give the same ones again.
    const Entropy entropy = [owned](std::span<std::uint8_t> bytes) { owned->entropy()(bytes); };
    return run_station(station, owned->clock(), entropy, tell, stop);
}

}  // namespace bordereau::sync
