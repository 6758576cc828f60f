// Any bytes as the payload of each message between two machines, signed as if a member had meant it
// so, and as each of the codes that people paste. What is read must be read the same after it was
// written again.
// Seeds: tests/data/fuzz/message, a payload of each kind and a code of each kind.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/check.h"
#include "sync/admission_code.h"
#include "sync/blob_protocol.h"
#include "sync/code_letters.h"
#include "sync/enrol.h"
#include "sync/invitation.h"
#include "sync/protocol.h"
#include "sync/signed_bytes.h"
#include "tests/support/parties.h"

namespace {

using namespace bordereau;

const test::Pair& parties() {
    static const test::Pair both;
    return both;
}

template <class Message>
void insist_same(const Result<Message>& again, const Message& first) {
    check(again.ok() && *again == first, "a message changes when it is written and read");
}

void as_request(std::string_view payload) {
    const std::string bytes = sync::signed_request(std::string{payload}, parties().device);
    static_cast<void>(sync::sender_of(bytes));
    if (const auto read = sync::decode_request(bytes))
        insist_same(sync::decode_request(sync::encode(*read, parties().device)), *read);
    if (const auto read = sync::decode_blob_request(bytes))
        insist_same(sync::decode_blob_request(sync::encode(*read, parties().device)), *read);
    if (const auto read = sync::decode_enrol_request(bytes))
        insist_same(sync::decode_enrol_request(sync::encode(*read, parties().device)), *read);
}

template <class Message, class Decode>
void as_one_reply(std::string_view payload, Decode decode) {
    const std::string request = "a request";
    const auto& endpoint = parties().endpoint;
    const std::string bytes = sync::signed_reply(std::string{payload}, request, endpoint);
    const auto read = decode(bytes, request, endpoint.public_key());
    if (!read) return;
    const std::string again = sync::encode(Message{*read}, request, endpoint);
    insist_same(decode(again, request, endpoint.public_key()), *read);
}

void as_reply(std::string_view payload) {
    as_one_reply<sync::Reply>(payload, sync::decode_reply);
    as_one_reply<sync::EnrolReply>(payload, sync::decode_enrol_reply);
    as_one_reply<sync::BlobReply>(payload, sync::decode_blob_reply);
}

void as_code(std::string_view text) {
    if (const auto read = sync::read_code(text))
        insist_same(sync::read_code(sync::to_code(*read)), *read);
    if (const auto read = sync::read_device_code(text))
        insist_same(sync::read_device_code(sync::to_code(*read)), *read);
    if (const auto read = sync::read_member_code(text))
        insist_same(sync::read_member_code(sync::to_code(*read)), *read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    as_request(bytes);
    as_reply(bytes);
    as_code(bytes);
    as_code(sync::to_code_letters(bytes));
    return 0;
}
