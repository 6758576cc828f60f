// Notebooks whose database is in memory: everything but files, for simulations of many devices.
#include "storage/journal/pending.h"
#include "storage/notebook.h"
#include "storage/notebook_state.h"

namespace bordereau::storage {

Result<Notebook> Notebook::found_in_memory(sqlite::Database db, const Founding& founding,
                                           Surroundings around) {
    const PersonId person{new_uuid(around.entropy)};
    if (Status founded = found_database(db, founding, person, around); !founded)
        return founded.error();
    return open_in_memory(std::move(db), person, std::move(around));
}

Result<Notebook> Notebook::open_in_memory(sqlite::Database db, const PersonId& person,
                                          Surroundings around) {
    auto last = greatest_stamp(db);
    if (!last) return last.error();
    auto clock = std::make_shared<HybridClock>(around.clock, *last);
    std::shared_ptr<Shared> shared{
        new Shared{{}, std::nullopt, {}, {}, person, std::move(around), std::move(clock)}};
    return attach(std::move(shared), std::move(db));
}

Result<Notebook> Notebook::restore_in_memory(sqlite::Database db, const PersonId& person,
                                             std::string_view device, Surroundings around) {
    Restored restored;
    restored.made_at = around.clock.now();
    if (Status made = make_new_device(db, person, device, around, restored); !made)
        return made.error();
    return open_in_memory(std::move(db), person, std::move(around));
}

}  // namespace bordereau::storage
