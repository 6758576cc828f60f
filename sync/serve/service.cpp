#include "sync/serve/service.h"

#include <cstdlib>

#include "storage/changeset_store.h"
#include "storage/crypto/sign.h"
#include "sync/enrol.h"
#include "sync/serve/answering.h"
#include "sync/serve/blob_answering.h"

namespace bordereau::sync {
namespace {

constexpr std::chrono::seconds kComeBackSoon{5}, kComeBackLater{300};
constexpr int kSpread = 11;  // seconds over which those that shall come back soon are spread
constexpr int kTooManyRequests = 429;

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

// Whoever asked while a database was away comes back soon, but not all at once: a request ends with
// its signature, which is as good as dice.
std::chrono::seconds soon_after(std::string_view body) {
    const int dice = body.empty() ? 0 : static_cast<unsigned char>(body.back());
    return kComeBackSoon + std::chrono::seconds{dice % kSpread};
}

std::string_view outcome_of(const Reply& reply) {
    return std::holds_alternative<Same>(reply) ? "same" : "holding";
}

void note(const ExchangeRequest& request, const Reply& reply, CallNote& note) {
    note.outcome = outcome_of(reply);
    if (const auto* offer = std::get_if<Offer>(&request.content))
        note.changesets_in = offer->changesets.size();
    const auto* holding = std::get_if<Holding>(&reply);
    if (!holding) return;
    note.changesets_out = holding->changesets.size();
    for (const Declined& one : holding->declined) {
        ++(one.fault ? note.quarantined : note.waiting);
        if (one.fault) ++note.refused[{*one.fault, one.chain.device}];
    }
}

void note(const BlobReply& reply, CallNote& note) {
    note.outcome = "files";
    if (const auto* taken = std::get_if<Taken>(&reply)) note.pieces_in = taken->pieces.size();
    if (const auto* given = std::get_if<Given>(&reply))
        for (const Given::One& one : given->files) note.pieces_out += one.bytes.empty() ? 0 : 1;
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

Answer plain_answer(int status, std::string_view text) {
    Answer answer;
    answer.status = status;
    answer.body = std::string{text} + "\n";
    answer.content_type = "text/plain; charset=utf-8";
    answer.note.outcome = text;
    return answer;
}

Running alone_with(storage::ChangesetStore& store) {
    return {[&store](const TeamId& team, const DeviceId&, std::span<const std::string> bytes) {
                return store.receive(team, bytes);
            },
            [&store](std::string_view secret, std::string_view key, std::string_view name,
                     const TeamId& team) { return store.redeem(secret, key, name, team); },
            [](const DeviceId&) { return std::optional<std::chrono::seconds>{}; }};
}

Answer Service::handle(const Call& call) {
    if (call.path == "/health" || call.path == "/ready") {
        if (call.method != "GET") return plain_answer(405, "use GET");
        return call.path == "/health" ? plain_answer(200, "ok") : ready();
    }
    const bool about_files = files_ != nullptr && call.path == "/v1/blob";
    if (call.path != "/v1/exchange" && call.path != "/v1/enrol" && !about_files)
        return plain_answer(404, "not found");
    if (call.method != "POST") return plain_answer(405, "use POST");
    if (call.body.size() > (about_files ? kMaxBlobMessageBytes : kMaxMessageBytes))
        return plain_answer(413, "too large");
    if (about_files) return blob(call.body);
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

Answer Service::refuse(const Error& error, std::string_view body) const {
    Answer answer = refuse(refusal_for(error), body);
    // Away, or not to be written for a moment, as a database is while another server takes over.
    if (error.code == ErrorCode::offline || error.code == ErrorCode::refused)
        answer.retry_after = soon_after(body);
    answer.note.detail = error.detail;
    return answer;
}

Answer Service::hold_back(std::chrono::seconds wait, std::string_view body) const {
    Answer answer = refuse(Refusal::busy, body);
    answer.status = kTooManyRequests;
    answer.retry_after = wait;
    answer.note.outcome = "held-back";
    return answer;
}

bool Service::timely(const Moment& moment) const {
    return std::llabs(moment.millis() - clock_.now()) <=
           std::chrono::milliseconds{kClockTolerance}.count();
}

// Who asks is believed from here on; nothing: they are answered.
template <class Asked>
std::optional<Answer> Service::turned_away(const Asked& request, std::string_view body) {
    const auto member = store_.member(request.team, request.device);
    if (!member) return refuse(member.error(), body);
    if (!*member || !(*member)->counts_at(clock_.now()) || !signed_by(body, (*member)->public_key))
        return refuse(Refusal::not_a_member, body);
    std::optional<Answer> away;
    if (!timely(request.moment))
        away = refuse(Refusal::clock, body);
    else if (const auto wait = running_.held_back(request.device))
        away = hold_back(*wait, body);
    if (away) name(request, *away);
    return away;
}

template <class Asked>
void Service::name(const Asked& request, Answer& answer) {
    answer.note.team = request.team;
    answer.note.device = request.device;
}

Answer Service::exchange(std::string_view body) {
    const auto sender = sender_of(body);
    if (!sender) return refuse(Refusal::malformed, body);
    if (auto away = turned_away(*sender, body)) return *std::move(away);
    // Only now: what a stranger sent is not worth unpacking.
    const auto request = decode_request(body);
    if (!request) return refuse(Refusal::malformed, body);
    Holdings holdings = holdings_of(store_, request->team, request->device);
    holdings.receive = [this, &request](std::span<const std::string> bytes) {
        return running_.receive(request->team, request->device, bytes);
    };
    const auto reply = reply_to(*request, holdings);
    Answer answer = reply ? Answer{} : refuse(reply.error(), body);
    if (reply) {
        answer.body = encode(*reply, body, store_.key());
        note(*request, *reply, answer.note);
    }
    name(*request, answer);
    return answer;
}

Answer Service::blob(std::string_view body) {
    const auto request = decode_blob_request(body);
    if (!request) return refuse(Refusal::malformed, body);
    if (auto away = turned_away(*request, body)) return *std::move(away);
    const auto reply =
        reply_to(*request, shelf_of(store_, *files_, request->team, request->device));
    Answer answer = reply ? Answer{} : refuse(reply.error(), body);
    if (reply) {
        answer.body = encode(*reply, body, store_.key());
        note(*reply, answer.note);
    }
    name(*request, answer);
    return answer;
}

Answer Service::enrol(std::string_view body) {
    const auto request = decode_enrol_request(body);
    if (!request) return refuse(Refusal::malformed, body);
    if (!timely(request->moment)) return refuse(Refusal::clock, body);
    const auto member =
        running_.redeem(request->secret, request->public_key, request->name, request->team);
    if (!member)
        return member.error().code == ErrorCode::refused ? refuse(Refusal::invitation, body)
                                                         : refuse(member.error(), body);
    const storage::Membership& membership = member->membership;
    if (membership.team != request->team) return refuse(Refusal::invitation, body);
    Answer answer;
    answer.body =
        encode(EnrolReply{Admitted{membership.role, member->certificate}}, body, store_.key());
    answer.note.outcome = "admitted";
    answer.note.team = membership.team;
    answer.note.device = membership.device();
    return answer;
}

Answer Service::ready() const {
    const auto teams = store_.teams();
    return teams ? plain_answer(200, "ready") : plain_answer(503, "the store does not answer");
}

}  // namespace bordereau::sync
