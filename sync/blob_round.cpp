#include "sync/blob_round.h"

#include <algorithm>
#include <deque>
#include <span>

#include "storage/base/text.h"
#include "sync/message_parts.h"

namespace bordereau::sync {
namespace {

using storage::NamedFile;

constexpr int kNotFound = 404, kTooLarge = 413;
constexpr std::size_t kSmallestChunk = std::size_t{16} << 10;
constexpr std::size_t kFilesAtOnce = 128;  // in one message with pieces
constexpr int kFruitlessTries = 2;         // then a file waits for another round

// A file on its way.
struct Moving {
    std::string hash;
    std::string digest;
    std::uint64_t size = 0, offset = 0;
    int fruitless = 0;
    std::uint64_t left() const { return size - offset; }
};

class BlobRound {
public:
    BlobRound(const BlobParts& parts, const Peer& peer, const Transport& transport, RoundEnd so_far,
              const std::function<void(const Progress&)>& tell, const std::stop_token& stop)
        : parts_(parts),
          peer_(peer),
          transport_(transport),
          end_(std::move(so_far)),
          tell_(tell),
          stop_(stop) {}

    RoundEnd run() {
        end_.status = prepare();
        tally().begun = true;
        if (end_.status) end_.status = send_all();
        if (end_.status) end_.status = fetch_all();
        return std::move(end_);
    }

private:
    FileTally& tally() { return end_.progress.files; }

    Status prepare() {
        if (Status found = find_outgoing(); !found) return found;
        return find_missing();
    }

    // What is here whole; a file that has not come to this side yet is for others to send.
    Status find_outgoing() {
        const auto waiting = parts_.stock.waiting();
        if (!waiting) return waiting.error();
        for (const NamedFile& file : *waiting) {
            Moving moving = moving_of(file);
            const auto here = parts_.stock.held(file.hash, moving.size);
            if (!here) return here.error();
            if (*here != moving.size || moving.digest.empty()) continue;
            tally().left += moving.size;
            outgoing_.push_back(std::move(moving));
        }
        return done();
    }

    Status find_missing() {
        const auto missing = parts_.stock.missing();
        if (!missing) return missing.error();
        for (const NamedFile& file : *missing) {
            Moving moving = moving_of(file);
            const auto here = parts_.stock.held(file.hash, moving.size);
            if (!here) return here.error();
            moving.offset = *here;
            if (moving.offset >= moving.size || moving.digest.empty()) continue;
            tally().left += moving.left();
            incoming_.push_back(std::move(moving));
        }
        return done();
    }

    static Moving moving_of(const NamedFile& file) {
        return {file.hash, from_hex(file.hash).value_or(""), static_cast<std::uint64_t>(file.size),
                0, 0};
    }

    // One message and its reply. Nothing: the other side keeps no files, or the message was too
    // large for the way and the next one will be smaller.
    Result<std::optional<BlobReply>> ask(const std::variant<Have, Put, Get>& content) {
        for (const bool again : {true, false}) {
            auto reply = ask_once(content);
            if (!reply || !*reply) return reply;
            const auto* refused = std::get_if<Refused>(&**reply);
            if (refused == nullptr) return reply;
            if (refused->reason != Refusal::clock || !again) return error_of(*refused);
            ahead_ = refused->now - parts_.clock.now();
        }
        return Error{ErrorCode::refused, "the clocks differ"};
    }

    Result<std::optional<BlobReply>> ask_once(const std::variant<Have, Put, Get>& content) {
        if (stop_.stop_requested()) return Error{ErrorCode::cancelled, "files"};
        Request request;
        request.url = peer_.url + "/v1/blob";
        request.limits.answer_bytes = kMaxBlobMessageBytes;
        const auto& device = *parts_.parties.device;
        request.body =
            encode(BlobRequest{parts_.parties.team, storage::crypto::device_id(device.public_key()),
                               Moment::at(parts_.clock.now() + ahead_, parts_.entropy), content},
                   device);
        const std::uint64_t pieces = bytes_of_pieces(content);
        const bool up = std::holds_alternative<Put>(content);
        request.moved = [=, this](std::size_t sent, std::size_t come) {
            tell_within(sent, come, std::min<std::uint64_t>(up ? sent : come, pieces));
        };
        auto response = transport_(request, stop_);
        if (!response) return std::move(response).error();
        end_.count(request, *response);
        ++end_.progress.tally.requests;
        auto reply =
            decode_blob_reply(response->body, request.body, parts_.parties.endpoint_public_key);
        if (reply) return std::optional{*std::move(reply)};
        if (response->status == kNotFound) keeps_none_ = true;
        const bool smaller = response->status == kTooLarge && shrink();
        if (keeps_none_ || smaller) return std::optional<BlobReply>{};
        return foreign_response(*response, std::move(reply).error());
    }

    // Of files, at most.
    std::uint64_t bytes_of_pieces(const std::variant<Have, Put, Get>& content) const {
        std::uint64_t bytes = 0;
        if (const auto* put = std::get_if<Put>(&content))
            for (const auto& piece : put->pieces) bytes += piece.bytes.size();
        return std::holds_alternative<Get>(content) ? chunk_ : bytes;
    }

    // What is on its way counts as gone until the message is answered, or lost.
    void tell_within(std::size_t up, std::size_t down, std::uint64_t of_files) {
        Progress now = end_.progress;
        now.bytes_up += up;
        now.bytes_down += down;
        now.files.left -= std::min(of_files, now.files.left);
        tell_(now);
    }

    bool shrink() {
        if (chunk_ <= kSmallestChunk) return false;
        chunk_ /= 2;
        return true;
    }

    static Error error_of(const Refused& refused) {
        if (auto trouble = passing_trouble(refused)) return *std::move(trouble);
        return {ErrorCode::refused, "the endpoint does not take these files"};
    }

    static Error other_reply() { return {ErrorCode::corrupt, "a reply to another question"}; }

    Status send_all() {
        if (Status asked = ask_what_is_held(); !asked) return asked;
        while (!outgoing_.empty() && !keeps_none_) {
            if (Status sent = send_some(); !sent) return sent;
            tell_(end_.progress);
        }
        return done();
    }

    Status ask_what_is_held() {
        for (std::size_t from = 0; from < outgoing_.size() && !keeps_none_;
             from += kMaxFilesInMessage) {
            const std::size_t count = std::min(kMaxFilesInMessage, outgoing_.size() - from);
            Have have;
            for (std::size_t i = 0; i < count; ++i)
                have.digests.push_back(outgoing_[from + i].digest);
            const auto reply = ask(have);
            if (!reply) return reply.error();
            if (!*reply) return done();
            const auto* held = std::get_if<HeldBytes>(&**reply);
            if (held == nullptr || held->held.size() != count) return other_reply();
            for (std::size_t i = 0; i < count; ++i)
                if (Status kept = move_to(outgoing_[from + i], held->held[i]); !kept) return kept;
        }
        std::erase_if(outgoing_, [](const Moving& file) { return file.left() == 0; });
        return done();
    }

    void go_to(Moving& file, std::uint64_t offset) {
        tally().left -= file.left();
        file.offset = std::min(offset, file.size);
        tally().left += file.left();
    }

    // The other side holds so much of it.
    Status move_to(Moving& file, std::uint64_t held) {
        go_to(file, held);
        if (file.left() > 0) return done();
        ++tally().sent;
        return parts_.stock.acknowledge(file.hash);
    }

    // As many pieces of the first files as one message takes. A file that cannot be read here any
    // more waits for another round.
    Put next_pieces() {
        Put put;
        std::size_t room = chunk_;
        std::size_t at = 0;
        while (at < outgoing_.size() && put.pieces.size() < kFilesAtOnce) {
            const Moving& file = outgoing_[at];
            if (room == 0 || (room < storage::kSmallestPiece && file.left() > room)) break;
            auto bytes = parts_.stock.read(file.hash, file.offset,
                                           std::min<std::uint64_t>(room, file.left()));
            if (!bytes || bytes->empty()) {
                give_up(outgoing_, at);
                continue;
            }
            room -= bytes->size();
            put.pieces.push_back({file.digest, file.size, file.offset, *std::move(bytes)});
            ++at;
        }
        return put;
    }

    void give_up(std::deque<Moving>& files, std::size_t at) {
        ++tally().refused;
        tally().left -= files[at].left();
        files.erase(files.begin() + static_cast<std::ptrdiff_t>(at));
    }

    Status send_some() {
        const Put put = next_pieces();
        if (put.pieces.empty()) return done();
        const auto reply = ask(put);
        if (!reply) return reply.error();
        if (!*reply) return done();
        const auto* taken = std::get_if<Taken>(&**reply);
        if (taken == nullptr || taken->pieces.size() != put.pieces.size()) return other_reply();
        std::size_t at = 0;
        for (const Taken::One& one : taken->pieces) {
            const bool settled = settle_sent(at, one);
            if (!settled) ++at;
        }
        return kept_;
    }

    // Whether the file at `at` is out of the queue.
    bool settle_sent(std::size_t at, const Taken::One& one) {
        Moving& file = outgoing_[at];
        const std::uint64_t before = file.offset;
        if (one.fate != PieceFate::not_named)
            if (Status moved = move_to(file, one.held); !moved) kept_ = std::move(moved);
        if (file.left() == 0) {
            outgoing_.erase(outgoing_.begin() + static_cast<std::ptrdiff_t>(at));
            return true;
        }
        if (file.offset <= before) ++file.fruitless;
        if (one.fate != PieceFate::not_named && file.fruitless < kFruitlessTries) return false;
        if (parts_.stock.declined) parts_.stock.declined(file.hash, one.fate);
        give_up(outgoing_, at);
        return true;
    }

    Status fetch_all() {
        while (!incoming_.empty() && !keeps_none_) {
            if (Status fetched = fetch_some(); !fetched) return fetched;
            tell_(end_.progress);
        }
        return done();
    }

    Status fetch_some() {
        Get get{chunk_, {}};
        for (std::size_t i = 0; i < std::min(kFilesAtOnce, incoming_.size()); ++i)
            get.files.push_back({incoming_[i].digest, incoming_[i].offset});
        const auto reply = ask(get);
        if (!reply) return reply.error();
        if (!*reply) return done();
        const auto* given = std::get_if<Given>(&**reply);
        if (given == nullptr || given->files.size() != get.files.size()) return other_reply();
        std::size_t at = 0;
        for (std::size_t i = 0; i < given->files.size(); ++i) {
            const auto settled = settle_given(at, given->files[i], i == 0);
            if (!settled) return settled.error();
            if (!*settled) ++at;
        }
        return done();
    }

    // Whether the file at `at` is out of the queue. Only the first of a message is promised bytes.
    Result<bool> settle_given(std::size_t at, const Given::One& one, bool first) {
        Moving& file = incoming_[at];
        const std::uint64_t before = file.offset;
        if (one.size == file.size && !one.bytes.empty()) {
            const auto arrival = parts_.stock.take(file.hash, {file.size, file.offset, one.bytes});
            if (!arrival && arrival.error().code != ErrorCode::invalid) return arrival.error();
            if (arrival) go_to(file, arrival->held);
        }
        if (file.left() == 0) {
            ++tally().received;
            incoming_.erase(incoming_.begin() + static_cast<std::ptrdiff_t>(at));
            return true;
        }
        if (one.size == file.size && one.bytes.empty() && !first) return false;
        if (file.offset <= before) ++file.fruitless;
        // Not there: nobody's fault, and asked for again in the next round.
        if (one.size == 0) {
            tally().left -= file.left();
            incoming_.erase(incoming_.begin() + static_cast<std::ptrdiff_t>(at));
            return true;
        }
        if (one.size == file.size && file.fruitless < kFruitlessTries) return false;
        give_up(incoming_, at);
        return true;
    }

    const BlobParts& parts_;
    const Peer& peer_;
    const Transport& transport_;
    RoundEnd end_;
    const std::function<void(const Progress&)>& tell_;
    const std::stop_token& stop_;
    std::deque<Moving> outgoing_, incoming_;
    std::size_t chunk_ = kPieceBytes;
    Millis ahead_ = 0;  // what the other side's clock is ahead of this one
    bool keeps_none_ = false;
    Status kept_ = done();
};

}  // namespace

RoundEnd run_blobs(const BlobParts& parts, const Peer& peer, const Transport& transport,
                   RoundEnd so_far, const std::function<void(const Progress&)>& tell,
                   const std::stop_token& stop) {
    return BlobRound{parts, peer, transport, std::move(so_far), tell, stop}.run();
}

}  // namespace bordereau::sync
