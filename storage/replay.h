// storage/replay.h - applies entries of a team's sequence to the tables, in their order. The only
// way by which they change, here and wherever else the same entries are read.
#pragma once

#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/entry.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

class Replay {
public:
    Replay(sqlite::Database& db, const sqlite::Transaction& open, const TeamId& team)
        : db_(db), open_(open), team_(team) {}

    /// `at` is when it was received. Changesets of one time are gathered.
    Status take(const Entry& entry, Millis at);
    /// Call it after the last.
    Status finish();

private:
    sqlite::Database& db_;
    const sqlite::Transaction& open_;
    const TeamId& team_;
    std::vector<std::string> gathered_;
    Millis gathered_at_ = 0;
};

}  // namespace bordereau::storage
