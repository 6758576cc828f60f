// tests/support/direct.h - two laptops that exchange without an endpoint: one asks, one answers.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <string>

#include "storage/base/text.h"
#include "sync/exchange.h"
#include "sync/serve/answering.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {

inline sync::Exchange exchange_with(storage::Notebook& asking, const storage::Notebook& answering) {
    return {
        sync::replica_of(asking, to_hex(answering.device_key().public_key()), answering.device()),
        {asking.team(), &asking.device_key(), answering.device_key().public_key()},
        asking.clock(),
        asking.entropy()};
}

/// What a laptop answers to a request of another one, which it knows.
inline std::string answer_of(storage::Notebook& answering, const std::string& request) {
    const auto read = want(sync::decode_request(request));
    const auto reply = want(sync::reply_to(read, sync::holdings_of(answering, read.device)));
    return sync::encode(reply, request, answering.device_key());
}

/// Until both hold what both may hold.
inline sync::Tally exchange_directly(storage::Notebook& asking, storage::Notebook& answering) {
    sync::Exchange exchange = exchange_with(asking, answering);
    for (;;) {
        const auto request = want(exchange.next());
        if (!request) return exchange.tally();
        REQUIRE(exchange.tally().requests < 100);
        want(
            exchange.take(*request, want(exchange.read(*request, answer_of(answering, *request)))));
    }
}

}  // namespace bordereau::test
