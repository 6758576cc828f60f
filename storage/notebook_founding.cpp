// What a notebook's database begins with.
#include "storage/base/text.h"
#include "storage/migrate.h"
#include "storage/notebook_state.h"

namespace bordereau::storage {

Status found_database(sqlite::Database& db, const Founding& founding, const PersonId& person,
                      const Surroundings& around) {
    if (Status migrated = migrate(db); !migrated) return migrated;
    const auto team_key = crypto::SigningKey::generate(around.entropy);
    const TeamId team = crypto::team_id(team_key.public_key());
    auto key =
        std::make_shared<const crypto::SigningKey>(crypto::SigningKey::generate(around.entropy));
    const DeviceId device = crypto::device_id(key->public_key());
    if (Status kept = db.run("INSERT INTO identity(id, team, seed) VALUES (1, ?, ?)", team.text,
                             sqlite::Blob{key->seed()});
        !kept)
        return kept;
    if (Status named =
            db.run("INSERT INTO team(id, name) VALUES (?, ?)", team.text, trimmed(founding.team));
        !named)
        return named;
    if (Status kept = db.run("INSERT INTO team_key(team, seed) VALUES (?, ?)", team.text,
                             sqlite::Blob{team_key.seed()});
        !kept)
        return kept;
    auto clock = std::make_shared<HybridClock>(around.clock, Stamp{});
    Journal journal{db, {team, key, device, person}, clock};
    const std::string login{trimmed(founding.login)};
    const std::string name{trimmed(founding.device)};
    Membership own{team, key->public_key(), name, Role::administrator};
    own.issued_at = around.clock.now();
    if (Status admitted = journal.set_member(certify(own, team_key)); !admitted) return admitted;
    auto first = journal.record(person.text, PersonSet{login, Role::administrator, true});
    if (!first) return first.error();
    auto second = journal.record(device.text, DeviceSet{name, key->public_key()});
    if (!second) return second.error();
    return done();
}

}  // namespace bordereau::storage
