// MP4, MOV and M4A (ISO/IEC 14496-12; QuickTime File Format): atoms that tell of device and place
// are blanked where they stand, so that no offset into the film changes.
#include <algorithm>
#include <array>
#include <optional>

#include "app/media/bytes.h"
#include "app/media/clean.h"

namespace bordereau::media {
namespace {

// Atoms that only describe: user data (with GPS as (c)xyz or loci), item lists, makers' own.
constexpr std::array<std::string_view, 6> kTelling{"udta", "meta", "uuid", "free", "skip", "XMP_"};
constexpr std::array<std::string_view, 3> kFolders{"moov", "trak", "mdia"};
constexpr int kDeepest = 3;  // moov, trak, mdia
constexpr std::array<std::string_view, 3> kTimed{"mvhd", "tkhd", "mdhd"};
// Tracks of other kinds may hold the place from second to second; they are left and told of.
constexpr std::array<std::string_view, 6> kPlainTracks{"vide", "soun", "sbtl",
                                                       "subt", "text", "tmcd"};

template <class Names>
bool one_of(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

struct Atom {
    std::string type;
    std::size_t content = 0, end = 0;
};

struct Film {
    std::string bytes;
    bool removed = false, complete = true, pictured = false;

    // The atom at `at`; nothing where its size does not fit into what is around it.
    std::optional<Atom> atom(std::size_t at, std::size_t limit) const {
        if (limit - at < 8) return std::nullopt;
        std::uint64_t size = be32(bytes, at);
        std::size_t head = 8;
        if (size == 1) {
            size = be64(bytes, at + 8);
            head = 16;
        } else if (size == 0) {
            size = limit - at;
        }
        if (size < head || size > limit - at) return std::nullopt;
        return Atom{bytes.substr(at + 4, 4), at + head, at + static_cast<std::size_t>(size)};
    }

    void fill(std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; ++at) {
            removed = removed || bytes[at] != 0;
            bytes[at] = 0;
        }
    }

    // The type becomes "free": readers pass over it.
    void blank(std::size_t at, const Atom& atom) {
        bytes.replace(at + 4, 4, "free");
        fill(atom.content, atom.end);
    }

    // Creation and modification times; their width follows from the version.
    void forget_times(const Atom& atom) {
        const std::size_t width = octet(bytes, atom.content) == 1 ? 16 : 8;
        fill(atom.content + 4, std::min(atom.content + 4 + width, atom.end));
    }

    void note_track(const Atom& handler) {
        const std::string_view kind = piece(bytes, handler.content + 8, 4);
        // QuickTime names the data handler in the same kind of atom.
        if (piece(bytes, handler.content + 4, 4) == "dhlr") return;
        complete = complete && one_of(kPlainTracks, kind);
        fill(std::min(handler.content + 24, handler.end), handler.end);  // names the camera's maker
    }

    bool walk(std::size_t at, std::size_t limit, int depth = 0) {
        while (at < limit) {
            const auto found = atom(at, limit);
            // QuickTime ends lists with four zero bytes.
            if (!found) return limit - at < 8 && be32(bytes, at) == 0;
            if (one_of(kTelling, found->type)) blank(at, *found);
            if (one_of(kTimed, found->type)) forget_times(*found);
            if (found->type == "hdlr") note_track(*found);
            pictured = pictured || found->type == "moov";
            if (one_of(kFolders, found->type) && depth < kDeepest &&
                !walk(found->content, found->end, depth + 1))
                return false;
            at = found->end;
        }
        return true;
    }
};

}  // namespace

Result<Cleaned> clean_movie(std::string bytes) {
    Film film{std::move(bytes)};
    if (!film.walk(0, film.bytes.size()) || !film.pictured)
        return Error{ErrorCode::invalid, "a film that is damaged or cut short"};
    return Cleaned{std::move(film.bytes), film.removed, film.complete};
}

}  // namespace bordereau::media
