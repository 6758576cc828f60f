#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/endpoint/beside.h"
#include "app/endpoint/carry_out.h"
#include "app/endpoint/open_store.h"
#include "app/endpoint/page/words.h"
#include "storage/base/time.h"
#include "storage/journal/answer_set.h"

namespace bordereau::app::endpoint {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kPage = 500;

// Damaged text in a record must not keep the rest from being read.
std::string dump(const ordered_json& json) {
    return json.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

/// Calls `each` for every audit of a team, the latest first, a page at a time.
Status for_each_audit(const storage::ChangesetStore& store, const TeamId& team,
                      const std::function<Status(const storage::AuditSummary&)>& each) {
    storage::AuditFilter filter;
    filter.limit = kPage;
    while (true) {
        const auto audits = store.audits(team, filter);
        if (!audits) return audits.error();
        for (const storage::AuditSummary& audit : *audits)
            if (Status seen = each(audit); !seen) return seen;
        if (std::ssize(*audits) < kPage) return done();
        filter.after = storage::place_of(audits->back());
    }
}

ordered_json json_of(const storage::AuditSummary& audit) {
    return {{"id", audit.id.text},
            {"form", audit.form.text},
            {"version", audit.form_version},
            {"title", audit.title},
            {"unit", audit.unit},
            {"state", storage::name_of(audit.state)},
            {"created_by", audit.created_by_login},
            {"created_at", to_iso(audit.created_at, 0)},
            {"changed_at", to_iso(audit.changed_at, 0)},
            {"answers", audit.answers},
            {"conflicts", audit.conflicts}};
}

ordered_json json_of(const storage::Membership& member) {
    return {{"id", member.device().text},
            {"name", member.name},
            {"role", storage::name_of(member.role)},
            {"admitted_at", to_iso(member.issued_at, 0)},
            {"revoked", member.revoked},
            {"reason", member.reason}};
}

Status add_devices(ordered_json& row, const storage::ChangesetStore& store, const TeamId& team) {
    const auto members = store.members(team);
    if (!members) return members.error();
    const auto contacts = store.contacts(team);
    if (!contacts) return contacts.error();
    row["devices"] = ordered_json::array();
    const DeviceId own = storage::crypto::device_id(store.key().public_key());
    for (const storage::Membership& member : *members) {
        if (member.device() == own) continue;
        ordered_json device = json_of(member);
        if (const auto at = contacts->find(member.device()); at != contacts->end())
            device["last_contact"] = to_iso(at->second, 0);
        row["devices"].push_back(std::move(device));
    }
    return done();
}

Status add_audits(ordered_json& row, const storage::ChangesetStore& store, const TeamId& team) {
    row["audits"] = ordered_json::array();
    return for_each_audit(store, team, [&row](const storage::AuditSummary& audit) {
        row["audits"].push_back(json_of(audit));
        return done();
    });
}

// What lies in quarantine, of whom, and why.
Status add_refused(ordered_json& row, const storage::ChangesetStore& store, const TeamId& team) {
    const auto refused = store.refused_by_device(team);
    if (!refused) return refused.error();
    row["refused"] = ordered_json::array();
    for (const storage::RefusedOfDevice& one : *refused) {
        const auto member = store.member(team, one.device);
        if (!member) return member.error();
        row["refused"].push_back({{"device", one.device.text},
                                  {"name", *member ? (*member)->name : std::string{}},
                                  {"fault", storage::name_of(one.fault)},
                                  {"what", words::of(one.fault)},
                                  {"remedy", words::remedy(one.fault)},
                                  {"changesets", one.changesets},
                                  {"first", to_iso(one.first, 0)},
                                  {"latest", to_iso(one.latest, 0)}});
    }
    return done();
}

Status add_changesets(ordered_json& row, const storage::ChangesetStore& store, const TeamId& team) {
    const auto vector = store.vector(team);
    if (!vector) return vector.error();
    std::map<std::string, std::int64_t> sealed;
    for (const auto& [chain, end] : *vector) sealed[chain.device.text] += end.number;
    row["changesets"] = sealed;
    const auto quarantined = store.quarantined(team);
    if (!quarantined) return quarantined.error();
    row["quarantined"] = *quarantined;
    const auto turned_away = store.turned_away(team);
    if (!turned_away) return turned_away.error();
    row["turned_away"] = *turned_away;
    return add_refused(row, store, team);
}

Result<ordered_json> json_of(const storage::ChangesetStore& store, const storage::Team& team,
                             Listed what) {
    ordered_json row{{"id", team.id.text}, {"name", team.name}};
    const bool all = what == Listed::everything;
    if (all || what == Listed::devices)
        if (Status added = add_devices(row, store, team.id); !added) return added.error();
    if (all || what == Listed::audits)
        if (Status added = add_audits(row, store, team.id); !added) return added.error();
    if (all)
        if (Status added = add_changesets(row, store, team.id); !added) return added.error();
    return row;
}

ordered_json part(const ordered_json& row, const char* key) {
    return row.value(key, ordered_json::array());
}

void print_refused(std::ostream& out, const ordered_json& row) {
    const auto text = [&row](const char* key) { return row[key].get<std::string>(); };
    const std::string name = text("name"), device = text("device");
    const auto changesets = row["changesets"].get<std::int64_t>();
    out << "    " << (name.empty() ? std::string{words::kNobodyKnown} : name)
        << (device.empty() ? "" : "  " + device) << ", " << text("first")
        << (text("first") == text("latest") ? "" : " to " + text("latest")) << ": "
        << (changesets == 1 ? "1 changeset " : std::to_string(changesets) + " changesets ")
        << text("what") << ".\n      " << text("remedy") << '\n';
}

void print(std::ostream& out, const ordered_json& team) {
    const auto text = [](const ordered_json& row, const char* key) {
        return row[key].get<std::string>();
    };
    out << "team " << text(team, "name") << "  " << text(team, "id") << '\n';
    for (const ordered_json& device : part(team, "devices"))
        out << "  device " << text(device, "id") << "  " << text(device, "role")
            << (device["revoked"].get<bool>() ? "  revoked  " : "  ") << text(device, "name")
            << (text(device, "reason").empty() ? "" : ": " + text(device, "reason")) << '\n';
    for (const ordered_json& audit : part(team, "audits"))
        out << "  audit " << text(audit, "id") << "  " << text(audit, "form") << "  "
            << text(audit, "state") << "  " << audit["answers"].get<std::int64_t>() << " answers  "
            << text(audit, "title") << '\n';
    if (const auto quarantined = team.value("quarantined", std::int64_t{0}); quarantined > 0)
        out << "  " << words::quarantined(quarantined) << '\n';
    for (const ordered_json& refused : part(team, "refused")) print_refused(out, refused);
    if (const auto turned_away = team.value("turned_away", std::int64_t{0}); turned_away > 0)
        out << "  " << turned_away << " arrivals refused that quarantine has no more room for\n";
}

// One field of RFC 4180.
std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

// What stands beside answers is the team's own: notes, and where an answer was copied from.
bool is_answer(const storage::RecordedAnswer& recorded) {
    return recorded.value && !storage::is_beside_answer(recorded.path);
}

Status export_audit(const storage::ChangesetStore& store, const storage::Team& team,
                    const storage::AuditSummary& audit, std::ostream& out) {
    const auto answers = store.answers(audit.id);
    if (!answers) return answers.error();
    for (const storage::RecordedAnswer& answer : *answers)
        if (is_answer(answer))
            out << csv_field(team.name) << ',' << audit.id.text << ',' << csv_field(audit.form.text)
                << ',' << csv_field(audit.form_version) << ',' << storage::name_of(audit.state)
                << ',' << csv_field(answer.path) << ',' << csv_field(*answer.value) << "\r\n";
    return done();
}

using ForAudit = std::function<Status(const storage::AuditSummary&)>;

Status export_all(const storage::ChangesetStore& store, std::ostream& out, const ForAudit& also) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    out << "team,audit,form,version,state,path,value\r\n";
    for (const storage::Team& team : *teams) {
        Status written = for_each_audit(store, team.id, [&](const storage::AuditSummary& audit) {
            if (Status answers = export_audit(store, team, audit, out); !answers) return answers;
            return also(audit);
        });
        if (!written) return written;
    }
    if (!out.flush()) return Error{ErrorCode::io, "the export could not be written to its end"};
    return done();
}

}  // namespace

Status carry_out(const List& list, storage::ChangesetStore& store, Output& out) {
    const bool audits = list.what == Listed::everything || list.what == Listed::audits;
    if (audits)
        if (Status may = read_beside(list.data, list.wait_seconds, store, out); !may) return may;
    const auto teams = store.teams();
    if (!teams) return teams.error();
    ordered_json rows = ordered_json::array();
    for (const storage::Team& team : *teams) {
        auto row = json_of(store, team, list.what);
        if (!row) return std::move(row).error();
        rows.push_back(std::move(*row));
    }
    if (list.json)
        out.result << dump(ordered_json{{"teams", rows}}) << '\n';
    else
        for (const ordered_json& row : rows) print(out.result, row);
    return done();
}

Status carry_out(const Show& show, storage::ChangesetStore& store, Output& out) {
    if (Status may = read_beside(show.data, show.wait_seconds, store, out); !may) return may;
    const auto audit = store.audit(show.audit);
    if (!audit) return audit.error();
    if (!*audit) return Error{ErrorCode::not_found, "no audit " + show.audit.text};
    const auto answers = store.answers(show.audit);
    if (!answers) return answers.error();
    ordered_json shown = json_of(**audit);
    ordered_json values = ordered_json::object();
    for (const storage::RecordedAnswer& answer : *answers)
        if (is_answer(answer)) values[answer.path] = *answer.value;
    if (show.json) {
        shown["values"] = values;
        out.result << dump(shown) << '\n';
        return done();
    }
    for (const auto& [key, value] : shown.items())
        out.result << key << ": " << (value.is_string() ? value.get<std::string>() : dump(value))
                   << '\n';
    for (const auto& [path, value] : values.items())
        out.result << "  " << path << " = " << value.get<std::string>() << '\n';
    return done();
}

Status carry_out(const Export& exporting, storage::ChangesetStore& store, Output& out) {
    if (Status may = read_beside(exporting.data, exporting.wait_seconds, store, out); !may)
        return may;
    if (!exporting.bundle.empty()) return export_bundle(exporting, store, out);
    ForAudit also = [](const storage::AuditSummary&) { return done(); };
    std::optional<storage::KeptFiles> files;
    if (!exporting.attached.empty()) {
        auto opened = open_existing_files(exporting.data);
        if (!opened) return opened.error();
        files.emplace(*std::move(opened));
        also = [&](const storage::AuditSummary& audit) {
            return export_files_of(audit.id, exporting.attached, store, *files, out);
        };
    }
    if (exporting.file.empty()) return export_all(store, out.result, also);
    std::ofstream file{exporting.file, std::ios::binary};
    if (!file) return Error{ErrorCode::io, "cannot write " + exporting.file.string()};
    return export_all(store, file, also);
}

Status carry_out(const Verify&, storage::ChangesetStore& store, Output& out) {
    const auto broken = store.verify();
    if (!broken) return broken.error();
    if (*broken)
        return Error{ErrorCode::corrupt, "changeset " + std::to_string((*broken)->number) +
                                             " of device " + (*broken)->chain.device.text + ": " +
                                             std::string{storage::name_of((*broken)->fault)}};
    out.result << "every changeset is signed and follows its predecessor\n";
    return done();
}

}  // namespace bordereau::app::endpoint
