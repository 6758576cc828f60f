#include "sync/logged.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/notebook.h"
#include "storage/outbox.h"

namespace bordereau::sync {
namespace {

using storage::Receipt;
using storage::TravelEvent;
using storage::TravelLog;
using storage::VersionVector;
using Changesets = std::vector<TravelLog::Changeset>;

}  // namespace

struct Logged::State {
    storage::Notebook& notebook;
    TravelLog log;
    storage::Way way;
    std::set<TravelLog::Changeset> under_way;  // sent in this round, not acknowledged yet
    std::set<TravelLog::Changeset> refused;    // in this round, as told already

    // Whether it was written matters to nobody who waits for the changesets themselves.
    void write(TravelEvent event, const Changesets& changesets, std::string_view reason = {}) {
        static_cast<void>(log.add(way, event, changesets, reason));
    }
    void write_file(TravelEvent event, std::string_view hash, std::string_view reason = {}) {
        static_cast<void>(log.add_file(way, event, hash, reason));
    }

    // An exchange comes to the same one again, from either side, while it looks where a chain
    // parts.
    void note_refused(const std::map<std::string_view, Changesets>& by_reason) {
        for (const auto& [reason, changesets] : by_reason) {
            Changesets news;
            for (const auto& one : changesets)
                if (refused.insert(one).second) news.push_back(one);
            write(TravelEvent::refused, news, reason);
        }
    }

    void note_receipts(const std::vector<Receipt>& receipts) {
        Changesets received;
        std::map<std::string_view, Changesets> turned_down;
        for (const Receipt& receipt : receipts) {
            if (receipt.reception == storage::Reception::applied)
                received.emplace_back(receipt.chain, receipt.number);
            if (is_refusal(receipt.reception) && receipt.fault)
                turned_down[storage::name_of(*receipt.fault)].emplace_back(receipt.chain,
                                                                           receipt.number);
        }
        write(TravelEvent::received, received);
        note_refused(turned_down);
    }

    // Of a copied laptop's chain the other side may hold other changesets under the same numbers.
    void note_acknowledged(const VersionVector& held) {
        const auto same = storage::alike(notebook, held);
        if (!same) return;
        Changesets acknowledged;
        for (const auto& changeset : under_way)
            if (const auto end = same->find(changeset.first);
                end != same->end() && end->second.number >= changeset.second)
                acknowledged.push_back(changeset);
        for (const auto& changeset : acknowledged) under_way.erase(changeset);
        write(TravelEvent::acknowledged, acknowledged);
    }
};

Logged::Logged(storage::Notebook& notebook, storage::Way way)
    : state_(std::make_shared<State>(State{notebook, TravelLog{notebook}, way, {}, {}})) {}

Holdings Logged::watch(Holdings holdings) const {
    return {std::move(holdings.vector),
            [state = state_, missing = std::move(holdings.missing)](const VersionVector& theirs,
                                                                    std::size_t bytes) {
                auto found = missing(theirs, bytes);
                if (found)
                    for (const auto& one : *found) state->under_way.emplace(one.chain, one.number);
                return found;
            },
            [state = state_,
             receive = std::move(holdings.receive)](std::span<const std::string> bytes) {
                auto receipts = receive(bytes);
                if (receipts) state->note_receipts(*receipts);
                return receipts;
            }};
}

// What an exchange looks up it may not send yet: it tells what it offers.
Replica Logged::watch(Replica replica) const {
    auto missing = replica.holdings.missing;
    replica.holdings = watch(std::move(replica.holdings));
    replica.holdings.missing = std::move(missing);
    replica.offered = [state = state_](const Numbered& offered) {
        state->under_way.insert(offered.begin(), offered.end());
    };
    replica.acknowledge =
        [state = state_, acknowledge = std::move(replica.acknowledge)](const VersionVector& held) {
            Status kept = acknowledge(held);
            if (kept) state->note_acknowledged(held);
            return kept;
        };
    return replica;
}

BlobStock Logged::watch(BlobStock stock) const {
    stock.acknowledge = [state = state_,
                         acknowledge = std::move(stock.acknowledge)](std::string_view hash) {
        Status kept = acknowledge(hash);
        if (kept) state->write_file(TravelEvent::acknowledged, hash);
        return kept;
    };
    stock.take = [state = state_, take = std::move(stock.take)](std::string_view hash,
                                                                const storage::FilePiece& piece) {
        auto arrival = take(hash, piece);
        if (arrival && arrival->held == piece.size) state->write_file(TravelEvent::received, hash);
        if (arrival && arrival->damaged)
            state->write_file(TravelEvent::refused, hash, "damaged-file");
        return arrival;
    };
    stock.declined = [state = state_](std::string_view hash, PieceFate fate) {
        const bool damaged = fate == PieceFate::damaged;
        state->write_file(TravelEvent::refused, hash, damaged ? "damaged-file" : "not-named");
    };
    return stock;
}

void Logged::end_round(const Tally& tally) const {
    std::map<std::string_view, Changesets> declined;
    for (const Declined& one : tally.declined) {
        if (!one.fault) continue;
        declined[storage::name_of(*one.fault)].emplace_back(one.chain, one.number);
        state_->under_way.erase({one.chain, one.number});
    }
    state_->note_refused(declined);
    state_->refused.clear();
    state_->write(TravelEvent::sent, {state_->under_way.begin(), state_->under_way.end()});
    state_->under_way.clear();
}

}  // namespace bordereau::sync
