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

/// One audit's place on its way to an endpoint.
enum class Delivery { unsealed, waiting, acknowledged };

class Outbox {
public:
    /// `endpoint` names the other side: its URL, or the name of a stick or a peer.
    Outbox(Notebook& notebook, std::string endpoint)
        : notebook_(notebook), endpoint_(std::move(endpoint)) {}

    Result<VersionVector> acknowledged() const;
    /// Takes the greater number of each chain: an old acknowledgement takes nothing back.
    Status acknowledge(const VersionVector& vector);
    Result<Waiting> waiting() const;
    Result<Delivery> delivery(const AuditId& audit) const;

    /// A file, by its hash, that the other side holds whole and durable.
    Status acknowledge_file(std::string_view hash);
    /// Files that sealed changes name, that this device may hand on, and that were not acknowledged
    /// yet, by hash. Whether their bytes are here is not asked.
    Result<std::vector<NamedFile>> files_waiting() const;

private:
    Notebook& notebook_;
    std::string endpoint_;
};

}  // namespace bordereau::storage
