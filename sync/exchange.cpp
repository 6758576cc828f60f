#include "sync/exchange.h"

#include <algorithm>
#include <limits>

#include "storage/crypto/sign.h"
#include "sync/message_parts.h"

namespace bordereau::sync {
namespace {

constexpr std::size_t kSmallestBatch = std::size_t{16} << 10;
constexpr int kFruitlessReplies = 2;
// Where the way there and back takes longer than the first, larger batches save waiting; nearer,
// they only keep one side idle while the other works. A reply within the second allows larger ones;
// beyond the third a cut line costs too much.
constexpr Millis kNear = 250, kQuick = 1'000, kSlow = 15'000;
constexpr std::int64_t kNothingMore = std::numeric_limits<std::int64_t>::max();

storage::ChainEnd end_in(const VersionVector& vector, const ChainId& chain) {
    const auto found = vector.find(chain);
    return found == vector.end() ? storage::ChainEnd{} : found->second;
}

bool goes_beyond(const storage::ChainEnd& one, const storage::ChainEnd& other) {
    if (one.number != other.number) return one.number > other.number;
    return one.mark != other.mark && one.mark != 0 && other.mark != 0;
}

// Whether `one` holds something of a chain outside `except` that `other` does not.
bool holds_more(const VersionVector& one, const VersionVector& other,
                const std::set<ChainId>& except) {
    return std::ranges::any_of(one, [&](const auto& entry) {
        return !except.contains(entry.first) &&
               goes_beyond(entry.second, end_in(other, entry.first));
    });
}

// `vector`, and of the chains in `except` so much that nothing of them is beyond it.
VersionVector without(VersionVector vector, const std::set<ChainId>& except) {
    for (const ChainId& chain : except)
        if (!chain.device.empty()) vector[chain] = {kNothingMore, 0};
    return vector;
}

// `vector`, but of parted chains only as much as was seen to be shared.
VersionVector shared(VersionVector vector, const std::map<ChainId, std::int64_t>& parted) {
    for (const auto& [chain, number] : parted) {
        if (number == 0)
            vector.erase(chain);
        else
            vector[chain] = {number, 0};
    }
    return vector;
}

// Of a chain that parted the endpoint holds the other branch: its number says nothing of ours.
VersionVector acknowledged_in(const Holding& holding) {
    VersionVector vector = holding.vector;
    for (const Declined& one : holding.declined)
        if (one.fault == storage::Fault::fork) vector.erase(one.chain);
    return vector;
}

}  // namespace

Result<VersionVector> Exchange::held_by_endpoint() const {
    if (theirs_) return *theirs_;
    return replica_.acknowledged();
}

ExchangeRequest Exchange::request(std::variant<Hello, Offer> content) const {
    return {parties_.team, storage::crypto::device_id(parties_.device->public_key()),
            Moment::at(clock_.now() + ahead_, entropy_), std::move(content)};
}

Result<std::string> Exchange::hello(const VersionVector& ours) {
    greeting_ = encode(request(Hello{digest_of(ours)}), *parties_.device);
    greeted_with_ = ours;
    latest_.full = false;
    return greeting_;
}

Result<std::string> Exchange::offer(const VersionVector& ours, const VersionVector& theirs) {
    VersionVector beyond = not_to_give(theirs);
    if (prepared_ && follows(*prepared_, beyond)) {
        latest_ = *std::move(prepared_);
    } else {
        auto gathered = gather(std::move(beyond));
        if (!gathered) return std::move(gathered).error();
        latest_ = *std::move(gathered);
    }
    prepared_.reset();
    offered_at_ = clock_.now();
    for (const auto& [chain, number] : latest_.contents)
        if (number <= end_in(theirs, chain).number) giving_[chain] = number;
    if (replica_.offered) replica_.offered(latest_.contents);
    const Offer offer{without(shared(ours, asking_), refused_), {}, batch_bytes_};
    return encode(request(offer), std::exchange(latest_.packed, {}), *parties_.device);
}

VersionVector Exchange::not_to_give(const VersionVector& theirs) const {
    return without(shared(theirs, giving_), declined_);
}

Result<Exchange::Batch> Exchange::gather(VersionVector beyond) const {
    auto missing = replica_.holdings.missing(beyond, batch_bytes_);
    if (!missing) return std::move(missing).error();
    Batch batch{std::move(beyond), {}, {}, batch_bytes_};
    std::size_t size = 0;
    std::vector<std::string> bytes;
    for (storage::StoredChangeset& changeset : *missing) {
        batch.contents.emplace_back(std::move(changeset.chain), changeset.number);
        size += changeset.bytes.size();
        bytes.push_back(std::move(changeset.bytes));
    }
    batch.full = size >= batch_bytes_;
    batch.packed = packed(bytes, near_ ? storage::Effort::little_time : storage::Effort::few_bytes);
    return batch;
}

void Exchange::prepare() {
    VersionVector beyond = latest_.beyond;
    for (const auto& [chain, number] : latest_.contents) beyond[chain] = {number, 0};
    if (auto gathered = gather(std::move(beyond)); gathered && !gathered->contents.empty())
        prepared_ = *std::move(gathered);
}

// Of its chains nothing more and nothing less was taken than it was made for, and it is not too
// large for what the line turned out to be.
bool Exchange::follows(const Batch& batch, const VersionVector& beyond) const {
    return batch.limit <= batch_bytes_ && std::ranges::all_of(batch.contents, [&](const auto& one) {
               return end_in(batch.beyond, one.first).number == end_in(beyond, one.first).number;
           });
}

Result<std::optional<std::string>> Exchange::next() {
    if (finished_) return std::optional<std::string>{};
    auto ours = replica_.holdings.vector();
    if (!ours) return std::move(ours).error();
    auto theirs = held_by_endpoint();
    if (!theirs) return std::move(theirs).error();
    // Only a greeting tells whether the endpoint has news, and it is the cheapest question.
    const bool greet = !theirs_ && !holds_more(*ours, *theirs, declined_);
    auto request = greet ? hello(*ours) : offer(*ours, *theirs);
    if (!request) return std::move(request).error();
    ++tally_.requests;
    return std::optional{std::move(*request)};
}

Result<Reply> Exchange::read(std::string_view request, std::string_view reply_bytes) const {
    return decode_reply(reply_bytes, request, parties_.endpoint_public_key);
}

Status Exchange::take(std::string_view request, const Reply& reply) {
    if (const auto* holding = std::get_if<Holding>(&reply)) return take_holding(*holding);
    if (const auto* refused = std::get_if<Refused>(&reply)) return take_refused(*refused);
    return take_same(request);
}

Status Exchange::take_same(std::string_view request) {
    if (request != greeting_) return done();  // an answer to an older greeting: out of date
    finished_ = true;
    return replica_.acknowledge(greeted_with_);
}

Status Exchange::take_holding(const Holding& holding) {
    auto before = held_by_endpoint();
    if (!before) return std::move(before).error();
    if (Status kept = replica_.acknowledge(acknowledged_in(holding)); !kept) return kept;
    bool fruitful = !theirs_;
    theirs_ = holding.vector;
    adapt_batch();
    fruitful |= count_sent(*before) > 0;
    tracing_ = false;
    for (const Declined& one : holding.declined) {
        if (!one.fault || !declined_.insert(one.chain).second) continue;
        tally_.declined.push_back(one);
        fruitful = true;
        // Their branch may be the one that stays, and shorter than ours: it is asked for as well.
        if (*one.fault == storage::Fault::fork) tracing_ |= asking_.emplace(one.chain, 0).second;
    }
    auto took = take_in(holding.changesets);
    if (!took) return std::move(took).error();
    return look_ahead(fruitful || *took);
}

std::int64_t Exchange::count_sent(const VersionVector& before) {
    const auto newly_held = std::ranges::count_if(latest_.contents, [&](const auto& one) {
        return one.second > end_in(before, one.first).number &&
               one.second <= end_in(*theirs_, one.first).number;
    });
    tally_.sent += newly_held;
    return newly_held;
}

Status Exchange::look_ahead(bool fruitful) {
    auto ours = replica_.holdings.vector();
    if (!ours) return std::move(ours).error();
    finished_ = !tracing_ && !holds_more(*ours, *theirs_, declined_) &&
                !holds_more(*theirs_, *ours, refused_);
    fruitless_ = fruitful ? 0 : fruitless_ + 1;
    if (!finished_ && fruitless_ >= kFruitlessReplies)
        return Error{ErrorCode::io, "the endpoint neither takes nor gives what is missing"};
    return done();
}

Result<bool> Exchange::take_in(const std::vector<std::string>& changesets) {
    if (changesets.empty()) return false;
    auto receipts = replica_.holdings.receive(changesets);
    if (!receipts) return std::move(receipts).error();
    bool fruitful = false;
    for (const storage::Receipt& receipt : *receipts) {
        const bool applied = receipt.reception == storage::Reception::applied;
        tally_.received += applied ? 1 : 0;
        tracing_ |= follow_parted(receipt);
        fruitful |= applied || tracing_ || refuse(receipt);
    }
    return fruitful;
}

// A chain that does not follow ours is asked for from its beginning, to see where it parts.
bool Exchange::follow_parted(const storage::Receipt& receipt) {
    if (receipt.fault == storage::Fault::broken_link)
        return asking_.emplace(receipt.chain, 0).second;
    const auto asked = asking_.find(receipt.chain);
    if (asked == asking_.end() || receipt.number <= asked->second) return false;
    if (receipt.reception != storage::Reception::duplicate) return false;
    asked->second = receipt.number;
    return true;
}

bool Exchange::refuse(const storage::Receipt& receipt) {
    if (!receipt.fault || !refused_.insert(receipt.chain).second) return false;
    tally_.refused.push_back({receipt.chain, receipt.number, receipt.fault});
    return true;
}

Status Exchange::take_refused(const Refused& refused) {
    if (auto trouble = passing_trouble(refused)) return *std::move(trouble);
    switch (refused.reason) {
        case Refusal::clock:
            if (ahead_ != 0) return Error{ErrorCode::refused, "the endpoint's clock runs away"};
            ahead_ = refused.now - clock_.now();
            return done();  // asked again by the endpoint's clock
        case Refusal::not_a_member:
            return Error{ErrorCode::refused, "the endpoint does not know this device in this team"};
        case Refusal::invitation: return Error{ErrorCode::refused, "an invitation is asked for"};
        default: break;
    }
    return Error{ErrorCode::invalid, "the endpoint does not understand the request"};
}

bool Exchange::shrink() {
    if (batch_bytes_ <= kSmallestBatch) return false;
    batch_bytes_ /= 2;
    largest_batch_ = batch_bytes_;
    return true;
}

// What a line moves is known when a batch has passed.
void Exchange::adapt_batch() {
    if (latest_.contents.empty()) return;
    const Millis took = clock_.now() - offered_at_;
    near_ = took <= kNear;
    if (took > kNear && took < kQuick) batch_bytes_ = std::min(2 * batch_bytes_, largest_batch_);
    if (took > kSlow) batch_bytes_ = std::max(batch_bytes_ / 2, kSmallestBatch);
}

}  // namespace bordereau::sync
