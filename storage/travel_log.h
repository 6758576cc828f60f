// storage/travel_log.h - what happened to each audit on its way: what was sent, received,
// acknowledged, refused and why, when, and by which path. For people; nothing is decided by it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/chain.h"

namespace bordereau::storage {

class Notebook;

enum class Way { endpoint, stick, laptop };
enum class TravelEvent {
    sent,          ///< and no word yet that it arrived
    received,      ///< and verified
    acknowledged,  ///< the other side holds it
    refused        ///< by the other side, or by this one
};
std::string_view name_of(Way way);            ///< "endpoint", "stick", "laptop"
std::string_view name_of(TravelEvent event);  ///< "sent", "received", ...

struct TravelEntry {
    std::int64_t id = 0;  ///< later ones have greater numbers
    Millis at = 0;
    AuditId audit;      ///< empty: people, forms and devices of the team
    std::string title;  ///< of the audit
    Way way = Way::endpoint;
    TravelEvent event = TravelEvent::sent;
    std::int64_t changesets = 0, files = 0, bytes = 0;  ///< bytes: of the files
    std::string reason;  ///< of a refusal: a Fault's name, "not-named" or "damaged-file"
    std::string unit = {}, person = {};  ///< of the audit: what it is about, and who began it
};

class TravelLog {
public:
    /// Of all audits together; the earliest go first.
    static constexpr std::int64_t kMostEntries = 20'000;
    using Changeset = std::pair<ChainId, std::int64_t>;

    explicit TravelLog(Notebook& notebook) : notebook_(notebook) {}

    /// One entry for each audit that these changesets speak of.
    Status add(Way way, TravelEvent event, std::span<const Changeset> changesets,
               std::string_view reason = {});
    /// One entry for each audit that names the file.
    Status add_file(Way way, TravelEvent event, std::string_view hash,
                    std::string_view reason = {});
    /// The latest first, before an entry (0: from the end); of one audit, or of all.
    Result<std::vector<TravelEntry>> list(const std::optional<AuditId>& audit, std::int64_t before,
                                          std::int64_t limit) const;

private:
    Status put(const TravelEntry& entry);
    Status drop_earliest();
    Notebook& notebook_;
};

}  // namespace bordereau::storage
