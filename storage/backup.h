// storage/backup.h - what a backup and its restoring tell. The work is Notebook's: back_up() and
// restore(); the layout is backup_file.h's.
//
// A restored notebook is another device. Both may go on: the laptop that was thought lost and the
// copy of it. With one key they would sign different changesets under the same numbers, and every
// other device would have to refuse one of the two (a fork). So restoring makes a new signing key;
// the new device's own numbers begin at 1. What the old one had recorded and not sealed yet becomes
// the new one's, with its authors and times; sealing before the backup keeps that little.
#pragma once

#include <cstdint>
#include <string>

#include "storage/base/ids.h"
#include "storage/base/time.h"

namespace bordereau::storage {

struct BackupMade {
    std::int64_t bytes = 0;
    std::int64_t attachments = 0;
    Millis made_at = 0;
};

struct Restored {
    DeviceId previous;  ///< whose backup it was
    DeviceId device;    ///< the new identity
    Millis made_at = 0;
    std::int64_t kept = 0;     ///< unsealed changes that are the new device's now
    std::int64_t damaged = 0;  ///< attachments that could not be read and were left out
    bool complete = true;      ///< false: the end of the backup was missing
};

/// A device that began as a backup of another one, as the log tells.
struct DeviceOrigin {
    DeviceId device, previous;
    Millis made_at = 0;  ///< the backup
    Millis restored_at = 0;
    std::int64_t kept = 0;
    std::string person;  ///< login of who restored it
};

}  // namespace bordereau::storage
