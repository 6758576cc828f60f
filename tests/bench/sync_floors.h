// tests/bench/sync_floors.h - other ways to bring documents to a server on this machine: a plain
// socket with zstd, and posts as OpenRosa clients make them. At the receiver everything is on disk
// before it answers.
#pragma once

#include <netinet/in.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bordereau::bench {

struct Moved {
    double millis = 0;
    std::size_t bytes = 0;  ///< both ways, HTTP included
};

using Documents = std::vector<std::string>;

/// Bytes of all documents compressed in one piece at level 3.
std::size_t zstd_size(const Documents& documents);

/// One connection, one zstd stream of level 3; the receiver expands it into a file, which is on
/// disk before it answers with one byte.
Moved over_plain_socket(const Documents& documents, const std::filesystem::path& folder);

/// A multipart POST per document over one connection; the receiver writes each into a file of its
/// own, which is on disk before it answers.
Moved over_form_posts(const Documents& documents, const std::filesystem::path& folder);

/// Bytes that say nothing, over one connection to where one byte answers when all have come.
Moved over_plain_connection(std::size_t bytes, const sockaddr_in& address);

/// Takes connections that over_plain_connection() makes.
void take_plain_bytes(int peer);

/// What PouchDB needs for the same: PouchDB and its server in Node (tests/bench/peers/pouchdb.mjs).
struct PouchMoved {
    Moved all, changed, nothing;
};
/// Nothing where no modules are named, or it failed; says so.
std::optional<PouchMoved> over_pouchdb(const Documents& documents, const Documents& changed,
                                       const std::filesystem::path& folder);

}  // namespace bordereau::bench
