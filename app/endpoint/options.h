// app/endpoint/options.h - what bordereau-endpoint was asked for on its command line, as values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "app/endpoint/front.h"
#include "app/endpoint/log_lines.h"
#include "storage/base/ids.h"
#include "storage/journal/change.h"

namespace bordereau::app::endpoint {

/// Where an endpoint keeps what it holds.
struct Place {
    std::filesystem::path folder;    ///< of the database, or of the working copy of `store`
    std::string store;               ///< address of a PostgreSQL database; empty: none
    std::filesystem::path key_file;  ///< empty: in the folder
    std::filesystem::path files;     ///< where attached files lie; empty: files/ in the folder
};

struct Serve {
    Place data;
    std::string host = "127.0.0.1";
    int port = 8643;                         ///< 0: any free one
    std::filesystem::path certificate, key;  ///< PEM; empty: plain HTTP, loopback only
    std::string watch_host;                  ///< for metrics and the status page; empty: none apart
    int watch_port = 0;
    FrontSettings front;
    LogLevel log = LogLevel::info;
    std::size_t body_megabytes = 256;  ///< of all requests under way together
    int grace_seconds = 10;            ///< for what is under way when told to stop
};

/// Names the agency, and founds teams where there are none of that name.
struct Create {
    Place data;
    std::string agency;  ///< empty: as it was
    std::vector<std::string> teams;
};

/// Makes the token that opens the status page from elsewhere.
struct StatusToken {
    Place data;
    int days = 90;
};

struct Invite {
    Place data;
    std::string team;  ///< that there is
    storage::Role role = storage::Role::officer;
    std::string url = "http://127.0.0.1:8643";  ///< at which devices reach this endpoint
    int hours = 72;                             ///< until it expires
    std::filesystem::path pinned;   ///< PEM certificate whose key devices shall insist on; or empty
    std::filesystem::path picture;  ///< PNG to write with the code as a QR picture; or empty
};

/// How long a command that reads beside a running endpoint waits for that to read in what has come.
constexpr int kWaitSeconds = 5;

/// What a list holds.
enum class Listed { everything, teams, devices, audits };

struct List {
    Place data;
    Listed what = Listed::everything;
    bool json = false;
    int wait_seconds = kWaitSeconds;
};

struct Show {
    Place data;
    AuditId audit;
    bool json = false;
    int wait_seconds = kWaitSeconds;
};

struct Export {
    Place data;
    std::filesystem::path file;      ///< CSV; empty: standard output
    std::filesystem::path attached;  ///< as well: attached files, a folder for each audit
    std::filesystem::path bundle;    ///< instead: a bundle for a team's devices
    std::string team;                ///< of the bundle: name or id
    std::uint64_t part_size = 0;     ///< of the bundle; 0: as large as the file system takes
    int wait_seconds = kWaitSeconds;
};

/// Takes bundles in that were carried here, and leaves receipts beside them.
struct Import {
    Place data;
    std::vector<std::filesystem::path> places;  ///< files, or folders of sticks
};

struct Revoke {
    Place data;
    std::string device;  ///< its number, the beginning of it, or its name
    std::string reason;  ///< kept with the membership; may be empty
};

/// Brings what is kept in the folder into the database of --store, which is empty.
struct Move {
    Place data;
};

/// Everything that is kept in the folder, as one file, while it is served.
struct Backup {
    Place data;
    std::filesystem::path file;
    bool replace = false;  ///< an earlier backup of that name
};

/// An endpoint out of such a file, in a folder that is not there yet.
struct Restore {
    Place data;  ///< `key_file` is the one that belongs to the backup
    std::filesystem::path file;
};

/// Another key file, and everything under it.
struct ChangeKey {
    Place data;
};

/// Says whether every changeset held is signed and follows its predecessor.
struct Verify {
    Place data;
};

using Command = std::variant<Serve, Create, Invite, List, Show, Export, Import, Revoke, Verify,
                             Move, StatusToken, Backup, Restore, ChangeKey>;

/// The command, or the code to exit with: help and mistakes have been printed by then.
std::variant<Command, int> parse_options(int argc, const char* const* argv);

}  // namespace bordereau::app::endpoint
