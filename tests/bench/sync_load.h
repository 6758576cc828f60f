// tests/bench/sync_load.h - the audits that the sync figures move: 120 answers at paths of the main
// form, other values in each audit, given some seconds after one another by one officer.
// The same number gives the same audit; each comes as JSON and as changes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/journal/change.h"

namespace bordereau::bench {

struct LoadAnswer {
    std::string path;  ///< "/grpa_main/a_id/a_type"
    std::string value;
    Millis at = 0;
};

/// One audit as it is recorded, or what a later sitting changed of it.
struct LoadAudit {
    AuditId id;
    Millis at = 0;
    std::vector<LoadAnswer> answers;
};

class SyncLoad {
public:
    /// `audits` of them, over the three years before `now`.
    SyncLoad(std::size_t audits, Millis now);

    std::size_t size() const { return audits_; }
    LoadAudit audit(std::size_t number) const;
    /// Five answers of it, changed some weeks before now.
    LoadAudit correction(std::size_t number, const LoadAudit& of) const;

    /// The audit in JSON as clients send it: groups within each other, about 4 KB.
    std::string json(const LoadAudit& audit) const;
    /// Created, labelled, answered, finalized.
    std::vector<storage::Change> changes(const LoadAudit& audit, const DeviceId& device,
                                         const PersonId& person) const;
    /// Changed answers, each naming what it replaces, and the audit's new state.
    std::vector<storage::Change> changes(const LoadAudit& correction, const LoadAudit& of,
                                         const DeviceId& device, const PersonId& person) const;

private:
    std::size_t audits_;
    Millis now_;
    std::vector<std::string> paths_;
};

}  // namespace bordereau::bench
