#include <algorithm>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/certificate.h"
#include "app/endpoint/page/token.h"
#include "app/media/codec.h"
#include "app/media/qr.h"
#include "storage/base/time.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/random.h"
#include "storage/files.h"
#include "sync/invitation.h"
#include "sync/transport.h"

namespace bordereau::app::endpoint {
namespace {

constexpr Millis kHour = 3'600'000, kDay = 24 * kHour;

Result<TeamId> team_named(storage::ChangesetStore& store, const std::string& name) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    const auto found = std::ranges::find(*teams, name, &storage::Team::name);
    if (found != teams->end()) return found->id;
    return store.found_team(name);
}

std::string new_secret() {
    std::string secret(sync::kSecretSize, '\0');
    storage::crypto::system_entropy()(
        {reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
    return secret;
}

// An address that devices can use: they add paths to it.
Result<std::string> checked_url(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    if (url.starts_with("https://") || (url.starts_with("http://") && sync::is_loopback(url)))
        return url;
    return Error{ErrorCode::invalid, "--url must be https://, or http:// on loopback"};
}

// Whoever sees it can join: it is as secret as the code itself.
Status write_picture(const std::string& code, const std::filesystem::path& file) {
    constexpr int kPixelsPerModule = 8;
    const auto symbol = media::qr_symbol(code);
    if (!symbol) return symbol.error();
    const auto png = media::encode_png(media::qr_picture(*symbol, kPixelsPerModule));
    return png ? storage::replace_file(file, *png) : Status{png.error()};
}

}  // namespace

Status carry_out(const Create& create, storage::ChangesetStore& store, Output& out) {
    if (create.agency.empty() && create.teams.empty())
        return Error{ErrorCode::invalid, "give --agency, --team, or both"};
    if (!create.agency.empty())
        if (Status named = store.set("agency", create.agency); !named) return named;
    for (const std::string& name : create.teams) {
        const auto team = team_named(store, name);
        if (!team) return team.error();
        out.result << team->text << "  " << name << '\n';
    }
    return done();
}

Status carry_out(const StatusToken& asked, storage::ChangesetStore& store, Output& out) {
    const auto token = make_token(store, system_clock().now() + asked.days * kDay,
                                  storage::crypto::system_entropy());
    if (!token) return token.error();
    out.result << *token << '\n';
    return done();
}

Status carry_out(const Invite& invite, storage::ChangesetStore& store, Output& out) {
    auto url = checked_url(invite.url);
    if (!url) return std::move(url).error();
    std::string pin;
    if (!invite.pinned.empty()) {
        auto found = public_key_pin(invite.pinned);
        if (!found) return std::move(found).error();
        pin = std::move(*found);
    }
    const auto team = team_named(store, invite.team);
    if (!team) return team.error();
    const sync::Invitation invitation{{std::move(*url), store.key().public_key(), std::move(pin)},
                                      *team,
                                      invite.team,
                                      invite.role,
                                      new_secret(),
                                      system_clock().now() + invite.hours * kHour};
    if (Status kept = store.invite({*team, invite.role, storage::crypto::digest(invitation.secret),
                                    invitation.expires_at});
        !kept)
        return kept;
    const std::string code = sync::to_code(invitation);
    out.result << code << '\n';
    return invite.picture.empty() ? done() : write_picture(code, invite.picture);
}

Status carry_out(const Revoke& revoke, storage::ChangesetStore& store, Output& out) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    bool found = false;
    for (const storage::Team& team : *teams) {
        const auto member = store.member(team.id, revoke.device);
        if (!member) return member.error();
        if (!*member) continue;
        if (Status revoked = store.revoke(team.id, revoke.device); !revoked) return revoked;
        out.result << "revoked in " << team.name << '\n';
        found = true;
    }
    if (!found) return Error{ErrorCode::not_found, "no device " + revoke.device.text};
    return done();
}

}  // namespace bordereau::app::endpoint
