#include "app/endpoint/page/words.h"

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
              "Changesets were refused as damaged, forged or not allowed, and kept "
              "aside as evidence. Nothing else is affected."},
    std::pair{"held-back", "A device asked more often than it may, and was told to wait."},
};

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
           " in quarantine: refused as damaged, forged or not allowed, kept as evidence.";
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

std::string times(std::size_t count) {
    return count == 1 ? std::string{} : std::to_string(count) + " times";
}

}  // namespace bordereau::app::endpoint::words
