// app/endpoint/page/words.h - every text of the status page, in one place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/time.h"
#include "storage/journal/change.h"
#include "storage/journal/receipt.h"

namespace bordereau::app::endpoint::words {

constexpr std::string_view kTitle = "Bordereau endpoint";
constexpr std::string_view kTeams = "Teams";
constexpr std::string_view kNoTeams =
    "No team yet. Make one with: bordereau-endpoint create --team NAME";
constexpr std::string_view kDevices = "Devices";
constexpr std::string_view kNoDevices =
    "No device has joined yet. Make an invitation with: bordereau-endpoint invite";
constexpr std::string_view kNoAudits = "No audits yet";
constexpr std::string_view kRevoked = "revoked";
constexpr std::string_view kNobodyKnown = "an unknown device";
constexpr std::string_view kNeverSeen = "not heard of yet";
constexpr std::string_view kTroubles = "What needs a look";
constexpr std::string_view kNoTroubles = "Nothing since the endpoint was started.";
constexpr std::string_view kStore = "Store";
constexpr std::string_view kLogin = "Access to the status page";
constexpr std::string_view kToken = "Token";
constexpr std::string_view kShow = "Show";
constexpr std::string_view kHowToToken =
    "The endpoint's administrator makes a token with: bordereau-endpoint status-token";
constexpr std::string_view kWrongToken =
    "That token is not, or no longer, valid. Nothing else is affected; ask for a new one.";

std::string_view of(storage::AuditState state);
std::string_view of(storage::Role role);
/// What a changeset was refused as, within a sentence.
std::string_view of(storage::Fault fault);
/// What an administrator can do about it: sentences.
std::string_view remedy(storage::Fault fault);

std::string audits(std::int64_t count);  ///< "1 audit", "12 audits"
std::string more(std::size_t count);     ///< "and 12 more"
std::string heading(const std::string& agency);
std::string last_contact(Millis at, Millis now);  ///< "3 minutes ago"
std::string moment(Millis at);                    ///< "2026-03-07 14:05 UTC"
std::string size(std::int64_t bytes);             ///< "12.3 MB"
std::string held(std::int64_t changesets);
std::string waiting(std::int64_t changesets);
std::string quarantined(std::int64_t changesets);
std::string refused(std::int64_t changesets, storage::Fault fault);  ///< how many, what, what to do
std::string turned_away(std::int64_t arrivals);
std::string unfolded(std::int64_t changesets);
/// What happened, and what a person can do about it. `outcome` as in the log.
std::string trouble(std::string_view outcome);
std::string trouble(storage::Fault fault);  ///< the same of changesets that were refused
std::string times(std::size_t count);       ///< "12 times"; empty for once

}  // namespace bordereau::app::endpoint::words
