#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/present/copied.h"
#include "storage/salvage.h"
#include "storage/teams.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;
using storage::Break;
using storage::Fault;
using storage::SalvagedAudit;
using storage::SalvageReport;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

// A device by the name that people gave it.
std::string device_name(storage::Notebook& notebook, const DeviceId& device) {
    const auto devices = storage::Teams{notebook}.devices();
    if (devices)
        for (const auto& one : *devices)
            if (one.id == device && !one.name.empty()) return one.name;
    return device.text.substr(0, 8);
}

std::string sentence_for_break(const text::Words& words, storage::Notebook& notebook,
                               const Break& found) {
    const std::string row = found.row.empty() ? "?" : found.row;
    if (found.fault == Fault::not_of_log)
        return words("verify.not_of_log", {{"table", found.table}, {"row", row}});
    if (found.table == "pending")
        return words(found.fault == Fault::ahead ? "verify.pending_ahead" : "verify.pending",
                     {{"row", row}});
    if (found.table == "waiting" || found.table == "quarantine")
        return words("verify.aside", {{"table", found.table}});
    const std::string key =
        "verify." + std::string{found.fault == Fault::missing   ? "missing"
                                : found.fault == Fault::damaged ? "damaged"
                                                                : "broken_link"};
    return words(key, {{"number", number(found.number)},
                       {"device", device_name(notebook, found.chain.device)}});
}

std::int64_t count_changesets(const storage::VersionVector& vector) {
    std::int64_t count = 0;
    for (const auto& [chain, end] : vector) count += end.number;
    return count;
}

Exit tell_break(const Console& console, storage::Notebook& notebook, const Break& found) {
    if (console.json())
        console.print(json{{"holds", false},
                           {"table", found.table},
                           {"row", found.row},
                           {"device", found.chain.device.text},
                           {"lane", found.chain.lane.text},
                           {"number", found.number},
                           {"fault", storage::name_of(found.fault)}}
                          .dump());
    else
        console.print(sentence_for_break(console.words(), notebook, found) + "\n" +
                      std::string{console.words()("verify.advice")});
    return Exit::failed;
}

Exit tell_whole(const Console& console, std::int64_t changesets, std::int64_t unsealed) {
    const text::Words& words = console.words();
    if (console.json()) {
        console.print(
            json{{"holds", true}, {"changesets", changesets}, {"unsealed", unsealed}}.dump());
        return Exit::ok;
    }
    console.print(words("verify.holds", {{"n", number(changesets)}}));
    console.print(words("verify.tables"));
    if (unsealed > 0) console.print(words("verify.unsealed", {{"n", number(unsealed)}}));
    return Exit::ok;
}

std::string line_for(const text::Words& words, const SalvagedAudit& audit) {
    const std::string title = audit.title.empty() ? audit.id.text : audit.title;
    if (audit.lost) return words("salvage.audit_lost", {{"title", title}});
    std::string line =
        audit.answers < audit.answers_before
            ? words("salvage.audit_less", {{"title", title},
                                           {"answers", number(audit.answers)},
                                           {"before", number(audit.answers_before)}})
            : words("salvage.audit", {{"title", title}, {"answers", number(audit.answers)}});
    if (audit.attachments_lost == 0) return line;
    return words("salvage.files_lost", {{"audit", line}, {"n", number(audit.attachments_lost)}});
}

void print_report(const Console& console, const SalvageReport& report,
                  const std::filesystem::path& into) {
    const text::Words& words = console.words();
    for (const SalvagedAudit& audit : report.audits) console.print("  " + line_for(words, audit));
    console.print(words("salvage.pages", {{"damaged", number(report.pages_damaged)},
                                          {"pages", number(report.pages)}}));
    if (report.second_key_file) console.print(words("salvage.second_key_file"));
    if (report.recent_lost) console.print(words("salvage.recent_lost"));
    console.print(words("salvage.kept", {{"n", number(report.changesets)}}));
    const std::pair<const char*, std::int64_t> counts[]{{"salvage.behind", report.behind_gaps},
                                                        {"salvage.quarantined", report.quarantined},
                                                        {"salvage.anew", report.recorded_anew}};
    for (const auto& [key, count] : counts)
        if (count > 0) console.print(words(key, {{"n", number(count)}}));
    for (const auto& gap : report.gaps)
        console.print(words("salvage.gap", {{"first", number(gap.first)},
                                            {"last", number(gap.last)},
                                            {"device", gap.chain.device.text.substr(0, 8)}}));
    if (report.role_given)
        console.print(words(*report.role_given == storage::Role::administrator
                                ? "salvage.role_raised"
                                : "salvage.role_lost",
                            {{"person", console.person()}}));
    if (report.people_lost > 0)
        console.print(words("salvage.people_lost", {{"n", number(report.people_lost)}}));
    console.print(words("salvage.done", {{"folder", into.string()}}));
}

json json_of(const SalvageReport& report) {
    json audits = json::array(), gaps = json::array();
    for (const SalvagedAudit& audit : report.audits)
        audits.push_back({{"audit", audit.id.text},
                          {"title", audit.title},
                          {"unit", audit.unit},
                          {"answers", audit.answers},
                          {"answers_before", audit.answers_before},
                          {"recorded_anew", audit.recorded_anew},
                          {"attachments", audit.attachments},
                          {"attachments_lost", audit.attachments_lost},
                          {"lost", audit.lost}});
    for (const auto& gap : report.gaps)
        gaps.push_back({{"device", gap.chain.device.text},
                        {"lane", gap.chain.lane.text},
                        {"first", gap.first},
                        {"last", gap.last}});
    return {{"pages", report.pages},
            {"pages_damaged", report.pages_damaged},
            {"second_key_file", report.second_key_file},
            {"recent_lost", report.recent_lost},
            {"changesets", report.changesets},
            {"behind_gaps", report.behind_gaps},
            {"quarantined", report.quarantined},
            {"recorded_anew", report.recorded_anew},
            {"gaps", gaps},
            {"audits", audits},
            {"role_given", report.role_given ? json(storage::name_of(*report.role_given)) : json()},
            {"people_lost", report.people_lost},
            {"device", report.device.text}};
}

}  // namespace

Exit verify(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::Notebook& notebook = (*desk)->notebook();
    auto broken = notebook.journal().verify();
    if (broken && !*broken) broken = notebook.journal().verify_folds();
    const auto copies = sentences_of_copies(console.words(), notebook);
    if (!copies) return console.fail(Doing::opening_notebook, copies.error());
    for (const std::string& sentence : *copies) console.complain(sentence);
    if (!broken) return console.fail(Doing::opening_notebook, broken.error());
    if (*broken) return tell_break(console, notebook, **broken);
    const auto vector = notebook.journal().vector();
    const auto unsealed = notebook.journal().pending_count();
    if (!vector) return console.fail(Doing::opening_notebook, vector.error());
    if (!unsealed) return console.fail(Doing::opening_notebook, unsealed.error());
    return tell_whole(console, count_changesets(*vector), *unsealed);
}

Exit rebuild(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status rebuilt = (*desk)->notebook().journal().rebuild();
    if (!rebuilt) return console.fail(Doing::opening_notebook, rebuilt.error());
    if (!console.json()) console.print(console.words()("verify.rebuilt"));
    return Exit::ok;
}

Exit salvage(const Console& console, const SalvageOptions& options) {
    auto secret = console.passphrase();
    if (!secret) return console.fail(Doing::salvaging, secret.error());
    const Services services = system_services();
    const auto report = storage::salvage(options.damaged, options.into, console.person(), *secret,
                                         {services.clock, services.entropy, services.cost});
    if (!report) return console.fail(Doing::salvaging, report.error());
    if (console.json())
        console.print(json_of(*report).dump());
    else
        print_report(console, *report, options.into);
    return Exit::ok;
}

}  // namespace bordereau::app::cli
