#include "sync/serve/door_service.h"

#include <cstdlib>

#include "storage/notebook.h"
#include "storage/teams.h"
#include "sync/blob_protocol.h"
#include "sync/blob_shelf.h"
#include "sync/door.h"
#include "sync/logged.h"
#include "sync/replica.h"
#include "sync/serve/answering.h"
#include "sync/serve/blob_answering.h"

namespace bordereau::sync {
namespace {

Refusal refusal_for(const Error& error) {
    switch (error.code) {
        case ErrorCode::busy: return Refusal::busy;
        case ErrorCode::full: return Refusal::full;
        default: return Refusal::unavailable;
    }
}

}  // namespace

DoorService::DoorService(storage::Notebook& notebook, std::string pin) : notebook_(notebook) {
    const auto& device = notebook.device_key();
    std::string hint = team_hint(notebook.team(), pin);
    const auto certificate = storage::Teams{notebook}.certificate();
    statement_ = encode(DoorStatement{std::move(hint), device.public_key(), std::move(pin),
                                      Moment::at(notebook.clock().now(), notebook.entropy()),
                                      certificate ? certificate->value_or("") : ""},
                        device);
}

Answer DoorService::handle(const Call& call) {
    if (call.path == "/v1/door") {
        if (call.method == "POST") return introduced(call.body);
        if (call.method != "GET") return plain_answer(405, "use GET or POST");
        Answer answer;
        answer.body = statement_;
        answer.note.outcome = "door";
        return answer;
    }
    if (call.path != "/v1/exchange" && call.path != "/v1/blob")
        return plain_answer(404, "not found");
    if (call.method != "POST") return plain_answer(405, "use POST");
    const bool about_files = call.path == "/v1/blob";
    if (call.body.size() > (about_files ? kMaxBlobMessageBytes : kMaxMessageBytes))
        return plain_answer(413, "too large");
    return about_files ? blob(call.body) : exchange(call.body);
}

// Of a membership that holds everybody may hear, whoever brings it; it gives nobody anything yet.
Answer DoorService::introduced(std::string_view certificate) {
    const auto shown = certificate.size() <= storage::kMaxCertificateBytes
                           ? storage::read_certificate(certificate)
                           : Error{ErrorCode::refused, "too long"};
    if (!shown) return plain_answer(400, "no certificate");
    const Status met = meet_member(notebook_, shown->public_key, certificate);
    return met ? plain_answer(200, "ok") : plain_answer(403, "no member");
}

Answer DoorService::refuse(Refusal reason, std::string_view body) const {
    Answer answer;
    answer.status = http_status(reason);
    answer.body =
        encode(Reply{Refused{reason, notebook_.clock().now()}}, body, notebook_.device_key());
    answer.note.outcome = name_of(reason);
    return answer;
}

std::optional<Refusal> DoorService::objection(const TeamId& team, const DeviceId& device,
                                              const Moment& moment, std::string_view body) const {
    if (team != notebook_.team()) return Refusal::not_a_member;
    const auto admission = notebook_.journal().admission();
    if (!admission) return refusal_for(admission.error());
    const storage::Membership* member = admission->latest(device);
    const Millis now = notebook_.clock().now();
    if (member == nullptr || !member->counts_at(now) || !signed_by(body, member->public_key))
        return Refusal::not_a_member;
    const bool timely =
        std::llabs(moment.millis() - now) <= std::chrono::milliseconds{kClockTolerance}.count();
    return timely ? std::nullopt : std::optional{Refusal::clock};
}

template <class Request, class Reply>
Answer DoorService::answer(const Result<Request>& request, std::string_view body, Reply reply_for) {
    if (!request) return refuse(Refusal::malformed, body);
    if (const auto reason = objection(request->team, request->device, request->moment, body))
        return refuse(*reason, body);
    const auto reply = reply_for(*request);
    Answer answer = reply ? Answer{} : refuse(refusal_for(reply.error()), body);
    if (reply) {
        answer.body = encode(*reply, body, notebook_.device_key());
        answer.note.outcome = "answered";
    }
    answer.note.team = request->team;
    answer.note.device = request->device;
    return answer;
}

Answer DoorService::exchange(std::string_view body) {
    return answer(decode_request(body), body, [this](const ExchangeRequest& request) {
        // What was finished here since the door was opened goes along.
        if (auto sealed = notebook_.journal().seal_finished(); !sealed)
            return Result<Reply>{sealed.error()};
        const Logged logged{notebook_, storage::Way::laptop};
        auto reply = reply_to(request, logged.watch(holdings_of(notebook_, request.device)));
        logged.end_round({});
        return reply;
    });
}

Answer DoorService::blob(std::string_view body) {
    return answer(decode_blob_request(body), body, [this](const BlobRequest& request) {
        return reply_to(request, shelf_of(notebook_, request.device));
    });
}

}  // namespace bordereau::sync
