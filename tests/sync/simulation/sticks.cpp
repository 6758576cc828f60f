#include "tests/sync/simulation/sticks.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sync/bundling.h"
#include "tests/sync/simulation/contradiction.h"

namespace bordereau::simulation {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSticks = 2;

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

// In memory where the system offers that: thousands of worlds are no work for a disk.
fs::path new_folder() {
    const fs::path memory = "/dev/shm";
    std::error_code ignored;
    const fs::path base = fs::is_directory(memory, ignored) ? memory : fs::temp_directory_path();
    std::string name = (base / "bordereau-sticks-XXXXXX").string();
    insist(mkdtemp(name.data()) != nullptr, "no place for sticks");
    return name;
}

fs::path any_stick(World& world) {
    if (world.sticks.empty()) {
        world.sticks = new_folder();
        for (std::size_t i = 0; i < kSticks; ++i)
            fs::create_directory(world.sticks / std::to_string(i));
    }
    return world.sticks / std::to_string(world.dice.roll(kSticks));
}

std::vector<fs::path> files_on(const fs::path& stick) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{stick}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void allow(const Laptop& laptop, const Error& error) {
    insist(error.code == ErrorCode::refused || (laptop.disk_full && error.code == ErrorCode::full),
           laptop.name() + " and a stick: " + error.detail);
}

void write(World& world, Laptop& laptop, const fs::path& stick) {
    const auto made =
        sync::export_bundle(laptop.notebook(), {stick, {}, world.dice.chance(50), 0}, go_on);
    if (!made) return allow(laptop, made.error());
    world.tell(laptop.name() + " writes " + made->files.front().string());
}

void read(World& world, Laptop& laptop, const fs::path& stick) {
    const auto taken = sync::import_bundles(laptop.notebook(), {stick}, go_on);
    if (!taken) return allow(laptop, taken.error());
    world.tell(laptop.name() + " reads " + stick.string());
}

void at_endpoint(World& world, const fs::path& stick) {
    const Team& team = world.dice.pick(world.teams);
    if (!team.endpoint) return;
    Endpoint& endpoint = *world.endpoints[*team.endpoint];
    if (endpoint.ailing()) return;
    const sync::CentralSide central{endpoint.store(), nullptr, endpoint.clock(),
                                    world.dice.entropy()};
    if (world.dice.chance(50))
        need(sync::import_bundles(central, {stick}, go_on), "an endpoint reads a stick");
    else if (const auto made = sync::export_bundle(central, team.name,
                                                   {stick, {}, world.dice.chance(50), 0}, go_on);
             !made)
        insist(made.error().code == ErrorCode::refused, "an endpoint and a stick");
    world.tell(endpoint.name() + " uses " + stick.string());
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void damage(World& world, const fs::path& stick) {
    const auto files = files_on(stick);
    if (files.empty()) return;
    const fs::path& file = files[world.dice.roll(files.size())];
    world.tell("something happens to " + file.string());
    std::string bytes = bytes_of(file);
    if (world.dice.chance(30) || bytes.empty()) {
        fs::remove(file);
        return;
    }
    if (world.dice.chance(30)) bytes.resize(world.dice.roll(bytes.size()));
    for (std::size_t left = world.dice.roll(4); left > 0 && !bytes.empty(); --left)
        bytes[world.dice.roll(bytes.size())] ^= static_cast<char>(1 + world.dice.roll(255));
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

}  // namespace

void use_stick(World& world) {
    const fs::path stick = any_stick(world);
    if (world.plan.damage && world.dice.chance(20)) return damage(world, stick);
    if (world.dice.chance(25)) return at_endpoint(world, stick);
    const auto awake = world.awake();
    if (awake.empty()) return;
    Laptop& laptop = *world.laptops[awake[world.dice.roll(awake.size())]];
    laptop.session.reset();
    if (world.dice.chance(50)) return write(world, laptop, stick);
    read(world, laptop, stick);
}

}  // namespace bordereau::simulation
