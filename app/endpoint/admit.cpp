#include <algorithm>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/certificate.h"
#include "app/endpoint/names.h"
#include "app/endpoint/open_store.h"
#include "app/endpoint/page/token.h"
#include "app/media/codec.h"
#include "app/media/qr.h"
#include "storage/base/time.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/random.h"
#include "storage/endpoint_folder.h"
#include "storage/files.h"
#include "sync/invitation.h"
#include "sync/transport.h"

namespace bordereau::app::endpoint {
namespace {

constexpr Millis kHour = 3'600'000, kDay = 24 * kHour;

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

namespace {

Status name_agency(const std::string& agency, storage::ChangesetStore& store, Output& out) {
    const auto before = store.setting("agency");
    if (!before) return before.error();
    if (Status named = store.set("agency", agency); !named) return named;
    if (*before != agency)
        out.result << "the agency is called \"" << agency << "\" now"
                   << (before->empty() ? "" : ", not \"" + *before + "\" any more") << '\n';
    return done();
}

Status add_team(const std::string& name, storage::ChangesetStore& store, Output& out) {
    const auto known = team_called(store, name);
    if (!known && known.error().code != ErrorCode::not_found) return known.error();
    if (known) {
        out.result << "team \"" << known->name << "\" was there already: " << known->id.text
                   << '\n';
        return done();
    }
    const auto agency = store.setting("agency");
    if (!agency) return agency.error();
    const auto founded = store.found_team(name);
    if (!founded) return founded.error();
    out.result << "added team \"" << name << '"'
               << (agency->empty() ? "" : " to agency \"" + *agency + '"') << ": " << founded->text
               << '\n';
    return done();
}

}  // namespace

Status carry_out(const Create& create, Output& out) {
    const std::string agency = tidied(create.agency);
    std::vector<std::string> teams;
    for (const std::string& name : create.teams) teams.push_back(tidied(name));
    if (std::ranges::find(teams, std::string{}) != teams.end())
        return Error{ErrorCode::invalid, "a team needs a name. Nothing was made"};
    if (agency.empty() && teams.empty())
        return Error{ErrorCode::invalid, "give --agency, --team, or both. Nothing was made"};
    const bool is_new = !storage::holds_endpoint(create.data.folder);
    auto store = open_store(create.data);
    if (!store) return store.error();
    if (is_new) out.result << words_on_new(create.data) << '\n';
    if (!agency.empty())
        if (Status named = name_agency(agency, *store, out); !named) return named;
    for (const std::string& name : teams)
        if (Status added = add_team(name, *store, out); !added) return added;
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
    const auto team = team_called(store, invite.team);
    if (!team) return team.error();
    const sync::Invitation invitation{{std::move(*url), store.key().public_key(), std::move(pin)},
                                      team->id,
                                      team->name,
                                      invite.role,
                                      new_secret(),
                                      system_clock().now() + invite.hours * kHour};
    if (Status kept =
            store.invite({team->id, invite.role, storage::crypto::digest(invitation.secret),
                          invitation.expires_at});
        !kept)
        return kept;
    const std::string code = sync::to_code(invitation);
    out.result << code << '\n';
    return invite.picture.empty() ? done() : write_picture(code, invite.picture);
}

Status carry_out(const Revoke& revoke, storage::ChangesetStore& store, Output& out) {
    const auto found = device_called(store, revoke.device);
    if (!found) return found.error();
    const DeviceId device = found->member.device();
    for (const storage::Team& team : found->teams) {
        const auto member = store.member(team.id, device);
        if (!member) return member.error();
        const bool before = *member && (*member)->revoked;
        if (!before)
            if (Status revoked = store.revoke(team.id, device, revoke.reason); !revoked)
                return revoked;
        out.result << '"' << found->member.name << "\" (" << device.text << ") "
                   << (before ? "was shut out before of" : "is shut out of") << " team \""
                   << team.name << "\"\n";
    }
    out.result << "What it had sent goes on counting. It gets nothing from here any more, nothing "
                  "that it sends counts, and the other laptops hear of it when they next "
                  "synchronise. What lies on it stays there. A new invitation takes it back.\n";
    return done();
}

}  // namespace bordereau::app::endpoint
