// storage/outbox.h - what an endpoint has acknowledged, and so what still has to travel.
// Nothing here talks to a network.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/log.h"
#include "storage/named_files.h"

namespace bordereau::storage {

class Notebook;

/// What waits for one endpoint.
struct Waiting {
    std::int64_t changesets = 0;
    std::int64_t bytes = 0;
    std::int64_t unsealed = 0;  ///< changes that may travel once they are sealed
};

/// Of what another side says that it holds, as much as is the same here: of a copied laptop's chain
/// it may hold the other branch, under the same numbers.
Result<VersionVector> alike(const Notebook& notebook, const VersionVector& told);

/// One audit's place on its way to an endpoint.
enum class Delivery { unsealed, waiting, acknowledged };

class Outbox {
public:
    /// `endpoint` names the other side: its URL, or the name of a stick or a peer.
    Outbox(Notebook& notebook, std::string endpoint)
        : notebook_(notebook), endpoint_(std::move(endpoint)) {}

    /// As it was told, also of branches that are not held here.
    Result<VersionVector> acknowledged() const;
    /// Takes the greater number of each chain: an old acknowledgement takes nothing back. Only a
    /// branch that is not held here does.
    Status acknowledge(const VersionVector& vector);
    Result<Waiting> waiting() const;
    Result<Delivery> delivery(const AuditId& audit) const;

    /// A file, by its hash, that the other side holds whole and durable.
    Status acknowledge_file(std::string_view hash);
    /// Files that sealed changes name, that this device may hand on, and that were not acknowledged
    /// yet, by hash. Whether their bytes are here is not asked.
    Result<std::vector<NamedFile>> files_waiting() const;

private:
    Status count_beyond(const ChainId& chain, std::int64_t number, Waiting& waiting) const;

    Notebook& notebook_;
    std::string endpoint_;
};

}  // namespace bordereau::storage
