// storage/journal/wreckage.h - what can be told of a notebook from rows found in its damaged file.
// A row is known by its shape; changesets by their signature, whatever lies around them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/ids.h"
#include "storage/journal/changeset.h"
#include "storage/sqlite/wreck.h"

namespace bordereau::storage {

/// What the damaged notebook's list said of an audit.
struct ListedAudit {
    std::string title, unit;
    std::int64_t answers = 0;
};

class Wreckage {
public:
    /// A row of any table, any number of times, in any order.
    void add(const sqlite::WreckRow& row);

    /// Whose notebook it was; empty where that was lost and no changeset tells it.
    TeamId team() const;
    std::string team_name() const;
    DeviceId device() const { return device_; }  ///< empty where that was lost

    /// The seed of team()'s key; empty where it was founded elsewhere, or lost.
    std::string team_seed() const;
    /// What the team's key said of its members: they prove themselves.
    const std::set<std::string>& certificates() const { return certificates_; }

    /// Keys of attachments, by their epoch.
    const std::map<std::int64_t, std::string>& file_keys() const { return file_keys_; }

    /// Those that verify, of the team, as a chain asks for them.
    std::vector<std::pair<ChangesetHead, const std::string*>> changesets() const;
    /// What stood where a changeset belongs and is none, and what was in quarantine.
    const std::vector<std::string>& evidence() const { return evidence_; }

    /// Changes that were not sealed yet, as of device().
    std::vector<Change> pending() const;
    /// Changes that tables for screens tell of: sealed ones whose changeset may be lost.
    std::vector<Change> folded() const;
    /// How long each chain was.
    const std::map<ChainId, std::int64_t>& ends() const { return ends_; }
    const std::map<std::string, ListedAudit>& listed() const { return listed_; }

private:
    struct Pending {
        std::string author, body;
        std::int64_t kind = 0;
    };
    bool add_changeset(const sqlite::WreckRow& row);
    bool add_pending(const sqlite::WreckRow& row);
    bool add_identity(const sqlite::WreckRow& row);
    bool add_membership(const sqlite::WreckRow& row);
    bool add_record(const sqlite::WreckRow& row);
    void add_folded(const sqlite::WreckRow& row);
    void keep(Change change);

    TeamId team_;
    DeviceId device_;
    std::map<std::int64_t, std::string> file_keys_;
    std::map<std::string, std::string> team_seeds_;
    std::set<std::string> certificates_;
    std::map<std::string, std::string> names_;                                 // of teams
    std::map<std::string, std::pair<ChangesetHead, std::string>> changesets_;  // by digest
    std::vector<std::string> evidence_;
    std::map<std::pair<std::string, std::int64_t>, Pending> pending_;  // by subject and stamp
    std::map<std::pair<std::string, Version>, Change> folded_;
    std::map<ChainId, std::int64_t> ends_;
    std::map<std::string, ListedAudit> listed_;
};

}  // namespace bordereau::storage
