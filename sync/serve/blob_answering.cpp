#include "sync/serve/blob_answering.h"

#include <algorithm>

namespace bordereau::sync {
namespace {

// Of a file that the member may hold, else 0: whoever may not know of a file learns nothing.
Result<std::uint64_t> held_of(std::string_view digest, const FileSizes& sizes,
                              const BlobShelf& ours) {
    std::uint64_t most = 0;
    for (const std::uint64_t size : sizes) {
        const auto held = ours.held(digest, size);
        if (!held) return held.error();
        most = std::max(most, *held);
    }
    return most;
}

Result<BlobReply> tell(const Have& have, const BlobShelf& ours) {
    const auto sizes = ours.named(have.digests);
    if (!sizes) return sizes.error();
    HeldBytes reply;
    for (std::size_t i = 0; i < have.digests.size(); ++i) {
        const auto held = held_of(have.digests[i], (*sizes)[i], ours);
        if (!held) return held.error();
        reply.held.push_back(*held);
    }
    return BlobReply{std::move(reply)};
}

Result<Taken::One> keep(const Piece& piece, const FileSizes& sizes, const BlobShelf& ours) {
    if (std::ranges::find(sizes, piece.size) == sizes.end())
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
    std::vector<std::string> digests;
    for (const Piece& piece : put.pieces) digests.push_back(piece.digest);
    const auto sizes = ours.named(digests);
    if (!sizes) return sizes.error();
    Taken taken;
    for (std::size_t i = 0; i < put.pieces.size(); ++i) {
        const auto one = keep(put.pieces[i], (*sizes)[i], ours);
        if (!one) return one.error();
        taken.pieces.push_back(*one);
    }
    return BlobReply{std::move(taken)};
}

Result<Given::One> give_one(const Get::From& from, const FileSizes& sizes, std::size_t room,
                            const BlobShelf& ours) {
    for (const std::uint64_t size : sizes) {
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
    std::vector<std::string> digests;
    for (const Get::From& from : get.files) digests.push_back(from.digest);
    const auto sizes = ours.named(digests);
    if (!sizes) return sizes.error();
    Given given;
    std::size_t room = std::min(get.bytes, kPieceBytes);
    for (std::size_t i = 0; i < get.files.size(); ++i) {
        auto one = give_one(get.files[i], (*sizes)[i], room, ours);
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
