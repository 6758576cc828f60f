// storage/journal/evidence.h - changesets that were refused, kept for a person to look at, and how
// much of that is kept. Within one transaction of the caller's.
//
// The first that come are kept, the others are counted. What shows that something is wrong is where
// it begins: the first changeset that a device forged, or the place where two branches part. Were
// the latest kept, whoever wants to hide that need only send rubbish until it is gone. Nothing is
// lost by it: a refused changeset is acknowledged to nobody, so who made it keeps it, and offers it
// again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/admission.h"
#include "storage/journal/changeset.h"
#include "storage/journal/receipt.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Of one device that is, or was, a member; and of all others together, since whoever makes up one
/// device can make up any number of them.
constexpr std::int64_t kMostEvidence = 4096;  ///< changesets
constexpr std::int64_t kMostEvidenceBytes = std::int64_t{64} << 20;
/// Of a team, in bytes: a notebook holds one, and an endpoint those that its operator founded. Per
/// team, so that all endpoints of one ledger decide alike, in whatever turns teams come.
constexpr std::int64_t kMostEvidenceBytesOfTeam = std::int64_t{512} << 20;

class Evidence {
public:
    Evidence(sqlite::Database& db, const TeamId& team, Millis now)
        : db_(db), team_(team), now_(now) {}

    /// Whether it is kept, now or already. If not, that it came is counted.
    Result<bool> keep(const ChangesetHead& head, std::string_view bytes, Fault fault,
                      const Admission& known);
    /// Beyond any bound: what was held, and so acknowledged, before its chain was cut.
    Status keep_surely(const ChangesetHead& head, std::string_view bytes, Fault fault);
    /// Who is a member has changed.
    void look_again() { held_.reset(); }

private:
    struct Amount {
        std::int64_t changesets = 0, bytes = 0;
        void add(const Amount& more) {
            changesets += more.changesets;
            bytes += more.bytes;
        }
    };
    struct Held {
        std::map<DeviceId, Amount> by_device;  ///< members only
        Amount of_others, all;
        Amount& of(const DeviceId& device, const Admission& known);
    };
    Status look(const Admission& known);
    Result<bool> is_kept(std::string_view name);
    Status count_arrival(const DeviceId& device, const Admission& known);

    sqlite::Database& db_;
    const TeamId& team_;
    Millis now_;
    std::optional<Held> held_;
};

}  // namespace bordereau::storage
