// Bundles for a USB stick: written, taken in, looked at.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/watched.h"
#include "app/present/bundles.h"
#include "storage/base/text.h"
#include "storage/base/time.h"
#include "storage/crypto/sign.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

json names_of(const std::vector<std::filesystem::path>& files) {
    json names = json::array();
    for (const auto& file : files) names.push_back(file.string());
    return names;
}

json json_of(const sync::BundleMade& made) {
    return {{"files", names_of(made.files)},       {"bytes", made.bytes},
            {"changesets", made.changesets},       {"attachments", made.attachments},
            {"attachments_missing", made.without}, {"receivers", made.receivers}};
}

const char* name_of(sync::BundleRefusal refusal) {
    switch (refusal) {
        case sync::BundleRefusal::other_team: return "other-team";
        case sync::BundleRefusal::stranger: return "stranger";
        case sync::BundleRefusal::not_for_us: break;
    }
    return "not-for-us";
}

json json_of(const sync::BundleImported& one) {
    const sync::BundleTaken& taken = one.taken;
    json row{{"files", names_of(one.files)},
             {"device", storage::crypto::device_id(taken.maker).text},
             {"received", taken.applied},
             {"known", taken.known},
             {"waiting", taken.waiting},
             {"quarantined", taken.quarantined},
             {"turned_away", taken.turned_away},
             {"attachments", taken.attachments},
             {"attachments_incomplete", taken.incomplete},
             {"blocks_damaged", taken.damaged},
             {"parts_missing", taken.missing_parts},
             {"complete", taken.complete()},
             {"receipt", one.receipt.string()}};
    if (taken.refusal) row["refused"] = name_of(*taken.refusal);
    return row;
}

json json_of(const std::vector<sync::UnreadFile>& unread) {
    json rows = json::array();
    for (const sync::UnreadFile& one : unread)
        rows.push_back({{"file", one.file.string()}, {"problem", one.error.detail}});
    return rows;
}

// Faults go to standard error, so that a script sees them where it looks for them.
void print(const Console& console, const std::vector<Told>& told) {
    for (const Told& one : told)
        if (one.tone == Tone::good)
            console.print(one.text);
        else
            console.complain(one.text);
}

Exit exit_of(const sync::Imported& imported) {
    for (const sync::UnreadFile& unread : imported.unread) return cli::exit_of(unread.error.code);
    if (imported.bundles.empty()) return Exit::not_found;
    for (const sync::BundleImported& one : imported.bundles)
        if (one.taken.refusal) return Exit::refused;
    const bool whole =
        std::ranges::all_of(imported.bundles, [](const auto& one) { return one.taken.complete(); });
    return whole ? Exit::ok : Exit::failed;
}

json json_of(const sync::BundleLook& look) {
    json receivers = json::array();
    for (const sync::Section& section : look.header.sections)
        receivers.push_back(section.slots.size());
    return {{"files", names_of(look.files)},
            {"team", look.header.team.text},
            {"device", storage::crypto::device_id(look.header.maker).text},
            {"number", look.header.number},
            {"made_at", look.header.made_at},
            {"bytes", look.bytes},
            {"receivers_by_section", receivers},
            {"blocks", look.blocks},
            {"blocks_damaged", look.damaged},
            {"ended", look.ended},
            {"parts_missing", look.missing_parts}};
}

void print(const Console& console, const sync::BundleLook& look) {
    const text::Words& words = console.words();
    console.print(look.files.front().string());
    console.print(
        words("bundle.look.maker", {{"device", storage::crypto::device_id(look.header.maker).text},
                                    {"team", look.header.team.text},
                                    {"when", to_iso(look.header.made_at, 0)},
                                    {"n", std::to_string(look.header.number)}}));
    console.print(
        words("bundle.look.size", {{"files", std::to_string(look.files.size())},
                                   {"bytes", std::to_string(look.bytes)},
                                   {"sections", std::to_string(look.header.sections.size())},
                                   {"blocks", std::to_string(look.blocks)},
                                   {"damaged", std::to_string(look.damaged)}}));
    const std::string file = look.files.front().filename().string();
    if (!look.ended)
        console.complain(words("bundle.taken.cut", {{"file", file}}));
    else if (look.damaged > 0 || !look.missing_parts.empty())
        console.complain(words("bundle.taken.damaged", {{"file", file}}));
    else
        console.print(words("bundle.look.whole"));
}

}  // namespace

Exit export_bundle(const Console& console, const BundleOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    sync::BundleExport asked{options.place, std::nullopt, options.since_receipt, options.part_size};
    if (options.to != "all") {
        const auto device = (*desk)->find_device(options.to);
        if (!device) return console.fail(Doing::writing_bundle, device.error(), options.to);
        asked.to = *device;
    }
    auto work = (*desk)->bundle_to(asked);
    if (!work) return console.fail(Doing::writing_bundle, work.error());
    Result<sync::BundleMade> made = Error{ErrorCode::io, "not begun"};
    {
        Watched watched;
        made = (*work)(std::ref(watched));
    }
    if (!made) return console.fail(Doing::writing_bundle, made.error(), options.place.string());
    if (console.json())
        console.print(json_of(*made).dump(2));
    else
        print(console, told_of(console.words(), *made));
    return Exit::ok;
}

Exit import_bundles(const Console& console, const BundleOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    auto work = (*desk)->bundles_from(options.places);
    if (!work) return console.fail(Doing::reading_bundle, work.error());
    Result<sync::Imported> imported = Error{ErrorCode::io, "not begun"};
    {
        Watched watched;
        imported = (*work)(std::ref(watched));
    }
    if (!imported) return console.fail(Doing::reading_bundle, imported.error());
    if (console.json()) {
        json rows = json::array();
        for (const sync::BundleImported& one : imported->bundles) rows.push_back(json_of(one));
        console.print(json{{"bundles", rows}, {"unread", json_of(imported->unread)}}.dump(2));
    } else {
        print(console, told_of(console.words(), *imported));
    }
    return exit_of(*imported);
}

Exit inspect_bundles(const Console& console, const BundleOptions& options) {
    const auto looks =
        sync::inspect_bundles(options.places, [](std::int64_t, std::int64_t) { return true; });
    if (!looks) return console.fail(Doing::reading_bundle, looks.error());
    if (console.json()) {
        json rows = json::array();
        for (const sync::BundleLook& look : looks->bundles) rows.push_back(json_of(look));
        console.print(json{{"bundles", rows}, {"unread", json_of(looks->unread)}}.dump(2));
    } else {
        for (const sync::BundleLook& look : looks->bundles) print(console, look);
        if (looks->bundles.empty() || !looks->unread.empty())
            print(console, told_of(console.words(), sync::Imported{{}, looks->unread}));
    }
    if (!looks->unread.empty()) return cli::exit_of(looks->unread.front().error.code);
    return looks->bundles.empty() ? Exit::not_found : Exit::ok;
}

}  // namespace bordereau::app::cli
