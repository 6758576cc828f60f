#include "tests/sync/simulation/laptop.h"

#include "storage/migrate.h"
#include "tests/sync/simulation/contradiction.h"

namespace bordereau::simulation {
namespace {

using storage::Notebook;
using storage::sqlite::Database;

// Every notebook begins with the same empty tables: made once.
const std::string& empty_image() {
    static const std::string image = [] {
        auto db = need(Database::in_memory(), "opening an empty database");
        need(storage::migrate(db), "making the tables");
        return need(db.image(), "keeping the tables");
    }();
    return image;
}

}  // namespace

Laptop::Laptop(std::string name, std::shared_ptr<const Millis> time)
    : name_(std::move(name)), time_(std::move(time)) {}

Laptop::Laptop(std::string name, std::shared_ptr<const Millis> time, Dice& dice)
    : Laptop(std::move(name), std::move(time)) {
    notebook_.emplace(need(
        Notebook::found_in_memory(need(Database::in_memory(empty_image()), "opening a database"),
                                  {name_, SecretText{"none"}, "Team of " + name_, name_},
                                  surroundings(dice)),
        "founding a notebook"));
    person_ = notebook_->person().id;
}

Laptop Laptop::copy_of(Laptop& other, std::string name, Dice& dice) {
    Laptop copy{std::move(name), other.time_};
    copy.person_ = other.person_;
    copy.promises = other.promises;
    copy.team = other.team;
    copy.was = other.was;
    copy.disk_ = other.image();
    copy.switch_on(dice);
    return copy;
}

Laptop Laptop::restored(const Laptop& other, std::string image, std::string name, Dice& dice) {
    Laptop copy{std::move(name), other.time_};
    copy.person_ = other.person_;
    copy.team = other.team;
    copy.notebook_.emplace(
        need(Notebook::restore_in_memory(need(Database::in_memory(image), "opening a backup"),
                                         copy.person_, copy.name_, copy.surroundings(dice)),
             "restoring a backup"));
    copy.was = other.was;
    for (const auto& origin : need(copy.notebook_->origins(), "reading origins"))
        copy.was.push_back(origin.previous);
    return copy;
}

storage::Surroundings Laptop::surroundings(Dice& dice) const {
    return {{[time = time_, drift = drift_] { return *time + *drift; }, [](Millis) { return 60; }},
            dice.entropy(),
            storage::crypto::least_cost()};
}

std::string Laptop::image() {
    return on() ? need(notebook_->database().image(), "copying a disk") : disk_;
}

void Laptop::switch_off() {
    disk_ = image();
    session.reset();
    notebook_.reset();
}

void Laptop::fall_back_to(std::string image) {
    switch_off();
    disk_ = std::move(image);
}

void Laptop::switch_on(Dice& dice) {
    disk_full = false;
    notebook_.emplace(
        need(Notebook::open_in_memory(need(Database::in_memory(disk_), "opening a disk"), person_,
                                      surroundings(dice)),
             "opening " + name_));
}

}  // namespace bordereau::simulation
