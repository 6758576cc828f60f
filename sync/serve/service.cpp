#include "sync/serve/service.h"

#include <algorithm>
#include <cstdlib>

#include "storage/changeset_store.h"
#include "storage/crypto/sign.h"
#include "sync/enrol.h"

namespace bordereau::sync {
namespace {

constexpr std::chrono::seconds kComeBackSoon{5}, kComeBackLater{300};

Refusal refusal_for(const Error& error) {
    switch (error.code) {
        case ErrorCode::busy: return Refusal::busy;
        case ErrorCode::full: return Refusal::full;
        default: return Refusal::unavailable;
    }
}

std::optional<std::chrono::seconds> retry_after(Refusal reason) {
    if (reason == Refusal::busy) return kComeBackSoon;
    if (reason == Refusal::full || reason == Refusal::unavailable) return kComeBackLater;
    return std::nullopt;
}

Answer plain(int status, std::string_view text) {
    Answer answer;
    answer.status = status;
    answer.body = std::string{text} + "\n";
    answer.content_type = "text/plain";
    answer.note.outcome = text;
    return answer;
}

// The receipts that a device must know about.
std::vector<Declined> declined_of(const std::vector<storage::Receipt>& receipts) {
    std::vector<Declined> declined;
    for (const storage::Receipt& receipt : receipts)
        if (receipt.reception == storage::Reception::waiting ||
            receipt.reception == storage::Reception::quarantined)
            declined.push_back({receipt.device, receipt.number, receipt.fault});
    return declined;
}

}  // namespace

std::string_view name_of(Refusal reason) {
    switch (reason) {
        case Refusal::malformed: return "malformed";
        case Refusal::not_a_member: return "not-a-member";
        case Refusal::clock: return "clock";
        case Refusal::invitation: return "invitation";
        case Refusal::busy: return "busy";
        case Refusal::full: return "full";
        case Refusal::unavailable: break;
    }
    return "unavailable";
}

int http_status(Refusal reason) {
    switch (reason) {
        case Refusal::malformed: return 400;
        case Refusal::not_a_member:
        case Refusal::clock:
        case Refusal::invitation: return 403;
        case Refusal::full: return 507;
        case Refusal::busy:
        case Refusal::unavailable: break;
    }
    return 503;
}

Answer Service::handle(const Call& call) {
    if (call.path == "/health") return call.method == "GET" ? health() : plain(405, "use GET");
    if (call.path != "/v1/exchange" && call.path != "/v1/enrol") return plain(404, "not found");
    if (call.method != "POST") return plain(405, "use POST");
    if (call.body.size() > kMaxMessageBytes) return plain(413, "too large");
    return call.path == "/v1/enrol" ? enrol(call.body) : exchange(call.body);
}

Answer Service::refuse(Refusal reason, std::string_view body) const {
    Answer answer;
    answer.status = http_status(reason);
    answer.body = encode(Reply{Refused{reason, clock_.now()}}, body, store_.key());
    answer.retry_after = retry_after(reason);
    answer.note.outcome = name_of(reason);
    return answer;
}

bool Service::timely(const Moment& moment) const {
    return std::llabs(moment.millis() - clock_.now()) <=
           std::chrono::milliseconds{kClockTolerance}.count();
}

Answer Service::exchange(std::string_view body) {
    const auto request = decode_request(body);
    if (!request) return refuse(Refusal::malformed, body);
    const auto member = store_.member(request->team, request->device);
    if (!member) return refuse(refusal_for(member.error()), body);
    if (!*member || (*member)->revoked || !signed_by(body, (*member)->public_key))
        return refuse(Refusal::not_a_member, body);
    if (!timely(request->moment)) return refuse(Refusal::clock, body);

    Answer answer;
    answer.note = {request->team, request->device, {}, 0, 0};
    const auto reply = reply_to(*request, answer.note);
    if (!reply) {
        Answer refused = refuse(refusal_for(reply.error()), body);
        refused.note.team = request->team;
        refused.note.device = request->device;
        return refused;
    }
    answer.body = encode(*reply, body, store_.key());
    return answer;
}

Result<Reply> Service::reply_to(const ExchangeRequest& request, CallNote& note) {
    note.outcome = "holding";
    if (const auto* offer = std::get_if<Offer>(&request.content))
        return hold(request.team, *offer, note);
    auto vector = store_.vector(request.team);
    if (!vector) return std::move(vector).error();
    if (digest_of(*vector) != std::get<Hello>(request.content).digest)
        return Reply{Holding{std::move(*vector), {}, {}}};
    note.outcome = "same";
    return Reply{Same{}};
}

Result<Reply> Service::hold(const TeamId& team, const Offer& offer, CallNote& note) {
    Holding holding;
    if (!offer.changesets.empty()) {
        auto receipts = store_.receive(team, offer.changesets);
        if (!receipts) return std::move(receipts).error();
        holding.declined = declined_of(*receipts);
    }
    // Read after everything was received and is durable: this is the acknowledgement.
    auto vector = store_.vector(team);
    if (!vector) return std::move(vector).error();
    holding.vector = std::move(*vector);
    auto missing = store_.missing(team, offer.vector, std::min(offer.answer_bytes, kBatchBytes));
    if (!missing) return std::move(missing).error();
    for (storage::StoredChangeset& changeset : *missing)
        holding.changesets.push_back(std::move(changeset.bytes));
    note.changesets_in = offer.changesets.size();
    note.changesets_out = holding.changesets.size();
    return Reply{std::move(holding)};
}

Answer Service::enrol(std::string_view body) {
    const auto request = decode_enrol_request(body);
    if (!request) return refuse(Refusal::malformed, body);
    if (!timely(request->moment)) return refuse(Refusal::clock, body);
    const auto member = store_.redeem(request->secret, request->public_key, request->name);
    if (!member)
        return refuse(member.error().code == ErrorCode::refused ? Refusal::invitation
                                                                : refusal_for(member.error()),
                      body);
    if (member->team != request->team) return refuse(Refusal::invitation, body);
    Answer answer;
    answer.body = encode(EnrolReply{Admitted{member->role}}, body, store_.key());
    answer.note = {member->team, member->device, "admitted", 0, 0};
    return answer;
}

Answer Service::health() const {
    const auto teams = store_.teams();
    return teams ? plain(200, "ok") : plain(503, "the store does not answer");
}

}  // namespace bordereau::sync
