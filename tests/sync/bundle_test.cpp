// Bundles as files: whole, in parts, and damaged in every way that a stick can think of.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <cerrno>
#include <random>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/disk.h"
#include "tests/support/bundles.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;

const LaneId kHome = storage::lane_of_home(DeviceId{std::string(32, '7')});

// `count` changesets of a few hundred bytes that do not compress, spread over lanes.
void fill(Shelf& shelf, int count, std::size_t size = 300) {
    std::mt19937 numbers{5};
    const std::vector<LaneId> lanes{storage::kCommonLane, storage::kSupervisorsLane, kHome};
    for (int i = 0; i < count; ++i) {
        std::string bytes = "changeset " + std::to_string(i) + " ";
        while (bytes.size() < size) bytes += static_cast<char>(numbers() & 0xff);
        shelf.add(1 + i % 2, lanes[static_cast<std::size_t>(i) % lanes.size()], std::move(bytes));
    }
}

std::multiset<std::string> contents_of(const Shelf& shelf) {
    std::multiset<std::string> all;
    for (const auto& one : shelf.held) all.insert(one.bytes);
    return all;
}

bool is_subset(const std::multiset<std::string>& some, const std::multiset<std::string>& all) {
    return std::ranges::includes(all, some);
}

void put_byte(const fs::path& file, std::size_t at, char byte) {
    std::fstream out{file, std::ios::binary | std::ios::in | std::ios::out};
    out.seekp(static_cast<std::streamoff>(at));
    out.put(byte);
}

sync::BundleOrder order_to(const fs::path& file, std::uint64_t part_size = 0) {
    sync::BundleOrder order;
    order.file = file;
    order.number = 3;
    order.part_size = part_size;
    return order;
}

}  // namespace

TEST_CASE("a bundle gives its receiver all that was put in, and says so", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 30);
    const auto made = pair.write(order_to(stick.path() / "a.bordereau-bundle"));
    CHECK(made.changesets == 30);
    CHECK(made.receivers == 1);
    CHECK(made.files == std::vector{stick.path() / "a.bordereau-bundle"});
    CHECK(made.bytes == fs::file_size(made.files.front()));

    const auto taken = want(pair.take(made.files));
    CHECK(taken.complete());
    CHECK(taken.applied == 30);
    CHECK(pair.other.received == contents_of(pair.shelf));
    REQUIRE(pair.receipts.size() == 1);
    CHECK(pair.receipts.front().held == pair.shelf.vector());
}

TEST_CASE("a bundle of many blocks is read as a whole", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 60, 40'000);
    const auto made = pair.write(order_to(stick.path() / "a"));
    CHECK(want(pair.take(made.files)).complete());
    CHECK(pair.other.received == contents_of(pair.shelf));
}

TEST_CASE("a bundle shows neither answers nor who its receivers are", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    for (int i = 0; i < 50; ++i) pair.shelf.add(1, kHome, "the women's room is locked at night");
    const auto made = pair.write(order_to(stick.path() / "a"));
    const std::string bytes = bytes_of(made.files.front());
    CHECK(bytes.find("women") == std::string::npos);
    CHECK(bytes.find(pair.receiver().public_key()) == std::string::npos);
    const auto sealing = want(storage::crypto::sealing_key_of(pair.receiver().public_key()));
    CHECK(bytes.find(sealing) == std::string::npos);
    CHECK(bytes.find(want(from_hex(kHome.text) ? Result<std::string>{*from_hex(kHome.text)}
                                               : Error{ErrorCode::invalid, ""})) ==
          std::string::npos);
}

TEST_CASE("what only some may hold is sealed for them only", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 9);
    auto order = order_to(stick.path() / "a");
    order.receivers = [&](const LaneId& lane) -> Result<std::vector<std::string>> {
        if (lane == kHome) return std::vector{pair.maker().public_key()};
        return std::vector{pair.maker().public_key(), pair.receiver().public_key()};
    };
    const auto made = pair.write(order);
    CHECK(want(pair.take(made.files)).applied == 6);
    REQUIRE(pair.receipts.size() == 1);
    for (const auto& [chain, end] : pair.receipts.front().held) CHECK(chain.lane != kHome);
}

TEST_CASE("bundles of others are refused, and nothing of them comes in", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 9);
    const auto made = pair.write(order_to(stick.path() / "a"));
    auto parts = [&] {
        std::vector<sync::BundlePart> opened;
        opened.push_back(want(sync::BundleParts::open_part(made.files.front())));
        auto all = want(sync::BundleParts::of(std::move(opened)));
        want(all.find_blocks(kGoOn));
        return all;
    };
    sync::BundleTaker taker = pair.taker();

    SECTION("of another team") {
        taker.team = {"7a1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f61"};
        CHECK(want(sync::take_bundle(parts(), taker, kGoOn)).refusal ==
              sync::BundleRefusal::other_team);
    }
    SECTION("of a stranger") {
        taker.knows = [](std::string_view) -> Result<bool> { return false; };
        CHECK(want(sync::take_bundle(parts(), taker, kGoOn)).refusal ==
              sync::BundleRefusal::stranger);
    }
    SECTION("for other devices") {
        const auto third = storage::crypto::SigningKey::generate(seeded_entropy(9));
        taker.key = &third;
        CHECK(want(sync::take_bundle(parts(), taker, kGoOn)).refusal ==
              sync::BundleRefusal::not_for_us);
    }
    CHECK(pair.other.received.empty());
    CHECK(pair.receipts.empty());
}

TEST_CASE("a maker whom the common lane introduces is no stranger", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 9);
    const auto made = pair.write(order_to(stick.path() / "a"));
    sync::BundleTaker taker = pair.taker();
    taker.learns = true;
    const bool introduced = GENERATE(true, false);
    taker.knows = [&](std::string_view) -> Result<bool> {
        return introduced && !pair.other.received.empty();
    };
    std::vector<sync::BundlePart> opened;
    opened.push_back(want(sync::BundleParts::open_part(made.files.front())));
    auto parts = want(sync::BundleParts::of(std::move(opened)));
    want(parts.find_blocks(kGoOn));
    const auto taken = want(sync::take_bundle(parts, taker, kGoOn));
    CHECK(taken.refusal.has_value() == !introduced);
    CHECK(taken.applied == (introduced ? 9 : 3));
}

TEST_CASE("a bundle of a newer program is told from a damaged one", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 3);
    const auto made = pair.write(order_to(stick.path() / "a"));
    std::string bytes = bytes_of(made.files.front());
    constexpr std::size_t kVersionAt = 16, kSaid = 49;
    for (const std::size_t at : {std::size_t{0}, bytes.size() - sync::kBundleAlign}) {
        bytes[at + kVersionAt] = 2;
        const std::string digest = storage::crypto::digest(bytes.substr(at, kSaid));
        bytes.replace(at + kSaid, digest.size(), digest);
    }
    put_file(made.files.front(), bytes);
    CHECK(code_of(sync::BundleParts::open_part(made.files.front())) == ErrorCode::refused);
}

TEST_CASE("whichever byte of a bundle is flipped, all other blocks are read", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 6, 80);
    const auto made = pair.write(order_to(stick.path() / "a"));
    const fs::path file = made.files.front();
    const std::string whole = bytes_of(file);
    const auto all = contents_of(pair.shelf);
    REQUIRE(want(pair.take({file})).complete());
    int harmless = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        put_byte(file, at, static_cast<char>(whole[at] ^ (1 << at % 8)));
        pair.other.received.clear();
        const auto taken = pair.take({file});
        put_byte(file, at, whole[at]);
        CAPTURE(at);
        REQUIRE(taken.ok());
        REQUIRE_FALSE(taken->refusal.has_value());
        REQUIRE(is_subset(pair.other.received, all));
        // One block of two changesets is lost at most, or what the maker told of itself.
        REQUIRE(taken->damaged <= 1);
        REQUIRE(pair.other.received.size() + static_cast<std::size_t>(2 * taken->damaged) >=
                all.size());
        if (taken->complete()) {
            REQUIRE(pair.other.received == all);
            ++harmless;
        }
    }
    // Padding, and what is there twice.
    CHECK(harmless > 0);
}

TEST_CASE("wherever a bundle is cut off, what is before is read", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 30, 20'000);
    const auto made = pair.write(order_to(stick.path() / "a"));
    const fs::path file = made.files.front();
    const auto all = contents_of(pair.shelf);
    const std::uint64_t size = fs::file_size(file);
    std::size_t before = all.size();
    for (std::uint64_t left = size - 1; left > 0; left -= std::min<std::uint64_t>(left, 4099)) {
        fs::resize_file(file, left);
        pair.other.received.clear();
        const auto taken = pair.take({file});
        CAPTURE(left);
        if (!taken) {
            REQUIRE(left < 8 * sync::kBundleAlign);
            continue;
        }
        REQUIRE(is_subset(pair.other.received, all));
        REQUIRE(pair.other.received.size() <= before);
        before = pair.other.received.size();
        if (left < size / 2) REQUIRE_FALSE(taken->complete());
    }
    CHECK(before == 0);
}

TEST_CASE("any parts of a series, in any order, give what lies in them", "[bundle]") {
    const auto seed = GENERATE(range(1U, 9U));
    TemporaryFolder stick;
    BundlePair pair{Pair{seed}, {}, {}, {}};
    fill(pair.shelf, 40, 3'000);
    const auto made = pair.write(order_to(stick.path() / "a", 24 << 10));
    REQUIRE(made.files.size() > 4);
    CHECK(made.files.front().filename() == "a.001");
    for (const fs::path& file : made.files) CHECK(fs::file_size(file) <= 24 << 10);
    const auto all = contents_of(pair.shelf);

    std::mt19937 numbers{seed};
    std::vector<fs::path> files = made.files;
    std::ranges::shuffle(files, numbers);
    const std::vector<fs::path> some{
        files.begin(),
        files.begin() + static_cast<std::ptrdiff_t>(1 + numbers() % (files.size() - 1))};
    const auto partly = want(pair.take(some));
    CHECK_FALSE(partly.complete());
    CHECK_FALSE(partly.missing_parts.empty());
    CHECK(is_subset(pair.other.received, all));

    pair.other.received.clear();
    const auto wholly = want(pair.take(files));
    CHECK(wholly.complete());
    CHECK(wholly.missing_parts.empty());
    CHECK(pair.other.received == all);
}

TEST_CASE("each part of a series gives the blocks that lie in it", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 40, 30'000);
    auto order = order_to(stick.path() / "a", 700 << 10);
    const auto made = pair.write(order);
    REQUIRE(made.files.size() >= 2);
    for (const fs::path& file : made.files) {
        pair.other.received.clear();
        const auto taken = want(pair.take({file}));
        CHECK_FALSE(taken.complete());
        CHECK_FALSE(pair.other.received.empty());
    }
}

TEST_CASE("parts that are too small for the header are refused", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 3);
    auto order = order_to(stick.path() / "a", 2048);
    order.receivers = [&](const LaneId&) -> Result<std::vector<std::string>> {
        return std::vector{pair.receiver().public_key()};
    };
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(), order, kGoOn)) == ErrorCode::invalid);
    CHECK(fs::is_empty(stick.path()));
}

namespace {

/// Lets no more than so many bytes onto the disk.
class SmallDisk : public storage::disk::Watch {
public:
    explicit SmallDisk(std::size_t room) : room_(room) { storage::disk::set_watch(this); }
    ~SmallDisk() override { storage::disk::set_watch(nullptr); }
    int before(const storage::disk::Step& step) override {
        if (step.kind != storage::disk::Step::Kind::write) return 0;
        if (step.bytes.size() > room_) return ENOSPC;
        room_ -= step.bytes.size();
        return 0;
    }

private:
    std::size_t room_;
};

/// Refuses everything, as a stick with its switch on.
class ReadOnlyDisk : public storage::disk::Watch {
public:
    ReadOnlyDisk() { storage::disk::set_watch(this); }
    ~ReadOnlyDisk() override { storage::disk::set_watch(nullptr); }
    int before(const storage::disk::Step&) override { return EROFS; }
};

sync::BundleOrder plain_order(BundlePair& pair, const fs::path& file) {
    auto order = order_to(file);
    order.receivers = [&pair](const LaneId&) -> Result<std::vector<std::string>> {
        return std::vector{pair.receiver().public_key()};
    };
    return order;
}

}  // namespace

TEST_CASE("a full stick is told, and what was begun on it goes", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 30, 5'000);
    const SmallDisk disk{50'000};
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(), plain_order(pair, stick.path() / "a"),
                                     kGoOn)) == ErrorCode::full);
    CHECK(fs::is_empty(stick.path()));
}

TEST_CASE("a stick that cannot be written is told", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 3);
    const ReadOnlyDisk disk;
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(), plain_order(pair, stick.path() / "a"),
                                     kGoOn)) == ErrorCode::io);
}

TEST_CASE("a stick that does not give back what was written is noticed", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 30, 20'000);
    const fs::path unfinished = stick.path() / "a.001.unfinished";
    bool damaged = false;
    // Once everything is written, and while it is being read back.
    const auto damage = [&](std::int64_t done, std::int64_t total) {
        if (!damaged && done * 3 > total * 2) {
            std::fstream file{unfinished, std::ios::binary | std::ios::in | std::ios::out};
            file.seekp(static_cast<std::streamoff>(fs::file_size(unfinished) / 2));
            file << "the stick was pulled";
            damaged = true;
        }
        return true;
    };
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(), plain_order(pair, stick.path() / "a"),
                                     damage)) == ErrorCode::corrupt);
    CHECK(damaged);
    CHECK(fs::is_empty(stick.path()));
}

TEST_CASE("a bundle that is broken off leaves nothing, and an older one stays", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 30);
    const auto made = pair.write(order_to(stick.path() / "a"));
    const std::string before = bytes_of(made.files.front());
    const auto stop = [](std::int64_t, std::int64_t) { return false; };
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(), plain_order(pair, stick.path() / "a"),
                                     stop)) == ErrorCode::cancelled);
    CHECK(bytes_of(made.files.front()) == before);
    CHECK(std::distance(fs::directory_iterator{stick.path()}, fs::directory_iterator{}) == 1);
}

TEST_CASE("a bundle takes the place of an older one and of no other file", "[bundle]") {
    TemporaryFolder stick;
    BundlePair pair;
    fill(pair.shelf, 40, 3'000);
    const auto series = pair.write(order_to(stick.path() / "a", 24 << 10));
    REQUIRE(series.files.size() > 1);
    const auto single = pair.write(order_to(stick.path() / "a"));
    CHECK(std::distance(fs::directory_iterator{stick.path()}, fs::directory_iterator{}) == 1);

    put_file(stick.path() / "letter", "Dear colleague");
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(),
                                     plain_order(pair, stick.path() / "letter"), kGoOn)) ==
          ErrorCode::conflict);
    CHECK(bytes_of(stick.path() / "letter") == "Dear colleague");
    CHECK(code_of(sync::write_bundle(pair.bundle_maker(),
                                     plain_order(pair, stick.path() / "no" / "a"), kGoOn)) ==
          ErrorCode::not_found);
}

}  // namespace bordereau::test
