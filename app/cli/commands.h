// app/cli/commands.h - the subcommands, each a function from its options to an exit code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/console.h"

namespace bordereau::app::cli {

struct InitOptions {
    std::string person, team, device;
};
Exit init(const Console& console, const InitOptions& options);

struct AddPersonOptions {
    std::string person, role;
    std::string passphrase_file;  ///< of the new person; empty: BORDEREAU_NEW_PASSPHRASE
};
Exit add_person(const Console& console, const AddPersonOptions& options);

Exit people(const Console& console);
Exit remove_person(const Console& console, const std::string& person);
Exit set_role(const Console& console, const std::string& person, const std::string& role);
Exit change_passphrase(const Console& console, const std::string& new_file);
Exit change_key(const Console& console);
/// Prints it, or writes a page to print.
Exit recovery_key(const Console& console, const std::filesystem::path& page);
struct RecoverOptions {
    std::string person;
    std::string key_file;         ///< empty: BORDEREAU_RECOVERY_KEY, else asked
    std::string passphrase_file;  ///< the new one; empty: BORDEREAU_NEW_PASSPHRASE, else asked
};
Exit recover(const Console& console, const RecoverOptions& options);
Exit take_over(const Console& console, const std::string& audit, const std::string& reason);

/// A file that is there already stays, unless it is a backup that may be replaced.
Exit backup(const Console& console, const std::filesystem::path& file, bool replace);
struct RestoreOptions {
    std::filesystem::path file, into;
    std::string device;  ///< name of this laptop; empty: the host's
};
Exit restore(const Console& console, const RestoreOptions& options);

/// Whether everything in the notebook holds together; failed where it does not.
Exit verify(const Console& console);
Exit rebuild(const Console& console);

struct SalvageOptions {
    std::filesystem::path damaged, into;
};
Exit salvage(const Console& console, const SalvageOptions& options);

struct ListOptions {
    std::string state, text;
};
Exit list(const Console& console, const ListOptions& options);

struct FindOptions {
    std::vector<std::string> words;
    std::string state, form, unit, person, from, to;
    std::int64_t limit = 50;
};
Exit find(const Console& console, const FindOptions& options);

struct HistoryOptions {
    std::string audit;
    std::string question;       ///< path or name; empty: all
    std::filesystem::path csv;  ///< write ODK's audit.csv there instead of printing
    bool as_form = false;       ///< only the columns that the form asks for
};
Exit history(const Console& console, const HistoryOptions& options);

struct ShowOptions {
    std::string audit;
    std::string choices_of;  ///< instead: what this question can be answered with; a path or name
};
Exit show(const Console& console, const ShowOptions& options);

struct NewOptions {
    std::string form, version;
};
Exit start(const Console& console, const NewOptions& options);

struct AnswerOptions {
    std::string audit;
    std::vector<std::string> answers;  ///< QUESTION=VALUE
    std::string file;                  ///< an answer script
};
Exit answer(const Console& console, const AnswerOptions& options);

struct CopyOptions {
    std::string audit;
    std::string from;     ///< another audit; empty: the last one of the same unit
    std::string section;  ///< title, number or name; empty: all
};
Exit copy(const Console& console, const CopyOptions& options);

struct ConfirmOptions {
    std::string audit;
    std::vector<std::string> questions;
    bool all = false;
};
Exit confirm(const Console& console, const ConfirmOptions& options);

struct NoteOptions {
    std::string audit, question, text;
};
Exit note(const Console& console, const NoteOptions& options);

struct AttachOptions {
    std::string audit, question;
    std::filesystem::path file;
};
Exit attach(const Console& console, const AttachOptions& options);
Exit detach(const Console& console, const AttachOptions& options);

struct AttachmentOptions {
    std::string audit, name;    ///< an empty name lists all
    std::filesystem::path out;  ///< where a copy goes; must not exist
};
Exit attachment(const Console& console, const AttachmentOptions& options);
Exit collect_files(const Console& console);

Exit finalize(const Console& console, const std::string& audit);

struct ReviewOptions {
    std::string audit;
    std::vector<std::string> comments;                 ///< QUESTION=TEXT
    std::vector<std::string> accept, reject_evidence;  ///< paths of pieces of evidence
    std::vector<std::string> ticks;                    ///< items of the review list, or "all"
    std::string send_back, reject;                     ///< a reason each
    bool approve = false;
    bool with_open_comments = false;  ///< approves although comments wait to be dealt with
};
Exit review(const Console& console, const ReviewOptions& options);

Exit join(const Console& console, const std::string& invitation);

/// This notebook's request to become a member, for the laptop where the team was founded.
Exit device_code(const Console& console);
struct AdmitOptions {
    std::string code;  ///< of the newcomer, or a file with it
    std::string name;  ///< empty: as the code says
    std::string role;
    std::vector<std::string> instead_of;  ///< members whose audits it goes on with
    std::filesystem::path output;         ///< empty: printed
};
Exit admit(const Console& console, const AdmitOptions& options);
/// The answer to device_code(), or a file with it.
Exit join_by_certificate(const Console& console, const std::string& certificate);
Exit members(const Console& console);
struct RevokeOptions {
    std::string device, reason;
};
Exit revoke(const Console& console, const RevokeOptions& options);
struct SyncOptions {
    std::size_t limit = 0;  ///< bytes per second; 0: as chosen
    bool log = false;       ///< instead: what happened on the way
    std::string audit;      ///< of the log: this one only
};
/// One round, or the travel log.
Exit sync(const Console& console, const SyncOptions& options);

struct TravelOptions {
    std::string proxy;                 ///< "system", "none" or an address; empty: as it is
    std::optional<std::size_t> limit;  ///< bytes per second; 0: none
    std::string on_request, paused;    ///< "yes" or "no"; empty: as it is
};
struct LanOptions {
    std::string address;  ///< of the laptop to go to
    std::string host = "0.0.0.0";
    int port = 0;      ///< 0: the usual one, or a free one
    int minutes = 10;  ///< that the door stays open
    int seconds = 3;   ///< to look for others
};
/// Opens the door until the time is over or the process is told to stop.
Exit lan_serve(const Console& console, const LanOptions& options);
/// One exchange with the laptop at an address.
Exit lan_sync(const Console& console, const LanOptions& options);
/// Lists addresses of laptops of the team that have opened their door.
Exit lan_find(const Console& console, const LanOptions& options);

/// Sets what is given, and prints how this laptop travels.
Exit travel(const Console& console, const TravelOptions& options);

struct BundleOptions {
    std::filesystem::path place;                ///< of an export
    std::vector<std::filesystem::path> places;  ///< of an import, or to be looked at
    std::string to = "all";                     ///< a device's name or id
    bool since_receipt = false;
    std::uint64_t part_size = 0;  ///< bytes; 0: as large as the file system takes
};
Exit export_bundle(const Console& console, const BundleOptions& options);
Exit import_bundles(const Console& console, const BundleOptions& options);
/// What can be said without a key: needs no notebook.
Exit inspect_bundles(const Console& console, const BundleOptions& options);

struct ReportOptions {
    std::string report;  ///< "submission" or "scorecard"
    std::string audience = "team";
    std::filesystem::path folder = "reports";
    std::filesystem::path questions;  ///< a text file with the call's five questions, a line each
    bool reread = false;              ///< all free text was read for personal data
};
Exit report(const Console& console, const ReportOptions& options);
Exit export_csv(const Console& console, const std::string& audience,
                const std::filesystem::path& folder);

Exit list_forms(const Console& console);
Exit add_form(const Console& console, const std::filesystem::path& file);

struct CheckFormOptions {
    std::filesystem::path form;
    bool table = false;   ///< a line per finding, cells between tabs
    bool strict = false;  ///< warnings and remarks count as well
};
Exit check_form(const Console& console, const CheckFormOptions& options);

struct RunFormOptions {
    std::filesystem::path form, answers;
    std::filesystem::path out;  ///< "-": standard output
    std::string language;       ///< of the form, for its messages; empty: its default
};
Exit run_form(const Console& console, const RunFormOptions& options);

}  // namespace bordereau::app::cli
