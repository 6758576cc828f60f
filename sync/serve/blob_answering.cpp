#include "sync/serve/blob_answering.h"

#include <algorithm>

namespace bordereau::sync {
namespace {

// Of a file that the member may hold, else 0: whoever may not know of a file learns nothing.
Result<std::uint64_t> held_of(std::string_view digest, const BlobShelf& ours) {
    const auto sizes = ours.named(digest);
    if (!sizes) return sizes.error();
    std::uint64_t most = 0;
    for (const std::uint64_t size : *sizes) {
        const auto held = ours.held(digest, size);
        if (!held) return held.error();
        most = std::max(most, *held);
    }
    return most;
}

Result<BlobReply> tell(const Have& have, const BlobShelf& ours) {
    HeldBytes reply;
    for (const std::string& digest : have.digests) {
        const auto held = held_of(digest, ours);
        if (!held) return held.error();
        reply.held.push_back(*held);
    }
    return BlobReply{std::move(reply)};
}

Result<Taken::One> keep(const Piece& piece, const BlobShelf& ours) {
    const auto sizes = ours.named(piece.digest);
    if (!sizes) return sizes.error();
    if (std::ranges::find(*sizes, piece.size) == sizes->end())
        return Taken::One{0, PieceFate::not_named};
    const auto arrival = ours.take(piece.digest, {piece.size, piece.offset, piece.bytes});
    if (arrival)
        return Taken::One{arrival->held,
                          arrival->damaged ? PieceFate::damaged : PieceFate::counted};
    // Too large, or no piece at all: it was named so, but is not taken.
    const ErrorCode code = arrival.error().code;
    if (code == ErrorCode::refused || code == ErrorCode::invalid)
        return Taken::One{0, PieceFate::not_named};
    return arrival.error();
}

Result<BlobReply> take(const Put& put, const BlobShelf& ours) {
    Taken taken;
    for (const Piece& piece : put.pieces) {
        const auto one = keep(piece, ours);
        if (!one) return one.error();
        taken.pieces.push_back(*one);
    }
    return BlobReply{std::move(taken)};
}

Result<Given::One> give_one(const Get::From& from, std::size_t room, const BlobShelf& ours) {
    const auto sizes = ours.named(from.digest);
    if (!sizes) return sizes.error();
    for (const std::uint64_t size : *sizes) {
        const auto held = ours.held(from.digest, size);
        if (!held) return held.error();
        if (*held != size || from.offset >= size) continue;
        const std::uint64_t left = size - from.offset;
        if (room < left && room < storage::kSmallestPiece) return Given::One{size, {}};
        auto bytes = ours.read(from.digest, from.offset, std::min<std::uint64_t>(room, left));
        if (bytes && !bytes->empty()) return Given::One{size, *std::move(bytes)};
        if (!bytes && bytes.error().code != ErrorCode::corrupt &&
            bytes.error().code != ErrorCode::not_found)
            return bytes.error();
    }
    return Given::One{};
}

Result<BlobReply> give(const Get& get, const BlobShelf& ours) {
    Given given;
    std::size_t room = std::min(get.bytes, kPieceBytes);
    for (const Get::From& from : get.files) {
        auto one = give_one(from, room, ours);
        if (!one) return one.error();
        room -= one->bytes.size();
        given.files.push_back(*std::move(one));
    }
    return BlobReply{std::move(given)};
}

}  // namespace

Result<BlobReply> reply_to(const BlobRequest& request, const BlobShelf& ours) {
    if (const auto* have = std::get_if<Have>(&request.content)) return tell(*have, ours);
    if (const auto* put = std::get_if<Put>(&request.content)) return take(*put, ours);
    return give(std::get<Get>(request.content), ours);
}

}  // namespace bordereau::sync
