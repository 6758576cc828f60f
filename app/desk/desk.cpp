#include "app/desk/desk.h"

#include <cstdlib>
#include <stop_token>

#include "app/desk/members.h"
#include "app/desk/registers.h"
#include "storage/attachments.h"
#include "storage/journal/membership.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "sync/admission_code.h"
#include "sync/http_transport.h"
#include "sync/join.h"

namespace bordereau::app {
namespace {

storage::Surroundings surroundings_of(const Services& services) {
    return {services.clock, services.entropy, services.cost};
}

std::filesystem::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::filesystem::path{} : std::filesystem::path{value};
}

}  // namespace

std::filesystem::path default_notebook_folder() {
    if (auto named = from_environment("BORDEREAU_NOTEBOOK"); !named.empty()) return named;
    if (auto data = from_environment("XDG_DATA_HOME"); !data.empty())
        return data / "bordereau" / "notebook";
    return from_environment("HOME") / ".local" / "share" / "bordereau" / "notebook";
}

Desk::Desk(storage::Notebook notebook, Services services)
    : notebook_(std::move(notebook)),
      services_(std::move(services)),
      forms_(notebook_),
      search_(notebook_) {}

Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::create(const std::filesystem::path& folder,
                                           const storage::Founding& founding, Services services) {
    auto notebook = storage::Notebook::create(folder, founding, surroundings_of(services));
    if (!notebook) return std::move(notebook).error();
    std::unique_ptr<Desk> desk{new Desk{*std::move(notebook), std::move(services)}};
    if (Status furnished = desk->furnish(); !furnished) return std::move(furnished).error();
    return desk;
}

Result<std::unique_ptr<Desk>> Desk::open(const std::filesystem::path& folder,
                                         std::string_view login, std::string_view passphrase,
                                         Services services) {
    auto notebook = storage::Notebook::open(folder, login, passphrase, surroundings_of(services));
    if (!notebook) return std::move(notebook).error();
    std::unique_ptr<Desk> desk{new Desk{*std::move(notebook), std::move(services)}};
    if (Status furnished = desk->furnish(); !furnished) return std::move(furnished).error();
    return desk;
}

// What a notebook of this program version has: repeated after a crash and after an update.
Status Desk::furnish() {
    if (Status put = forms_.put_built_in(); !put) return put;
    return seed_registers(notebook_);
}

Result<AuditId> Desk::start_audit(const FormId& form, std::string_view version) {
    std::string wanted{version};
    if (wanted.empty()) {
        const auto known = forms_.list();
        if (!known) return known.error();
        for (const auto& summary : *known)
            if (summary.id == form && summary.version > wanted) wanted = summary.version;
    }
    auto usable = forms_.get(form, wanted);
    if (!usable) return std::move(usable).error();
    auto created = storage::Audits{notebook_}.create(form, wanted, (*usable)->title());
    if (!created) return std::move(created).error();
    if (auto opened = open_audit(*created); !opened) return std::move(opened).error();
    return created;
}

Result<storage::AuditSummary> Desk::audit(const AuditId& audit) {
    auto found = storage::Audits{notebook_}.get(audit);
    if (!found) return std::move(found).error();
    if (!*found) return Error{ErrorCode::not_found, "audit " + audit.text};
    return **std::move(found);
}

Result<storage::AuditSummary> Desk::find_audit(std::string_view id_or_start) {
    const std::string asked{id_or_start};
    if (asked.empty()) return Error{ErrorCode::not_found, "audit"};
    const auto found = storage::Audits{notebook_}.beginning_with(asked, 2);
    if (!found) return found.error();
    if (found->empty()) return Error{ErrorCode::not_found, "audit " + asked};
    if (found->size() > 1) return Error{ErrorCode::conflict, "several audits begin so"};
    return audit(found->front());
}

Result<Filling> Desk::open_audit(const AuditId& audit) {
    return open_filling(audit, false);
}

Result<Filling> Desk::read_audit(const AuditId& audit) {
    return open_filling(audit, true);
}

Result<Filling> Desk::open_filling(const AuditId& id, bool to_read) {
    auto summary = audit(id);
    if (!summary) return std::move(summary).error();
    if (!storage::may_read(notebook_.person(), *summary))
        return Error{ErrorCode::refused, "somebody else records this audit"};
    auto form = forms_.get(summary->form, summary->form_version);
    if (!form) return std::move(form).error();
    return to_read ? Filling::open_to_read(notebook_, *form, *summary, services_)
                   : Filling::open(notebook_, *form, *summary, services_);
}

Status Desk::take_over(const AuditId& audit, std::string_view reason) {
    return storage::Audits{notebook_}.take_over(audit, reason);
}

Status Desk::may(storage::Act act) const {
    if (storage::may(notebook_.person(), act)) return done();
    return Error{ErrorCode::refused, "not allowed: " + std::string{storage::name_of(act)}};
}

// Nothing but this desk's own connection may be open while the key changes.
Status Desk::alone(const std::function<Status()>& act) {
    const bool worked = worker_ != nullptr;
    close_door();
    reconnect_.reset();
    worker_.reset();
    tender_ = {};  // asks it to stop, and waits
    Status status = act();
    if (worked) start_worker(wake_);
    return status;
}

Status Desk::remove_person(std::string_view login, const storage::GoingOn& going_on) {
    const auto person = storage::People{notebook_}.find_login(login);
    if (!person) return person.error();
    if (!*person) return Error{ErrorCode::not_found, "no such person"};
    return alone([&]() -> Status {
        if (Status removed = notebook_.remove_person((*person)->id); !removed) return removed;
        return storage::Attachments{notebook_}.renew(going_on);
    });
}

Status Desk::change_key(const storage::GoingOn& going_on) {
    return alone([&]() -> Status {
        if (Status changed = notebook_.change_key(); !changed) return changed;
        return storage::Attachments{notebook_}.renew(going_on);
    });
}

Result<std::function<Result<storage::BackupMade>(const storage::GoingOn&)>> Desk::backup_to(
    const std::filesystem::path& file) {
    auto connection = notebook_.connect();
    if (!connection) return std::move(connection).error();
    auto owned = std::make_shared<storage::Notebook>(*std::move(connection));
    return std::function{
        [owned, file](const storage::GoingOn& going_on) { return owned->back_up(file, going_on); }};
}

Result<storage::Restored> Desk::restore(const std::filesystem::path& file,
                                        const std::filesystem::path& into, std::string_view login,
                                        std::string_view passphrase, const Services& services,
                                        const storage::GoingOn& going_on) {
    auto restored = storage::Notebook::restore(file, into, login, passphrase, services.device_name,
                                               surroundings_of(services), going_on);
    if (!restored) return restored;
    auto notebook = storage::Notebook::open(into, login, passphrase, surroundings_of(services));
    if (!notebook) return std::move(notebook).error();
    storage::Settings settings{*notebook};
    if (Status forgotten = sync::forget_peer(settings); !forgotten)
        return std::move(forgotten).error();
    return restored;
}

Result<MadeReports> Desk::report(const ReportRequest& request) {
    const bool outside = request.audience == audit::Audience::public_use;
    if (Status allowed = may(outside ? storage::Act::export_public : storage::Act::export_inside);
        !allowed)
        return std::move(allowed).error();
    return make_report(records(), request);
}

Result<audit::Record> Desk::record(const AuditId& id) {
    auto summary = audit(id);
    if (!summary) return std::move(summary).error();
    return record_of(records(), *summary);
}

namespace {

// Small steps, since whoever records an answer meanwhile waits for the present one.
void index_all(storage::Notebook& notebook, const std::stop_token& stop) {
    constexpr std::int64_t kStep = 4;
    storage::Search search{notebook};
    while (!stop.stop_requested()) {
        const auto indexed = search.catch_up(kStep);
        if (!indexed || indexed->left == 0) break;
    }
}

}  // namespace

void Desk::tend_beside(std::function<void()> wake) {
    const auto waiting = search_.waiting();
    const bool to_index = waiting && *waiting > 0;
    const bool to_renew = !renewed_ && storage::Attachments{notebook_}.has_old_keys();
    if (tending_ || !(to_index || to_renew)) return;
    auto connection = notebook_.connect();
    if (!connection) return;
    tending_ = true;
    renewed_ |= to_renew;
    auto notebook = std::make_shared<storage::Notebook>(*std::move(connection));
    tender_ = std::jthread{[=, this, wake = std::move(wake)](const std::stop_token& stop) {
        if (to_index) index_all(*notebook, stop);
        // What is broken off or damaged is looked at again at the next opening.
        if (to_renew)
            (void)storage::Attachments{*notebook}
                .renew([&stop](auto, auto) { return !stop.stop_requested(); })
                .ok();
        tending_ = false;
        wake();
    }};
}

Result<std::optional<sync::Peer>> Desk::endpoint() {
    return sync::remembered_peer(storage::Settings{notebook_});
}

Status Desk::join(std::string_view invitation_code) {
    if (Status allowed = may(storage::Act::join); !allowed) return allowed;
    const auto code = code_or_file(invitation_code);
    if (!code) return code.error();
    const auto joined = sync::join(
        notebook_, *code, notebook_.person().login,
        [](const sync::Peer& peer) { return sync::http_transport({peer.certificate_pin}); },
        std::stop_token{});
    return joined ? done() : Status{joined.error()};
}

Status Desk::join_by_certificate(std::string_view code) {
    if (Status allowed = may(storage::Act::join); !allowed) return allowed;
    const auto text = code_or_file(code);
    if (!text) return text.error();
    const auto read = sync::read_member_code(*text);
    if (!read) return read.error();
    const auto membership = storage::read_certificate(read->certificate);
    if (!membership) return Error{ErrorCode::invalid, "a certificate that does not hold"};
    if (!read->admitted_by.empty() && !storage::read_certificate(read->admitted_by))
        return Error{ErrorCode::invalid, "a certificate that does not hold"};
    Status joined = notebook_.join(membership->team, read->team_name, read->certificate);
    if (!joined || read->admitted_by.empty()) return joined;
    return notebook_.meet(read->admitted_by);
}

}  // namespace bordereau::app
