#include "app/endpoint/page/words.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace bordereau::app::endpoint::words {
namespace {

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string{count == 1 ? one : many};
}

constexpr Millis kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

constexpr std::array kTroublesByOutcome{
    std::pair{"not-a-member",
              "A device that is no member of the team, or no longer, asked and was refused. If it "
              "should belong to it, give it a new invitation."},
    std::pair{"clock",
              "A device's clock is more than ten minutes off. It corrects itself and asks "
              "again; set its clock if this goes on."},
    std::pair{"invitation",
              "Somebody used an invitation that is unknown, used or expired. Give them a new one."},
    std::pair{"malformed",
              "A request did not follow the protocol: another program, or damage on the way."},
    std::pair{"busy",
              "The store had too much to do, and a device was asked to come back. Its "
              "data is safe on it."},
    std::pair{"full",
              "The disk is full: nothing is taken in. What devices have is safe on them. "
              "Free some space here; they come back by themselves."},
    std::pair{"unavailable",
              "The store could not be read or written. What devices have is safe on them. Look at "
              "this machine's disk and at the log."},
    std::pair{"quarantined",
              "Changesets were refused and kept aside as evidence. Nothing else is affected."},
    std::pair{"held-back", "A device asked more often than it may, and was told to wait."},
};

using storage::Fault;

struct FaultWords {
    Fault fault;
    std::string_view what, remedy;
};

constexpr std::array kFaults{
    FaultWords{Fault::damaged, "damaged on the way, or forged: the signature does not hold",
               "A laptop sends again what is its own. If it goes on, look at the line, at the "
               "laptop's disk, and at who else can reach this endpoint."},
    FaultWords{Fault::newer, "made by a newer version of the program",
               "Update this endpoint; the laptop sends it again."},
    FaultWords{Fault::other_team, "of another team",
               "Ask the laptop's people which team they belong to, and invite them to that one."},
    FaultWords{Fault::fork,
               "written by a copied laptop: the same device number as what is held, another "
               "content, as after a disk was copied or put back from an image",
               "Find both copies. Go on with one of them; on the other make a backup, restore it "
               "as a new device, and invite that one. Both versions are kept."},
    FaultWords{Fault::broken_link,
               "not following what came before it, as after a laptop was copied or set back",
               "Ask its people whether its disk was copied, or put back from an image. If so, make "
               "a backup there, restore it as a new device, and invite that one."},
    FaultWords{Fault::ahead, "dated in the future: the laptop's clock ran more than a day ahead",
               "Set that laptop's clock. What it records from then on is taken in, and what is "
               "dated ahead when that day has come."},
    FaultWords{Fault::revoked, "recorded after the laptop was shut out",
               "It does not count. Get the laptop back; if it should belong to the team again, "
               "invite it anew."},
    FaultWords{Fault::beyond_role, "beyond what the laptop's role allows",
               "If it should be allowed that, invite the laptop with another role; else ask its "
               "people what was tried."},
};

const FaultWords& words_of(Fault fault) {
    const auto* const found = std::ranges::find(kFaults, fault, &FaultWords::fault);
    return found == kFaults.end() ? kFaults.front() : *found;
}

}  // namespace

std::string_view of(storage::AuditState state) {
    switch (state) {
        case storage::AuditState::draft: return "draft";
        case storage::AuditState::finalized: return "to review";
        case storage::AuditState::has_issues: return "returned";
        case storage::AuditState::edited: return "corrected";
        case storage::AuditState::approved: return "approved";
        case storage::AuditState::rejected: break;
    }
    return "rejected";
}

std::string_view of(storage::Role role) {
    return storage::name_of(role);
}

std::string_view of(storage::Fault fault) {
    return words_of(fault).what;
}

std::string_view remedy(storage::Fault fault) {
    return words_of(fault).remedy;
}

std::string audits(std::int64_t count) {
    return counted(count, "audit", "audits");
}

std::string more(std::size_t count) {
    return "and " + std::to_string(count) + " more: bordereau-endpoint list";
}

std::string heading(const std::string& agency) {
    return agency.empty() ? std::string{kTitle} : agency;
}

std::string last_contact(Millis at, Millis now) {
    const Millis passed = now - at;
    if (passed < kMinute) return "just now";
    if (passed < kHour) return counted(passed / kMinute, "minute", "minutes") + " ago";
    if (passed < kDay) return counted(passed / kHour, "hour", "hours") + " ago";
    return counted(passed / kDay, "day", "days") + " ago";
}

std::string moment(Millis at) {
    std::string iso = to_iso(at, 0).substr(0, 16);
    iso[10] = ' ';
    return iso + " UTC";
}

std::string size(std::int64_t bytes) {
    constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
    return text;
}

std::string held(std::int64_t changesets) {
    return counted(changesets, "changeset", "changesets");
}

std::string waiting(std::int64_t changesets) {
    return counted(changesets, "changeset waits", "changesets wait") +
           " for what must come before; they are safe and count as soon as it comes.";
}

std::string quarantined(std::int64_t changesets) {
    return counted(changesets, "changeset lies", "changesets lie") +
           " in quarantine: refused, and kept as evidence. Nothing else is affected.";
}

std::string refused(std::int64_t changesets, storage::Fault fault) {
    return counted(changesets, "changeset", "changesets") + " " + std::string{of(fault)} + ". " +
           std::string{remedy(fault)};
}

std::string turned_away(std::int64_t arrivals) {
    return "Refused changesets came " + counted(arrivals, "time", "times") +
           " more and were not kept: quarantine has no more room for those of that device. The "
           "first "
           "ones are kept as evidence; revoke the device if it goes on.";
}

std::string unfolded(std::int64_t changesets) {
    return counted(changesets, "changeset has", "changesets have") +
           " come in that the figures above do not count yet: safe, and read in "
           "when there is time.";
}

std::string trouble(std::string_view outcome) {
    for (const auto& [known, text] : kTroublesByOutcome)
        if (outcome == known) return text;
    return std::string{outcome};
}

std::string trouble(storage::Fault fault) {
    return "Refused, and kept aside as evidence: " + std::string{of(fault)} + ". " +
           std::string{remedy(fault)};
}

std::string times(std::size_t count) {
    return count == 1 ? std::string{} : std::to_string(count) + " times";
}

}  // namespace bordereau::app::endpoint::words
