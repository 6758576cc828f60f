#include "sync/serve/answering.h"

#include <algorithm>

namespace bordereau::sync {
namespace {

// The receipts that a device must know about.
std::vector<Declined> declined_of(const std::vector<storage::Receipt>& receipts) {
    std::vector<Declined> declined;
    for (const storage::Receipt& receipt : receipts)
        if (receipt.reception == storage::Reception::waiting || is_refusal(receipt.reception))
            declined.push_back({receipt.chain, receipt.number, receipt.fault});
    return declined;
}

Result<Reply> greet(const Hello& hello, const Holdings& ours) {
    auto vector = ours.vector();
    if (!vector) return std::move(vector).error();
    if (digest_of(*vector) == hello.digest) return Reply{Same{}};
    return Reply{Holding{std::move(*vector), {}, {}}};
}

Result<Reply> take_up(const Offer& offer, const Holdings& ours) {
    Holding holding;
    if (!offer.changesets.empty()) {
        const auto receipts = ours.receive(offer.changesets);
        if (!receipts) return receipts.error();
        holding.declined = declined_of(*receipts);
    }
    // Read after all that was offered is durable: this is the acknowledgement.
    auto vector = ours.vector();
    if (!vector) return std::move(vector).error();
    holding.vector = std::move(*vector);
    if (offer.answer_bytes == 0) return Reply{std::move(holding)};
    auto missing = ours.missing(offer.vector, std::min(offer.answer_bytes, kBatchBytes));
    if (!missing) return std::move(missing).error();
    for (storage::StoredChangeset& changeset : *missing)
        holding.changesets.push_back(std::move(changeset.bytes));
    return Reply{std::move(holding)};
}

}  // namespace

Result<Reply> reply_to(const ExchangeRequest& request, const Holdings& ours) {
    if (const auto* offer = std::get_if<Offer>(&request.content)) return take_up(*offer, ours);
    return greet(std::get<Hello>(request.content), ours);
}

}  // namespace bordereau::sync
