#include "sync/serve/service.h"

#include <cstdlib>

#include "storage/changeset_store.h"
#include "storage/crypto/sign.h"
#include "sync/enrol.h"
#include "sync/serve/answering.h"

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

std::string_view outcome_of(const Reply& reply) {
    return std::holds_alternative<Same>(reply) ? "same" : "holding";
}

CallNote note_of(const ExchangeRequest& request, const Reply& reply) {
    CallNote note{request.team, request.device, std::string{outcome_of(reply)}, 0, 0};
    if (const auto* offer = std::get_if<Offer>(&request.content))
        note.changesets_in = offer->changesets.size();
    if (const auto* holding = std::get_if<Holding>(&reply))
        note.changesets_out = holding->changesets.size();
    return note;
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
    if (!*member || !(*member)->counts_at(clock_.now()) || !signed_by(body, (*member)->public_key))
        return refuse(Refusal::not_a_member, body);
    if (!timely(request->moment)) return refuse(Refusal::clock, body);

    const auto reply = reply_to(*request, holdings_of(store_, request->team, request->device));
    if (!reply) {
        Answer refused = refuse(refusal_for(reply.error()), body);
        refused.note.team = request->team;
        refused.note.device = request->device;
        return refused;
    }
    Answer answer;
    answer.body = encode(*reply, body, store_.key());
    answer.note = note_of(*request, *reply);
    return answer;
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
    const storage::Membership& membership = member->membership;
    if (membership.team != request->team) return refuse(Refusal::invitation, body);
    Answer answer;
    answer.body =
        encode(EnrolReply{Admitted{membership.role, member->certificate}}, body, store_.key());
    answer.note = {membership.team, membership.device(), "admitted", 0, 0};
    return answer;
}

Answer Service::health() const {
    const auto teams = store_.teams();
    return teams ? plain(200, "ok") : plain(503, "the store does not answer");
}

}  // namespace bordereau::sync
