// app/desk/desk.h - a notebook opened by a person, and all that people do with it: the use cases
// shared by the window, the command line and the tour. No drawing, no wording.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/desk/door.h"
#include "app/desk/filling.h"
#include "app/desk/form_shelf.h"
#include "app/desk/nearby.h"
#include "app/desk/records.h"
#include "app/desk/reporting.h"
#include "app/desk/services.h"
#include "storage/audits.h"
#include "storage/base/result.h"
#include "storage/notebook.h"
#include "storage/reviews.h"
#include "storage/rights.h"
#include "storage/search.h"
#include "sync/bundling.h"
#include "sync/peer.h"
#include "sync/reconnect.h"
#include "sync/round.h"
#include "sync/travel_choices.h"
#include "sync/worker.h"

namespace bordereau::app {

/// Where the notebook lies unless a person names another folder: BORDEREAU_NOTEBOOK, else
/// bordereau/notebook in XDG_DATA_HOME, else in ~/.local/share.
std::filesystem::path default_notebook_folder();

/// One desk per process: the notebook is locked while it lives.
class Desk {
public:
    /// Founds a notebook with the built-in forms and seeded registers on its shelf.
    static Result<std::unique_ptr<Desk>> create(const std::filesystem::path& folder,
                                                const storage::Founding& founding,
                                                Services services);
    /// Errors as storage::Notebook::open().
    static Result<std::unique_ptr<Desk>> open(const std::filesystem::path& folder,
                                              std::string_view login, std::string_view passphrase,
                                              Services services);
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    ~Desk();

    storage::Notebook& notebook() { return notebook_; }
    FormShelf& forms() { return forms_; }
    storage::Search& search() { return search_; }
    const Services& services() const { return services_; }
    RecordSource records() { return {notebook_, forms_, services_}; }

    /// refused: the person's role does not allow it.
    Status may(storage::Act act) const;

    // People and keys. Errors as those of storage::Notebook.

    /// Takes the key away from a person: a new key, and files sealed anew. The worker rests
    /// meanwhile. cancelled: the person is out; some files wait for the next change of key.
    Status remove_person(std::string_view login, const storage::GoingOn& going_on);
    Status change_key(const storage::GoingOn& going_on);

    // Backup.

    /// As storage::Notebook::back_up(), on a connection of its own: for a thread of its own. The
    /// desk must outlive it.
    Result<std::function<Result<storage::BackupMade>(const storage::GoingOn&)>> backup_to(
        const std::filesystem::path& file);
    /// Errors as storage::Notebook::restore(). The endpoint is forgotten: the new device has to be
    /// invited.
    static Result<storage::Restored> restore(const std::filesystem::path& file,
                                             const std::filesystem::path& into,
                                             std::string_view login, std::string_view passphrase,
                                             const Services& services,
                                             const storage::GoingOn& going_on);

    // Recording.

    /// A new draft, with all that the form fills in by itself already on disk. An empty version
    /// means the latest.
    Result<AuditId> start_audit(const FormId& form, std::string_view version);
    Result<storage::AuditSummary> audit(const AuditId& audit);
    /// An audit by its whole id, or by the beginning of it where that names only one.
    Result<storage::AuditSummary> find_audit(std::string_view id_or_start);
    /// refused: somebody else records it, and this person's role does not let them read it.
    Result<Filling> open_audit(const AuditId& audit);
    Result<Filling> read_audit(const AuditId& audit);
    /// From now on the person at the keyboard records it; leaves an event in its history.
    Status take_over(const AuditId& audit, std::string_view reason);
    Result<audit::Record> record(const AuditId& audit);

    /// In a thread of its own, on its own connection, where something waits for it: brings the
    /// search index up to date; seals files under the present key, once per desk, after somebody
    /// lost the one before. `wake` is called from that thread when it is done.
    void tend_beside(std::function<void()> wake);

    // Travelling.

    Result<std::optional<sync::Peer>> endpoint();
    /// Redeems an invitation code, or a file or photo of one, and moves the notebook into its team.
    /// Blocks while it asks.
    Status join(std::string_view invitation_code);
    /// Moves the notebook into a team, as a code of the laptop where it was founded says, or a file
    /// with it: code_or_file() of members.h.
    Status join_by_certificate(std::string_view code);
    /// Seals what may travel and exchanges once, in this thread.
    /// `most` bytes per second either way, instead of what was chosen; 0: as chosen.
    sync::RoundEnd sync_once(std::size_t most = 0);
    /// Keeps the notebook and its endpoint the same from now on, in a thread of its own. `wake` is
    /// called from that thread after each change of status. Null where no endpoint was joined.
    sync::Worker* start_worker(std::function<void()> wake);
    sync::Worker* worker() { return worker_.get(); }
    /// A person asks for a round: ends a pause, also where the notebook is opened the next time.
    Status travel_now();
    /// Something is ready to travel: a round where nobody has paused it.
    void travel_when_allowed();
    /// Somebody is at work here: see sync::Worker::note_presence().
    void travel_for_news();
    Status pause_travel();  ///< until travel_now(), also where the notebook is opened again
    Result<sync::TravelChoices> travel_choices();
    /// Takes effect at once. invalid: see sync::keep().
    Status choose_travel(const sync::TravelChoices& choices);

    // Travelling to a laptop nearby. refused: the person's role does not allow it.

    /// Lets other laptops of the team exchange with this one for some minutes. `wake` is called
    /// from a thread when it closes by itself. Errors as Door::open().
    Status open_door(const DoorOptions& options, std::function<void()> wake);
    void close_door();
    /// Null where none is open.
    const Door* door() const { return door_ && door_->is_open() ? &*door_ : nullptr; }
    /// Looks for open doors of the team from now on. offline: nothing can be found here.
    Status look_nearby(std::function<void()> changed);
    std::vector<std::string> nearby() const;  ///< addresses, without that of this laptop's door
    /// One exchange with the laptop at that address, for a thread of its own; the desk must outlive
    /// it. invalid: no address. Errors of the work as sync::exchange_at_door().
    Result<std::function<sync::RoundEnd(const storage::GoingOn&)>> meet(std::string_view address);

    // Travelling by stick. Each gives a work on a connection of its own, for a thread of its own;
    // the desk must outlive it. refused: the person's role does not allow it.

    /// Errors of the work as sync::export_bundle().
    Result<std::function<Result<sync::BundleMade>(const storage::GoingOn&)>> bundle_to(
        const sync::BundleExport& asked);
    /// Errors of the work as sync::import_bundles().
    Result<std::function<Result<sync::Imported>(const storage::GoingOn&)>> bundles_from(
        const std::vector<std::filesystem::path>& places);
    /// A device of the team by its name, its id or the beginning of it. not_found: none, or
    /// several.
    Result<DeviceId> find_device(std::string_view name_or_id);

    // Reporting.

    /// refused: this person may not export for that audience.
    Result<MadeReports> report(const ReportRequest& request);

private:
    Desk(storage::Notebook notebook, Services services);
    Status furnish();
    Result<Filling> open_filling(const AuditId& audit, bool to_read);
    Status alone(const std::function<Status()>& act);

    storage::Notebook notebook_;
    Services services_;
    FormShelf forms_;
    storage::Search search_;
    std::atomic<bool> tending_ = false;
    bool renewed_ = false;  // a damaged file keeps its key: it is not read again and again
    std::jthread tender_;   // before the notebook goes, this has ended
    std::unique_ptr<sync::Worker> worker_;
    std::unique_ptr<sync::Reconnect> reconnect_;  // goes before the worker that it tells
    std::function<void()> wake_;
    std::optional<Door> door_;
    std::unique_ptr<Announcement> announcement_;  // of that door
    std::unique_ptr<Nearby> nearby_;
};

}  // namespace bordereau::app
