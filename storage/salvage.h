// storage/salvage.h - what can still be read of a damaged notebook, brought into a new one.
//
// What can be had: every page carries a code of its own, so a damaged page costs what lay on it and
// nothing else; a changeset proves itself by its signature. The new notebook takes over unbroken
// chains as they are. What lies behind a gap, what was not sealed yet, and what only the tables for
// screens still tell is recorded anew by the new notebook, with its authors and times: it will be
// signed by this laptop, since the signature of another cannot be made again. Nothing can be had
// without a key file (there are two) and its passphrase, or where the file's first 16 bytes are
// gone.
//
// A missing entry raises nobody: a person with a key of whom nothing else is left becomes an
// officer, unless no administrator is left who can open the notebook. Then whoever salvages is one,
// so that there is somebody to give roles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/chain.h"
#include "storage/notebook.h"

namespace bordereau::storage {

/// What became of one audit.
struct SalvagedAudit {
    AuditId id;
    std::string title, unit;
    std::int64_t answers = 0;           ///< that stand in the new notebook
    std::int64_t answers_before = 0;    ///< as the damaged one's list said, drafts' not counted
    std::int64_t recorded_anew = 0;     ///< changes that this laptop will sign
    std::int64_t attachments = 0;       ///< that can be read
    std::int64_t attachments_lost = 0;  ///< named, but damaged or not there
    bool lost = false;                  ///< the list named it, and nothing of it was found
};

/// Changesets that are missing in the middle of a chain; an endpoint may still have them.
struct ChainGap {
    ChainId chain;
    std::int64_t first = 0, last = 0;
};

struct SalvageReport {
    std::int64_t pages = 0, pages_damaged = 0;
    bool second_key_file = false;    ///< the first was missing or damaged
    bool recent_lost = false;        ///< there was a write-ahead log, and it could not be read
    std::int64_t changesets = 0;     ///< taken over with their signatures
    std::int64_t behind_gaps = 0;    ///< kept aside until their predecessors arrive
    std::int64_t quarantined = 0;    ///< damaged ones, kept as evidence
    std::int64_t recorded_anew = 0;  ///< changes
    std::vector<ChainGap> gaps;
    std::vector<SalvagedAudit> audits;  ///< by title; the lost ones last
    DeviceId device;                    ///< the new notebook's
    std::optional<Role> role_given;     ///< to whoever salvages, whose entry was lost
    std::int64_t people_lost = 0;  ///< others with a key whose entries were lost: add them anew
};

/// Reads `damaged`, in which nothing is changed, and makes a notebook in `into`, opened by the same
/// logins and passphrases. not_found: no notebook; busy: it is open; refused: as Notebook::open(),
/// or known to be an officer (rights.h) or no longer active;
/// conflict: there is something in `into`; corrupt: nothing can be read; full: needs room for three
/// copies.
Result<SalvageReport> salvage(const std::filesystem::path& damaged,
                              const std::filesystem::path& into, std::string_view login,
                              std::string_view passphrase, Surroundings surroundings);

}  // namespace bordereau::storage
