#include "sync/exchange.h"

#include <algorithm>
#include <limits>

#include "storage/crypto/sign.h"
#include "sync/message_parts.h"

namespace bordereau::sync {
namespace {

constexpr std::size_t kSmallestBatch = std::size_t{16} << 10;
constexpr int kFruitlessReplies = 2;
// A reply within the first: what a cut would lose is soon sent again, and each batch costs the
// endpoint a write to its disk. Within the second larger ones keep a long line full; beyond the
// third a cut line costs too much.
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
VersionVector acknowledged_in(VersionVector vector, const std::vector<Declined>& declined) {
    for (const Declined& one : declined)
        if (one.fault == storage::Fault::fork) vector.erase(one.chain);
    return vector;
}

// What either of two vectors says that is held.
VersionVector joined(VersionVector one, const VersionVector& other) {
    for (const auto& [chain, end] : other)
        if (end.number > end_in(one, chain).number) one[chain] = end;
    return one;
}

std::int64_t newly_held(const Numbered& some, const VersionVector& before,
                        const VersionVector& now) {
    return std::ranges::count_if(some, [&](const auto& one) {
        return one.second > end_in(before, one.first).number &&
               one.second <= end_in(now, one.first).number;
    });
}

// The end of every request: no two have the same.
std::string signature_of(std::string_view request) {
    const std::size_t size = std::min(request.size(), storage::crypto::kSignatureSize);
    return std::string{request.substr(request.size() - size)};
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
    under_way_.clear();
    return greeting_;
}

Result<std::string> Exchange::offer(const VersionVector& ours, const VersionVector& theirs) {
    under_way_.clear();
    VersionVector beyond = not_to_give(theirs);
    Batch batch;
    if (prepared_ && follows(*prepared_, beyond)) {
        batch = *std::move(prepared_);
    } else {
        auto gathered = gather(std::move(beyond));
        if (!gathered) return std::move(gathered).error();
        batch = *std::move(gathered);
    }
    prepared_.reset();
    for (const auto& [chain, number] : batch.contents)
        if (number <= end_in(theirs, chain).number) giving_[chain] = number;
    return send(std::move(batch), {without(shared(ours, asking_), refused_), {}, batch_bytes_});
}

std::string Exchange::send(Batch batch, Offer offer) {
    latest_ = std::move(batch);
    if (replica_.offered) replica_.offered(latest_.contents);
    const bool hurried = offer.answer_bytes == 0;
    std::string bytes =
        encode(request(std::move(offer)), std::exchange(latest_.packed, {}), *parties_.device);
    under_way_.push_back(
        {signature_of(bytes), latest_.contents, latest_.full, hurried, clock_.now(), ahead_});
    return bytes;
}

// Where the endpoint has much to give, or the two sides seek where a chain parts, its answer says
// what is to be asked next.
bool Exchange::may_hurry() const {
    return prepared_ && !under_way_.empty() && !finished_ && !gives_more_ && giving_.empty() &&
           asking_.empty();
}

Result<std::optional<std::string>> Exchange::further() {
    if (!may_hurry()) return std::optional<std::string>{};
    auto theirs = held_by_endpoint();
    if (!theirs) return std::move(theirs).error();
    for (const UnderWay& one : under_way_)
        for (const auto& [chain, number] : one.contents)
            if (number > end_in(*theirs, chain).number) (*theirs)[chain] = {number, 0};
    if (!follows(*prepared_, not_to_give(*theirs))) return std::optional<std::string>{};
    Batch batch = *std::exchange(prepared_, std::nullopt);
    ++tally_.requests;
    return std::optional{send(std::move(batch), {{}, {}, 0})};
}

// Nothing: an older one, whose answer says no less what is held.
std::optional<Exchange::UnderWay> Exchange::answered(std::string_view request) {
    const auto found = std::ranges::find(under_way_, signature_of(request), &UnderWay::signature);
    if (found == under_way_.end()) return std::nullopt;
    UnderWay one = std::move(*found);
    under_way_.erase(found);
    return one;
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
    if (const auto* holding = std::get_if<Holding>(&reply)) return take_holding(request, *holding);
    const auto one = answered(request);
    if (const auto* refused = std::get_if<Refused>(&reply))
        return take_refused(*refused, one ? one->ahead : ahead_);
    return take_same(request);
}

Status Exchange::take_same(std::string_view request) {
    if (request != greeting_) return done();  // an answer to an older greeting: out of date
    finished_ = true;
    return replica_.acknowledge(greeted_with_);
}

// What travelled beside other requests may have been answered before them, and then it says less
// than is known by now.
VersionVector Exchange::held_after(const Holding& holding, const std::optional<UnderWay>& one) {
    const bool beside = one && (one->hurried || !under_way_.empty());
    return beside && theirs_ ? joined(holding.vector, *theirs_) : holding.vector;
}

Status Exchange::take_holding(std::string_view request, const Holding& holding) {
    auto before = held_by_endpoint();
    if (!before) return std::move(before).error();
    const auto one = answered(request);
    const bool first = !theirs_;
    theirs_ = held_after(holding, one);
    if (Status kept = replica_.acknowledge(acknowledged_in(*theirs_, holding.declined)); !kept)
        return kept;
    gives_more_ = !holding.changesets.empty();
    if (one) adapt_batch(*one);
    // What travelled beside others is not what shows whether all stands still.
    bool fruitful = count_sent(*before, one) > 0 || first || (one && one->hurried);
    tracing_ = false;
    for (const Declined& declined : holding.declined) {
        if (!declined.fault || !declined_.insert(declined.chain).second) continue;
        tally_.declined.push_back(declined);
        fruitful = true;
        // Their branch may be the one that stays, and shorter than ours: it is asked for as well.
        if (*declined.fault == storage::Fault::fork)
            tracing_ |= asking_.emplace(declined.chain, 0).second;
    }
    auto took = take_in(holding.changesets);
    if (!took) return std::move(took).error();
    return look_ahead(fruitful || *took);
}

std::int64_t Exchange::count_sent(const VersionVector& before,
                                  const std::optional<UnderWay>& answered) {
    std::int64_t sent = answered ? newly_held(answered->contents, before, *theirs_) : 0;
    for (const UnderWay& one : under_way_) sent += newly_held(one.contents, before, *theirs_);
    tally_.sent += sent;
    return sent;
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

Status Exchange::take_refused(const Refused& refused, Millis asked_ahead) {
    if (auto trouble = passing_trouble(refused)) return *std::move(trouble);
    switch (refused.reason) {
        case Refusal::clock:
            if (asked_ahead != ahead_) return done();  // asked before its clock was known
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

// What a line moves is known when a batch that was full has passed.
void Exchange::adapt_batch(const UnderWay& batch) {
    if (!batch.full) return;
    const Millis took = clock_.now() - batch.at;
    near_ = took <= kNear;
    if (near_) batch_bytes_ = std::max(batch_bytes_, std::min(kBatchBytes, largest_batch_));
    if (took > kNear && took < kQuick) batch_bytes_ = std::min(2 * batch_bytes_, largest_batch_);
    if (took > kSlow) batch_bytes_ = std::max(batch_bytes_ / 2, kSmallestBatch);
}

}  // namespace bordereau::sync
